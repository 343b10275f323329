"""`manage.py demo`: three businesses to look at and to program against."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.building import Made, make_business, make_platform_admin
from demo.businesses import BUSINESSES
from demo.progress import Progress


class Command(BaseCommand):
    """Makes what is missing of the demo; a second run finds everything there."""

    help = "Create the demo businesses and their logins, as far as they are missing. Needs DEBUG."

    def handle(self, *_: Any, **__: Any) -> None:
        """Run. Raises CommandError where DEBUG is off: everybody knows the demo's passwords."""
        if not settings.DEBUG:
            raise CommandError(
                "The demo's logins all have the same public password, so they are not created where DEBUG is off. "
                "Create a business of your own with `manage.py create_tenant`."
            )
        begun_at, now = monotonic(), timezone.now()
        make_platform_admin()
        made = 0
        for business in BUSINESSES:
            progress = Progress(self.stdout, business.name)
            result = make_business(business, now=now, report=progress.report)
            progress.finish("is there already" if result is None else _counts(result))
            made += result is not None
        self.stdout.write(f"Demo data is ready: {made} of {len(BUSINESSES)} made in {monotonic() - begun_at:.1f} s.")


def _counts(made: Made) -> str:
    return (
        f"{made.resources} resources, {made.services} services, {made.customers:,} customers, "
        f"{made.appointments:,} appointments, {made.payments:,} payments"
    )
