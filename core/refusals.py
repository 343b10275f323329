"""Telling that a business met a limit of its plan."""

import logging
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from core.active import current_tenant
from core.errors import DomainError
from core.topics import publish

logger = logging.getLogger(__name__)


def tell_of_refusal(error: DomainError, *, now: datetime | None = None) -> None:
    """Publish `entitlement.refused` inside the business for a refusal that names a feature or a quota.

    The refusal itself is what counts: whatever goes wrong here is logged and changes nothing about it.
    """
    key = _key_of(error)
    if not key:
        return
    try:
        tenant = current_tenant()
        with transaction.atomic():
            at = (now or timezone.now()).isoformat()
            publish("entitlement.refused", {"tenant_id": tenant.pk, "key": key, "code": error.code, "at": at})
    except LookupError:
        return  # on the platform's own address
    except DatabaseError:
        logger.warning("The refusal of %s could not be counted", key, exc_info=True)


def _key_of(error: DomainError) -> str:
    for kind in ("feature", "quota"):
        about: Any = error.extra.get(kind)
        if isinstance(about, dict):
            return str(about.get("key", ""))
    return ""
