"""`manage.py serve`: the web server, in this process and its workers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from core.limits import limit_web_connections


class WebServer(BaseApplication):
    """gunicorn around this project's WSGI application, which is loaded before the workers are forked."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.application = get_internal_wsgi_application()
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application."""
        return self.application


class Command(BaseCommand):
    """Serves until it is told to stop."""

    help = "Serve the API and the dashboard."
    stealth_options = ("when_ready",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where to listen and with how many hands."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--threads", type=int, default=8)

    def handle(self, *_: Any, **options: Any) -> None:
        """Serve; returns only by SystemExit, on SIGINT or SIGTERM, after running requests have been answered."""
        limit_web_connections()
        connections.close_all()
        WebServer(
            {
                "bind": [f"{options['host']}:{options['port']}"],
                "workers": options["workers"],
                "threads": options["threads"],
                "worker_class": "gthread",
                "preload_app": True,
                "timeout": 60,
                "graceful_timeout": 10,
                "keepalive": 5,
                "loglevel": "warning",
                "when_ready": options.get("when_ready") or (lambda _server: None),
            }
        ).run()
