"""A full export and its increments add up to the present state, whatever others write meanwhile."""

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as Signal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.active import activate
from core.errors import DomainError
from core.models import Tenant
from exports.cursors import Cursor
from exports.formats import Format
from exports.session import OVERLAP
from schedule.enums import BookingSource
from schedule.models import Customer, DeletedRow, Event, Resource, Service
from schedule.services import book, cancel, reopen, reschedule
from schedule.services.catalogue import (
    ResourceGroups,
    change_customer,
    change_resource,
    change_service,
    create_customer,
    create_resource,
    create_service,
    delete_customer,
    delete_resource,
    delete_service,
)
from tests.exports.committing import db as db
from tests.exports.reading import cells, export
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory
from tests.schedule.committed import IN_A_MONTH

DATASETS = ("appointments", "customers", "resources", "services")
Copy = dict[str, dict[str, Any]]


def rows_of(tenant: Tenant, dataset: str, since: Cursor | None = None) -> tuple[list[dict[str, Any]], Cursor]:
    body, cursor = export(tenant, dataset, format=Format.JSON, since=since)
    return json.loads(body)["data"], cursor


def apply(copy: Copy, rows: list[dict[str, Any]]) -> None:
    """Bring a copy up to date, as the README says."""
    for row in rows:
        if row.pop("deleted_at", None):
            copy.pop(str(row["id"]), None)
        else:
            copy[str(row["id"])] = row


def state(tenant: Tenant, dataset: str) -> Copy:
    copy: Copy = {}
    apply(copy, rows_of(tenant, dataset)[0])
    return copy


@pytest.mark.parametrize("seed", [1, 2])
def test_full_and_increments_reproduce_the_tables_while_writers_run(
    shop: Tenant, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.session.OVERLAP", timedelta(seconds=1))  # so that increments are not everything
    for _ in range(3):
        create_customer(name="c")
        resource = create_resource(tenant=shop, name="r")
        create_service(
            tenant=shop, resources=ResourceGroups([[resource.pk]]), name="s", duration_minutes=30, price_cents=1
        )
    copies: dict[str, Copy] = {}
    cursors: dict[str, Cursor] = {}
    stop = Signal()
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, shop, random.Random(seed * 10 + n), stop) for n in range(4)]  # noqa: S311
        try:
            for dataset in DATASETS:
                rows, cursors[dataset] = rows_of(shop, dataset)
                copies[dataset] = {}
                apply(copies[dataset], rows)
            for _ in range(20):
                for dataset in DATASETS:
                    rows, cursors[dataset] = rows_of(shop, dataset, cursors[dataset])
                    apply(copies[dataset], rows)
        finally:
            stop.set()
        written = sum(writer.result() for writer in writers)
    for dataset in DATASETS:
        apply(copies[dataset], rows_of(shop, dataset, cursors[dataset])[0])

    assert copies == {dataset: state(shop, dataset) for dataset in DATASETS}
    assert written > 20
    assert DeletedRow.objects.exists()


def write(tenant: Tenant, chance: random.Random, stop: Signal) -> int:
    """Do one thing after another until told to stop; return how many succeeded."""
    done = 0
    try:
        activate(tenant)
        while not stop.is_set():
            try:
                chance.choice(DEEDS)(tenant, chance)
                done += 1
            except (DomainError, IntegrityError):  # what it wanted is taken, or was deleted meanwhile
                continue
    finally:
        connection.close()
    return done


def any_id(model: Any, chance: random.Random) -> Any:
    return chance.choice(list(model.objects.values_list("pk", flat=True)) or [0])


def _book(tenant: Tenant, chance: random.Random) -> None:
    event = book(
        tenant=tenant,
        service_id=any_id(Service, chance),
        customer_id=any_id(Customer, chance),
        start_at=IN_A_MONTH + timedelta(minutes=30 * chance.randrange(400)),
        by=None,
        source=BookingSource.PUBLIC,
    )
    if chance.random() < 0.3:
        cancel(tenant=tenant, event_id=event.pk, by=None)


def _move(tenant: Tenant, chance: random.Random) -> None:
    start_at = IN_A_MONTH + timedelta(minutes=30 * chance.randrange(400))
    reschedule(tenant=tenant, event_id=any_id(Event, chance), start_at=start_at, by=None)


def _services_resources(tenant: Tenant, chance: random.Random) -> None:
    able = ResourceGroups([[any_id(Resource, chance)]])
    change_service(tenant=tenant, service_id=any_id(Service, chance), resources=able)


DEEDS: list[Callable[[Tenant, random.Random], object]] = [
    lambda _, chance: create_customer(name=str(chance.random())),
    lambda _, chance: change_customer(customer_id=any_id(Customer, chance), name=str(chance.random())),
    lambda _, chance: delete_customer(customer_id=any_id(Customer, chance)),
    lambda tenant, chance: create_resource(tenant=tenant, name=str(chance.random())),
    lambda tenant, chance: change_resource(
        tenant=tenant, resource_id=any_id(Resource, chance), name=str(chance.random()), max_concurrent_events=2
    ),
    lambda _, chance: delete_resource(resource_id=any_id(Resource, chance)),
    lambda tenant, chance: create_service(
        tenant=tenant, resources=ResourceGroups([]), name="new", duration_minutes=15, price_cents=0
    ),
    lambda tenant, chance: change_service(tenant=tenant, service_id=any_id(Service, chance), name=str(chance.random())),
    lambda _, chance: delete_service(service_id=any_id(Service, chance)),
    _services_resources,
    _book,
    _move,
]


def test_an_open_transaction_holds_the_cursor_back(shop: Tenant) -> None:
    began = timezone.now()

    with transaction.atomic():
        late = create_customer(name="late")
        _, cursor = rows_of(shop, "customers")
    rows, _ = rows_of(shop, "customers", cursor)

    assert cursor.at < began
    assert [row["id"] for row in rows] == [str(late.pk)]


def test_a_cursor_stays_behind_the_present(shop: Tenant) -> None:
    _, cursor = rows_of(shop, "customers")

    assert timedelta(0) <= timezone.now() - cursor.at - OVERLAP < timedelta(seconds=20)


def test_tombstones_hold_the_id_and_the_moment(shop: Tenant) -> None:
    kept, gone = CustomerFactory.create(name="kept"), CustomerFactory.create(name="gone")
    _, cursor = rows_of(shop, "customers")
    delete_customer(customer_id=gone.pk)

    body, _ = export(shop, "customers", since=cursor, fields=("id", "name", "tags", "is_active"))
    whole, _ = export(shop, "customers", fields=("id", "name"))

    found = {row["id"]: row for row in cells(body)}
    assert set(found) == {str(kept.pk), str(gone.pk)}
    assert {k: v for k, v in found[str(gone.pk)].items() if k != "deleted_at"} == {
        "id": str(gone.pk),
        "name": "",
        "tags": "",
        "is_active": "",
    }
    assert found[str(gone.pk)]["deleted_at"]
    assert found[str(kept.pk)]["deleted_at"] == ""
    assert body.splitlines()[0] == b"id,name,tags,is_active,deleted_at"
    assert whole.splitlines() == [b"id,name", f"{kept.pk},kept".encode()]


def test_a_service_that_loses_a_resource_has_changed(shop: Tenant) -> None:
    resource, service = ResourceFactory.create(), ServiceFactory.create()
    change_service(tenant=shop, service_id=service.pk, resources=ResourceGroups([[resource.pk]]))
    before = Service.objects.get(pk=service.pk).updated_at

    delete_resource(resource_id=resource.pk)

    assert Service.objects.get(pk=service.pk).updated_at > before
    assert DeletedRow.objects.filter(dataset="resources", row_id=str(resource.pk)).exists()


def test_an_appointment_changes_with_the_names_it_shows(shop: Tenant) -> None:
    resource = create_resource(tenant=shop, name="Anna")
    service = create_service(
        tenant=shop, resources=ResourceGroups([[resource.pk]]), name="s", duration_minutes=30, price_cents=1
    )
    customer = create_customer(name="c")
    event = book(
        tenant=shop,
        service_id=service.pk,
        customer_id=customer.pk,
        start_at=IN_A_MONTH,
        by=None,
        source=BookingSource.PUBLIC,
    )
    for change in (
        lambda: change_resource(tenant=shop, resource_id=resource.pk, name="Änne"),
        lambda: change_service(tenant=shop, service_id=service.pk, name="other"),
        lambda: change_customer(customer_id=customer.pk, name="other"),
        lambda: cancel(tenant=shop, event_id=event.pk, by=None),
        lambda: reopen(tenant=shop, event_id=event.pk, by=None),
    ):
        now = timezone.now()
        assert rows_of(shop, "appointments", Cursor("appointments", 1, now))[0] == []
        change()
        (row,) = rows_of(shop, "appointments", Cursor("appointments", 1, now))[0]
        assert row["id"] == str(event.pk)
    assert (row["status"], row["cancelled_at"]) == ("confirmed", None)
