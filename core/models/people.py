"""People who sign in, and what they are in which business."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now as current_time

from core.ids import uuid7
from core.models.leased import Leased, LeasedQuerySet
from core.registry import ROLES


class UserManager(BaseUserManager["User"]):
    """Creates people; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password nobody can sign in as them."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a platform admin with every permission (`manage.py createsuperuser`)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address, whatever its case. Raises User.DoesNotExist."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by their e-mail address across all businesses. `is_staff` marks platform staff."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session of the person."
    )
    created_at = models.DateTimeField(default=current_time, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=models.Q(email=Lower("email"))),
        ]
        permissions = [
            ("reset_lockouts", "Can lift lock-outs from signing in"),
            ("revoke_access", "Can end sessions and revoke tokens"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def label(self) -> str:
        """The name, or the address of who has none."""
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what Django compares each session with; another epoch makes another hash, and so ends them all."""
        found: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # the stubs do not know it
        return f"{found}.{self.session_epoch}" if self.session_epoch else found


class Role(models.TextChoices):
    """What a person is in a business, from least to most."""

    STAFF = "staff"
    MANAGER = "manager"
    OWNER = "owner"

    def includes(self, other: "Role | str") -> bool:
        """Tell whether this role may do everything `other` may."""
        return ROLES.index(self.value) >= ROLES.index(str(other))


class Membership(models.Model):
    """A person's place in one business."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=current_time, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once_per_tenant", fields=["tenant", "user"]),
            models.CheckConstraint(name="membership_role_known", condition=models.Q(role__in=ROLES)),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    def may_act_as(self, role: Role | str) -> bool:
        """Tell whether this member may do what `role` may."""
        return Role(self.role).includes(role)


class Invitation(Leased):
    """An offer to join a business. Only the SHA-256 of its secret is stored; `core.invitation_mail` sends it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=16, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=current_time, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LeasedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_open_once_per_email",
                fields=["tenant", "email"],
                condition=models.Q(accepted_at__isnull=True),
            ),
            models.CheckConstraint(name="invitation_role_known", condition=models.Q(role__in=ROLES)),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"

    def is_open(self, now: datetime) -> bool:
        """Tell whether the invitation can still be accepted at `now`."""
        return self.accepted_at is None and now < self.expires_at
