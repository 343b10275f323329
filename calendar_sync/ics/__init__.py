"""iCalendar (RFC 5545): reading what others wrote, whatever they wrote, and writing what everybody can read."""
