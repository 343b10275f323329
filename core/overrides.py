"""What was agreed with one business apart from its plan: features given or withheld, limits of its own."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.errors import FieldError, Missing
from core.installed import registry
from core.models import OverrideNote, Tenant, User
from core.quota_rules import normalise_limit
from core.versions import changed_keys, version_of

Value = bool | int | None
REASON_LENGTH = 300
LARGEST_LIMIT = 2**31 - 1
"""What a column of limits holds."""


def override_keys() -> tuple[str, ...]:
    """Return the keys of features and quotas that can be overridden for one business, in manifest order."""
    columns = {field.name for field in Tenant._meta.concrete_fields}
    return tuple(key for key in (*registry().features, *registry().quotas) if key in columns)


def version_of_overrides(tenant: Tenant) -> str:
    """Return a digest of every override of the business with its note."""
    return version_of({key: _state(tenant, key, tenant.note_on(key)) for key in override_keys()})


def set_override(
    *,
    tenant: Tenant,
    key: str,
    value: Value,
    reason: str,
    by: User | None,
    expires_at: datetime | None = None,
    now: datetime | None = None,
) -> bool:
    """Give the business its own answer for the feature or quota `key`; tell whether that changed anything.

    `value` is True or False for a feature, a limit of 0 or more or -1 (unlimited) for a quota, None to inherit from the
    plan again. It holds until `expires_at`, if given. Raises FieldError for a key, value, reason or time that cannot be
    used.
    """
    now = now or timezone.now()
    require_usable(key, value, reason, expires_at, now)
    with transaction.atomic():
        locked = Tenant.objects.select_for_update(no_key=True).filter(pk=tenant.pk).first()
        if locked is None:
            raise Missing("There is no such business.")
        notes = OverrideNote.objects.filter(tenant=locked, key=key)
        before = _state(locked, key, notes.first())
        setattr(locked, key, value)
        note = None
        if value is not None:
            note = OverrideNote(tenant=locked, key=key, reason=reason.strip(), actor=by, expires_at=expires_at)
        old, new = changed_keys(before, _state(locked, key, note))
        if not new:
            return False
        notes.delete()
        if note is not None:
            note.save()
        Tenant.objects.filter(pk=locked.pk).update(**{key: value})
        new["reason"] = reason.strip()  # also of what has no note any more
        record("override.changed", tenant=locked, actor=by, object_label=key, before=old, after=new)
    return True


def require_usable(key: str, value: Value, reason: str, expires_at: datetime | None, now: datetime) -> None:
    """Raise FieldError unless `set_override` would take these; it names `key`, `reason` or `until`."""
    if key not in override_keys():
        raise FieldError("key", f"{key!r} cannot be overridden. These can: {', '.join(override_keys())}.")
    if key in registry().features and not (value is None or isinstance(value, bool)):
        raise FieldError(key, f"Say true, false or nothing, not {value!r}.")
    if key in registry().quotas:
        try:
            normalise_limit(value)
        except ValueError as error:
            raise FieldError(key, f"Use -1 or a whole number of 0 or more, not {value!r}.") from error
        if value is not None and value > LARGEST_LIMIT:
            raise FieldError(key, f"Use at most {LARGEST_LIMIT}, or -1 for unlimited.")
    if not reason.strip():
        raise FieldError("reason", "Say why.")
    if len(reason.strip()) > REASON_LENGTH:
        raise FieldError("reason", f"Use at most {REASON_LENGTH} characters.")
    if expires_at is not None and expires_at <= now:
        raise FieldError("until", "That time has passed already.")


def _state(tenant: Tenant, key: str, note: OverrideNote | None) -> dict[str, Any]:
    return {
        key: getattr(tenant, key),
        "reason": note.reason if note else "",
        "effective_from": note.effective_from.isoformat() if note and note.effective_from else None,
        "expires_at": note.expires_at.isoformat() if note and note.expires_at else None,
    }
