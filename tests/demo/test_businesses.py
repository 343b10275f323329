import pytest

from demo.businesses import BARBER, BUSINESSES, CLINIC, SALON
from demo.opening import CELL_MINUTES
from demo.shape import Business

each_business = pytest.mark.parametrize("business", BUSINESSES, ids=lambda business: business.subdomain)


def test_the_salon_is_as_the_readme_says() -> None:
    kinds = [resource.type for resource in SALON.resources]

    assert (kinds.count("staff"), kinds.count("room"), len(SALON.services), SALON.clients.count) == (6, 3, 12, 800)
    assert [resource.capacity for resource in SALON.resources if resource.capacity > 1] == [3]
    assert (SALON.timezone, SALON.currency, SALON.plan) == ("America/New_York", "USD", "professional")


def test_the_clinic_pays_in_euro() -> None:
    assert (CLINIC.timezone, CLINIC.currency, CLINIC.plan) == ("Europe/Berlin", "EUR", "business")


def test_the_barber_is_near_the_limits_of_the_free_plan() -> None:
    assert (len(BARBER.resources), len(BARBER.members), len(BARBER.services)) == (3, 2, 4)


def test_each_has_a_color_of_its_own() -> None:
    assert len({business.accent_color for business in BUSINESSES}) == len(BUSINESSES)


@each_business
def test_services_need_resources_that_exist(business: Business) -> None:
    names = {resource.name for resource in business.resources}
    needed = [name for service in business.services for group in service.needs for name in group]

    assert set(needed) == names
    assert all(
        len(set(group_names)) == len(group_names)
        for service in business.services
        for group_names in [[name for group in service.needs for name in group]]
    )


@each_business
def test_hours_and_durations_fit_the_grid_of_the_diary(business: Business) -> None:
    minutes = [
        minute
        for week in (business.week, *(resource.week for resource in business.resources if resource.week))
        for day in week
        for interval in day
        for minute in interval
    ]

    assert all(minute % 60 == 0 and minute > 3 * 60 for minute in minutes)
    assert all(60 % service.slot_step_minutes == 0 for service in business.services)
    assert all(
        minutes % CELL_MINUTES == 0
        for service in business.services
        for minutes in (service.duration_minutes, service.buffer_before_minutes, service.buffer_after_minutes)
    )


@each_business
def test_resources_work_only_while_the_business_is_open(business: Business) -> None:
    for resource in business.resources:
        for open_day, day in zip(business.week, resource.week or business.week, strict=True):
            for opens, closes in day:
                assert any(first <= opens and closes <= last for first, last in open_day), resource.name


@each_business
def test_logins_work_as_staff_that_exists(business: Business) -> None:
    staff = {resource.name for resource in business.resources if resource.type == "staff"}

    assert {member.works_as for member in business.members if member.works_as} <= staff
    assert business.members[0].role == "owner"
