/** What everything about connected calendars begins its key with; a changed appointment asks for all of it anew. */
export const calendarSyncKey = ["calendar sync"];
