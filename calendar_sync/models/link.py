"""Copies of appointments in connected calendars, and overlaps somebody decided to live with."""

from django.db import models
from django.db.models import Q

from calendar_sync.enums import LinkState
from calendar_sync.models.external import ExternalCalendar
from core.ids import uuid7


class EventLink(models.Model):
    """The copy of an appointment in a calendar, and the outbox of what is to be written there.

    A change of the appointment sets `due_at` in its own transaction and wakes the connection. Whoever has that reads
    the appointment as it then is and writes that, so that changes in quick succession become one write, and two
    writes of one copy are never under way at once. `generation` counts how often the copy had to be made under a new
    id, which is drawn from the link's own: whatever was sent twice, there is one copy. `pushed` is what our fields were
    when they were last written or read as ours; an entry that says the same has not been changed by anybody. `remote`
    is what somebody changed them to.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey("schedule.Event", on_delete=models.CASCADE, related_name="+")
    calendar = models.ForeignKey(ExternalCalendar, on_delete=models.CASCADE, related_name="links")
    state = models.CharField(max_length=16, choices=LinkState, default=LinkState.PENDING)
    due_at = models.DateTimeField(null=True, help_text="Since when something is to be written; NULL when nothing is.")
    generation = models.PositiveSmallIntegerField(default=0)
    remote_id = models.CharField(max_length=1000, blank=True)
    remote_key = models.CharField(max_length=64, blank=True)
    tag = models.CharField(max_length=500, blank=True)
    pushed_version = models.PositiveIntegerField(null=True)
    pushed = models.JSONField(default=dict)
    remote = models.JSONField(default=dict, help_text="Start, end and status it was changed to there.")
    remote_changed_at = models.DateTimeField(null=True)
    times_deleted_remotely = models.PositiveSmallIntegerField(default=0)
    problem_code = models.CharField(max_length=32, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    synced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_link_once", fields=["event", "calendar"]),
            models.UniqueConstraint(
                name="event_link_remote_once", fields=["calendar", "remote_key"], condition=~Q(remote_key="")
            ),
            models.CheckConstraint(name="event_link_state_known", condition=Q(state__in=LinkState.values)),
        ]
        indexes = [
            models.Index(name="event_link_due", fields=["calendar", "due_at"], condition=Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.calendar_id} ({self.state})"

    @property
    def uid(self) -> str:
        """The id of the copy at its present generation: 32 hexadecimal digits, then `-n` from the second on."""
        return self.uid_of(self.generation)

    def uid_of(self, generation: int) -> str:
        """Return the id at another generation."""
        return f"{self.pk.hex}-{generation}" if generation else self.pk.hex


class KeptOverlap(models.Model):
    """Somebody saw that an appointment lies in busy time of a calendar's entry, and left it there.

    It holds for these times alone: moved by either side, the overlap is asked about again.
    """

    event = models.ForeignKey("schedule.Event", on_delete=models.CASCADE, related_name="+")
    calendar = models.ForeignKey(ExternalCalendar, on_delete=models.CASCADE, related_name="+")
    item_key = models.CharField(max_length=64)
    event_start_at = models.DateTimeField()
    busy_start_at = models.DateTimeField()
    busy_end_at = models.DateTimeField()
    kept_by = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="kept_overlap_once",
                fields=["event", "calendar", "item_key", "event_start_at", "busy_start_at", "busy_end_at"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} × {self.item_key[:8]}"
