"""Asking Google to tell of changes (https://developers.google.com/workspace/calendar/api/guides/push)."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.base import AuthLost, Permanent, Watch
from calendar_sync.providers.google.failures import GONE, refuse
from calendar_sync.providers.google.pulling import events_path
from calendar_sync.providers.rest import RestClient

LASTS = timedelta(days=7)


def watch(client: RestClient, calendar: str, *, address: str, channel: str, secret: str) -> Watch:
    """Open a channel to `address` for changes of a calendar. Raises ProviderFailure."""
    body = {
        "id": channel,
        "token": secret,
        "type": "web_hook",
        "address": address,
        "params": {"ttl": str(int(LASTS.total_seconds()))},
    }
    try:
        answer = client.send("POST", f"{events_path(calendar)}/watch", body=body)
    except AuthLost:
        # Google also says 401 of an address it does not like; whether the account is lost, the next reading shows.
        raise Permanent(Code.URL_NOT_ALLOWED, "Google does not send notices to this address.") from None
    if answer.status != 200 or "resourceId" not in answer.data:
        refuse(answer, what="calendar")
    ends = answer.data.get("expiration")
    expires_at = datetime.fromtimestamp(int(ends) / 1000, UTC) if ends else timezone.now() + LASTS
    return Watch(f"{channel} {answer.data['resourceId']}", expires_at)


def unwatch(client: RestClient, reference: str) -> None:
    """Close a channel; one that is closed already is closed. Raises ProviderFailure."""
    channel, _, resource = reference.partition(" ")
    answer = client.send("POST", "channels/stop", body={"id": channel, "resourceId": resource})
    if answer.status not in {200, 204} | GONE:
        refuse(answer, what="channel")
