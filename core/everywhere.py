"""Telling every business something."""

import logging
from collections.abc import Mapping
from typing import Any

from django_tenants.utils import tenant_context

from core.models import Tenant
from core.topics import publish

logger = logging.getLogger(__name__)


class SomeFailed(Exception):
    """What was told has failed in some businesses; the log says why."""


def publish_everywhere(topic: str, fact: Mapping[str, Any], *, even_suspended: bool) -> None:
    """Publish `fact` inside each business in turn. A failure in one does not keep it from the others.

    Raises SomeFailed in the end, naming the businesses.
    """
    tenants = Tenant.objects.select_related("plan").prefetch_related("override_notes").order_by("pk")
    if not even_suspended:
        tenants = tenants.filter(suspended_at__isnull=True)
    failed = []
    for tenant in tenants.iterator(chunk_size=200):
        try:
            with tenant_context(tenant):
                publish(topic, fact)
        except Exception:
            logger.exception("%s failed in %s", topic, tenant.schema_name)
            failed.append(tenant.schema_name)
    if failed:
        raise SomeFailed(f"{topic} failed in {', '.join(failed)}")
