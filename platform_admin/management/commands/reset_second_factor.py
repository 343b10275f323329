"""`manage.py reset_second_factor`: for who lost phone and recovery codes, where no other superuser can help."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from core.models import User
from platform_admin.second_factor.devices import reset


class Command(BaseCommand):
    """Takes the second factor away and ends their sessions; the next sign-in sets up another."""

    help = "Reset a platform admin's second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("email")

    def handle(self, *_: Any, email: str, **__: Any) -> None:
        """Reset it."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {email}.")
        try:
            reset(user=user, by=None)
        except DomainError as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stdout.write(f"{user.email} sets up a new second factor at the next sign-in.")
