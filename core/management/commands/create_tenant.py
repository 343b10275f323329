"""`manage.py create_tenant`: a business in one step."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from core.links import tenant_url
from core.tenants import create_tenant


class Command(BaseCommand):
    """Creates schema, domain, owner and opening hours, or nothing."""

    help = "Create a business: schema, domain, owner and usual opening hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what describes the business."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--subdomain", required=True)
        parser.add_argument("--timezone", required=True, help="IANA name, such as Europe/Berlin")
        parser.add_argument("--plan", required=True, help="code of a plan, such as free")
        parser.add_argument("--owner-email", required=True)
        parser.add_argument("--owner-password", required=True)
        parser.add_argument("--currency", default="USD", help="ISO 4217 code (USD)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        """Create the business. Raises CommandError naming the option that cannot be used."""
        try:
            tenant = create_tenant(
                name=options["name"],
                subdomain=options["subdomain"],
                timezone=options["timezone"],
                plan=options["plan"],
                owner_email=options["owner_email"],
                owner_password=options["owner_password"],
                currency=options["currency"],
            )
        except DomainError as error:
            raise CommandError(error.detail) from error
        result = {
            "id": tenant.pk,
            "name": tenant.name,
            "schema": tenant.schema_name,
            "url": tenant_url(tenant),
            "plan": options["plan"],
            "owner": options["owner_email"],
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(f"Created {result['name']} at {result['url']} with the owner {result['owner']}.")
