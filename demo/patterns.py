"""When people ask for an appointment, and for when: weekdays, hours, seasons, growth, and how long ahead."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp, log1p
from random import Random

from demo.opening import Opening, at_minute
from demo.shape import Business

LEADS = ((0.14, 0, 0), (0.12, 1, 1), (0.28, 2, 7), (0.32, 8, 30), (0.14, 31, 60))
"""Share of those who book ahead, and the least and most days they do so."""

LONGEST_LEAD_DAYS = 60
ONLINE_HOURS: tuple[int, ...] = (*range(7, 12), *range(12, 14), *range(12, 14), *range(16, 23), *range(19, 23))
"""Hours in which people book by themselves; lunch break and evening count twice."""

SHORTEST_NOTICE_MINUTES = 40


@dataclass(frozen=True, order=True)
class Wish:
    """At `at` (aware) somebody asks for an appointment on `day` around `minute`."""

    at: datetime
    day: date
    minute: int
    is_online: bool
    is_walk_in: bool


def wishes(
    business: Business, opening: Opening, *, today: date, now: datetime, random: Random, scale: float
) -> list[Wish]:
    """Return what was wished for until `now`, in order of asking; about as many as the business has appointments."""
    weights = {day: _weight(business, opening, day, today) for day in _days(opening)}
    known = sum(weight * _share_asked_by(today, day) for day, weight in weights.items())
    per_weight = business.appointments * scale / known
    asked = [
        wish
        for day, weight in weights.items()
        for _ in range(_poisson(weight * per_weight, random))
        if (wish := _draw(business, opening, day, random)).at <= now
    ]
    if business.this_month is not None:
        asked = _fit_months(asked, business, opening, today=today, now=now, random=random)
    return sorted(asked)


def _days(opening: Opening) -> list[date]:
    return [opening.first + timedelta(days=n) for n in range((opening.last - opening.first).days + 1)]


def _weight(business: Business, opening: Opening, day: date, today: date) -> float:
    if not opening.is_open(day):
        return 0.0
    demand = business.demand
    growth = exp(log1p(demand.growth_per_year) * (day - today).days / 365)
    return demand.weekdays[day.weekday()] * demand.months[day.month - 1] * growth


def _share_asked_by(today: date, day: date) -> float:
    """Return which share of those who come on `day` have asked for it by `today`."""
    ahead = (day - today).days
    if ahead <= 0:
        return 1.0
    return sum(
        share * max(0, longest - max(ahead, shortest) + 1) / (longest - shortest + 1)
        for share, shortest, longest in LEADS
    )


def _draw(business: Business, opening: Opening, day: date, random: Random) -> Wish:
    demand = business.demand
    hours = tuple(demand.hours)
    hour = random.choices(hours, weights=tuple(demand.hours.values()))[0]
    minute = hour * 60 + random.randrange(60)
    second = timedelta(seconds=random.randrange(60), milliseconds=random.randrange(1000))
    if random.random() < demand.walk_in_share:
        return Wish(at_minute(day, minute, business.zone) + second, day, minute, is_online=False, is_walk_in=True)
    _, shortest, longest = random.choices(LEADS, weights=[lead[0] for lead in LEADS])[0]
    asked_day = day - timedelta(days=random.randint(shortest, longest))
    is_online = random.random() < demand.online_share or opening.hours(asked_day) is None
    asked_minute = _minute_of_asking(opening, asked_day, random, is_online=is_online)
    if asked_day == day and asked_minute > minute - SHORTEST_NOTICE_MINUTES:
        asked_minute = max(minute - random.randint(SHORTEST_NOTICE_MINUTES, 240), 6 * 60)
    at = at_minute(asked_day, asked_minute, business.zone) + second
    return Wish(at, day, minute, is_online=is_online, is_walk_in=False)


def _minute_of_asking(opening: Opening, day: date, random: Random, *, is_online: bool) -> int:
    open_hours = opening.hours(day)
    if is_online or open_hours is None:
        return random.choice(ONLINE_HOURS) * 60 + random.randrange(60)
    opens_minute, closes_minute = open_hours
    return random.randrange(opens_minute, closes_minute)


def _fit_months(
    asked: list[Wish], business: Business, opening: Opening, *, today: date, now: datetime, random: Random
) -> list[Wish]:
    """Keep every month below the business's limit, and bring the running one to exactly `this_month`."""
    by_month: defaultdict[tuple[int, int], list[Wish]] = defaultdict(list)
    for wish in asked:
        local = wish.at.astimezone(business.zone)
        by_month[local.year, local.month].append(wish)
    this_month = (today.year, today.month)
    limit, target = business.month_limit or len(asked), business.this_month or 0
    fitted = [
        wish
        for month, group in by_month.items()
        if month != this_month
        for wish in random.sample(group, min(len(group), limit))
    ]
    running = by_month[this_month]
    running = random.sample(running, min(len(running), target))
    month_start = at_minute(today.replace(day=1), 0, business.zone)
    open_days = [day for day in _days(opening) if day > today and opening.is_open(day)]
    while len(running) < target:
        at = month_start + (now - month_start) * random.random()
        minute = random.choice(tuple(business.demand.hours)) * 60
        running.append(Wish(at, random.choice(open_days), minute, is_online=True, is_walk_in=False))
    return fitted + running


def _poisson(mean: float, random: Random) -> int:
    """Return a Poisson-distributed number (Knuth, The Art of Computer Programming, volume 2, section 3.4.1)."""
    threshold, count, product = exp(-mean), 0, random.random()
    while product > threshold:
        count += 1
        product *= random.random()
    return count
