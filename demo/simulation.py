"""A demo business lived through, booking by booking and in order of time, so that nothing is ever taken twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from demo.clientele import Clientele
from demo.diary import Diary, Place
from demo.fate import PENDING_SHARE_ONLINE, Prospect, Turn, next_turn
from demo.ids import uuid7_at
from demo.opening import Opening, at_minute
from demo.patterns import LONGEST_LEAD_DAYS, Wish, wishes
from demo.searching import Search
from demo.shape import Business, ServiceShape
from demo.story import Appointment, Payment, Step, Story
from demo.till import payment_of
from schedule.enums import BookingSource, HistoryKind, Status

FUTURE_DAYS = 42
SET_UP_DAYS = 14
"""From the sign-up to the first booking."""

SAME_DAY_MOVE_SHARE = 0.2
MOVES_BY_DAYS = (-2, -1, 1, 1, 2, 3, 5, 7, 7, 8, 14)
MOVES_BY_MINUTES = (-180, -90, 90, 180)
API_SHARE = 0.04
CANCELLED_BY_CUSTOMER_SHARE = 0.55
NOTES_SHARE = 0.07
NOTES = (
    "Came on a friend's advice.",
    "Has to leave on time.",
    "Called to say they may be five minutes late.",
    "Wants the same as last time.",
    "Gift voucher.",
    "Before a wedding.",
    "Asked for a quiet spot.",
)
EARLIER_PRICE = 0.92
"""What a price was before it rose, of what it is."""


def tell(business: Business, *, now: datetime, seed: int = 1, scale: float = 1.0) -> Story:
    """Return the story of `business` until the aware datetime `now`: the same for the same arguments.

    `scale` makes fewer customers and appointments over the same time.
    """
    return Simulation(business, now=now, seed=seed, scale=scale).run()


class Simulation:
    """The business at one moment: its diary, its clientele, and what is due to happen."""

    def __init__(self, business: Business, *, now: datetime, seed: int, scale: float) -> None:
        self._business = business
        self._now = now.astimezone(UTC)
        self._today = now.astimezone(business.zone).date()
        self._random = Random(f"{business.subdomain} {seed}")  # noqa: S311  # a story, not a secret
        first = self._today - timedelta(days=business.history_days)
        last = self._today + timedelta(days=FUTURE_DAYS)
        self._opened_at = at_minute(first - timedelta(days=LONGEST_LEAD_DAYS + SET_UP_DAYS), 540, business.zone)
        self._opening = Opening(business, first, last, self._random)
        self._diary = Diary(business, self._opening)
        self._wishes = wishes(
            business, self._opening, today=self._today, now=self._now, random=self._random, scale=scale
        )
        self._clientele = Clientele(
            business,
            count=max(round(business.clients.count * scale), 10),
            opened_at=self._opened_at,
            random=self._random,
        )
        self._search = Search(business, self._diary, self._clientele, self._random)
        self._appointments: list[Appointment] = []
        self._payments: list[Payment] = []
        self._due: list[tuple[datetime, int, Appointment, Turn]] = []
        self._numbers = count()
        self._team = [member.email for member in business.members]

    def run(self) -> Story:
        """Live through all wishes and what follows from them, until now."""
        for position, wish in enumerate(self._wishes):
            self._live_until(wish.at)
            self._try_to_book(wish, wishes_left=len(self._wishes) - position)
        self._live_until(self._now)
        return Story(
            business=self._business,
            opened_at=self._opened_at,
            closed_days=self._opening.closed_days,
            absences=self._opening.absences,
            people=tuple(self._clientele.people),
            appointments=tuple(self._appointments),
            payments=tuple(sorted(self._payments, key=lambda payment: payment.at)),
        )

    def _live_until(self, moment: datetime) -> None:
        while self._due and self._due[0][0] <= moment:
            at, _, appointment, turn = heappop(self._due)
            self._take_turn(appointment, turn, at)
            self._plan(appointment, at)

    def _plan(self, appointment: Appointment, at: datetime) -> None:
        if appointment.status not in (Status.PENDING, Status.CONFIRMED):
            return
        start_at, end_at = appointment.times(self._business)
        prospect = Prospect(
            at=at,
            start_at=start_at,
            end_at=end_at,
            is_pending=appointment.status == Status.PENDING,
            is_new_customer=appointment.person.is_new,
            moves=appointment.moves,
        )
        planned = next_turn(prospect, now=self._now, zone=self._business.zone, random=self._random)
        if planned is not None:
            heappush(self._due, (planned[0], next(self._numbers), appointment, planned[1]))

    def _try_to_book(self, wish: Wish, *, wishes_left: int) -> None:
        person = self._clientele.who(wish.at, wish.day, wishes_left)
        if person is None:
            return
        service = self._clientele.what(person)
        place = self._search.fit(wish, person, service)
        if place is None:
            return
        source = self._source(wish)
        pending = source == BookingSource.PUBLIC and self._random.random() < PENDING_SHARE_ONLINE
        appointment = Appointment(
            id=uuid7_at(wish.at, self._random),
            person=person,
            service=service,
            place=place,
            status=Status.PENDING if pending else Status.CONFIRMED,
            price_cents=self._price(service, wish.at),
            source=source,
            notes=self._random.choice(NOTES) if self._random.random() < NOTES_SHARE else "",
        )
        self._take(appointment)
        by = None if source == BookingSource.PUBLIC else self._somebody()
        appointment.steps.append(Step(HistoryKind.CREATED, wish.at, by, None, appointment.status, None, place))
        self._appointments.append(appointment)
        self._plan(appointment, wish.at)

    def _take_turn(self, appointment: Appointment, turn: Turn, at: datetime) -> None:
        match turn:
            case Turn.CONFIRM:
                self._record(appointment, HistoryKind.CONFIRMED, at, self._somebody(), status=Status.CONFIRMED)
            case Turn.MOVE:
                self._move(appointment, at)
            case Turn.CANCEL:
                by = None if self._random.random() < CANCELLED_BY_CUSTOMER_SHARE else self._somebody()
                self._record(appointment, HistoryKind.CANCELLED, at, by, status=Status.CANCELLED)
                self._give_back(appointment)
            case Turn.MISS:
                self._record(appointment, HistoryKind.NO_SHOW, at, self._somebody(), status=Status.NO_SHOW)
                self._diary.release(appointment.service, appointment.place)
            case Turn.COMPLETE:
                by = self._somebody()
                self._record(appointment, HistoryKind.COMPLETED, at, by, status=Status.COMPLETED)
                self._clientele.came(appointment.person, appointment.place.day, appointment.place.resources)
                self._cash(appointment, at, by)

    def _move(self, appointment: Appointment, at: datetime) -> None:
        """Move to another day or hour; without a free place everything stays as it is."""
        old = appointment.place
        day, wanted = old.day, old.minute
        if self._random.random() < SAME_DAY_MOVE_SHARE:
            wanted += self._random.choice(MOVES_BY_MINUTES)
        else:
            day += timedelta(days=self._random.choice(MOVES_BY_DAYS))
        self._give_back(appointment)
        new = self._search.near(appointment.person, appointment.service, day, at=at, wanted=wanted)
        if new is not None and (new.day, new.minute) != (old.day, old.minute):
            by = None if appointment.source == BookingSource.PUBLIC else self._somebody()
            self._record(appointment, HistoryKind.RESCHEDULED, at, by, place=new)
        self._take(appointment)

    def _take(self, appointment: Appointment) -> None:
        self._diary.take(appointment.service, appointment.place)
        appointment.person.days.append(appointment.place.day)

    def _give_back(self, appointment: Appointment) -> None:
        self._diary.release(appointment.service, appointment.place)
        appointment.person.days.remove(appointment.place.day)

    def _record(
        self,
        appointment: Appointment,
        kind: HistoryKind,
        at: datetime,
        by: str | None,
        *,
        status: Status | None = None,
        place: Place | None = None,
    ) -> None:
        last = appointment.steps[-1]
        appointment.status = status or appointment.status
        appointment.place = place or appointment.place
        appointment.steps.append(
            replace(
                last,
                kind=kind,
                at=at,
                by=by,
                status_before=last.status,
                status=appointment.status,
                place_before=last.place,
                place=appointment.place,
            )
        )

    def _cash(self, appointment: Appointment, at: datetime, by: str) -> None:
        if self._business.takes_payments:
            self._payments += payment_of(appointment, completed_at=at, by=by, now=self._now, random=self._random)

    def _price(self, service: ServiceShape, at: datetime) -> int:
        rose = self._business.prices_rose_days_ago
        if rose is None or at > self._now - timedelta(days=rose):
            return service.price_cents
        return round(service.price_cents * EARLIER_PRICE / 100) * 100

    def _source(self, wish: Wish) -> BookingSource:
        if not wish.is_online:
            return BookingSource.STAFF
        return BookingSource.API if self._random.random() < API_SHARE else BookingSource.PUBLIC

    def _somebody(self) -> str:
        """Return who of the team did it."""
        return self._random.choice(self._team)
