import { Button, Text } from "@mantine/core";
import LockIcon from "lucide-react/icons/lock";
import { Link } from "react-router";

import type { VariantProps } from ".";
import classes from "./styles.module.css";

/** A card that lies on a preview of the feature. */
export function Overlay({ offer, evidence }: VariantProps) {
  return (
    <div className={classes.overlay}>
      <span className={classes.seal}>
        <LockIcon aria-hidden size={18} />
      </span>
      <Text fw={600}>{offer.heading}</Text>
      {evidence && <Text size="sm">{evidence}</Text>}
      {offer.body && (
        <Text size="sm" c="dimmed">
          {offer.body}
        </Text>
      )}
      {offer.action && (
        <Button component={Link} to={offer.action.url} mt="xs">
          {offer.action.label}
        </Button>
      )}
    </div>
  );
}
