"""Google's own client, in an environment of its own below the data folder, and the description of the interface in it.

It is no dependency of the product: it is there to say what Google's interface is, besides what we believe of it.
"""

import fcntl
import hashlib
import json
import subprocess
import sys
import venv
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

LOCK = Path(settings.BASE_DIR) / "requirements" / "google-contract.lock"
CACHE = Path(settings.BASE_DIR) / "var" / "test-tools"
DOCUMENT = "lib/python*/site-packages/googleapiclient/discovery_cache/documents/calendar.v3.json"


def environment() -> Path:
    """Return the environment, made by whoever comes first and kept until the lock file changes.

    Raises CalledProcessError where its packages cannot be had.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = CACHE / f"google-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    with (CACHE / "google-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            venv.create(folder, with_pip=True, clear=True)
            install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
            subprocess.run([folder / "bin" / "python", *install, LOCK], check=True, stdout=sys.stderr)
            (folder / "ready").touch()
    return folder


@cache
def document() -> dict[str, Any]:
    """Return Google's description of the Calendar interface (a discovery document)."""
    [path] = environment().glob(DOCUMENT)
    described: dict[str, Any] = json.loads(path.read_text())
    return described
