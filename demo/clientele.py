"""Who comes, how often, to whom and for what."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from demo.ids import uuid7_at
from demo.names import email_of, full_names
from demo.shape import Business, ServiceShape

CANDIDATES = 7
"""How many people are thought of for a wish; the one most overdue by their own rhythm gets it."""

FEWEST_DAYS_APART = 2
OWN_TASTE_SHARE = 0.85
NOTES_SHARE = 0.13
TAGS_SHARE = 0.3
ASK_TO_BE_REMOVED_SHARE = 0.1


@dataclass(eq=False)
class Person:
    """A customer, with what drives them: a rhythm, a taste, a favourite among the staff."""

    id: UUID
    name: str
    email: str
    phone: str
    notes: str
    tags: tuple[str, ...]
    since: datetime
    rhythm_days: float
    taste: tuple[ServiceShape, ...]
    favourite: str | None = None
    days: list[date] = field(default_factory=list)
    visits: int = 0
    stays_away: bool = False
    is_active: bool = True

    @property
    def is_new(self) -> bool:
        """Whether they have not been here yet."""
        return self.visits == 0 and self.favourite is None

    def due(self, day: date) -> float:
        """Return how long a visit on `day` would be from their nearest one, in units of their rhythm."""
        if not self.days:
            return 1.0
        apart = min(abs((day - other).days) for other in self.days[-6:])
        return 0.0 if apart < FEWEST_DAYS_APART else apart / self.rhythm_days


class Clientele:
    """The customers of one business: some from `opened_at` on, the others as they first ask."""

    def __init__(self, business: Business, *, count: int, opened_at: datetime, random: Random) -> None:
        self.people: list[Person] = []
        self._business = business
        self._random = random
        self._active: list[Person] = []
        self._popularity = {resource.name: resource.popularity for resource in business.resources}
        self._names = full_names(business.clients.first_names, business.clients.last_names, random)
        self._to_come = count
        staff = tuple(resource.name for resource in business.resources if resource.type == "staff")
        for _ in range(round(count * business.clients.established_share)):
            joined_at = opened_at + timedelta(minutes=random.randrange(7 * 24 * 60))
            self._welcome(joined_at, favourite=self.by_popularity(staff)[0])

    def who(self, at: datetime, day: date, wishes_left: int) -> Person | None:
        """Return who asks at `at` for `day`: somebody new now and then, so that all have come when no wish is left."""
        if self._random.random() * wishes_left < self._to_come:
            return self._welcome(at, favourite=None)
        if not self._active:
            return None
        thought_of = self._random.choices(self._active, k=CANDIDATES)
        person = max(thought_of, key=lambda somebody: min(somebody.due(day), 1.5))
        return person if person.due(day) > 0 else None

    def what(self, person: Person) -> ServiceShape:
        """Return the service they ask for."""
        if self._random.random() < OWN_TASTE_SHARE:
            return self._random.choices(person.taste, weights=(6, 2, 1))[0]
        return self._any_service()

    def came(self, person: Person, day: date, resources: tuple[str, ...]) -> None:
        """Note a visit: it may make a favourite, and it may have been the last."""
        clients = self._business.clients
        chance = clients.stay_away_after_first if person.is_new else clients.stay_away_after_visit
        person.visits += 1
        if person.favourite is None:
            person.favourite = resources[0]
        if not person.stays_away and self._random.random() < chance:
            person.stays_away = True
            person.is_active = max(person.days) > day or self._random.random() > ASK_TO_BE_REMOVED_SHARE
            self._active.remove(person)

    def by_popularity(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the resources in random order, the popular ones rather first."""
        ranks = {name: self._random.random() ** (1 / self._business.resource(name).popularity) for name in names}
        return tuple(sorted(names, key=lambda name: -ranks[name]))

    def _any_service(self) -> ServiceShape:
        services = self._business.services
        return self._random.choices(services, weights=[service.weight for service in services])[0]

    def _welcome(self, at: datetime, *, favourite: str | None) -> Person:
        clients, random, number = self._business.clients, self._random, len(self.people)
        name = next(self._names)
        person = Person(
            id=uuid7_at(at, random),
            name=name,
            email=email_of(name, number),
            phone=clients.phone(number),
            notes=random.choice(clients.notes) if random.random() < NOTES_SHARE else "",
            tags=(random.choice(clients.tags),) if random.random() < TAGS_SHARE else (),
            since=at,
            rhythm_days=clients.rhythm_days * random.lognormvariate(0, 0.45),
            taste=(self._any_service(), self._any_service(), self._any_service()),
            favourite=favourite,
        )
        self.people.append(person)
        self._active.append(person)
        self._to_come -= 1
        return person
