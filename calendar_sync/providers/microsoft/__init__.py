"""Microsoft 365: calendars of an Exchange mailbox, over the REST interface of Microsoft Graph v1.0."""
