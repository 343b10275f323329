"""The kernel's part of the API."""
