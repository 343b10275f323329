"""A story as rows of the active tenant's schema, inserted in bulk.

One row at a time through the services would take most of an hour. Their rules were kept when the story was told, and
the rows are those the services would have left.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from django.db import connection
from django.db.models import F, Model

from core.models import User
from demo.catalogue import Catalogue, store_catalogue
from demo.copying import Row, copy_into
from demo.noting import noted
from demo.story import Story
from payments.models import Refund, Transaction
from schedule.enums import Status
from schedule.models import Customer, Event, EventHistory, Participant

BATCH_ROWS = 2000

Report = Callable[[str, int, int], None]
"""Called with what is being stored, how many of them are, and how many there will be."""

Users = Mapping[str, User]


def store(story: Story, *, users: Users, report: Report) -> None:
    """Insert everything `story` tells. `users` are the business's members by e-mail address."""
    catalogue = store_catalogue(story, users=users)
    report("customers", 0, len(story.people))
    Customer.objects.bulk_create(_customers(story))
    Customer.objects.update(updated_at=F("created_at"))
    for done, batch in _batches(_events(story, catalogue, users)):
        report("appointments", done, len(story.appointments))
        copy_into(Event, batch)
    copy_into(Participant, _participants(story, catalogue))
    copy_into(EventHistory, _history(story, catalogue, users))
    for done, batch in _batches(_transactions(story, users)):
        report("payments", done, len(story.payments))
        copy_into(Transaction, batch)
    copy_into(Refund, _refunds(story, users))
    _analyze(Customer, Event, Participant, EventHistory, Transaction)


def _batches(rows: Iterator[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Yield the rows in batches, each with the number of rows before it."""
    done = 0
    while batch := list(islice(rows, BATCH_ROWS)):
        yield done, batch
        done += len(batch)


def _customers(story: Story) -> Iterator[Customer]:
    for person in story.people:
        yield Customer(
            id=person.id,
            name=person.name,
            email=person.email,
            phone=person.phone,
            notes=person.notes,
            tags=list(person.tags),
            is_active=person.is_active,
            created_at=person.since,
        )


def _events(story: Story, catalogue: Catalogue, users: Users) -> Iterator[Row]:
    for appointment in story.appointments:
        start_at, end_at = appointment.times(story.business)
        cancelled = appointment.reached(Status.CANCELLED)
        completed = appointment.reached(Status.COMPLETED)
        yield {
            "id": appointment.id,
            "service_id": catalogue.services[appointment.service.name].pk,
            "customer_id": appointment.person.id,
            "start_at": start_at,
            "end_at": end_at,
            "status": appointment.status,
            "price_cents": appointment.price_cents,
            "currency": story.business.currency,
            "source": appointment.source,
            "notes": appointment.notes,
            "created_at": appointment.created_at,
            "updated_at": appointment.updated_at,
            "cancelled_at": cancelled.at if cancelled else None,
            "cancelled_by_id": users[cancelled.by].pk if cancelled and cancelled.by else None,
            "completed_at": completed.at if completed else None,
            "version": len(appointment.steps),
        }


def _participants(story: Story, catalogue: Catalogue) -> Iterator[Row]:
    for appointment in story.appointments:
        for name in appointment.place.resources:
            resource = catalogue.resources[name]
            yield {
                "event_id": appointment.id,
                "resource_id": resource.pk,
                "occupied": appointment.occupied(story.business),
                "blocks": appointment.blocks,
                "exclusive": resource.max_concurrent_events == 1,
            }


def _history(story: Story, catalogue: Catalogue, users: Users) -> Iterator[Row]:
    """Yield the steps of all appointments in the order in which they happened."""
    steps = [(step, appointment) for appointment in story.appointments for step in appointment.steps]
    for step, appointment in sorted(steps, key=lambda pair: pair[0].at):
        before, after = noted(step, appointment, business=story.business, catalogue=catalogue)
        yield {
            "event_id": appointment.id,
            "kind": step.kind,
            "at": step.at,
            "by_id": users[step.by].pk if step.by else None,
            "before": before,
            "after": after,
        }


def _transactions(story: Story, users: Users) -> Iterator[Row]:
    for payment in story.payments:
        yield {
            "id": payment.id,
            "appointment_id": payment.appointment.id,
            "amount_cents": payment.amount_cents,
            "refunded_cents": payment.refunded_cents,
            "currency": story.business.currency,
            "method": payment.method,
            "status": payment.status,
            "occurred_at": payment.at,
            "created_at": payment.at,
            "updated_at": payment.refund.at if payment.refund else payment.at,
            "recorded_by_id": users[payment.by].pk,
        }


def _refunds(story: Story, users: Users) -> Iterator[Row]:
    for payment in story.payments:
        if payment.refund is not None:
            yield {
                "id": payment.refund.id,
                "transaction_id": payment.id,
                "amount_cents": payment.refund.amount_cents,
                "reason": payment.refund.reason,
                "occurred_at": payment.refund.at,
                "recorded_by_id": users[payment.refund.by].pk,
            }


def _analyze(*models: type[Model]) -> None:
    """Let the planner know the tables at once; autovacuum would come a minute later."""
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
