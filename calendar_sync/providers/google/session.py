"""A Google account that is open (`calendar_sync.providers.base.Session` and `Watching`)."""

from collections.abc import Sequence
from typing import Any

from calendar_sync.enums import Code
from calendar_sync.providers.base import Copy, Permanent, Pulled, Reading, RemoteCalendar, Watch, Written
from calendar_sync.providers.google import watching
from calendar_sync.providers.google.failures import refuse
from calendar_sync.providers.google.pulling import Puller
from calendar_sync.providers.google.writing import Writer
from calendar_sync.providers.rest import RestClient, Tokens

WRITERS = frozenset({"owner"})
"""Roles in which the scope that is asked for lets us write: `calendar.events.owned` is no more than it says."""
MOST_PAGES = 20
DESCRIBED = "kind,nextPageToken,items(id,summary,summaryOverride,timeZone,backgroundColor,accessRole,primary)"


class GoogleSession:
    """An account at Google, or at what answers as Google does below `base_url`. Close it.

    `business` is the tenant's schema: of entries that other businesses wrote, titles are not read.
    """

    def __init__(self, *, tokens: Tokens, base_url: str, business: str = "") -> None:
        self._client = RestClient(base_url=base_url, tokens=tokens)
        self._writer = Writer(self._client)
        self._puller = Puller(self._client, self._writer.written, business)

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return self._client.requests

    def calendars(self) -> Sequence[RemoteCalendar]:
        """Return the account's calendars."""
        found: list[RemoteCalendar] = []
        query = {"maxResults": "250", "fields": DESCRIBED}
        for _ in range(MOST_PAGES):
            answer = self._client.send("GET", "users/me/calendarList", query=query)
            if answer.status != 200 or answer.data.get("kind") != "calendar#calendarList":
                refuse(answer, what="list of calendars")
            found += (_calendar(item) for item in answer.data.get("items", ()))
            if "nextPageToken" not in answer.data:
                return found
            query["pageToken"] = str(answer.data["nextPageToken"])
        raise Permanent(Code.TOO_LARGE, "The account has more calendars than can be read.")

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed. Raises TokenRefused."""
        return self._puller.pull(reading)

    def create(self, calendar_id: str, copy: Copy) -> Written:
        """Write a new entry under an id drawn from its UID. Raises IdTaken."""
        return self._writer.create(calendar_id, copy)

    def replace(self, calendar_id: str, remote_id: str, tag: str, copy: Copy) -> Written:
        """Change our fields of an entry where nobody else changed it. Raises ItemChanged, ItemGone."""
        return self._writer.replace(calendar_id, remote_id, tag, copy)

    def merge(self, calendar_id: str, remote_id: str, copy: Copy) -> Written:
        """Change our fields of the entry as it is now. Raises ItemChanged, ItemGone."""
        return self._writer.merge(calendar_id, remote_id, copy)

    def delete(self, calendar_id: str, remote_id: str) -> None:
        """Delete an entry; one that is gone already is deleted."""
        self._writer.delete(calendar_id, remote_id)

    def watch(self, calendar_id: str, *, address: str, channel: str, secret: str) -> Watch:
        """Ask to be told at `address` of changes of a calendar. Raises ProviderFailure."""
        return watching.watch(self._client, calendar_id, address=address, channel=channel, secret=secret)

    def unwatch(self, reference: str) -> None:
        """Ask to be told no more. Raises ProviderFailure."""
        watching.unwatch(self._client, reference)

    def close(self) -> None:
        """End the session."""
        self._puller.close()
        self._client.close()


def _calendar(item: dict[str, Any]) -> RemoteCalendar:
    return RemoteCalendar(
        remote_id=item["id"],
        name=item.get("summaryOverride") or item.get("summary", ""),
        time_zone=item.get("timeZone", ""),
        color=item.get("backgroundColor", ""),
        is_writable=item.get("accessRole") in WRITERS,
        is_primary=bool(item.get("primary", False)),
    )
