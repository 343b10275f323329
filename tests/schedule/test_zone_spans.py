"""When the clocks of a zone stand how far from UTC."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedule.selectors.zone_spans import FURTHEST_OFFSET, ZoneSpan, zone_spans
from tests.schedule.scenarios import ZONES

HOUR = timedelta(hours=1)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 1)).map(lambda found: found.replace(tzinfo=UTC))  # noqa: DTZ001  # given a zone at once


def test_one_span_without_a_jump() -> None:
    found = zone_spans(ZoneInfo("Asia/Tokyo"), datetime(2031, 1, 1, tzinfo=UTC), datetime(2031, 12, 1, tzinfo=UTC))

    assert found == [ZoneSpan(9 * HOUR, start_at=None, end_at=None)]


@pytest.mark.parametrize("seconds", [0, 1, 0.5, 3599.999])
def test_a_year_with_two_jumps_to_the_second(seconds: float) -> None:
    from_at = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)

    found = zone_spans(ZoneInfo("America/New_York"), from_at, datetime(2031, 12, 31, tzinfo=UTC))

    forward = datetime(2031, 3, 9, 7, tzinfo=UTC)
    back = datetime(2031, 11, 2, 6, tzinfo=UTC)
    assert found == [
        ZoneSpan(-5 * HOUR, start_at=None, end_at=forward),
        ZoneSpan(-4 * HOUR, start_at=forward, end_at=back),
        ZoneSpan(-5 * HOUR, start_at=back, end_at=None),
    ]


def test_a_date_that_was_skipped() -> None:
    """Samoa went from the 29th to the 31st of December 2011."""
    found = zone_spans(ZoneInfo("Pacific/Apia"), datetime(2011, 12, 29, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC))

    assert [(span.utc_offset, span.start_at) for span in found] == [
        (-10 * HOUR, None),
        (14 * HOUR, datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ]


@given(name=st.sampled_from(ZONES), from_at=moments, shares=st.lists(st.floats(0, 1), max_size=5))
def test_every_moment_has_the_offset_of_its_span(name: str, from_at: datetime, shares: list[float]) -> None:
    zone = ZoneInfo(name)
    to_at = from_at + timedelta(days=70)

    found = zone_spans(zone, from_at, to_at)

    assert [span.start_at for span in found][1:] == [span.end_at for span in found][:-1]
    for moment in [from_at, to_at, *(from_at + share * (to_at - from_at) for share in shares)]:
        [offset] = {
            span.utc_offset
            for span in found
            if (span.start_at is None or span.start_at <= moment) and (span.end_at is None or moment < span.end_at)
        }
        assert offset == moment.astimezone(zone).utcoffset()
        assert abs(offset) <= FURTHEST_OFFSET
