"""Calendar sync against vdirsyncer, on the same real servers in the same run."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")


def run(size: str) -> bool:
    """Measure; see `compare.run`."""
    from bench.calendar_sync.setting import database  # Django comes up once the database is there

    with database():
        from bench.calendar_sync.compare import run as compare

        return compare(size)
