"""Requests that take effect once, however often they are sent.

The key's row is inserted in the transaction of the effect. A duplicate that arrives meanwhile waits on the unique index
until that transaction ends: after a commit it replays the answer, after a rollback (a refusal, a killed process) it
takes effect itself.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.errors import FieldError
from core.models import User
from schedule.errors import IdempotencyKeyReused
from schedule.models import IdempotencyKey

HEADER = "Idempotency-Key"
MAX_KEY_LENGTH = 200
KEPT_FOR = timedelta(hours=24)

CLAIM = """
INSERT INTO schedule_idempotencykey (user_id, key, fingerprint, created_at)
VALUES (%(user)s, %(key)s, %(fingerprint)s, %(now)s)
ON CONFLICT (user_id, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, created_at = excluded.created_at, status_code = NULL, answer = NULL
    WHERE schedule_idempotencykey.created_at <= %(expired)s
RETURNING id
"""
"""Returns the row if the key is new or expired. Otherwise the row is locked and not returned."""


@dataclass(frozen=True)
class Answer:
    """The status and JSON body of a request; `is_replay` when they were stored by an earlier one."""

    status_code: int
    body: Any
    is_replay: bool


def clean_key(raw: str | None) -> str | None:
    """Return the header's value, None without one. Raises FieldError unless it is 1 to 200 printable characters."""
    if raw is None:
        return None
    if not 1 <= len(raw) <= MAX_KEY_LENGTH or not (raw.isascii() and raw.isprintable()):
        raise FieldError(HEADER, f"Use 1 to {MAX_KEY_LENGTH} printable ASCII characters.")
    return raw


def fingerprint_of(*, method: str, path: str, body: Any) -> str:
    """Return the SHA-256 of a request. Bodies that are equal as JSON are the same body."""
    text = json.dumps([method, path, body], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def once(
    *,
    user: User,
    key: str,
    fingerprint: str,
    perform: Callable[[], tuple[int, Any]],
    now: datetime | None = None,
) -> Answer:
    """Return the answer of `perform`, or the one stored for `key` within the last 24 hours.

    `perform` returns a status and a JSON-ready body and raises to refuse; what it raises passes through and leaves no
    key. It runs inside this function's transaction. Raises IdempotencyKeyReused when the key belongs to a request with
    another fingerprint.
    """
    now = now or timezone.now()
    with transaction.atomic():
        number = _claim(user=user, key=key, fingerprint=fingerprint, now=now)
        if number is None:
            return _replay(IdempotencyKey.objects.get(user=user, key=key), fingerprint)
        status_code, body = perform()
        IdempotencyKey.objects.filter(pk=number).update(status_code=status_code, answer=body)
    return Answer(status_code, body, is_replay=False)


def is_answered(*, user: User, key: str, now: datetime | None = None) -> bool:
    """Tell whether a request with this key would be replayed (or refused as another one) instead of taking effect."""
    now = now or timezone.now()
    return IdempotencyKey.objects.filter(user=user, key=key, created_at__gt=now - KEPT_FOR).exists()


def purge_idempotency_keys(*, now: datetime | None = None) -> int:
    """Delete the keys of the active tenant that have expired. Returns how many."""
    now = now or timezone.now()
    deleted, _ = IdempotencyKey.objects.filter(created_at__lte=now - KEPT_FOR).delete()
    return deleted


def _claim(*, user: User, key: str, fingerprint: str, now: datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {
                "user": user.pk,
                "key": key,
                "fingerprint": fingerprint,
                "now": now,
                "expired": now - KEPT_FOR,
            },
        )
        row = cursor.fetchone()
    return row[0] if row is not None else None


def _replay(stored: IdempotencyKey, fingerprint: str) -> Answer:
    if stored.fingerprint != fingerprint or stored.status_code is None:
        raise IdempotencyKeyReused(
            f"This {HEADER} was used for another request. Send a new key, or the same request again."
        )
    return Answer(stored.status_code, stored.answer, is_replay=True)
