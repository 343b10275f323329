import { Button, Text } from "@mantine/core";
import LockIcon from "lucide-react/icons/lock";
import { Link } from "react-router";

import type { VariantProps } from ".";
import classes from "./styles.module.css";

/** A strip across the place where the feature would be. */
export function Banner({ offer, evidence }: VariantProps) {
  return (
    <div className={classes.banner}>
      <span className={classes.seal}>
        <LockIcon aria-hidden size={18} />
      </span>
      <div className={classes.words}>
        <Text fw={600}>{offer.heading}</Text>
        {(evidence ?? offer.body) && (
          <Text size="sm" c="dimmed">
            {evidence} {offer.body}
          </Text>
        )}
      </div>
      {offer.action && (
        <Button component={Link} to={offer.action.url} className={classes.action}>
          {offer.action.label}
        </Button>
      )}
    </div>
  );
}
