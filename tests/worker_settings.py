"""Settings of the worker processes that tests start: the test's database, a real queue, short leases, a ticking app."""

import os
from dataclasses import replace
from pathlib import Path

from config import env
from config.background import task_settings
from config.settings.test import *  # noqa: F403
from core.registry import Manifest, Periodic

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405
TASKS = task_settings("rq" if RQ_QUEUES else "database", redis_url=env.text("REDIS_URL", "none"))["TASKS"]  # noqa: F405
LEASE_SECONDS = 2
EMAIL_BACKEND = "tests.core.held_mail.EmailBackend"
REGISTRY = replace(
    REGISTRY,  # noqa: F405
    manifests=(
        *REGISTRY.manifests,  # noqa: F405
        Manifest(
            "tests",
            "Tests",
            "…",
            datasets=("tests.exports.slowly:SLOWLY",),
            periodic=(Periodic("tests.tick", "tests.core.ticking:tick", 1),) if "TICKS" in os.environ else (),
        ),
    ),
)
if "WORKER_DATA_DIR" in os.environ:
    DATA_DIR = Path(os.environ["WORKER_DATA_DIR"])
