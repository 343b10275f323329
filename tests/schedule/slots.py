"""Asking for free starts at Acme, which works in New York, Monday to Friday from 9 to 17 o'clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.models import Tenant
from schedule.models import Service
from schedule.selectors.availability import Slot, free_slots

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2031, 1, 1, tzinfo=UTC)
SUNDAY = date(2031, 6, 1)
MONDAY = date(2031, 6, 2)


def on(
    tenant: Tenant, service: Service, day: date, *, now: datetime = NOW, resource_id: int | None = None
) -> tuple[Slot, ...]:
    """Return the slots of one day."""
    [found] = free_slots(tenant=tenant, service=service, from_date=day, to_date=day, now=now, resource_id=resource_id)
    assert found.date == day
    return found.slots


def clock_times(slots: tuple[Slot, ...]) -> list[str]:
    """Return the starts as shown on a clock, with the offset where it matters."""
    return [slot.start.strftime("%H:%M") for slot in slots]


def at(day: date, clock: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """Return the instant of a time of day."""
    hours, minutes = clock.split(":")
    return datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=zone)
