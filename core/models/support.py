"""Visits of platform staff to a business, in the place of one of its members."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.timezone import now as current_time


class SupportAccess(models.Model):
    """The right of `by` to act as `person` at `tenant`: granted, begun at most once, ended. Rows are kept.

    Only the SHA-256 of the grant's secret is stored. The names are kept as text for when the people are gone.
    """

    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="support_accesses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_label = models.CharField(max_length=254)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    person_label = models.CharField(max_length=254)
    reason = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, unique=True)
    granted_at = models.DateTimeField(default=current_time, editable=False)
    expires_at = models.DateTimeField(help_text="Until when the grant can be used.")
    started_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="When the session ends at the latest.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was ended before that.")

    class Meta:
        verbose_name_plural = "support accesses"
        default_permissions = ("view",)
        permissions = [("impersonate", "Can act as a member of a business")]
        indexes = [models.Index(name="support_access_by_tenant", fields=["tenant", "-started_at"])]
        constraints = [
            models.CheckConstraint(
                name="support_access_has_an_end",
                condition=models.Q(started_at__isnull=True, ends_at__isnull=True)
                | models.Q(started_at__lt=models.F("ends_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_label} as {self.person_label}"

    def over_at(self, now: datetime) -> datetime | None:
        """Return when the session ended; None while it can go on, or when none began."""
        if self.ended_at is not None or self.ends_at is None:
            return self.ended_at
        return self.ends_at if self.ends_at <= now else None
