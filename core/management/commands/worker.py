"""`manage.py worker`: background tasks and recurring work. Any number may run, on any number of machines."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.worker import run
from core.worker.redis import serve
from core.worker.running import WorkerBroken


class Command(BaseCommand):
    """Works until it is told to stop, and finishes what it is doing first."""

    help = "Run background tasks and recurring work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how much to do at once."""
        parser.add_argument("--concurrency", type=int, default=2, help="how many tasks to run at once")
        parser.add_argument(
            "--parent", type=int, metavar="PID", help="end when this process is not the parent any more"
        )
        parser.add_argument("--redis-queues", metavar="NAMES", help="serve these Redis queues and do nothing else")

    def handle(self, *_: Any, **options: Any) -> None:
        """Work. Raises CommandError when a part breaks; whoever started the command starts it again."""
        if options["concurrency"] < 1:
            raise CommandError("--concurrency must be at least 1.")
        if options["redis_queues"]:
            serve(options["redis_queues"].split(","), parent=options["parent"])
            return
        try:
            run(concurrency=options["concurrency"], parent=options["parent"])
        except WorkerBroken as error:
            raise CommandError(str(error)) from error
