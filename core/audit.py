"""Writing the audit log."""

from typing import Any

from core.models import AuditEntry, Tenant, User
from core.request_context import current_request_facts


def record(
    action: str,
    *,
    tenant: Tenant | None,
    actor: User | None,
    impersonator: User | None = None,
    object_label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry, in the caller's transaction, with the address and id of the running request if there is one.

    Who acts in the actor's place is known from the request; `impersonator` is for where that begins and ends.
    `before` and `after` hold the keys that changed, JSON-ready; never pass a secret.
    """
    facts = current_request_facts()
    return AuditEntry.objects.create(
        tenant=tenant,
        actor=actor,
        impersonator_id=impersonator.pk if impersonator is not None else facts.impersonator_id,
        tenant_label=tenant.name if tenant is not None else "",
        actor_label=actor.email if actor is not None else "",
        impersonator_label=impersonator.email if impersonator is not None else facts.impersonator_label,
        action=action,
        object_label=object_label[:200],
        before=before or {},
        after=after or {},
        ip_address=facts.ip_address,
        request_id=facts.request_id,
    )
