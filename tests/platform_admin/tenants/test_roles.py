"""Who may open and send which page of plans and businesses."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from core.models import SubscriptionPlan, Tenant, User
from tests.core.browser import person
from tests.platform_admin.office import PLANS, TENANTS, signed_in

PLAN_PAGES = ("", "add/", "{plan}/change/", "{plan}/archive/", "{plan}/history/")
TENANT_PAGES = ("", "{tenant}/change/", "{tenant}/change-plan/", "{tenant}/suspend/", "{tenant}/resume/")
ACTS = (
    f"{PLANS}{{plan}}/duplicate/",
    f"{PLANS}{{plan}}/archive/",
    f"{PLANS}{{plan}}/bring-back/",
    f"{PLANS}{{plan}}/change/",
    f"{TENANTS}{{tenant}}/change/",
    f"{TENANTS}{{tenant}}/change-plan/",
    f"{TENANTS}{{tenant}}/suspend/",
    f"{TENANTS}{{tenant}}/resume/",
)
PAGES = (*(f"{PLANS}{page}" for page in PLAN_PAGES), *(f"{TENANTS}{page}" for page in TENANT_PAGES))


@pytest.fixture
def numbers(tenant: Tenant) -> dict[str, int]:
    """Of a plan and a business."""
    return {"plan": SubscriptionPlan.objects.get(code="professional").pk, "tenant": tenant.pk}


def clerk(*permissions: str) -> Client:
    """The browser of platform staff with these permissions on plans and businesses."""
    user = person("clerk@platform.example")
    user.is_staff = True
    user.save()
    user.user_permissions.set(
        Permission.objects.filter(codename__in=permissions, content_type__app_label__in=("core", "platform_admin"))
    )
    return signed_in(user)


def answers(client: Client, paths: tuple[str, ...], numbers: dict[str, int], method: str) -> dict[str, int]:
    """The status of each path."""
    send = client.get if method == "get" else client.post
    return {path: send(path.format(**numbers)).status_code for path in paths}


def unchanged(tenant: Tenant) -> bool:
    """Tell whether nothing has happened to plans and to the business."""
    found = Tenant.objects.get(pk=tenant.pk)
    return (
        SubscriptionPlan.objects.filter(is_active=True).count() == 5
        and found.plan_id == tenant.plan_id
        and not found.is_suspended
    )


def test_nobody_and_a_business_s_own_people_are_asked_to_sign_in(tenant: Tenant, numbers: dict[str, int]) -> None:
    for client in (Client(SERVER_NAME="localhost"), signed_in(User.objects.get(email="owner@acme.example"))):
        for method, paths in (("get", PAGES), ("post", ACTS)):
            assert set(answers(client, paths, numbers, method).values()) == {302}

    assert unchanged(tenant)


def test_staff_without_permission_are_refused(tenant: Tenant, numbers: dict[str, int]) -> None:
    client = clerk()

    assert set(answers(client, PAGES, numbers, "get").values()) == {403}
    assert set(answers(client, ACTS, numbers, "post").values()) == {403}
    assert unchanged(tenant)


def test_staff_who_may_look_change_nothing(tenant: Tenant, numbers: dict[str, int]) -> None:
    client = clerk("view_subscriptionplan", "view_tenant")

    seen = answers(client, PAGES, numbers, "get")

    allowed = {path for path, status in seen.items() if status == 200}
    assert allowed == {
        PLANS,
        f"{PLANS}{{plan}}/change/",
        f"{PLANS}{{plan}}/history/",
        TENANTS,
        f"{TENANTS}{{tenant}}/change/",
    }
    assert set(seen.values()) == {200, 403}
    assert set(answers(client, ACTS, numbers, "post").values()) == {403}
    assert unchanged(tenant)


def test_what_may_only_be_looked_at_cannot_be_typed_into(tenant: Tenant, numbers: dict[str, int]) -> None:
    client = clerk("view_subscriptionplan", "view_tenant")

    for path, field in (
        (f"{PLANS}{{plan}}/change/", "feature_can_white_label"),
        (f"{TENANTS}{{tenant}}/change/", "choice_can_white_label"),
    ):
        form = client.get(path.format(**numbers)).context["adminform"].form
        assert form.fields[field].disabled is True


def test_staff_who_may_change_do(tenant: Tenant, numbers: dict[str, int]) -> None:
    client = clerk("view_subscriptionplan", "change_subscriptionplan", "view_tenant", "change_tenant")

    seen = answers(client, PAGES, numbers, "get")
    client.post(f"{TENANTS}{tenant.pk}/suspend/", {"reason": "Unpaid"})
    client.post(f"{PLANS}{numbers['plan']}/archive/")

    assert {path for path, status in seen.items() if status != 200} == {f"{PLANS}add/"}
    assert client.post(f"{PLANS}{numbers['plan']}/duplicate/").status_code == 403
    assert Tenant.objects.get(pk=tenant.pk).is_suspended
    assert not SubscriptionPlan.objects.get(pk=numbers["plan"]).is_active


def test_a_superuser_does_everything(office: Client, numbers: dict[str, int]) -> None:
    assert set(answers(office, PAGES, numbers, "get").values()) == {200}


@pytest.mark.parametrize("act", ["duplicate", "bring-back"])
def test_what_acts_at_once_is_not_opened(act: str, office: Client, numbers: dict[str, int]) -> None:
    assert office.get(f"{PLANS}{numbers['plan']}/{act}/").status_code == 405


@pytest.mark.parametrize("number", ["999999", "x", "1_0"])
@pytest.mark.parametrize("path", [f"{PLANS}{{}}/archive/", f"{TENANTS}{{}}/suspend/", f"{TENANTS}{{}}/change-plan/"])
def test_what_does_not_exist(path: str, number: str, office: Client) -> None:
    assert office.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("path", ["/admin/", PLANS, TENANTS])
def test_there_is_no_back_office_at_a_business_s_address(path: str, office: Client, tenant: Tenant) -> None:
    assert office.get(path, headers={"host": "acme.localhost"}).status_code == 404


def test_the_pages_hold_no_inline_script(office: Client, numbers: dict[str, int]) -> None:
    for path in PAGES:
        page = office.get(path.format(**numbers)).content.decode()
        assert " onclick=" not in page
        assert "<script>" not in page
