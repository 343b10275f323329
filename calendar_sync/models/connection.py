"""Accounts at calendar servers, and what was tried with them."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now as current_time

from calendar_sync.enums import Code, ConnectionState, PausedBy, ProviderKey, RunKind, RunOutcome
from core.ids import uuid7
from core.models import Leased, LeasedQuerySet, SealedField
from core.sealed import seal, unseal


class CalendarConnection(Leased):
    """An account at a calendar server.

    As leased work it is what pulls: `next_attempt_at` is when its calendars are to be looked at again, NULL while it
    rests. `resource` is whose time its calendars take; without one it is the business's. `stale_since` is since when
    what is known of its calendars may be out of date; busy time is kept all the while. `notified_at` is when a person
    was told that it needs them, so that it happens once; `told_at` is when its server last told us of a change.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=16, choices=ProviderKey)
    resource = models.ForeignKey("schedule.Resource", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    owner = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    account_label = models.CharField(max_length=254, blank=True)
    account_key = models.CharField(
        max_length=64, help_text="SHA-256 of what names the account at its server, to know it again."
    )
    base_url = models.CharField(max_length=2000, blank=True, help_text="Where its calendars are found; no secret.")
    sealed_secrets = SealedField(blank=True)
    scopes = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=ConnectionState, default=ConnectionState.ACTIVE)
    state_code = models.CharField(max_length=32, choices=Code, blank=True, default=Code.NONE)
    state_detail = models.CharField(max_length=300, blank=True, help_text="Fit to be shown.")
    paused_by = models.CharField(max_length=8, choices=PausedBy, blank=True, default=PausedBy.NOBODY)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    quiet_until = models.DateTimeField(null=True, help_text="When the server wants to be asked again at the earliest.")
    last_attempt_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    stale_since = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=current_time, editable=False)

    objects = LeasedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="calendar_connection_state_known", condition=Q(state__in=ConnectionState.values)
            ),
            models.UniqueConstraint(
                name="calendar_connection_account_once",
                fields=["provider", "account_key", "resource"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_label} ({self.provider})"

    def seal_secrets(self, *, schema: str, secrets: dict[str, str]) -> None:
        """Set the secrets, to be opened in this business and for this connection alone; the row is not saved."""
        self.sealed_secrets = seal(secrets, purpose=self._purpose(schema))

    def secrets(self, *, schema: str) -> dict[str, str]:
        """Return the secrets. Raises core.sealed.Unreadable."""
        return unseal(self.sealed_secrets, purpose=self._purpose(schema)) if self.sealed_secrets else {}

    def _purpose(self, schema: str) -> str:
        return f"{schema}/calendar_connection/{self.pk}"


class SyncRun(models.Model):
    """One attempt: what it did, or why it did not. `figures` counts by name, such as requests, added, removed."""

    connection = models.ForeignKey(CalendarConnection, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=16, choices=RunKind)
    outcome = models.CharField(max_length=16, choices=RunOutcome, default=RunOutcome.RUNNING)
    code = models.CharField(max_length=32, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(default=current_time)
    finished_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(name="sync_run_by_connection", fields=["connection", "-started_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"
