import type { CalendarConnection } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";
import { Panel } from "@/ui/Panel";

import type { AccountActs } from "../useAccountActs";
import { AccountCard } from "./AccountCard";
import classes from "./AccountCard.module.css";

const NOW = new Date("2026-03-02T15:00:00Z");
const nothing = () => undefined;
const acts: AccountActs = { choose: nothing, perform: nothing, reconnect: nothing, disconnect: nothing };

const calendar: CalendarConnection["calendars"][number] = {
  id: "work",
  name: "Work",
  color: "",
  time_zone: "",
  is_writable: true,
  read_busy: true,
  write_target: true,
  last_pulled_at: null,
  missing_since: null,
};

const connections = [
  sampleOf("anna@example.com", "google", "Anna", 42),
  sampleOf("sofia@example.com", "caldav", "Sofia", 17),
];

function sampleOf(
  label: string,
  provider: CalendarConnection["provider"],
  resourceName: string,
  links: number,
): CalendarConnection {
  return {
    id: label,
    provider,
    account_label: label,
    resource: 1,
    resource_name: resourceName,
    reconnect_url: "",
    state: "active",
    state_code: "",
    state_detail: "",
    paused_by: "",
    needs_action: false,
    created_at: "2026-01-05T09:00:00Z",
    last_success_at: "2026-03-02T14:57:00Z",
    counts: { calendars: 1, links, pending: 0, failed: 0 },
    calendars: [calendar],
  };
}

/** What lies behind the lock: accounts of nobody; it asks for nothing. */
export function Sample() {
  return (
    <Panel heading={syncText.accounts.heading}>
      <ul className={classes.list}>
        {connections.map((connection) => (
          <AccountCard key={connection.id} connection={connection} acts={acts} now={NOW} />
        ))}
      </ul>
    </Panel>
  );
}
