"""Taking out of the audit log what the law does not let us keep. Nothing else gets past the database.

Both leave an entry of their own behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from core.audit import record
from core.models import AuditEntry, SupportAccess, User

ERASED = "(erased)"
ERASABLE = (
    "actor",
    "actor_label",
    "impersonator",
    "impersonator_label",
    "ip_address",
    "object_label",
    "before",
    "after",
)


@contextmanager
def erasure_allowed() -> Iterator[None]:
    """Open the audit log for changes until the end of the block, which is one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL smoothschedule.audit_erasure = 'on'")
        yield
        cursor.execute("SET LOCAL smoothschedule.audit_erasure = 'off'")


def forget_entries_before(*, moment: datetime, by: User | None) -> int:
    """Delete the entries older than `moment`, for which there is a period of retention; return how many."""
    with transaction.atomic():
        with erasure_allowed():
            count, _ = AuditEntry.objects.filter(at__lt=moment).delete()
        record("audit.trimmed", tenant=None, actor=by, after={"before": moment.isoformat(), "entries": count})
    return count


def erase_person(*, email: str, by: User | None) -> int:
    """Take a person's name and addresses out of every entry, for which they have a right; return out of how many.

    Visits of support in their place lose the name too. What was done, when and to what stays. `email` is any the person
    has had.
    """
    email = email.strip().lower()
    theirs = Q(actor__email=email) | Q(actor_label=email) | Q(impersonator__email=email) | Q(impersonator_label=email)
    named = Q(object_label__icontains=email) | Q(before__icontains=email) | Q(after__icontains=email)
    with transaction.atomic():
        with erasure_allowed():
            entries = list(AuditEntry.objects.filter(theirs | named).select_for_update(of=("self",)))
            for entry in entries:
                _erase(entry, email)
            AuditEntry.objects.bulk_update(entries, ERASABLE, batch_size=500)
        SupportAccess.objects.filter(person__email=email).update(person=None, person_label=ERASED)
        record("audit.person_erased", tenant=None, actor=by, object_label=ERASED, after={"entries": len(entries)})
    return len(entries)


def _erase(entry: AuditEntry, email: str) -> None:
    if entry.actor_label == email:
        entry.actor, entry.actor_label, entry.ip_address = None, ERASED, None
        if entry.action == "user.renamed":
            entry.before = entry.after = {}
    if entry.impersonator_label == email:
        entry.impersonator, entry.impersonator_label = None, ERASED
    if email in entry.object_label.lower():
        entry.object_label = ERASED
    entry.before, entry.after = _without(entry.before, email), _without(entry.after, email)


def _without(values: dict[str, Any], email: str) -> dict[str, Any]:
    return {key: ERASED if email in str(value).lower() else value for key, value in values.items()}
