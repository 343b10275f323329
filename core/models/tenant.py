"""Businesses, the hosts they answer on, and what was agreed with them one by one."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.timezone import now as current_time
from django_tenants.models import DomainMixin, TenantMixin

from core.entitlement_rules import Decision, Override, State, decide, in_force
from core.installed import registry
from core.models.plan import SubscriptionPlan
from core.quota_rules import normalise_limit
from core.time_zones import validate_time_zone

SCHEMA_NAME_PATTERN = r"^[a-z][a-z0-9_]{1,47}$"
ACCENT_COLOR_PATTERN = r"^#[0-9a-fA-F]{6}$"
RESERVED_SCHEMA_NAMES = frozenset({"public", "information_schema", "citus", "template"})


def validate_schema_name(value: str) -> None:
    """Raise ValidationError unless `value` is a safe, free-to-use schema name."""
    if not re.fullmatch(SCHEMA_NAME_PATTERN, value) or value in RESERVED_SCHEMA_NAMES or value.startswith("pg_"):
        raise ValidationError("Use 2 to 48 lower-case letters, digits and underscores, beginning with a letter.")


def _override_flag() -> "models.BooleanField[bool | None, bool | None]":
    return models.BooleanField(null=True, blank=True, default=None)


def _override_limit() -> "models.IntegerField[int | None, int | None]":
    return models.IntegerField(
        null=True,
        blank=True,
        default=None,
        validators=[MinValueValidator(-1)],
        help_text="Empty: as in the plan. -1: unlimited.",
    )


class Tenant(TenantMixin):
    """One business with a schema of its own.

    The columns named after features are overrides: NULL inherits from the plan, True and False decide. The columns
    named after quotas are overrides too: NULL inherits, -1 is unlimited.
    """

    auto_drop_schema = True

    name = models.CharField(max_length=100)
    timezone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    currency = models.CharField(
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"^[A-Z]{3}$", "Use an ISO 4217 code such as EUR.")],
    )
    plan = models.ForeignKey(SubscriptionPlan, on_delete=models.PROTECT, related_name="tenants", null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    staff_can_see_analytics = models.BooleanField(default=False)
    accent_color = models.CharField(
        max_length=7,
        null=True,
        blank=True,
        validators=[RegexValidator(ACCENT_COLOR_PATTERN, "Use a color such as #2f6f4f.")],
        help_text="The one color of the business's own in the dashboard, such as #2f6f4f. Empty: the platform's.",
    )
    support_access_allowed = models.BooleanField(
        default=True, help_text="Whether platform staff may act as its members; an owner decides."
    )
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session at this business."
    )
    created_at = models.DateTimeField(default=current_time, editable=False)

    advanced_analytics = _override_flag()
    advanced_reporting = _override_flag()
    can_export_data = _override_flag()
    can_use_calendar_sync = _override_flag()
    can_accept_payments = _override_flag()
    can_use_webhooks = _override_flag()
    can_create_plugins = _override_flag()
    can_use_sms_reminders = _override_flag()
    can_use_masked_phone_numbers = _override_flag()
    can_use_custom_domain = _override_flag()
    can_white_label = _override_flag()
    can_api_access = _override_flag()

    max_resources = _override_limit()
    max_users = _override_limit()
    max_services = _override_limit()
    max_appointments = _override_limit()
    max_email_templates = _override_limit()
    max_automated_tasks = _override_limit()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tenant_schema_name_allowed", condition=models.Q(schema_name__regex=SCHEMA_NAME_PATTERN)
            ),
            models.CheckConstraint(
                name="tenant_accent_color_is_hexadecimal",
                condition=models.Q(accent_color__isnull=True) | models.Q(accent_color__regex=ACCENT_COLOR_PATTERN),
            ),
            *(
                models.CheckConstraint(
                    name=f"tenant_{key}_allowed",
                    condition=models.Q(**{f"{key}__isnull": True}) | models.Q(**{f"{key}__gte": -1}),
                )
                for key in (
                    "max_resources",
                    "max_users",
                    "max_services",
                    "max_appointments",
                    "max_email_templates",
                    "max_automated_tasks",
                )
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The business's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def is_suspended(self) -> bool:
        """Whether paid features are withheld, for non-payment or abuse."""
        return self.suspended_at is not None

    def has_feature(self, key: str) -> bool:
        """Tell whether the tenant may use the feature `key`, now. Costs no query once the plan is loaded."""
        return self.decide(key).allowed

    def decide(self, key: str, *, now: datetime | None = None) -> Decision:
        """Return the decision on the feature `key` with where it comes from."""
        feature = registry().features.get(key)
        return decide(
            State(
                override=self._override(key) if feature is not None else None,
                permissions=self.plan.permissions if self.plan is not None else None,
                is_suspended=self.is_suspended,
            ),
            key=key,
            feature=feature,
            now=now or current_time(),
        )

    def limit_of(self, key: str, *, now: datetime | None = None) -> int | None:
        """Return how many the quota `key` admits, None for unlimited. Without a plan nothing is admitted.

        Raises LookupError for a key nobody declares: a typo must not read as unlimited.
        """
        if key not in registry().quotas:
            raise LookupError(f"no manifest declares the quota {key!r}")
        if self.has_own_limit(key, now=now):
            return normalise_limit(getattr(self, key))
        if self.plan is None:
            return 0
        return normalise_limit(self.plan.limits.get(key))

    def has_own_limit(self, key: str, *, now: datetime | None = None) -> bool:
        """Tell whether a limit of the tenant's own is in force for the quota `key`."""
        if getattr(self, key, None) is None:
            return False
        note = self.note_on(key)
        return note is None or in_force(now or current_time(), note.effective_from, note.expires_at)

    def note_on(self, key: str) -> "OverrideNote | None":
        """Return the note on the override of `key`. Costs no query once the notes are loaded."""
        return next((note for note in self.override_notes.all() if note.key == key), None)

    def _override(self, key: str) -> Override | None:
        value = getattr(self, key, None)
        if value is None:
            return None
        note = self.note_on(key)
        if note is None:
            return Override(value=value)
        return Override(value=value, effective_from=note.effective_from, expires_at=note.expires_at)


class Domain(DomainMixin):
    """A host a tenant answers on. Hosts below any platform domain are stored below the canonical, first one."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="domain_is_a_host_name",
                condition=models.Q(domain__regex=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.domain)


class OverrideNote(models.Model):
    """Why a tenant's override of one key was set, by whom, and for how long it holds."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="override_notes")
    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    actor = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    effective_from = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="override_note_one_per_key", fields=["tenant", "key"]),
            models.CheckConstraint(
                name="override_note_ends_after_start",
                condition=models.Q(effective_from__isnull=True)
                | models.Q(expires_at__isnull=True)
                | models.Q(effective_from__lt=models.F("expires_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"
