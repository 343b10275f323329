"""`manage.py explain_entitlement <schema> <key>`: why a business may or may not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from core.entitlements import explain
from core.errors import DomainError
from core.installed import registry
from core.models import Tenant
from core.named import named_business
from core.quotas import usage


class Command(BaseCommand):
    """Prints the trail of one decision."""

    help = "Explain why a business may or may not use a feature, or how it stands with a quota."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the business and the key."""
        parser.add_argument("schema", help="schema name of the business")
        parser.add_argument("key", help="key of a feature or a quota")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the decision step by step. Raises CommandError for an unknown business."""
        try:
            tenant = named_business(options["schema"])
        except DomainError as error:
            raise CommandError(error.detail) from error
        if options["key"] in registry().quotas:
            self._explain_quota(tenant, options["key"])
        else:
            self._explain_feature(tenant, options["key"])

    def _explain_feature(self, tenant: Tenant, key: str) -> None:
        explanation = explain(tenant, key)
        decision = explanation.decision
        self.stdout.write(f"{tenant.name} · plan {tenant.plan} · {key}: {'yes' if decision.allowed else 'no'}")
        self.stdout.write(f"source: {decision.source.value}")
        for step in decision.trail:
            self.stdout.write(f"  - {step}")
        if explanation.unlocked_by is not None:
            self.stdout.write(f"cheapest plan that unlocks it: {explanation.unlocked_by.name}")

    def _explain_quota(self, tenant: Tenant, key: str) -> None:
        with tenant_context(tenant):
            standing = usage(tenant, key)
        limit = "unlimited" if standing.limit is None else standing.limit
        self.stdout.write(f"{tenant.name} · plan {tenant.plan} · {key}: {standing.used} of {limit} ({standing.state})")
        self.stdout.write(f"source: {'override on the tenant' if tenant.has_own_limit(key) else 'plan'}")
        if standing.resets_at is not None:
            self.stdout.write(f"counts from zero again at {standing.resets_at.isoformat()}")
