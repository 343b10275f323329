from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from demo.fate import MOST_MOVES, Prospect, Turn, next_turn
from tests.demo.stories import dice

START_AT = datetime(2026, 6, 10, 14, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")


@given(
    ahead=st.integers(1, 60 * 24 * 90),
    is_pending=st.booleans(),
    is_new=st.booleans(),
    moves=st.integers(0, MOST_MOVES),
    seed=st.integers(0, 10_000),
)
def test_whatever_comes_next_comes_at_a_time_it_can(
    ahead: int, is_pending: bool, is_new: bool, moves: int, seed: int
) -> None:
    prospect = Prospect(
        at=START_AT - timedelta(minutes=ahead),
        start_at=START_AT,
        end_at=START_AT + timedelta(minutes=30),
        is_pending=is_pending,
        is_new_customer=is_new,
        moves=moves,
    )

    planned = next_turn(prospect, now=START_AT, zone=ZONE, random=dice(seed))

    if is_pending:
        assert planned is not None
        assert planned[1] == Turn.CONFIRM
    if planned is not None:
        at, turn = planned
        assert prospect.at <= at
        assert (at < START_AT) == (turn in (Turn.CONFIRM, Turn.MOVE, Turn.CANCEL))
        assert turn != Turn.MOVE or moves < MOST_MOVES
