"""Where tasks queue, by the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.background import task_settings
from core.tasks import DEFAULT_QUEUE, LONG_QUEUE

QUEUES = [DEFAULT_QUEUE, LONG_QUEUE]


def test_in_the_database() -> None:
    assert task_settings("database", redis_url="redis://ignored") == {
        "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}
    }


def test_in_redis() -> None:
    place = {"URL": "redis://host:6379/1", "DEFAULT_TIMEOUT": 14400}

    assert task_settings("rq", redis_url="redis://host:6379/1") == {
        "TASKS": {
            "default": {
                "BACKEND": "django_tasks_rq.RQBackend",
                "QUEUES": QUEUES,
                "OPTIONS": {"ENQUEUE_ON_COMMIT": True},
            }
        },
        "RQ_QUEUES": {"default": place, "long": place},
    }


@pytest.mark.parametrize(
    ("backend", "reason"),
    [("rq", "TASKS_BACKEND=rq needs REDIS_URL"), ("celery", "TASKS_BACKEND='celery' is neither database nor rq")],
)
def test_what_cannot_work_stops_the_process(backend: str, reason: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=reason):
        task_settings(backend, redis_url="")
