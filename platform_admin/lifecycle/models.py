"""Businesses that are being built, and businesses that are leaving. Both are the truth of unfinished work."""

from datetime import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.timezone import now as current_time

from core.ids import uuid7
from core.models import Leased, LeasedQuerySet
from core.time_zones import validate_time_zone


class BuildState(models.TextChoices):
    """How far the building of a business has come."""

    OPEN = "open", "being built"
    DONE = "done", "built"
    DISCARDED = "discarded", "discarded"


class BuildStep(models.TextChoices):
    """What is done for a new business, in this order."""

    WAITING = "waiting", "Wait for a worker"
    SCHEMA = "schema", "Make its schema"
    TABLES = "tables", "Make its tables"
    BUSINESS = "business", "Add address, opening hours and owner"
    READY = "ready", "Ready"


class Work(Leased):
    """Unfinished work of the platform, with what keeps it from going on.

    While it is unfinished and `next_attempt_at` is NULL it has stopped: `problem` says why, and a person decides.
    `failures` counts those in a row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    requested_by = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=current_time, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = LeasedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_held(self, now: datetime) -> bool:
        """Tell whether somebody works at it at `now`."""
        return self.lease_until is not None and self.lease_until > now


class TenantBuild(Work):
    """A business that was ordered. `tenant` is set in the moment it exists."""

    name = models.CharField(max_length=100)
    subdomain = models.CharField(max_length=48, help_text="Lower-case letters, digits and hyphens.")
    timezone = models.CharField("time zone", max_length=64, default="UTC", validators=[validate_time_zone])
    currency = models.CharField(
        max_length=3, default="USD", validators=[RegexValidator(r"^[A-Z]{3}$", "Use an ISO 4217 code such as EUR.")]
    )
    plan = models.ForeignKey("core.SubscriptionPlan", on_delete=models.PROTECT, related_name="+")
    owner_email = models.EmailField("owner's e-mail address", max_length=254)
    state = models.CharField(max_length=16, choices=BuildState, default=BuildState.OPEN)
    step = models.CharField(max_length=16, choices=BuildStep, default=BuildStep.WAITING)
    tenant = models.ForeignKey("core.Tenant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "new business"
        verbose_name_plural = "new businesses"
        constraints = [
            models.CheckConstraint(name="tenant_build_state_known", condition=Q(state__in=BuildState.values)),
            models.UniqueConstraint(
                name="tenant_build_open_once", fields=["subdomain"], condition=Q(state=BuildState.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the business is still to be built."""
        return self.state == BuildState.OPEN

    @property
    def has_stopped(self) -> bool:
        """Whether it does not go on unless a person says so."""
        return self.is_open and self.next_attempt_at is None


class DeletionState(models.TextChoices):
    """How far the deletion of a business has come. Until it is `leaving` it can be undone."""

    WAITING = "waiting", "waiting"
    LEAVING = "leaving", "being deleted"
    DONE = "done", "deleted"
    UNDONE = "undone", "undone"


class DeletionStep(models.TextChoices):
    """What is done with a business that leaves, in this order."""

    WAITING = "waiting", "Wait for a worker"
    ARCHIVE = "archive", "Write an archive of everything"
    GRACE = "grace", "Wait, so that it can be undone"
    ACCESS = "access", "Revoke tokens, close memberships, empty the queue"
    LAST_ARCHIVE = "last_archive", "Write the last archive"
    REMOVAL = "removal", "Drop the schema and remove what belongs to it"
    GONE = "gone", "Gone"


OPEN_DELETIONS = (DeletionState.WAITING, DeletionState.LEAVING)


class TenantDeletion(Work):
    """A business that is to be deleted at `due_at`. It is suspended from the moment this is asked for.

    Its names are kept as text, for afterwards there is nothing else. `members` are those it had when it left:
    `{user, email, name, role, is_active}`. The archive is a file called `archive_name` (`lifecycle.archives`).
    """

    tenant = models.ForeignKey("core.Tenant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    tenant_number = models.BigIntegerField()
    schema_name = models.CharField(max_length=63)
    name = models.CharField(max_length=100)
    reason = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=DeletionState, default=DeletionState.WAITING)
    step = models.CharField(max_length=16, choices=DeletionStep, default=DeletionStep.WAITING)
    wants_archive = models.BooleanField(default=True)
    closes_accounts = models.BooleanField(default=True)
    suspended_here = models.BooleanField(default=False, help_text="It was not suspended before.")
    members = models.JSONField(default=list)
    archive_name = models.CharField(max_length=120, blank=True)
    archive_bytes = models.PositiveBigIntegerField(default=0)
    archive_sha256 = models.CharField(max_length=64, blank=True)
    archive_rows = models.PositiveBigIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    accounts_closed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "deletion of a business"
        verbose_name_plural = "deletions of businesses"
        permissions = [("download_archive", "Can download archives of businesses that leave")]
        constraints = [
            models.CheckConstraint(name="tenant_deletion_state_known", condition=Q(state__in=DeletionState.values)),
            models.UniqueConstraint(
                name="tenant_deletion_open_once", fields=["tenant"], condition=Q(state__in=OPEN_DELETIONS)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the business is still to be deleted."""
        return self.state in OPEN_DELETIONS

    @property
    def can_be_undone(self) -> bool:
        """Whether nothing has been taken from the business yet."""
        return self.state == DeletionState.WAITING

    @property
    def has_stopped(self) -> bool:
        """Whether it does not go on unless a person says so."""
        return self.is_open and self.next_attempt_at is None
