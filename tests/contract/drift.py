"""Compares the API's description with the committed one: `python -m tests.contract.drift [--write]`."""

import os
import sys
import tempfile
from pathlib import Path

SNAPSHOT = Path(__file__).resolve().parents[2] / "frontend" / "openapi.json"


def current_description() -> str:
    """Return the OpenAPI description of the code as it is. Fails on any warning of the generator."""
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "openapi.json"
        call_command(
            "spectacular",
            "--format=openapi-json",
            "--urlconf=config.urls",
            "--validate",
            "--fail-on-warn",
            f"--file={target}",
        )
        return f"{target.read_text().rstrip()}\n"


def main() -> int:
    """Write the snapshot, or compare with it; the exit status tells whether they agree."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    description = current_description()
    if "--write" in sys.argv[1:]:
        SNAPSHOT.write_text(description)
        return 0
    if SNAPSHOT.is_file() and SNAPSHOT.read_text() == description:
        return 0
    sys.stderr.write(f"{SNAPSHOT.name} is not what the code describes. Run `make schema` and look at the difference.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
