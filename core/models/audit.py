"""The record of who did what. Rows are only ever added."""

from django.db import models
from django.utils.timezone import now as current_time


class AuditEntry(models.Model):
    """One act. `before` and `after` hold the keys that changed, never secrets."""

    at = models.DateTimeField(default=current_time, editable=False)
    tenant = models.ForeignKey("core.Tenant", on_delete=models.SET_NULL, null=True, related_name="+")
    actor = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    impersonator = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=64)
    object_label = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(name="audit_by_tenant", fields=["tenant", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_label}"
