"""What the stories must keep, computed apart from the code that tells them."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from demo.businesses import BARBER, CLINIC, SALON
from demo.shape import Business
from demo.simulation import tell
from demo.story import Appointment, Story
from schedule.enums import BookingSource, HistoryKind, Status
from tests.demo.stories import NOW, salon

MONTHLY_QUOTAS = {"demo": 5_000, "clinic": 50_000, "starter": 100}
FIRST_MOMENT_OF_A_MONTH = datetime(2026, 12, 1, tzinfo=UTC)


def rows(story: Story) -> list[object]:
    """Return everything a story would store, in comparable form."""
    return [
        *((person.id, person.name, person.email, person.since, person.is_active) for person in story.people),
        *(
            (one.id, one.person.id, one.service.name, one.status, one.price_cents, one.source, one.notes, one.steps)
            for one in story.appointments
        ),
        *((paid.id, paid.appointment.id, paid.amount_cents, paid.status, paid.refund) for paid in story.payments),
        *story.absences,
        *story.closed_days,
    ]


def blocking(story: Story) -> list[Appointment]:
    """Return the appointments that take time."""
    return [one for one in story.appointments if one.status in ("pending", "confirmed", "completed")]


def created_by_month(story: Story) -> Counter[tuple[int, int]]:
    """Count appointments by the local month in which they were created."""
    zone = story.business.zone
    local = [one.created_at.astimezone(zone) for one in story.appointments]
    return Counter((at.year, at.month) for at in local)


def test_the_same_arguments_tell_the_same_story() -> None:
    first, again = (tell(SALON, now=NOW, scale=0.02) for _ in range(2))

    assert rows(first) == rows(again)


def test_another_seed_tells_another_story() -> None:
    assert rows(tell(BARBER, now=NOW)) != rows(tell(BARBER, now=NOW, seed=2))


def test_no_resource_is_over_capacity_at_any_moment(story: Story) -> None:
    capacities = {resource.name: resource.capacity for resource in story.business.resources}
    edges: defaultdict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for one in blocking(story):
        start_at = datetime.combine(one.place.day, datetime.min.time(), story.business.zone) + timedelta(
            minutes=one.place.minute
        )
        occupied_from = start_at.astimezone(UTC) - timedelta(minutes=one.service.buffer_before_minutes)
        occupied_to = start_at.astimezone(UTC) + timedelta(
            minutes=one.service.duration_minutes + one.service.buffer_after_minutes
        )
        for name in one.place.resources:
            edges[name] += [(occupied_from, 1), (occupied_to, -1)]

    deepest = {}
    for name, found in edges.items():
        depth = most = 0
        for _, change in sorted(found):
            depth += change
            most = max(most, depth)
        deepest[name] = most

    assert {name: depth for name, depth in deepest.items() if depth > capacities[name]} == {}


def test_a_room_for_three_is_used_by_several_at_once() -> None:
    booked = [one for one in blocking(salon()) if "Color Bar" in one.place.resources]
    times = [one.occupied(SALON) for one in booked]

    assert any(a[0] < b[0] < a[1] for a in times for b in times)


def test_every_appointment_lies_in_the_hours_of_all_its_resources(story: Story) -> None:
    business = story.business
    weeks = {resource.name: resource.week or business.week for resource in business.resources}

    def works(name: str, day: date, first_minute: int, last_minute: int) -> bool:
        return any(opens <= first_minute and last_minute <= closes for opens, closes in weeks[name][day.weekday()])

    def is_away(name: str, day: date, first_minute: int, last_minute: int) -> bool:
        return any(
            absence.resource == name
            and absence.first <= day <= absence.last
            and absence.interval[0] < last_minute
            and first_minute < absence.interval[1]
            for absence in story.absences
        )

    outside = []
    for one in story.appointments:
        start_at, end_at = (at.astimezone(business.zone) for at in one.times(business))
        day, first_minute = start_at.date(), start_at.hour * 60 + start_at.minute
        last_minute = end_at.hour * 60 + end_at.minute
        if day in story.closed_days or not all(
            works(name, day, first_minute, last_minute) and not is_away(name, day, first_minute, last_minute)
            for name in one.place.resources
        ):
            outside.append(one)

    assert outside == []


def test_every_booking_keeps_notice_horizon_and_step(story: Story) -> None:
    zone = story.business.zone
    broken = []
    for one in story.appointments:
        for step in one.steps:
            if step.kind not in (HistoryKind.CREATED, HistoryKind.RESCHEDULED):
                continue
            midnight = datetime.combine(step.place.day, datetime.min.time(), zone)
            start_at = (midnight + timedelta(minutes=step.place.minute)).astimezone(UTC)
            ahead = start_at - step.at
            if not (
                timedelta(minutes=one.service.min_notice_minutes)
                <= ahead
                <= timedelta(days=one.service.max_advance_days)
                and step.place.minute % one.service.slot_step_minutes == 0
            ):
                broken.append((one.service.name, step))

    assert broken == []


def test_every_appointment_takes_one_resource_of_each_need(story: Story) -> None:
    assert all(
        len(one.place.resources) == len(one.service.needs)
        and all(name in group for name, group in zip(one.place.resources, one.service.needs, strict=True))
        for one in story.appointments
    )


def test_nobody_has_two_appointments_on_one_day(story: Story) -> None:
    days = Counter((one.person.id, one.place.day) for one in blocking(story))

    assert max(days.values()) == 1


def test_the_history_tells_how_each_appointment_came_to_be_as_it_is(story: Story) -> None:
    outcomes = {
        HistoryKind.CONFIRMED: Status.CONFIRMED,
        HistoryKind.CANCELLED: Status.CANCELLED,
        HistoryKind.COMPLETED: Status.COMPLETED,
        HistoryKind.NO_SHOW: Status.NO_SHOW,
    }
    for one in story.appointments:
        first, *later = one.steps
        assert first.kind == HistoryKind.CREATED
        assert first.status in (Status.PENDING, Status.CONFIRMED)
        for before, after in zip(one.steps, later, strict=False):
            assert before.at <= after.at <= NOW
            assert (after.status_before, after.place_before) == (before.status, before.place)
            assert before.status in (Status.PENDING, Status.CONFIRMED)
            assert after.status == outcomes.get(after.kind, before.status)
            assert (after.place != before.place) == (after.kind == HistoryKind.RESCHEDULED)
        assert (one.steps[-1].status, one.steps[-1].place) == (one.status, one.place)


def test_nothing_happens_before_or_after_it_can(story: Story) -> None:
    for one in story.appointments:
        start_at, end_at = one.times(story.business)
        last = one.steps[-1]
        if one.status == Status.CANCELLED:
            assert last.at < start_at
        if one.status == Status.NO_SHOW:
            assert start_at < last.at < end_at + timedelta(hours=1)
        if one.status == Status.COMPLETED:
            assert start_at < last.at
        if one.status == Status.PENDING:
            assert start_at > NOW
        assert one.person.since <= one.created_at < start_at


def test_ids_sort_by_the_time_of_booking(story: Story) -> None:
    booked = [one.id for one in story.appointments]

    assert sorted(booked, key=lambda number: number.int >> 80) == booked
    assert len(set(booked)) == len(booked)
    assert {number.version for number in booked} == {7}


def test_a_salon_has_appointments_of_every_status() -> None:
    statuses = Counter(one.status for one in salon().appointments)

    assert set(statuses) == set(Status)


def test_the_shares_of_a_salon_are_believable() -> None:
    story = salon()
    past = [one for one in story.appointments if one.times(SALON)[1] < NOW]
    future = [one for one in story.appointments if one.times(SALON)[0] > NOW]
    statuses = Counter(one.status for one in past)

    assert 2_700 < len(story.appointments) < 3_300
    assert len(story.people) == 200
    assert 50 < len(future) < 150
    assert 0.03 < statuses[Status.NO_SHOW] / len(past) < 0.065
    assert 0.07 < statuses[Status.CANCELLED] / len(past) < 0.12
    assert 1 <= statuses[Status.CONFIRMED] < 0.01 * len(past)
    assert 0.03 < sum(one.moves > 0 for one in past) / len(past) < 0.09


def test_a_salon_is_busiest_from_thursday_to_saturday_and_quietest_on_sunday() -> None:
    weekdays = Counter(one.place.day.weekday() for one in salon().appointments)

    assert {day for day, _ in weekdays.most_common(3)} == {3, 4, 5}
    assert weekdays.most_common()[-1][0] == 6
    assert weekdays[6] > 0.04 * weekdays.total()


def test_few_eat_and_many_come_after_work() -> None:
    hours = Counter(one.place.minute // 60 for one in salon().appointments)

    assert hours[12] < 0.7 * hours[11]
    assert hours[12] < 0.7 * hours[14]
    assert hours[16] > hours[13]


def test_new_customers_miss_more_often() -> None:
    def no_show_share(appointments: list[Appointment]) -> float:
        seen = Counter(one.status for one in appointments)
        return seen[Status.NO_SHOW] / (seen[Status.NO_SHOW] + seen[Status.COMPLETED])

    firsts: dict[object, Appointment] = {}
    for one in salon().appointments:
        firsts.setdefault(one.person.id, one)
    newcomers = [one for one in firsts.values() if one.person.since == one.created_at]

    assert no_show_share(newcomers) > 1.5 * no_show_share(list(salon().appointments))


def test_customers_come_back_to_their_favourite() -> None:
    staff = {resource.name for resource in SALON.resources if resource.type == "staff"}
    visits = defaultdict(list)
    for one in salon().appointments:
        if one.status == Status.COMPLETED and one.place.resources[0] in staff:
            visits[one.person.id].append(one.place.resources[0])
    regulars = [seen for seen in visits.values() if len(seen) >= 8]
    with_favourite = sum(Counter(seen).most_common(1)[0][1] for seen in regulars)

    assert len(regulars) > 80
    assert with_favourite / sum(map(len, regulars)) > 0.5


def test_most_are_booked_days_ahead_and_some_walk_in() -> None:
    leads = [(one.times(SALON)[0] - one.created_at) for one in salon().appointments]

    assert timedelta(days=2) < sorted(leads)[len(leads) // 2] < timedelta(days=10)
    assert 0.03 < sum(lead < timedelta(hours=1) for lead in leads) / len(leads) < 0.12
    assert {one.source for one in salon().appointments} == {
        BookingSource.STAFF,
        BookingSource.PUBLIC,
        BookingSource.API,
    }


def test_there_are_appointments_on_both_sides_of_a_clock_change() -> None:
    # Clocks in New York went back on 1 November 2026.
    offsets = {
        one.times(SALON)[0].astimezone(SALON.zone).utcoffset()
        for one in salon().appointments
        if date(2026, 10, 29) <= one.place.day <= date(2026, 11, 4)
    }

    assert offsets == {timedelta(hours=-4), timedelta(hours=-5)}


def test_every_month_stays_within_the_plan(story: Story) -> None:
    assert max(created_by_month(story).values()) <= MONTHLY_QUOTAS[story.business.subdomain]


@pytest.mark.parametrize("now", [NOW, FIRST_MOMENT_OF_A_MONTH, datetime(2027, 10, 31, 23, 59, tzinfo=UTC)], ids=str)
def test_the_free_plan_is_nearly_used_up_on_any_day_of_the_month(now: datetime) -> None:
    story = tell(BARBER, now=now)
    local = now.astimezone(BARBER.zone)

    assert 80 <= created_by_month(story)[local.year, local.month] <= 90
    assert max(created_by_month(story).values()) <= 100


@pytest.mark.parametrize("business", [SALON, CLINIC], ids=lambda business: business.subdomain)
def test_a_part_of_the_coming_weeks_is_still_free(business: Business) -> None:
    story = tell(business, now=NOW, scale=1.0)
    staff = [resource for resource in business.resources if resource.type == "staff"]
    today = NOW.astimezone(business.zone).date()
    coming = [today + timedelta(days=number) for number in range(1, 22)]
    worked = sum(
        closes - opens
        for resource in staff
        for day in coming
        for opens, closes in (resource.week or business.week)[day.weekday()]
    )
    names = {resource.name for resource in staff}
    booked = sum(
        one.service.duration_minutes
        for one in blocking(story)
        if one.place.day in coming and names & set(one.place.resources)
    )

    assert 0.1 < booked / worked < 0.6
