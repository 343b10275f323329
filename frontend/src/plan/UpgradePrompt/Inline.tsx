import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";

import type { VariantProps } from ".";
import classes from "./styles.module.css";

/** One line among other text. */
export function Inline({ offer, evidence }: VariantProps) {
  return (
    <Text size="sm" className={classes.inline}>
      <strong>{offer.heading}.</strong> {evidence} {offer.body}{" "}
      {offer.action && (
        <Anchor component={Link} to={offer.action.url} inherit>
          {offer.action.label}
        </Anchor>
      )}
    </Text>
  );
}
