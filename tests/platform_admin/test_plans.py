"""Plans in the back office: permissions and limits as raw JSON, refused where they cannot be meant."""

import json

import pytest
from django.test import Client

from core.models import AuditEntry, Tenant, User
from core.models import SubscriptionPlan as CorePlan
from platform_admin.models import SubscriptionPlan
from tests.platform_admin.office import PLANS, change, plan_page


def test_the_plans_are_those_of_the_kernel(db: None) -> None:
    assert issubclass(SubscriptionPlan, CorePlan)
    assert SubscriptionPlan._meta.db_table == CorePlan._meta.db_table
    assert SubscriptionPlan.objects.count() == CorePlan.objects.count() == 5


def test_the_list_of_plans(office: Client) -> None:
    page = office.get(PLANS).content.decode()

    assert all(name in page for name in ("Free", "Starter", "Professional", "Business", "Enterprise"))


def test_permissions_and_limits_are_raw_json(office: Client) -> None:
    form = office.get(plan_page("free")).context["adminform"].form

    assert json.loads(form["permissions"].value()) == {}
    assert json.loads(form["limits"].value()) == {
        "max_resources": 3,
        "max_users": 2,
        "max_services": 5,
        "max_appointments": 100,
        "max_email_templates": 1,
        "max_automated_tasks": 0,
    }


def test_a_page_sent_back_unchanged_changes_nothing(office: Client) -> None:
    before = CorePlan.objects.filter(code="business").values().get()

    assert change(office, plan_page("business")) == (302, {})

    assert CorePlan.objects.filter(code="business").values().get() == before


def test_changing_a_plan_counts_at_once_and_is_recorded(office: Client, admin: User, tenant: Tenant) -> None:
    limits = {"max_resources": -1, "max_users": None}

    found = change(
        office,
        plan_page("professional"),
        permissions='{"advanced_reporting": true}',
        limits=json.dumps(limits),
        price_cents="5000",
    )

    tenant = Tenant.objects.get(pk=tenant.pk)
    entry = AuditEntry.objects.get()
    assert found == (302, {})
    assert [tenant.has_feature(key) for key in ("advanced_reporting", "advanced_analytics")] == [True, False]
    assert [tenant.limit_of(key) for key in ("max_resources", "max_users")] == [None, None]
    assert (entry.action, entry.actor, entry.tenant, entry.object_label, entry.ip_address) == (
        "plan.changed",
        admin,
        None,
        "Professional",
        "127.0.0.1",
    )
    assert entry.after == {"permissions": {"advanced_reporting": True}, "limits": limits, "price_cents": 5000}
    assert (sorted(entry.before), entry.before["price_cents"], entry.before["limits"]["max_users"]) == (
        ["limits", "permissions", "price_cents"],
        4900,
        20,
    )


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("limits", '{"max_users": "10"}', "'max_users' must be null, -1 or a whole number of 0 or more, not '10'."),
        ("limits", '{"max_users": true}', "'max_users' must be null, -1 or a whole number of 0 or more, not True."),
        ("limits", '{"max_users": 1.5}', "'max_users' must be null, -1 or a whole number of 0 or more, not 1.5."),
        ("limits", '{"max_users": -2}', "'max_users' must be null, -1 or a whole number of 0 or more, not -2."),
        ("limits", '{"max_things": 5}', "'max_things' is not a quota."),
        ("limits", "[5]", 'Must be a JSON object such as {"max_resources": 5}.'),
        ("limits", "{", "Enter a valid JSON."),
        ("permissions", '{"can_api_access": "false"}', "'can_api_access' must be true or false, not 'false'."),
        ("permissions", '{"can_api_access": 1}', "'can_api_access' must be true or false, not 1."),
        ("permissions", '["can_api_access"]', 'Must be a JSON object such as {"advanced_analytics": true}.'),
        ("code", "starter", "Subscription plan with this Code already exists."),
        ("price_cents", "-1", "Ensure this value is greater than or equal to 0."),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(field: str, value: str, error: str, office: Client) -> None:
    before = CorePlan.objects.filter(code="free").values().get()

    assert change(office, plan_page("free"), **{field: value}) == (200, {field: [error]})

    assert (CorePlan.objects.filter(code="free").values().get(), AuditEntry.objects.count()) == (before, 0)


def test_adding_a_plan(office: Client) -> None:
    response = office.post(
        f"{PLANS}add/",
        {
            "code": "trial",
            "name": "Trial",
            "description": "",
            "price_cents": "0",
            "sort_order": "5",
            "is_public": "on",
            "is_active": "on",
            "permissions": "{}",
            "limits": '{"max_users": 1}',
        },
    )

    entry = AuditEntry.objects.get()
    assert (response.status_code, CorePlan.objects.get(code="trial").limits) == (302, {"max_users": 1})
    assert (entry.action, entry.before, entry.after["limits"]) == ("plan.created", {}, {"max_users": 1})


def test_plans_are_archived_and_not_deleted(office: Client) -> None:
    pk = SubscriptionPlan.objects.get(code="free").pk

    found = [
        office.post(f"{PLANS}{pk}/delete/", {"post": "yes"}).status_code,
        office.post(PLANS, {"action": "delete_selected", "_selected_action": str(pk), "post": "yes"}).status_code,
    ]

    assert (found, CorePlan.objects.count()) == ([403, 200], 5)
