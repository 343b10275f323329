"""`manage.py health`: how the installation is, for people and for monitors."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from platform_admin.insight.health import BAD, health, worst


class Command(BaseCommand):
    """Reads only."""

    help = "Tell the health of every part of the installation. Exit status 1 when one of them is bad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the form of the answer."""
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print every part. Raises CommandError when one is bad."""
        parts = health(now=timezone.now())
        state = worst(parts)
        if options["json"]:
            told = {part.key: {"state": part.state, "facts": dict(part.facts)} for part in parts}
            self.stdout.write(json.dumps({"state": state, "parts": told}, indent=2))
        else:
            for part in parts:
                self.stdout.write(f"{part.state:8}{part.name}")
                self.stdout.writelines(f"        {label}: {value}" for label, value in part.facts)
        if state == BAD:
            raise CommandError("Something is wrong: " + ", ".join(part.name for part in parts if part.state == BAD))
