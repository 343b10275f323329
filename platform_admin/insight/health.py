"""The health of the installation, part by part. Everything here only reads; no part keeps another from answering."""

import logging
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.template.defaultfilters import filesizeformat

from core.installed import registry
from core.migration_state import known_migrations, migrations_behind
from core.models import Invitation, PeriodicRun, Tenant
from core.queue import failed_tasks, waiting_tasks
from core.worker.naming import workers_alive
from platform_admin.lifecycle.schemas import BUILDING
from platform_admin.models import TenantStanding

logger = logging.getLogger(__name__)

OK, WARNING, BAD = "ok", "warning", "bad"
MOST_NAMES = 20
CONNECTIONS_WARNING = 0.8
QUERY_WARNING = timedelta(minutes=5)
WAIT_WARNING, WAIT_BAD = timedelta(minutes=5), timedelta(minutes=30)
LATE = timedelta(minutes=2)
"""How much later than its slot recurring work may begin before it is called late."""
DISK_WARNING, DISK_BAD = 0.10, 0.03


@dataclass(frozen=True)
class Part:
    """One part of the installation. `state` is `ok`, `warning` or `bad`; `facts` are for people, in order."""

    key: str
    name: str
    state: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Finding:
    """What was found of a part."""

    state: str
    facts: tuple[tuple[str, object], ...]


def health(*, now: datetime) -> list[Part]:
    """Return every part. One that cannot be looked at is bad, and says why."""
    return [_look(key, name, look, now) for key, name, look in PARTS]


def worst(parts: Iterable[Part]) -> str:
    """Return the worst state of all."""
    return _worst_of(part.state for part in parts)


def _look(key: str, name: str, look: Callable[[datetime], Finding], now: datetime) -> Part:
    try:
        with transaction.atomic():
            found = look(now)
    except Exception as error:
        logger.exception("The health of %s cannot be told", key)
        found = Finding(BAD, (("Cannot be told", f"{type(error).__name__}: {error}".splitlines()[0]),))
    return Part(key, name, found.state, tuple((label, str(value)) for label, value in found.facts))


def _product(_now: datetime) -> Finding:
    facts = (
        ("Version", settings.SPECTACULAR_SETTINGS["VERSION"]),
        ("Migrations it brings", len(known_migrations())),
        ("Debug", "on" if settings.DEBUG else "off"),
    )
    return Finding(OK, facts)


def _database(now: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_setting('server_version'), pg_database_size(current_database()),
                   current_setting('max_connections')::int,
                   (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
                   (SELECT max(clock_timestamp() - query_start) FROM pg_stat_activity
                    WHERE state = 'active' AND pid <> pg_backend_pid() AND backend_type = 'client backend')
            """
        )
        version, size, most, used, slowest = cursor.fetchone()
    is_tight = used >= most * CONNECTIONS_WARNING or (slowest is not None and slowest > QUERY_WARNING)
    facts = (
        ("PostgreSQL", f"{version}, {'embedded' if settings.USES_EMBEDDED_POSTGRES else 'external'}"),
        ("Size", filesizeformat(size)),
        ("Connections", f"{used} of {most}"),
        ("Slowest running query", "none" if slowest is None else f"{slowest.total_seconds():.1f} s"),
    )
    return Finding(WARNING if is_tight else OK, facts)


def _queue(now: datetime) -> Finding:
    alive = workers_alive()
    failed = failed_tasks(within=timedelta(days=1), now=now)
    waiting = waiting_tasks()
    waited = now - waiting.since if waiting.since is not None else timedelta()
    state = WARNING if failed or waited > WAIT_WARNING else OK
    if not alive or waited > WAIT_BAD:
        state = BAD
    facts = (
        ("Workers alive", f"{len(alive)}{': ' if alive else ''}{_some(alive)}"),
        ("Where", "Redis; its waiting tasks are not counted here" if settings.RQ_QUEUES else "database"),
        ("Waiting", waiting.count),
        ("Oldest waits for", f"{int(waited.total_seconds())} s"),
        ("Failed in 24 h", failed),
    )
    return Finding(state, facts)


def _periodic(now: datetime) -> Finding:
    declared = registry().periodic
    runs = {run.name: run for run in PeriodicRun.objects.filter(name__in=declared)}
    states, facts = [OK], []
    for name in declared:
        run = runs.get(name)
        if run is None:
            states.append(WARNING)
            facts.append((name, "has never run"))
            continue
        said = f"last begun {_ago(run.last_started_at, now)}"
        if now - run.next_at > LATE:
            states.append(BAD)
            said += ", is late"
        if run.last_error:
            states.append(WARNING)
            said += f", failed: {run.last_error.splitlines()[0]}"
        facts.append((name, said))
    return Finding(_worst_of(states), tuple(facts))


def _migrations(_now: datetime) -> Finding:
    behind = migrations_behind()
    facts = [("Schemas behind", str(len(behind)))]
    facts += [(schema, _some(lacking)) for schema, lacking in list(behind.items())[:MOST_NAMES]]
    return Finding(BAD if behind else OK, tuple(facts))


def _schemas(_now: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT n.nspname, coalesce(obj_description(n.oid, 'pg_namespace'), '') FROM pg_namespace n
            WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('public', 'information_schema') ORDER BY 1
            """
        )
        schemas = dict(cursor.fetchall())
    tenants = set(Tenant.objects.values_list("schema_name", flat=True))
    building = [name for name, comment in schemas.items() if name not in tenants and comment.startswith(BUILDING)]
    orphaned = [name for name in schemas if name not in tenants and name not in building]
    missing = sorted(tenants - set(schemas))
    facts = (
        ("Businesses", len(tenants)),
        ("Being built", len(building)),
        ("Schemas without a business", f"{len(orphaned)} {_some(orphaned)}".strip()),
        ("Businesses without a schema", f"{len(missing)} {_some(missing)}".strip()),
    )
    return Finding(BAD if missing else WARNING if orphaned else OK, facts)


def _counting(now: datetime) -> Finding:
    failing = TenantStanding.objects.exclude(problem="").order_by("tenant__schema_name")
    names = list(failing.values_list("tenant__schema_name", flat=True)[: MOST_NAMES + 1])
    facts = (("Businesses that cannot be counted", f"{failing.count()} {_some(names)}".strip()),)
    return Finding(WARNING if names else OK, facts)


def _disk(_now: datetime) -> Finding:
    folder = next(path for path in (settings.DATA_DIR, *Path(settings.DATA_DIR).parents) if path.is_dir())
    usage = shutil.disk_usage(folder)
    share = usage.free / usage.total
    facts = (
        ("Folder", settings.DATA_DIR),
        ("Free", f"{filesizeformat(usage.free)} of {filesizeformat(usage.total)} ({share:.0%})"),
    )
    return Finding(BAD if share < DISK_BAD else WARNING if share < DISK_WARNING else OK, facts)


def _mail(now: datetime) -> Finding:
    failing = Invitation.objects.filter(next_attempt_at__isnull=False, attempts__gte=1, lease_until__isnull=True)
    oldest = failing.order_by("created_at").values_list("created_at", flat=True).first()
    facts = (
        ("Server", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"),
        ("Invitations that could not be sent yet", failing.count()),
        ("Oldest", _ago(oldest, now) if oldest else "none"),
    )
    return Finding(WARNING if oldest else OK, facts)


PARTS: tuple[tuple[str, str, Callable[[datetime], Finding]], ...] = (
    ("product", "This version", _product),
    ("database", "Database", _database),
    ("queue", "Background work", _queue),
    ("periodic", "Recurring work", _periodic),
    ("migrations", "Migrations", _migrations),
    ("schemas", "Schemas", _schemas),
    ("counting", "Counting", _counting),
    ("disk", "Disk", _disk),
    ("mail", "Mail", _mail),
)


def _worst_of(states: Iterable[str]) -> str:
    found = set(states)
    return next((state for state in (BAD, WARNING) if state in found), OK)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:MOST_NAMES]) + (", …" if len(listed) > MOST_NAMES else "")


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    seconds = max(int((now - moment).total_seconds()), 0)
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit} ago"
    return f"{seconds} s ago"
