"""What people change about themselves. It holds in every business they belong to."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from core.audit import record
from core.errors import FieldError
from core.models import ApiToken, Membership, User
from core.sign_in import WrongCredentials, check_password


def rename(*, membership: Membership, name: str) -> User:
    """Give the person another name. Saying what is so already changes nothing."""
    user = membership.user
    if name != user.name:
        before, user.name = user.name, name
        with transaction.atomic():
            user.save(update_fields=["name"])
            record(
                "user.renamed",
                tenant=membership.tenant,
                actor=user,
                object_label=user.email,
                before={"name": before},
                after={"name": name},
            )
    return user


def require_own_password(*, request: HttpRequest, user: User, password: str) -> None:
    """Raise FieldError (`wrong_password`) unless this is the person's password.

    Failures count towards the lock on signing in; once it is shut, raises TooManyRequests.
    """
    try:
        check_password(request=request, email=user.email, password=password)
    except WrongCredentials as error:
        raise FieldError("current_password", "This is not your present password.", code="wrong_password") from error


def change_password(
    *, membership: Membership, new_password: str, kept: ApiToken | None = None, now: datetime | None = None
) -> User:
    """Give the person another password, checked before. Their sessions end with the old one (Django compares a hash).

    Their sign-in tokens are revoked in every business, except for `kept`; named tokens, which belong to programs, stay.
    """
    user = membership.user
    with transaction.atomic():
        user.set_password(new_password)
        user.save(update_fields=["password"])
        others = ApiToken.objects.filter(user=user, name="", revoked_at__isnull=True)
        if kept is not None:
            others = others.exclude(pk=kept.pk)
        revoked = others.update(revoked_at=now or timezone.now())
        record(
            "password.changed",
            tenant=membership.tenant,
            actor=user,
            object_label=user.email,
            after={"sign_in_tokens_revoked": revoked},
        )
    return user
