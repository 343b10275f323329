"""Free starts on days on which clocks jump. Acme is in New York."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from core.models import Tenant
from schedule.models import Resource, Service, WorkingHours
from schedule.selectors.availability import explain
from schedule.selectors.rules import broken_rule
from tests.factories.schedule import ResourceFactory, ServiceFactory, WorkingHoursFactory, open_around_the_clock
from tests.schedule.slots import MONDAY, NEW_YORK, NOW, clock_times, on

CLOCKS_GO_FORWARD = date(2031, 3, 9)
CLOCKS_GO_BACK = date(2031, 11, 2)

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture(autouse=True)
def _always_open(tenant: Tenant) -> None:
    WorkingHours.objects.all().delete()
    open_around_the_clock()


@pytest.fixture
def anna() -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def haircut(anna: Resource) -> Service:
    """An hour by Anna, every hour."""
    return ServiceFactory.create(resources=[anna], slot_step_minutes=60)


@pytest.mark.parametrize(
    ("day", "count"), [(CLOCKS_GO_FORWARD, 23), (CLOCKS_GO_BACK, 25), (MONDAY, 24)], ids=["23h", "25h", "24h"]
)
def test_as_many_starts_as_hours(tenant: Tenant, haircut: Service, day: date, count: int) -> None:
    slots = on(tenant, haircut, day)

    assert len(slots) == count
    gaps = {later.start.astimezone(UTC) - one.start.astimezone(UTC) for one, later in pairwise(slots)}
    assert gaps == {timedelta(hours=1)}


def test_no_start_in_the_gap(tenant: Tenant, haircut: Service) -> None:
    assert clock_times(on(tenant, haircut, CLOCKS_GO_FORWARD))[:4] == ["00:00", "01:00", "03:00", "04:00"]


def test_both_starts_of_the_hour_that_comes_twice(tenant: Tenant, haircut: Service) -> None:
    shown = [slot.start.isoformat() for slot in on(tenant, haircut, CLOCKS_GO_BACK)]

    assert shown[:4] == [
        "2031-11-02T00:00:00-04:00",
        "2031-11-02T01:00:00-04:00",
        "2031-11-02T01:00:00-05:00",
        "2031-11-02T02:00:00-05:00",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (CLOCKS_GO_FORWARD, ["01:00", "03:00", "04:00"]),
        (CLOCKS_GO_BACK, ["01:00", "01:00", "02:00", "03:00", "04:00"]),
    ],
)
def test_hours_around_the_jump(
    tenant: Tenant, haircut: Service, anna: Resource, day: date, expected: list[str]
) -> None:
    WorkingHoursFactory.create(resource=anna, weekday=6, opens_minute=60, closes_minute=300)

    assert clock_times(on(tenant, haircut, day)) == expected


def test_hours_that_begin_in_the_gap_begin_when_it_ends(tenant: Tenant, haircut: Service, anna: Resource) -> None:
    WorkingHoursFactory.create(resource=anna, weekday=6, opens_minute=150, closes_minute=300)

    assert clock_times(on(tenant, haircut, CLOCKS_GO_FORWARD)) == ["03:00", "04:00"]


def test_hours_within_the_hour_that_comes_twice_count_twice(tenant: Tenant, anna: Resource) -> None:
    WorkingHoursFactory.create(resource=anna, weekday=6, opens_minute=60, closes_minute=90)
    quick = ServiceFactory.create(resources=[anna], duration_minutes=30, slot_step_minutes=30)

    assert [slot.start.isoformat() for slot in on(tenant, quick, CLOCKS_GO_BACK)] == [
        "2031-11-02T01:00:00-04:00",
        "2031-11-02T01:00:00-05:00",
    ]


def test_hours_inside_the_gap_do_not_exist(tenant: Tenant, anna: Resource) -> None:
    WorkingHoursFactory.create(resource=anna, weekday=6, opens_minute=120, closes_minute=180)
    quick = ServiceFactory.create(resources=[anna], duration_minutes=5, slot_step_minutes=5)

    assert on(tenant, quick, CLOCKS_GO_FORWARD) == ()


class TestLateInTheDay:
    """A grid is counted from its opening, although the clock has jumped between that and now."""

    @pytest.fixture
    def shift(self, anna: Resource) -> Service:
        """Half an hour, every hour and a half from midnight."""
        return ServiceFactory.create(resources=[anna], duration_minutes=30, slot_step_minutes=90)

    def test_the_grid_of_the_evening(self, tenant: Tenant, shift: Service) -> None:
        whole_day = on(tenant, shift, CLOCKS_GO_BACK)
        evening = datetime(2031, 11, 2, 20, 0, tzinfo=NEW_YORK)

        assert on(tenant, shift, CLOCKS_GO_BACK, now=evening) == tuple(
            slot for slot in whole_day if slot.start >= evening
        )
        assert clock_times(whole_day)[-3:] == ["20:00", "21:30", "23:00"]

    def test_it_is_explained_alike(self, tenant: Tenant, shift: Service, anna: Resource) -> None:
        last = datetime(2031, 11, 2, 23, 0, tzinfo=NEW_YORK)

        assert explain(tenant=tenant, service=shift, resource=anna, start_at=last, now=NOW) == ()


class TestHoursThatPass:
    """Notice and duration are hours that pass, whichever zone the instants come in."""

    NOW = datetime(2031, 11, 2, 0, 30, tzinfo=NEW_YORK)
    TWO_HOURS_LATER = datetime(2031, 11, 2, 1, 30, tzinfo=NEW_YORK, fold=1)

    def test_notice(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        haircut.min_notice_minutes = 120
        haircut.slot_step_minutes = 30

        first = on(tenant, haircut, CLOCKS_GO_BACK, now=self.NOW)[0]

        assert first.start.isoformat() == self.TWO_HOURS_LATER.isoformat()
        assert (
            broken_rule(
                tenant=tenant,
                service=haircut,
                resource_ids=[anna.pk],
                start_at=self.TWO_HOURS_LATER,
                now=self.NOW,
            )
            is None
        )

    def test_duration(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        """An hour from half past midnight is over before the clock goes back."""
        WorkingHoursFactory.create(resource=anna, weekday=6, opens_minute=0, closes_minute=90)

        ends = [slot.end.isoformat() for slot in on(tenant, haircut, CLOCKS_GO_BACK)]

        assert ends == ["2031-11-02T01:00:00-04:00"]
