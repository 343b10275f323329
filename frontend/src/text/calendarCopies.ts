/** What the drawer of an appointment says about its entries in connected calendars. */
export const calendarCopies = {
  label: "Calendars",
  states: {
    pending: "waiting to be written",
    synced: "up to date",
    remote_changed: "changed there",
    conflict: "changed there",
    detached: "left alone",
    deleted: "removed",
    failed: "could not be written",
  },
  entry: (calendar: string, state: string) => `${calendar}: ${state}`,
  unnamed: "Calendar",
  decide: "Decide",
};
