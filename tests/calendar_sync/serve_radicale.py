"""A Radicale for tests in a browser.

`python -m tests.calendar_sync.serve_radicale <port>` prints `ready <address>` and goes on until its standard input is
closed; then the server is stopped and what it held is deleted.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Serve the account of `tests.calendar_sync.servers` until standard input ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    from tests.calendar_sync.servers import caldav_server  # wants the settings named above

    with (
        tempfile.TemporaryDirectory(prefix="radicale-") as folder,
        caldav_server("radicale", Path(folder), port=int(sys.argv[1])) as server,
    ):
        sys.stdout.write(f"ready {server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
