"""What happens to an appointment after it was booked, and when. Chances are those of an ordinary business."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from random import Random
from zoneinfo import ZoneInfo

MOVE_SHARE = 0.09
MOST_MOVES = 2
PENDING_SHARE_ONLINE = 0.45
HOURS_TO_CONFIRM = 40
NO_SHOW_SHARE, NO_SHOW_SHARE_NEW = 0.054, 0.15
LATE_CANCEL_SHARE = 0.32
UNRESOLVED_SHARE, UNRESOLVED_SHARE_LATELY, LATELY = 0.0008, 0.05, timedelta(days=6)
SURELY_COMES = timedelta(minutes=45)
CANCEL_SHARES = (
    (timedelta(hours=3), 0.0),
    (timedelta(days=2), 0.05),
    (timedelta(days=8), 0.095),
    (timedelta.max, 0.135),
)
"""The share that is cancelled, by how long before the start it was booked (up to)."""

AWAKE_HOURS = range(7, 22)


class Turn(Enum):
    """What can happen next."""

    CONFIRM = auto()
    MOVE = auto()
    CANCEL = auto()
    MISS = auto()
    COMPLETE = auto()


@dataclass(frozen=True)
class Prospect:
    """What is known of an open appointment at the moment `at`."""

    at: datetime
    start_at: datetime
    end_at: datetime
    is_pending: bool
    is_new_customer: bool
    moves: int


def next_turn(prospect: Prospect, *, now: datetime, zone: ZoneInfo, random: Random) -> tuple[datetime, Turn] | None:
    """Return what happens next and when; None for one that stays as it is although its time has passed."""
    ahead = prospect.start_at - prospect.at
    if prospect.is_pending:
        return _confirmed_at(prospect, zone, random), Turn.CONFIRM
    if ahead > timedelta(hours=6) and prospect.moves < MOST_MOVES and random.random() < MOVE_SHARE:
        return _between(prospect.at, prospect.start_at - timedelta(hours=2), zone, random), Turn.MOVE
    if random.random() < next(share for longest, share in CANCEL_SHARES if ahead <= longest):
        return _cancelled_at(prospect, zone, random), Turn.CANCEL
    lately = now - prospect.end_at < LATELY
    if random.random() < (UNRESOLVED_SHARE_LATELY if lately else UNRESOLVED_SHARE):
        return None
    no_show_share = NO_SHOW_SHARE_NEW if prospect.is_new_customer else NO_SHOW_SHARE
    if ahead > SURELY_COMES and random.random() < no_show_share:
        return prospect.start_at + _minutes(12, 40, random), Turn.MISS
    return prospect.end_at + _minutes(-4, 18, random), Turn.COMPLETE


def _confirmed_at(prospect: Prospect, zone: ZoneInfo, random: Random) -> datetime:
    patience = timedelta(hours=random.expovariate(1 / HOURS_TO_CONFIRM) + 0.3)
    latest = max(prospect.start_at - timedelta(minutes=20), prospect.at)
    return min(_between(prospect.at + patience, prospect.at + patience * 1.3, zone, random), latest)


def _cancelled_at(prospect: Prospect, zone: ZoneInfo, random: Random) -> datetime:
    earliest = prospect.at
    if random.random() < LATE_CANCEL_SHARE:
        earliest = max(earliest, prospect.start_at - timedelta(hours=24))
    return _between(earliest, prospect.start_at - timedelta(minutes=10), zone, random)


def _between(earliest: datetime, latest: datetime, zone: ZoneInfo, random: Random) -> datetime:
    """Return a moment in [earliest, latest], by day if a few attempts find one."""
    span = max(latest - earliest, timedelta(0))
    moment = latest
    for _ in range(4):
        moment = earliest + span * random.random()
        if moment.astimezone(zone).hour in AWAKE_HOURS:
            break
    return moment


def _minutes(least: int, most: int, random: Random) -> timedelta:
    return timedelta(seconds=random.randint(least * 60, most * 60))
