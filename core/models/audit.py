"""The record of who did what. Rows are only ever added: the database refuses anything else."""

from django.db import models
from django.utils.timezone import now as current_time


class AuditEntry(models.Model):
    """One act. `before` and `after` hold the keys that changed, never secrets.

    The labels say as text who the references point at, and stay when these are gone. `impersonator` is who of the
    platform's staff acted in the actor's place.
    """

    at = models.DateTimeField(default=current_time, editable=False)
    tenant = models.ForeignKey("core.Tenant", on_delete=models.SET_NULL, null=True, related_name="+")
    actor = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    impersonator = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    tenant_label = models.CharField(max_length=100, blank=True)
    actor_label = models.CharField(max_length=254, blank=True)
    impersonator_label = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=64)
    object_label = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        permissions = [("export_auditentry", "Can export audit entries")]
        indexes = [
            models.Index(name="audit_by_tenant", fields=["tenant", "-at"]),
            models.Index(name="audit_by_time", fields=["-at", "-id"]),
            models.Index(name="audit_by_action", fields=["action", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_label}"
