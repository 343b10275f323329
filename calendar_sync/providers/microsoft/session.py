"""A Microsoft 365 mailbox that is open (`calendar_sync.providers.base.Session` and `Watching`)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.utils import timezone

from calendar_sync.providers.base import Copy, Pulled, Reading, RemoteCalendar, Watch, Written
from calendar_sync.providers.microsoft.events import zone_named
from calendar_sync.providers.microsoft.graph import DONE, GONE, Graph, entry_in, refusal
from calendar_sync.providers.microsoft.pulling import Puller
from calendar_sync.providers.microsoft.writing import Writer
from calendar_sync.providers.rest import RestAnswer, Tokens

CALENDARS_IN_A_PAGE = 100
WATCHED_FOR = timedelta(days=7) - timedelta(hours=1)
"""Subscriptions to events end within seven days ("subscription resource type")."""


class MicrosoftSession:
    """A mailbox at Microsoft 365. Close it."""

    def __init__(self, *, tokens: Tokens, base_url: str) -> None:
        self._graph = Graph(tokens=tokens, base_url=base_url)
        self._writer = Writer(self._graph)
        self._puller = Puller(self._graph, self._writer.deleted)

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return self._graph.requests

    def calendars(self) -> Sequence[RemoteCalendar]:
        """Return the mailbox's calendars."""
        zone = self._mailbox_zone()
        query = {"$select": "id,name,hexColor,canEdit,isDefaultCalendar"}
        return [
            RemoteCalendar(
                remote_id=str(one["id"]),
                name=str(one.get("name") or ""),
                time_zone=zone,
                color=str(one.get("hexColor") or ""),
                is_writable=one.get("canEdit") is True,
                is_primary=one.get("isDefaultCalendar") is True,
            )
            for one in self._graph.pages("me/calendars", query, what="mailbox", page_size=CALENDARS_IN_A_PAGE)
        ]

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed. Raises TokenRefused."""
        return self._puller.pull(reading)

    def create(self, calendar_id: str, copy: Copy) -> Written:
        """Write a new entry; one that is there already and is this copy is taken over. Raises IdTaken."""
        return self._writer.create(calendar_id, copy)

    def replace(self, calendar_id: str, remote_id: str, tag: str, copy: Copy) -> Written:
        """Write our fields where nobody else changed the entry. Raises ItemChanged, ItemGone."""
        return self._writer.replace(calendar_id, remote_id, tag, copy)

    def merge(self, calendar_id: str, remote_id: str, copy: Copy) -> Written:
        """Write our fields into the entry as it is now. Raises ItemChanged, ItemGone."""
        return self._writer.merge(calendar_id, remote_id, copy)

    def delete(self, calendar_id: str, remote_id: str) -> None:
        """Delete an entry; one that is gone already is deleted."""
        self._writer.delete(calendar_id, remote_id)

    def watch(self, calendar_id: str, *, address: str, channel: str, secret: str) -> Watch:
        """Subscribe to changes of a calendar; `secret` comes back as clientState. The subscription's id is its own."""
        answer = self._graph.send(
            "POST",
            "subscriptions",
            body={
                "changeType": "created,updated,deleted",
                "notificationUrl": address,
                "lifecycleNotificationUrl": address,
                "resource": f"me/calendars/{calendar_id}/events",
                "expirationDateTime": f"{timezone.now().astimezone(UTC) + WATCHED_FOR:%Y-%m-%dT%H:%M:%SZ}",
                "clientState": secret,
            },
        )
        return Watch(str(entry_in(answer, what="calendar")["id"]), _expiry_in(answer))

    def unwatch(self, reference: str) -> None:
        """End a subscription; one that has ended already is ended."""
        answer = self._graph.send("DELETE", f"subscriptions/{quote(reference, safe='')}")
        if answer.status not in DONE | GONE:
            raise refusal(answer, what="subscription")

    def close(self) -> None:
        """End the session."""
        self._graph.close()

    def _mailbox_zone(self) -> str:
        """Return the mailbox's zone; empty where we may not know, for that takes a permission of its own."""
        answer = self._graph.send("GET", "me/mailboxSettings/timeZone")
        return zone_named(str(answer.data.get("value") or "")) if answer.status == 200 else ""


def _expiry_in(answer: RestAnswer) -> datetime:
    """Return when a subscription ends; an hour from now where the answer does not say it in a way we can read."""
    try:
        ends_at = datetime.fromisoformat(str(answer.data.get("expirationDateTime")))
    except ValueError:
        return timezone.now() + timedelta(hours=1)
    return ends_at if ends_at.tzinfo is not None else ends_at.replace(tzinfo=UTC)
