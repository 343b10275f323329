"""Scenarios of availability made up from a number: any zone, mostly around the moments clocks jump.

Plain random choices rather than hypothesis strategies: those prefer the smallest cases, in which a business has no
hours and nothing collides.
"""

from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo, available_timezones

from tests.schedule.oracle import DAY, Booking, Hours, Minutes, Person, Scenario

YEAR = 2031
ZONES = sorted(name for name in available_timezones() if not name.startswith(("posix/", "right/", "local")))
JUMPING = (
    "America/New_York",
    "America/Havana",  # clocks fall back to midnight
    "America/Santiago",  # and here from midnight
    "Africa/Cairo",  # clocks jump over midnight
    "Asia/Beirut",
    "Australia/Lord_Howe",  # by half an hour
    "Antarctica/Troll",  # by two hours
    "Europe/Berlin",
)
PECULIAR = (*JUMPING, "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC")
EDGES = (0, 30, 60, 90, 120, 150, 180, 240, 480, 525, 540, 720, 780, 1020, 1320, 1380, 1410, 1440)
SAME_EVERY_DAY: tuple[tuple[Minutes, ...], ...] = (
    ((0, 1440),),
    ((0, 1440),),
    ((60, 1380),),
    ((90, 720), (720, 1300)),
    ((30, 155), (480, 1080)),
)


def made_up_scenario(number: int, *, horizons: tuple[int, ...] = (2, 3, 365, 365)) -> Scenario:
    """Return the scenario of a number: a business with one service, asked for one to three days."""
    rng = Random(number)  # noqa: S311  # nothing here is secret
    zone = rng.choice(rng.choice([JUMPING, JUMPING, PECULIAR, ZONES]))
    days = rng.randint(1, 3)
    first = _first_date(rng, zone, days)
    return Scenario(
        zone=zone,
        first_date=first,
        days=days,
        business=_hours(rng, first, days),
        people=_people(rng, zone, first, days),
        duration=rng.choice([5, 15, 30, 50, 60, 90, 240]),
        before=rng.choice([0, 0, 5, 15]),
        after=rng.choice([0, 0, 10, 30]),
        step=rng.choice([5, 5, 10, 15, 20, 30, 45, 50, 60, 720]),
        notice=rng.choice([0, 0, 0, 60, 1501]),
        advance_days=rng.choice(horizons),
        now=rng.choice([-2 * 1440, -1440, -1440, -1440, 0, 1, 617]),
    )


@cache
def jump_dates(zone: str) -> tuple[date, ...]:
    """Return the UTC dates of a year on which the zone's clocks jump."""
    first = datetime(YEAR, 1, 1, tzinfo=UTC)
    shown = [(first + number * DAY).astimezone(ZoneInfo(zone)).utcoffset() for number in range(366)]
    return tuple((first + number * DAY).date() for number in range(365) if shown[number] != shown[number + 1])


def _first_date(rng: Random, zone: str, days: int) -> date:
    """Return a date from which on clocks jump within `days`, where they do and mostly."""
    jumps = jump_dates(zone)
    if jumps and rng.random() < 0.8:
        return rng.choice(jumps) - rng.randint(-1, days - 1) * DAY
    return date(YEAR, 1, 3) + rng.randrange(355) * DAY


def _intervals(rng: Random) -> tuple[Minutes, ...]:
    """Return up to three intervals of a day that do not overlap, though they may touch."""
    marks = sorted({rng.choice([rng.choice(EDGES), rng.randint(0, 1440)]) for _ in range(rng.randint(0, 6))})
    touching = rng.random() < 0.3
    return tuple(pairwise(marks) if touching else zip(marks[::2], marks[1::2], strict=False))


def _hours(rng: Random, first: date, days: int) -> Hours:
    draw = rng.random()
    if draw < 0.7:
        week = dict.fromkeys(range(7), rng.choice(SAME_EVERY_DAY))
    else:
        week = {weekday: _intervals(rng) for weekday in range(7)} if draw < 0.95 else {}
    near = [first + number * DAY for number in range(-1, days + 1)]
    dates = {rng.choice(near): _intervals(rng) for _ in range(rng.choice([0, 0, 0, 1, 2]))}
    return Hours(week=week, dates=dates, off=_time_off(rng, days))


def _time_off(rng: Random, days: int) -> tuple[Minutes, ...]:
    starts = [rng.randrange(-720, days * 1440) for _ in range(rng.choice([0, 0, 1, 2]))]
    return tuple((start, start + rng.choice([1, 30, 45, 240, 600])) for start in starts)


def _people(rng: Random, zone: str, first: date, days: int) -> tuple[Person, ...]:
    """Return one to three resources; with several, perhaps of two requirements."""
    count = rng.randint(1, 3)
    splits = count > 1 and rng.random() < 0.4
    found = []
    for number in range(count):
        capacity = rng.choice([1, 1, 2, 3])
        found.append(
            Person(
                hours=_hours(rng, first, days) if rng.random() < 0.3 else Hours(),
                zone=rng.choice(["", "", "", zone, rng.choice(PECULIAR)]),
                capacity=capacity,
                requirement=int(splits and number > 0),
                is_active=rng.random() < 0.95,
                bookings=_bookings(rng, days, capacity),
            )
        )
    return tuple(found)


def _bookings(rng: Random, days: int, capacity: int) -> tuple[Booking, ...]:
    """Return appointments; where the capacity is one, those that block never overlap."""
    kept: list[Booking] = []
    for _ in range(rng.choice([0, 5, 10, 25]) * days * capacity):
        booking = Booking(
            start=rng.randrange(-720, days * 1440 + 720, 5),
            duration=rng.choice([15, 30, 45, 60, 240]),
            before=rng.choice([0, 0, 5, 20]),
            after=rng.choice([0, 0, 10, 25]),
            blocks=rng.random() < 0.8,
        )
        start, end = booking.occupied
        overlaps = any(one.blocks and one.occupied[0] < end and start < one.occupied[1] for one in kept)
        if not (capacity == 1 and booking.blocks and overlaps):
            kept.append(booking)
    return tuple(kept)
