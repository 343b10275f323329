"""Tokens that REST clients sign in with."""

import hashlib
import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.timezone import now as current_time

TOKEN_MARK = "sst_"  # noqa: S105  # recognisable in logs and by secret scanners, not a secret itself
PREFIX_LENGTH = 12


class Scope(models.TextChoices):
    """What a token may be used for; `write` includes `read`."""

    READ = "read"
    WRITE = "write"


def new_secret() -> str:
    """Return a fresh token: the mark and 256 random bits."""
    return TOKEN_MARK + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return the SHA-256 under which a secret is stored (64 hexadecimal digits)."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens as a set."""

    def usable(self, now: datetime) -> Self:
        """Keep the tokens that are neither revoked nor expired at `now`."""
        return self.filter(revoked_at__isnull=True).exclude(expires_at__lte=now)


class ApiToken(models.Model):
    """A secret bound to one person in one business. Only its first characters and its SHA-256 are stored."""

    user = models.ForeignKey("core.User", on_delete=models.CASCADE, related_name="api_tokens")
    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, blank=True, help_text="Empty for a sign-in token.")
    prefix = models.CharField(max_length=PREFIX_LENGTH)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.WRITE)
    created_at = models.DateTimeField(default=current_time, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API token"
        constraints = [
            models.CheckConstraint(name="api_token_scope_known", condition=models.Q(scope__in=["read", "write"])),
        ]

    def __str__(self) -> str:
        return f"{self.name or 'sign-in'} ({self.prefix}…)"

    @property
    def is_sign_in(self) -> bool:
        """Whether the token came from `/auth-token/` rather than being created by name."""
        return not self.name
