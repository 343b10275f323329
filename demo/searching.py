"""Where somebody's wish fits into the diary, by the rules of booking and by what people put up with."""

from datetime import date, datetime, timedelta
from random import Random

from demo.clientele import Clientele, Person
from demo.diary import Diary, Place
from demo.opening import MINUTES_PER_DAY
from demo.patterns import Wish
from demo.shape import Business, ServiceShape

OTHER_DAYS = (0, 1, -1, 2, -2, 3, 4, 5, 6)
"""Where people look when the day they wanted is full."""

WALK_IN_WAITS_MINUTES = 50
FAVOURITE_WITHIN_MINUTES = 210
LOYALTY = 0.9
"""How often somebody waits for their favourite, if it is not longer than that."""


class Search:
    """Looks for free places of one business."""

    def __init__(self, business: Business, diary: Diary, clientele: Clientele, random: Random) -> None:
        self._zone = business.zone
        self._diary = diary
        self._clientele = clientele
        self._random = random

    def fit(self, wish: Wish, person: Person, service: ServiceShape) -> Place | None:
        """Return where the wish fits; a walk-in who would have to wait too long comes back another day."""
        if wish.is_walk_in:
            soon = self.near(person, service, wish.day, at=wish.at, wanted=wish.minute, within=WALK_IN_WAITS_MINUTES)
            if soon is not None:
                return soon
        for offset in OTHER_DAYS:
            day = wish.day + timedelta(days=offset)
            place = self.near(person, service, day, at=wish.at, wanted=wish.minute)
            if place is not None:
                return place
        return None

    def near(
        self,
        person: Person,
        service: ServiceShape,
        day: date,
        *,
        at: datetime,
        wanted: int,
        within: int = MINUTES_PER_DAY,
    ) -> Place | None:
        """Return the free place of `day` nearest to the minute `wanted` that the rules allow to book at `at`.

        It is with the person's favourite, if that one is able and free soon enough, and at most `within` minutes away.
        """
        earliest = self._earliest_minute(service, day, at)
        if earliest is None or day in person.days:
            return None
        groups = [self._clientele.by_popularity(group) for group in service.needs]
        if person.favourite in groups[0] and self._random.random() < LOYALTY:
            place = self._diary.find(
                service,
                day,
                wanted_minute=wanted,
                earliest_minute=earliest,
                within_minutes=min(within, FAVOURITE_WITHIN_MINUTES),
                groups=((person.favourite,), *groups[1:]),
            )
            if place is not None:
                return place
        return self._diary.find(
            service, day, wanted_minute=wanted, earliest_minute=earliest, within_minutes=within, groups=groups
        )

    def _earliest_minute(self, service: ServiceShape, day: date, at: datetime) -> int | None:
        """Return the first wall-clock minute of `day` that notice and horizon allow at `at`, None when none does."""
        if day > at.astimezone(self._zone).date() + timedelta(days=service.max_advance_days - 1):
            return None
        earliest = (at + timedelta(minutes=service.min_notice_minutes)).astimezone(self._zone)
        if earliest.date() > day:
            return None
        return earliest.hour * 60 + earliest.minute + 1 if earliest.date() == day else 0
