"""Whether the second factor was given, or is not asked for."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from core.audit import record
from core.models import User
from platform_admin.second_factor.devices import is_enrolled


def is_through(request: HttpRequest) -> bool:
    """Tell whether nothing more is asked of whoever is signed in.

    Everybody is asked where SECOND_FACTOR_REQUIRED says so, elsewhere those who set it up.
    """
    user: Any = request.user
    if is_verified(request):
        return True
    if settings.SECOND_FACTOR_REQUIRED:
        return False
    known: tuple[int, bool] | None = getattr(request, "_back_office_enrolled", None)
    if known is None or known[0] != user.pk:
        known = (user.pk, is_enrolled(user))
        cast("Any", request)._back_office_enrolled = known  # asked several times a page
    return not known[1]


def is_verified(request: HttpRequest) -> bool:
    """Tell whether the session has seen the second factor."""
    ask = getattr(request.user, "is_verified", None)
    return ask is not None and bool(ask())


def note_sign_in(request: HttpRequest) -> None:
    """Record that somebody gave the password."""
    if isinstance(request.user, User):
        record("signed_in", tenant=None, actor=request.user, object_label="back office")
