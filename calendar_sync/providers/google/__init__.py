"""Google Calendar: its JSON interface (Calendar API v3), without a library of Google's."""
