"""Requests to addresses that somebody else typed: calendars, feeds, webhooks.

Nothing in this project talks to a foreign server in any other way.
"""

from core.http.addresses import check_url
from core.http.client import Answer, Limits, OutgoingClient
from core.http.errors import OutgoingFailed, UrlNotAllowed

__all__ = ["Answer", "Limits", "OutgoingClient", "OutgoingFailed", "UrlNotAllowed", "check_url"]
