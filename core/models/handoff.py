"""One-time grants that carry somebody known here to a business's own address."""

from django.db import models
from django.utils.timezone import now as current_time


class Handoff(models.Model):
    """The right of `user` to begin one session at `tenant`. Only the SHA-256 of its secret is stored."""

    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("core.User", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=current_time, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} → {self.tenant}"
