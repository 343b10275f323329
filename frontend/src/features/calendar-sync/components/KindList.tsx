import { Skeleton, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import ChevronRightIcon from "lucide-react/icons/chevron-right";

import { text } from "@/text";
import { calendarSync as syncText } from "@/text/calendarSync";
import { ErrorState } from "@/ui/ErrorState";

import { type Kind, kindsOf } from "../kinds";
import { providersQuery } from "../queries";
import classes from "./KindList.module.css";
import { Mark } from "./Mark";

const words = syncText.connecting;

/** What can be connected; what this installation is not set up for says so. */
export function KindList({ onChoose }: { onChoose: (kind: Kind) => void }) {
  const { data: providers, error, refetch } = useQuery(providersQuery);
  if (!providers) {
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
    return <Skeleton h={320} radius={12} role="status" aria-label={text.loading} />;
  }
  return (
    <>
      <Text c="dimmed" mb="sm">
        {words.kindLead}
      </Text>
      <ul className={classes.kinds}>
        {kindsOf(providers).map((kind) => (
          <li key={kind.key}>
            <UnstyledButton
              className={classes.kind}
              aria-disabled={!kind.isAvailable || undefined}
              onClick={() => kind.isAvailable && onChoose(kind)}
            >
              <Mark of={kind.key} />
              <span>
                <span className={classes.name}>{kind.name}</span>
                <span className={classes.hint}>{kind.isAvailable ? kind.hint : words.unavailable}</span>
              </span>
              {kind.isAvailable && <ChevronRightIcon aria-hidden size={18} className={classes.on} />}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}
