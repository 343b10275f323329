"""Calendars of connected accounts, and the entries known in them."""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import Q

from calendar_sync.enums import Privacy
from calendar_sync.models.connection import CalendarConnection
from core.ids import uuid7


class ExternalCalendar(models.Model):
    """One calendar of an account, with what is read from it and what is written to it.

    `sync_token` (or where a server has none, `collection_tag`) is what it was when it was last read. `window_end` is up
    to when its series are laid out as busy time. `emptied_at` is when a listing first wanted most of its entries gone;
    it is believed when a second one says the same ten minutes later. `missing_since`: the server no longer has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    connection = models.ForeignKey(CalendarConnection, on_delete=models.CASCADE, related_name="calendars")
    remote_id = models.CharField(max_length=1000, help_text="A path on the server, or the provider's id.")
    remote_key = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    color = models.CharField(max_length=9, blank=True)
    is_writable = models.BooleanField(default=True)
    read_busy = models.BooleanField(default=False)
    write_target = models.BooleanField(default=False)
    privacy = models.CharField(max_length=8, choices=Privacy, default=Privacy.FULL)
    tentative_blocks = models.BooleanField(default=True)
    cancel_on_remote_delete = models.BooleanField(default=False)
    move_on_remote_move = models.BooleanField(default=False)
    invites_customers = models.BooleanField(default=False)
    sync_token = models.TextField(blank=True)
    collection_tag = models.CharField(max_length=500, blank=True)
    window_end = models.DateTimeField(null=True)
    last_pulled_at = models.DateTimeField(null=True)
    last_complete_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    missing_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="external_calendar_once", fields=["connection", "remote_key"]),
            models.UniqueConstraint(
                name="external_calendar_one_target", fields=["connection"], condition=Q(write_target=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.remote_id

    @property
    def origin(self) -> str:
        """What its busy time is called in `schedule`."""
        return str(self.pk)

    def is_due_for_comparison(self, now: datetime, *, hours: int) -> bool:
        """Tell whether it was not read as a whole for that long."""
        return self.last_complete_at is None or (now - self.last_complete_at).total_seconds() >= hours * 3600


def key_of(remote_id: str) -> str:
    """Return the fixed-length key of a remote id: the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(remote_id.encode()).hexdigest()


class RemoteItem(models.Model):
    """An entry known in a calendar; no title, no person. `key` is also its `external_id` in `schedule`."""

    calendar = models.ForeignKey(ExternalCalendar, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64)
    remote_id = models.CharField(max_length=1000)
    tag = models.CharField(max_length=500, blank=True, help_text="Its ETag or version when it was last read.")
    repeats_beyond_window = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="remote_item_once", fields=["calendar", "key"])]

    def __str__(self) -> str:
        return self.remote_id
