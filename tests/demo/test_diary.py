from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from demo.businesses import SALON
from demo.diary import Diary, Place
from demo.opening import Opening
from demo.shape import Business, ResourceShape, ServiceShape, Week, shift
from tests.demo.stories import dice

MONDAY = date(2026, 6, 1)
WEEK: Week = (shift(9, 17),) * 7
SERVICE = ServiceShape("Service", "", 30, 1000, 1, (("Room",),), buffer_before_minutes=5, buffer_after_minutes=10)


def business(capacity: int) -> Business:
    """Return a business with one room."""
    room = ResourceShape("Room", "room", "#000000", capacity=capacity)
    return replace(SALON, resources=(room,), services=(SERVICE,), week=WEEK, holidays=())


def diary(capacity: int) -> Diary:
    """Return an empty diary of one Monday."""
    made = business(capacity)
    return Diary(made, Opening(made, MONDAY, MONDAY, dice(1)))


def place(minute: int) -> Place:
    """Return a place in the room on that Monday."""
    return Place(MONDAY, minute, ("Room",))


def test_the_nearest_start_that_leaves_room_for_both_buffers() -> None:
    empty = diary(1)

    assert empty.find(SERVICE, MONDAY, wanted_minute=9 * 60) == place(9 * 60 + 15)
    assert empty.find(SERVICE, MONDAY, wanted_minute=17 * 60) == place(16 * 60 + 15)
    assert empty.find(SERVICE, MONDAY, wanted_minute=10 * 60, earliest_minute=11 * 60 + 1) == place(11 * 60 + 15)


def test_what_is_taken_is_not_found_until_it_is_given_back() -> None:
    book = diary(1)
    book.take(SERVICE, place(600))

    assert book.find(SERVICE, MONDAY, wanted_minute=600, within_minutes=30) is None
    book.release(SERVICE, place(600))
    assert book.find(SERVICE, MONDAY, wanted_minute=600, within_minutes=30) == place(600)


def test_a_day_outside_the_range_has_no_room() -> None:
    assert diary(1).find(SERVICE, date(2026, 6, 2), wanted_minute=600) is None


@given(
    capacity=st.integers(1, 3),
    steps=st.lists(st.tuples(st.booleans(), st.integers(37, 60)), max_size=40),
    wanted=st.integers(37, 60),
)
def test_room_is_found_exactly_where_fewer_than_the_capacity_overlap(
    capacity: int, steps: list[tuple[bool, int]], wanted: int
) -> None:
    book = diary(capacity)
    taken: list[int] = []

    def depth(minute: int) -> int:
        cells = range(minute - 5, minute + 40, 5)
        return max(sum(other - 5 <= cell < other + 40 for other in taken) for cell in cells)

    for takes, quarter in steps:
        minute = quarter * 15
        if takes and depth(minute) < capacity:
            book.take(SERVICE, place(minute))
            taken.append(minute)
        elif not takes and minute in taken:
            book.release(SERVICE, place(minute))
            taken.remove(minute)

    free = [minute for minute in range(555, 990, 15) if depth(minute) < capacity]
    found = book.find(SERVICE, MONDAY, wanted_minute=wanted * 15)
    expected = min(free, key=lambda minute: (abs(minute - wanted * 15), minute)) if free else None
    assert (found.minute if found else None) == expected
