"""The process that does background work: hands that serve the queue, and the scheduler of recurring work."""

from core.worker.running import run

__all__ = ["run"]
