import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";

import type { QuotaEntry } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";

import classes from "./styles.module.css";

/** The quotas that are used up, or soon will be. */
export function QuotaNotice({ quotas }: { quotas: readonly QuotaEntry[] }) {
  const standing = quotas.some(({ state }) => state !== "near") ? "full" : "near";
  return (
    <div className={classes.notice} data-grave={standing === "full" || undefined}>
      <Text fw={600} size="sm" className={classes.heading}>
        {text.attention.quotas[standing]}
      </Text>
      <Text size="sm" c="dimmed">
        {text.attention.quotasHint[standing]}
      </Text>
      <ul className={classes.quotas}>
        {quotas.map(({ name, used, limit, state }) => (
          <li key={name} className={classes.quota} data-state={state}>
            {name}
            <span className={classes.used}>{text.quota.used(used, limit ?? 0)}</span>
          </li>
        ))}
      </ul>
      <Anchor component={Link} to={paths.plan} size="sm">
        {text.attention.toPlan}
      </Anchor>
    </div>
  );
}
