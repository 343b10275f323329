"""From a secret that somebody outside holds to the business it was made for."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.timezone import now as current_time

from core.models.sealed import SealedField


class SignpostQuerySet(models.QuerySet["Signpost"]):
    """Signposts as a set."""

    def standing(self, now: datetime) -> Self:
        """Keep those that were not used up and have not expired at `now`."""
        return self.filter(used_at__isnull=True).exclude(expires_at__lte=now)


class Signpost(models.Model):
    """Where on the platform's own address something arrives that names no business: the way back from a consent
    screen, a server's notice of changes.

    Only the SHA-256 of the secret is stored. `purpose` says who may ask, `object_id` what it stands for, `sealed` holds
    what must not be read (`core.sealed`). One with `used_at` counts no more.
    """

    purpose = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("core.User", on_delete=models.CASCADE, null=True, related_name="+")
    object_id = models.CharField(max_length=64, blank=True)
    sealed = SealedField(blank=True)
    created_at = models.DateTimeField(default=current_time, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignpostQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.purpose} of {self.tenant}"
