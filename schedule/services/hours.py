"""Writes of working hours, other hours on single dates, and time off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TypedDict, Unpack
from zlib import crc32

from django.db import connection, transaction
from django.db.models import Model, Q

from core.errors import FieldError, Missing
from core.models import Tenant
from schedule.enums import TimeOffSource
from schedule.errors import FromCalendar
from schedule.models import DateOverride, Resource, TimeOff, WorkingHours

CLOSES_AFTER_OPENING = "Use a time later than opens; midnight at the end of the day is 24:00."
HOURS_LOCK = crc32(b"schedule.hours") % 2**31


@dataclass(frozen=True, order=True)
class Interval:
    """Hours on a weekday (0 is Monday), in minutes from midnight."""

    weekday: int
    opens_minute: int
    closes_minute: int


class HoursFields(TypedDict, total=False):
    """What a caller may say about weekly hours."""

    resource_id: int | None
    weekday: int
    opens_minute: int
    closes_minute: int


class DateFields(TypedDict, total=False):
    """What a caller may say about one date; both minutes None close it."""

    resource_id: int | None
    date: date
    opens_minute: int | None
    closes_minute: int | None


class TimeOffFields(TypedDict, total=False):
    """What a caller may say about time off."""

    resource_id: int | None
    start_at: datetime
    end_at: datetime
    reason: str


def create_working_hours(*, tenant: Tenant, **fields: Unpack[HoursFields]) -> WorkingHours:
    """Add weekly hours of a resource, or of the business. Raises FieldError where they overlap others."""
    with transaction.atomic():
        _lock_hours(tenant)
        hours = WorkingHours(**fields)
        _refuse_clash_in_week(hours)
        hours.save(force_insert=True)
    return hours


def change_working_hours(*, tenant: Tenant, hours_id: int, **fields: Unpack[HoursFields]) -> WorkingHours:
    """Change weekly hours; the fields that are not given stay. Raises Missing, FieldError where they overlap others."""
    with transaction.atomic():
        _lock_hours(tenant)
        hours = WorkingHours.objects.filter(pk=hours_id).first()
        if hours is None:
            raise Missing("There are no such working hours.")
        _assign(hours, fields)
        _refuse_clash_in_week(hours)
        hours.save(force_update=True)
    return hours


def delete_working_hours(*, tenant: Tenant, hours_id: int) -> None:
    """Delete weekly hours. Raises Missing."""
    with transaction.atomic():
        _lock_hours(tenant)
        deleted, _ = WorkingHours.objects.filter(pk=hours_id).delete()
        if not deleted:
            raise Missing("There are no such working hours.")


def replace_week(*, tenant: Tenant, resource_id: int | None, intervals: Sequence[Interval]) -> None:
    """Replace all weekly hours of a resource, or of the business, by `intervals`.

    A resource left without any uses the business's. Raises FieldError where two intervals overlap.
    """
    ordered = sorted(intervals)
    for earlier, later in pairwise(ordered):
        if earlier.weekday == later.weekday and later.opens_minute < earlier.closes_minute:
            raise _overlap("days", earlier.opens_minute, earlier.closes_minute)
    with transaction.atomic():
        _lock_hours(tenant)
        _require_resource(resource_id)
        WorkingHours.objects.filter(_owned_by(resource_id)).delete()
        WorkingHours.objects.bulk_create(
            WorkingHours(
                resource_id=resource_id,
                weekday=interval.weekday,
                opens_minute=interval.opens_minute,
                closes_minute=interval.closes_minute,
            )
            for interval in ordered
        )


def create_date_override(*, tenant: Tenant, **fields: Unpack[DateFields]) -> DateOverride:
    """Set other hours on one date, or close it. Raises FieldError where it clashes with others of the same owner.

    Several intervals may share a date; a closed date has nothing else.
    """
    with transaction.atomic():
        _lock_hours(tenant)
        override = DateOverride(**fields)
        _refuse_clash_on_date(override)
        override.save(force_insert=True)
    return override


def change_date_override(*, tenant: Tenant, override_id: int, **fields: Unpack[DateFields]) -> DateOverride:
    """Change the hours of one date; the fields that are not given stay. Raises Missing, FieldError."""
    with transaction.atomic():
        _lock_hours(tenant)
        override = DateOverride.objects.filter(pk=override_id).first()
        if override is None:
            raise Missing("There is no such date override.")
        _assign(override, fields)
        _refuse_clash_on_date(override)
        override.save(force_update=True)
    return override


def delete_date_override(*, tenant: Tenant, override_id: int) -> None:
    """Delete the other hours of a date, or its closure. Raises Missing."""
    with transaction.atomic():
        _lock_hours(tenant)
        deleted, _ = DateOverride.objects.filter(pk=override_id).delete()
        if not deleted:
            raise Missing("There is no such date override.")


def create_time_off(**fields: Unpack[TimeOffFields]) -> TimeOff:
    """Take a resource, or without one everybody, out of service for a time. Appointments in it stay as they are."""
    with transaction.atomic():
        time_off = TimeOff(**fields)
        _refuse_bad_time_off(time_off)
        time_off.save(force_insert=True)
    return time_off


def change_time_off(*, time_off_id: int, **fields: Unpack[TimeOffFields]) -> TimeOff:
    """Change time off; the fields that are not given stay as they are. Raises Missing, FieldError, FromCalendar."""
    with transaction.atomic():
        time_off = _own_time_off(time_off_id)
        _assign(time_off, fields)
        _refuse_bad_time_off(time_off)
        time_off.save(update_fields=[*fields, "updated_at"])
    return time_off


def delete_time_off(*, time_off_id: int) -> None:
    """Delete time off. Raises Missing, FromCalendar."""
    with transaction.atomic():
        _own_time_off(time_off_id).delete()


def _refuse_clash_in_week(hours: WorkingHours) -> None:
    if hours.opens_minute >= hours.closes_minute:
        raise FieldError("closes", CLOSES_AFTER_OPENING)
    _require_resource(hours.resource_id)
    clash = (
        WorkingHours.objects.filter(
            _owned_by(hours.resource_id),
            weekday=hours.weekday,
            opens_minute__lt=hours.closes_minute,
            closes_minute__gt=hours.opens_minute,
        )
        .exclude(pk=hours.pk)
        .first()
    )
    if clash is not None:
        raise _overlap("opens", clash.opens_minute, clash.closes_minute)


def _refuse_clash_on_date(override: DateOverride) -> None:
    opens, closes = override.opens_minute, override.closes_minute
    if (opens is None) != (closes is None):
        raise FieldError(
            "closes" if closes is None else "opens", "Give both opens and closes, or neither for a closed date."
        )
    others = DateOverride.objects.filter(_owned_by(override.resource_id), date=override.date).exclude(pk=override.pk)
    if opens is not None and closes is not None:
        if opens >= closes:
            raise FieldError("closes", CLOSES_AFTER_OPENING)
        others = others.filter(Q(opens_minute=None) | Q(opens_minute__lt=closes, closes_minute__gt=opens))
    _require_resource(override.resource_id)
    clash = others.first()
    if clash is not None:
        raise _overlap("date", clash.opens_minute, clash.closes_minute)


def _owned_by(resource_id: int | None) -> Q:
    return Q(resource__isnull=True) if resource_id is None else Q(resource_id=resource_id)


def _assign(row: Model, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _refuse_bad_time_off(time_off: TimeOff) -> None:
    if time_off.start_at >= time_off.end_at:
        raise FieldError("end_at", "Use a time later than start_at.")
    _require_resource(time_off.resource_id)


def _own_time_off(time_off_id: int) -> TimeOff:
    time_off = TimeOff.objects.select_for_update(no_key=True).filter(pk=time_off_id).first()
    if time_off is None:
        raise Missing("There is no such time off.")
    if time_off.source != TimeOffSource.MANUAL:
        raise FromCalendar("This time comes from a connected calendar. Change it there.")
    return time_off


def _lock_hours(tenant: Tenant) -> None:
    """Make whoever else writes hours of this business wait until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [HOURS_LOCK, tenant.pk % 2**31])


def _require_resource(resource_id: int | None) -> None:
    """Raise FieldError unless the resource exists; one that does is kept from being deleted meanwhile."""
    if resource_id is None:
        return
    if Resource.objects.select_for_update(no_key=True).filter(pk=resource_id).first() is None:
        raise FieldError("resource", f"There is no resource {resource_id}.", code="does_not_exist")


def _overlap(field: str, opens_minute: int | None, closes_minute: int | None) -> FieldError:
    if opens_minute is None or closes_minute is None:
        return FieldError(field, "This date is closed already. Delete or change that entry.", code="overlap")
    taken = f"{_clock(opens_minute)}-{_clock(closes_minute)}"
    return FieldError(field, f"These hours overlap {taken}. Change one of the two.", code="overlap")


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
