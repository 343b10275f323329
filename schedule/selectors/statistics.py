"""The appointments of a window of local dates, counted."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from schedule.enums import Status
from schedule.selectors.rounding import percent
from schedule.selectors.windows import DateWindow

STATEMENT = """
WITH chosen AS MATERIALIZED (
    SELECT event.id, event.service_id, event.status, (event.start_at AT TIME ZONE %(zone)s)::date AS day
    FROM schedule_event AS event
    WHERE event.start_at BETWEEN %(search_from)s AND %(search_to)s
      AND (event.start_at AT TIME ZONE %(zone)s)::date BETWEEN %(previous_first_date)s AND %(last_date)s
      AND (%(status)s IS NULL OR event.status = %(status)s)
      AND (%(service_id)s IS NULL OR event.service_id = %(service_id)s)
      AND (%(resource_id)s IS NULL OR EXISTS (
          SELECT FROM schedule_participant AS filtered
          WHERE filtered.event_id = event.id AND filtered.resource_id = %(resource_id)s
      ))
)
SELECT 'day', day, status, NULL::bigint, NULL, count(*)
FROM chosen
GROUP BY day, status
UNION ALL
SELECT 'service', NULL, NULL, service.id, service.name, count(*)
FROM chosen
JOIN schedule_service AS service ON service.id = chosen.service_id
WHERE chosen.day >= %(first_date)s
GROUP BY service.id
UNION ALL
SELECT 'resource', NULL, NULL, resource.id, resource.name, count(*)
FROM chosen
JOIN schedule_participant AS participant ON participant.event_id = chosen.id
JOIN schedule_resource AS resource ON resource.id = participant.resource_id
WHERE chosen.day >= %(first_date)s
GROUP BY resource.id
"""
"""One statement sees one state of the database: the parts of an answer always agree. A materialised CTE reads the
appointments once; each branch groups them its own way. `chosen` covers the window before as well, for the
trend."""


@dataclass(frozen=True)
class ServiceCount:
    """How many appointments a service had."""

    service_id: int
    service_name: str
    count: int


@dataclass(frozen=True)
class ResourceCount:
    """How many appointments a resource took part in."""

    resource_id: int
    resource_name: str
    count: int


@dataclass(frozen=True)
class DayOfAppointments:
    """The appointments of one local date, by status; every status is a key."""

    date: date
    count: int
    status_breakdown: dict[str, int]


@dataclass(frozen=True)
class AppointmentStatistics:
    """The appointments that start in a window. Days, statuses and services each add up to `total`."""

    total: int
    by_status: dict[str, int]
    by_service: list[ServiceCount]
    by_resource: list[ResourceCount]
    daily_breakdown: list[DayOfAppointments]
    previous_total: int
    period_days: int

    @property
    def booking_trend_percent(self) -> float | None:
        """The change against the window before, None when that was empty."""
        if self.previous_total == 0:
            return None
        return percent(self.total - self.previous_total, self.previous_total)

    @property
    def cancellation_rate_percent(self) -> float:
        """Cancelled appointments in percent of all."""
        return percent(self.by_status[Status.CANCELLED], self.total)

    @property
    def no_show_rate_percent(self) -> float:
        """Appointments whose customer did not come, in percent of all."""
        return percent(self.by_status[Status.NO_SHOW], self.total)


def appointment_statistics(
    *,
    window: DateWindow,
    status: str | None = None,
    service_id: int | None = None,
    resource_id: int | None = None,
) -> AppointmentStatistics:
    """Count the appointments that start in `window` and match every filter given; an unknown id matches none.

    An appointment with two resources counts once for each of them. Services and resources without any are
    left out, the others come most frequent first, equal ones by id.
    """
    by_day: defaultdict[date, Counter[str]] = defaultdict(Counter)
    services: list[ServiceCount] = []
    resources: list[ResourceCount] = []
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, _parameters(window, status, service_id, resource_id))
        for part, day, found_status, found_id, name, count in cursor.fetchall():
            if part == "day":
                by_day[day][found_status] = count
            elif part == "service":
                services.append(ServiceCount(found_id, name, count))
            else:
                resources.append(ResourceCount(found_id, name, count))
    days = [_day_of_appointments(day, by_day[day]) for day in window.dates]
    return AppointmentStatistics(
        total=sum(day.count for day in days),
        by_status={known: sum(day.status_breakdown[known] for day in days) for known in Status.values},
        by_service=sorted(services, key=lambda row: (-row.count, row.service_id)),
        by_resource=sorted(resources, key=lambda row: (-row.count, row.resource_id)),
        daily_breakdown=days,
        previous_total=sum(by_day[day].total() for day in window.before().dates),
        period_days=window.length_days,
    )


def _parameters(
    window: DateWindow, status: str | None, service_id: int | None, resource_id: int | None
) -> dict[str, str | int | date | datetime | None]:
    previous = window.before()
    return {
        "zone": window.zone.key,
        "search_from": previous.search_range[0],
        "search_to": window.search_range[1],
        "previous_first_date": previous.first_date,
        "first_date": window.first_date,
        "last_date": window.last_date,
        "status": status,
        "service_id": service_id,
        "resource_id": resource_id,
    }


def _day_of_appointments(day: date, counts: Counter[str]) -> DayOfAppointments:
    return DayOfAppointments(
        date=day,
        count=counts.total(),
        status_breakdown={known: counts[known] for known in Status.values},
    )
