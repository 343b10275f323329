"""Where background tasks queue: in the database, or in Redis when one machine is not enough."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

QUEUES = ("default", "long")
TASK_SECONDS = 4 * 3600
"""No task may run longer: a queue that knows time limits ends it, the sweep calls it lost."""


def task_settings(backend: str, *, redis_url: str) -> dict[str, Any]:
    """Return TASKS, and RQ_QUEUES with it where `backend` is `rq` instead of `database`.

    Raises ImproperlyConfigured for another word, and for `rq` without a Redis.
    """
    if backend == "database":
        return {"TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": list(QUEUES)}}}
    if backend != "rq":
        raise ImproperlyConfigured(f"TASKS_BACKEND={backend!r} is neither database nor rq.")
    if not redis_url:
        raise ImproperlyConfigured("TASKS_BACKEND=rq needs REDIS_URL (or CACHE_URL), such as redis://host:6379/0.")
    return {
        "TASKS": {
            "default": {
                "BACKEND": "django_tasks_rq.RQBackend",
                "QUEUES": list(QUEUES),
                "OPTIONS": {"ENQUEUE_ON_COMMIT": True},
            }
        },
        "RQ_QUEUES": {queue: {"URL": redis_url, "DEFAULT_TIMEOUT": TASK_SECONDS} for queue in QUEUES},
    }
