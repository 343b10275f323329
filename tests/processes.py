"""What tests need to run the product's own processes beside themselves."""

import socket
from urllib.parse import urlencode

from django.db import connection


def database_url() -> str:
    """Return the address of the database the tests use, behind a socket or a port."""
    found = connection.settings_dict
    place = {
        "host": found["HOST"],
        "port": found["PORT"],
        "user": found["USER"],
        "password": found["PASSWORD"],
    }
    options = urlencode({key: value for key, value in place.items() if value})
    return f"postgres:///{found['NAME']}?{options}"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
