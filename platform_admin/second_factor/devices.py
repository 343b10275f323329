"""The second factor of platform staff: an app that shows codes (RFC 6238), and recovery codes for when it is lost.

django-otp keeps both and slows guessing down: each wrong code doubles the wait before the next. Of recovery codes only
a digest is stored.
"""

import hashlib
import secrets
from base64 import b32encode
from datetime import datetime
from typing import Any

import segno
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from core.audit import record
from core.errors import Conflict, DomainError, Forbidden, TooManyRequests
from core.models import User
from core.revocation import Revocation, revoke_of_person

RECOVERY_CODES = 10
CODE_BYTES = 10
DIGITS = 6


class WrongCode(DomainError):
    """The code is wrong, was used, or belongs to another minute."""

    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__("This code is wrong or was used already. Take the one that is shown now.")


def is_enrolled(user: User) -> bool:
    """Tell whether the person has a second factor."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def begin_enrolment(user: User) -> Any:
    """Return the device that the person is about to set up; asked again before that it is the same."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return device or TOTPDevice.objects.create(user=user, name="phone", confirmed=False)


def picture_of(device: Any) -> str:
    """Return the QR code of a device as SVG for inside a page."""
    return segno.make(device.config_url, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")


def key_of(device: Any) -> str:
    """Return the device's key as it is typed where there is no camera, in groups of four."""
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def enrol(*, user: User, code: str) -> tuple[Any, list[str]]:
    """Take the device into use, once it shows the right code, in place of any other; return it and recovery codes.

    Raises WrongCode, TooManyRequests.
    """
    device = begin_enrolment(user)
    _require(_try(TOTPDevice, device.pk, _digits(code)))
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        device.refresh_from_db()
        codes = _new_codes(user)
        record("second_factor.set_up", tenant=None, actor=user, object_label=user.email)
    return device, codes


def check(*, user: User, code: str) -> Any:
    """Return the device that this code is of; a recovery code works once. Raises WrongCode, TooManyRequests."""
    is_recovery = len(_letters(code)) != DIGITS
    model = StaticDevice if is_recovery else TOTPDevice
    found = model.objects.filter(user=user, confirmed=True).order_by("pk").first()
    token = _digest(code) if is_recovery else _digits(code)
    outcome = _try(model, found.pk, token) if found is not None else None
    if outcome is not True:
        record("second_factor.failed", tenant=None, actor=user, object_label=user.email)
    _require(outcome)
    if is_recovery:
        left = StaticToken.objects.filter(device=found).count()
        record(
            "second_factor.recovery_used", tenant=None, actor=user, object_label=user.email, after={"codes_left": left}
        )
    return found


def renew_codes(*, user: User) -> list[str]:
    """Return new recovery codes; the old ones work no more."""
    with transaction.atomic():
        codes = _new_codes(user)
        record("second_factor.codes_renewed", tenant=None, actor=user, object_label=user.email)
    return codes


def reset(*, user: User, by: User | None) -> None:
    """Take the second factor away from somebody who lost it, and end their sessions; the next sign-in sets up another.

    `by` is another superuser, None at the command line. Raises Forbidden, Conflict (`not_enrolled`).
    """
    if by is not None and (not by.is_superuser or by.pk == user.pk):
        raise Forbidden("Only another superuser can reset a second factor.")
    with transaction.atomic():
        gone, _ = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        if not gone:
            raise Conflict(f"{user.email} has no second factor.", code="not_enrolled")
        record("second_factor.reset", tenant=None, actor=by, object_label=user.email)
        revoke_of_person(user=user, what=Revocation(sign_in_tokens=False, named_tokens=False), by=by)


def lift_waits(user: User) -> None:
    """Let the person try again at once after wrong codes."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).update(throttling_failure_timestamp=None, throttling_failure_count=0)


def _try(model: Any, pk: int, token: str) -> bool | datetime:
    """Return whether the token is right, or until when none is looked at. Of several at once one is right."""
    with transaction.atomic():
        device = model.objects.select_for_update().get(pk=pk)
        is_allowed, reason = device.verify_is_allowed()
        if not is_allowed:
            until: datetime = reason["locked_until"]
            return until
        return bool(device.verify_token(token))


def _require(outcome: bool | datetime | None) -> None:
    if isinstance(outcome, datetime):
        seconds = max(int((outcome - timezone.now()).total_seconds()) + 1, 1)
        raise TooManyRequests(
            f"Too many wrong codes. Try again in {seconds} seconds.", code="locked_out", retry_after_seconds=seconds
        )
    if outcome is not True:
        raise WrongCode


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [_grouped(b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return codes


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _digest(code: str) -> str:
    """Return what is stored of a recovery code: as much of its SHA-256 as django-otp's column holds."""
    return hashlib.sha256(_letters(code).encode()).hexdigest()[:16]


def _letters(code: str) -> str:
    return "".join(character for character in code.lower() if character.isalnum())


def _digits(code: str) -> str:
    return "".join(character for character in code if character.isdecimal())
