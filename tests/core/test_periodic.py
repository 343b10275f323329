"""Recurring work is run once for each slot, whoever looks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from pytest_django import DjangoDbBlocker

from core.active import activate
from core.checks import _check_paths
from core.models import PeriodicRun, Tenant
from core.periodic import run_due
from core.registry import Manifest, ManifestError, Periodic, Registry
from tests.background import active_schema
from tests.schedule.committed import at_once, committed_tenant

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)

MISSING = Periodic("a", "tests.core.test_periodic:nowhere", 1)

runs: list[datetime] = []
schemas: list[str] = []


def note(now: datetime) -> None:
    """Note when and where it is run."""
    runs.append(now)
    schemas.append(active_schema())


def break_down(_now: datetime) -> None:
    """Fail inside a business."""
    activate(Tenant.objects.get(schema_name="acme"))
    raise RuntimeError("out of paper")


def declare(monkeypatch: pytest.MonkeyPatch, *names_and_paths: tuple[str, str]) -> None:
    """Make this the recurring work of the installation, every ten seconds."""
    declared = {name: Periodic(name, path, 10) for name, path in names_and_paths}
    monkeypatch.setattr("core.periodic.registry", lambda: SimpleNamespace(periodic=declared))


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    declare(monkeypatch, ("note", "tests.core.test_periodic:note"))
    runs.clear()
    schemas.clear()
    yield
    runs.clear()


def test_new_work_is_due_at_once_and_then_in_its_slots(db: None) -> None:
    looked_at = [NOON, NOON, NOON + 9 * SECOND, NOON + 10 * SECOND, NOON + 11 * SECOND, NOON + 21 * SECOND]

    ran = [run_due(now=now) for now in looked_at]

    assert ran == [["note"], [], [], ["note"], [], ["note"]]
    assert runs == [NOON, NOON + 10 * SECOND, NOON + 21 * SECOND]
    assert PeriodicRun.objects.get().next_at == NOON + 30 * SECOND


def test_slots_missed_while_nothing_ran_are_made_up_for_once(db: None) -> None:
    run_due(now=NOON)
    later = NOON + timedelta(days=3, seconds=4)

    assert [run_due(now=later), run_due(now=later)] == [["note"], []]
    assert PeriodicRun.objects.get().next_at == NOON + timedelta(days=3, seconds=10)


def test_it_runs_in_public_whatever_was_active(tenant: Tenant) -> None:
    run_due(now=NOON)

    assert schemas == ["public"]
    assert active_schema() == "public"


def test_a_failure_is_kept_and_stops_nothing_else(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    declare(
        monkeypatch,
        ("bad", "tests.core.test_periodic:break_down"),
        ("note", "tests.core.test_periodic:note"),
    )

    ran = run_due(now=NOON)

    bad, good = PeriodicRun.objects.order_by("name")
    assert ran == ["bad", "note"]
    assert schemas == ["public"]
    assert (bad.last_error, good.last_error) == ("RuntimeError: out of paper", "")
    assert (bad.last_started_at, bad.next_at) == (NOON, NOON + 10 * SECOND)
    assert bad.last_finished_at is not None
    assert [record.message for record in caplog.records] == ["The recurring work bad failed"]


def test_a_success_clears_the_failure_before(db: None) -> None:
    PeriodicRun.objects.create(name="note", next_at=NOON, last_error="RuntimeError: out of paper")

    run_due(now=NOON)

    assert PeriodicRun.objects.get().last_error == ""


def test_a_manifest_that_lies_about_recurring_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def registry_of(*periodic: Periodic) -> Registry:
        return Registry((Manifest("shop", "Shop", "…", periodic=periodic),))

    with pytest.raises(ManifestError, match="two manifests declare the periodic work 'a'"):
        registry_of(Periodic("a", "x:y", 1), Periodic("a", "x:z", 1)).validate()
    with pytest.raises(ManifestError, match="'a' must recur after at least one second"):
        registry_of(Periodic("a", "x:y", 0)).validate()
    monkeypatch.setattr("core.checks.registry", lambda: SimpleNamespace(quotas={}, figures={}, periodic={"a": MISSING}))
    assert [(error.id, error.msg.split(":")[0]) for error in _check_paths()] == [("manifests.E001", "periodic work a")]


@pytest.fixture(scope="module")
def busy(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    """A business of which everything is committed; afterwards nothing recurring is left behind."""
    with django_db_blocker.unblock(), committed_tenant("ticking") as made:
        yield made
        PeriodicRun.objects.all().delete()


def test_8_schedulers_run_each_slot_once(busy: Tenant) -> None:
    """First with no row yet, then with one; each time all eight look at the same moment."""
    for slot in range(5):
        at_once(busy, [lambda slot=slot: run_due(now=NOON + slot * 10 * SECOND)] * 8)  # type: ignore[misc]

    assert runs == [NOON + slot * 10 * SECOND for slot in range(5)]
