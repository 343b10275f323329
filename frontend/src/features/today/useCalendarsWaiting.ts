import { useQuery } from "@tanstack/react-query";

import { changedThereQuery, conflictsQuery, connectionsQuery } from "@/api/calendarSync";

const RENEWED_MS = 60_000;

/** Returns what connected calendars want from somebody. */
export function useCalendarsWaiting() {
  const connections = useQuery({ ...connectionsQuery, refetchInterval: RENEWED_MS });
  // Without an account there is nothing that could contradict.
  const enabled = (connections.data?.length ?? 0) > 0;
  const conflicts = useQuery({ ...conflictsQuery, enabled, refetchInterval: RENEWED_MS });
  const changed = useQuery({ ...changedThereQuery, enabled, refetchInterval: RENEWED_MS });
  const appointments = [...(conflicts.data ?? []), ...(changed.data ?? [])].map(({ appointment }) => appointment);
  const needy = connections.data?.filter(({ needs_action: needsAction }) => needsAction) ?? [];
  return {
    toDecide: new Set(appointments).size,
    accounts: needy.map(({ account_label: label = "", provider }) => (label === "" ? provider : label)),
  };
}
