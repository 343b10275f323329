from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from demo.ids import uuid7_at
from tests.demo.stories import dice

INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(at=INSTANTS, seed=st.integers(0, 1000))
def test_an_id_holds_its_millisecond_version_and_variant(at: datetime, seed: int) -> None:
    made = uuid7_at(at, dice(seed))

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert timedelta(milliseconds=made.int >> 80) == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        milliseconds=1
    ) * timedelta(milliseconds=1)


@given(first=INSTANTS, later=INSTANTS)
def test_ids_sort_by_time(first: datetime, later: datetime) -> None:
    if later - first >= timedelta(milliseconds=1):
        assert uuid7_at(first, dice(1)) < uuid7_at(later, dice(2))
