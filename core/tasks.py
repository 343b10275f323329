"""Background tasks. A task of a business enters its schema before it does anything, or fails; it never runs in public.

A queued task is a wake-up call and no more: it may be lost with a killed worker, and it may come twice. What is to be
done stands in a row of ours (`core.models.Leased`), which the task claims and finishes and the sweep brings back. So a
task gets ids, looks at the row, and does nothing where there is nothing left to do.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django_tasks.base import Task
from django_tasks.utils import normalize_json
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from core.active import current_tenant
from core.models import Tenant

P = ParamSpec("P")
T = TypeVar("T")

TENANT_ARGUMENT = "_tenant"
DEFAULT_QUEUE = "default"
LONG_QUEUE = "long"
"""For tasks that take minutes: where a worker has several hands, one of them is kept free of these."""


class TenantUnusable(LookupError):
    """The business a task is to run in was not named, is gone, has lost its schema, or is suspended."""


class PlatformTask(Task[P, T]):
    """A task of the platform itself: runs in the public schema."""

    __slots__ = ()

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:  # type: ignore[override]  # the queue tells nothing
        """Put the task into the queue with the caller's transaction: rolled back, it was never there.

        Arguments are JSON values, ids above all. Raises TypeError for anything else.
        """
        _put_into_queue(self, args, kwargs)

    async def aenqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:  # type: ignore[override]  # as above
        """Do the same from a coroutine."""
        await sync_to_async(self.enqueue)(*args, **kwargs)

    def call(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run in the public schema, whatever the connection was in; what a worker calls."""
        with schema_context(get_public_schema_name()):
            return self.func(*args, **kwargs)


class TenantTask(Task[P, T]):
    """A task of one business: enqueued inside it, run inside it."""

    __slots__ = ()

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:  # type: ignore[override]  # the queue tells nothing
        """Put the task into the queue with the caller's transaction: rolled back, it was never there.

        Arguments are JSON values, ids above all. Raises TypeError for anything else and TenantUnusable outside a
        business.
        """
        try:
            tenant = current_tenant()
        except LookupError as error:
            raise TenantUnusable(f"{self.name} was enqueued outside a business") from error
        _put_into_queue(self, args, {**kwargs, TENANT_ARGUMENT: tenant.pk})

    async def aenqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:  # type: ignore[override]  # as above
        """Do the same from a coroutine."""
        await sync_to_async(self.enqueue)(*args, **kwargs)

    def call(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run inside the business the task was enqueued in, and leave it whatever happens; what a worker calls.

        Raises TenantUnusable before anything has run.
        """
        arguments: dict[str, Any] = dict(kwargs)
        tenant = _usable_tenant(arguments.pop(TENANT_ARGUMENT, None), task=self.name)
        with tenant_context(tenant):
            return self.func(*args, **arguments)


def tenant_task(*, queue: str = DEFAULT_QUEUE) -> Callable[[Callable[P, T]], TenantTask[P, T]]:
    """Make a module's function a task of one business. `queue` is DEFAULT_QUEUE or LONG_QUEUE."""

    def decorate(function: Callable[P, T]) -> TenantTask[P, T]:
        return TenantTask(func=function, queue_name=queue)

    return decorate


def platform_task(*, queue: str = DEFAULT_QUEUE) -> Callable[[Callable[P, T]], PlatformTask[P, T]]:
    """Make a module's function a task of the platform, which sees the public schema alone."""

    def decorate(function: Callable[P, T]) -> PlatformTask[P, T]:
        return PlatformTask(func=function, queue_name=queue)

    return decorate


def _put_into_queue(task: Task[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    backend = task.get_backend()
    plain_args, plain_kwargs = normalize_json(args), normalize_json(kwargs)
    if backend.options.get("ENQUEUE_ON_COMMIT"):  # the queue is not in our database
        transaction.on_commit(lambda: backend.enqueue(task, plain_args, plain_kwargs), robust=True)
    else:
        backend.enqueue(task, plain_args, plain_kwargs)


def _usable_tenant(number: object, *, task: str) -> Tenant:
    if not isinstance(number, int) or isinstance(number, bool):
        raise TenantUnusable(f"{task} came without a business")
    with schema_context(get_public_schema_name()):
        tenant = Tenant.objects.select_related("plan").prefetch_related("override_notes").filter(pk=number).first()
        if tenant is None:
            raise TenantUnusable(f"{task} came for the business {number}, which does not exist")
        if tenant.is_suspended:
            raise TenantUnusable(f"{task} came for the business {number}, which is suspended")
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regnamespace(quote_ident(%s)) IS NOT NULL", [tenant.schema_name])
            if not cursor.fetchone()[0]:  # its tables would be looked for in public
                raise TenantUnusable(f"{task} came for the business {number}, whose schema does not exist")
    return tenant
