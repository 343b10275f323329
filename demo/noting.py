"""What the history of an appointment says about one step: the keys and values `schedule.services` writes."""

from datetime import timedelta
from typing import Any

from demo.catalogue import Catalogue
from demo.diary import Place
from demo.opening import at_minute
from demo.shape import Business
from demo.story import Appointment, Step
from schedule.enums import HistoryKind

Keys = dict[str, Any]


def noted(step: Step, appointment: Appointment, *, business: Business, catalogue: Catalogue) -> tuple[Keys, Keys]:
    """Return the keys that `step` changed, before and after it, JSON-ready."""
    if step.kind == HistoryKind.CREATED:
        return {}, {
            **_times(step.place, appointment, business),
            "status": step.status.value,
            "service_id": catalogue.services[appointment.service.name].pk,
            "customer_id": str(appointment.person.id),
            "resource_ids": _resource_ids(step.place, catalogue),
            "price_cents": appointment.price_cents,
            "currency": business.currency,
            "source": appointment.source.value,
        }
    if step.place_before is not None and step.kind == HistoryKind.RESCHEDULED:
        return (
            {
                **_times(step.place_before, appointment, business),
                "resource_ids": _resource_ids(step.place_before, catalogue),
            },
            {
                **_times(step.place, appointment, business),
                "resource_ids": _resource_ids(step.place, catalogue),
            },
        )
    before = {"status": step.status_before.value} if step.status_before is not None else {}
    return before, {"status": step.status.value}


def _times(place: Place, appointment: Appointment, business: Business) -> Keys:
    start_at = at_minute(place.day, place.minute, business.zone)
    end_at = start_at + timedelta(minutes=appointment.service.duration_minutes)
    return {"start_at": start_at.isoformat(), "end_at": end_at.isoformat()}


def _resource_ids(place: Place, catalogue: Catalogue) -> list[int]:
    return sorted(catalogue.resources[name].pk for name in place.resources)
