"""The form of a plan: its terms as a matrix and as JSON, refused where they cannot be meant."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.installed import registry
from core.models import AuditEntry, Role, Tenant, User
from core.models import SubscriptionPlan as CorePlan
from core.plan_requests import ask_for_plan
from platform_admin.models import SubscriptionPlan
from tests.platform_admin.office import PLANS, change, filled_in, plan_page


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


@pytest.mark.parametrize(
    ("sent", "permissions", "limits"),
    [
        ({"feature_can_white_label": "on"}, {"can_white_label": True}, {}),
        ({"permissions": '{"can_white_label": true}'}, {"can_white_label": True}, {}),
        (
            {"permissions": '{"can_api_access": false}', "feature_can_white_label": "on"},
            {"can_api_access": False, "can_white_label": True},
            {},
        ),
        ({"permissions": '{"can_white_label": true}', "feature_can_white_label": "on"}, {"can_white_label": True}, {}),
        ({"quota_max_users": "7"}, {}, {"max_users": 7}),
        ({"quota_max_users": "0"}, {}, {"max_users": 0}),
        ({"unlimited_max_users": "on", "quota_max_users": ""}, {}, {"max_users": None}),
        ({"limits": '{"max_users": 9}', "quota_max_users": "9"}, {}, None),
    ],
)
def test_matrix_and_json_both_count(
    sent: dict[str, str], permissions: dict[str, bool], limits: dict[str, int | None] | None, office: Client
) -> None:
    before = CorePlan.objects.get(code="free").limits

    assert change(office, plan_page("free"), **sent) == (302, {})

    plan = CorePlan.objects.get(code="free")
    assert (plan.permissions, plan.limits) == (
        permissions,
        {"max_users": 9} if limits is None else {**before, **limits},
    )


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {"permissions": '{"can_white_label": false, "can_fly": true}'},
            {"permissions": ["'can_fly' is not a feature."]},
        ),
        (
            {"limits": '{"max_users": 9}', "quota_max_users": "7"},
            {"limits": ["'max_users' says one thing here and another in the matrix. Change one of the two."]},
        ),
        ({"quota_max_users": ""}, {"quota_max_users": ["Give 'max_users' a number, or tick unlimited."]}),
        ({"quota_max_users": "-1"}, {"quota_max_users": ["Ensure this value is greater than or equal to 0."]}),
        ({"quota_max_users": "1.5"}, {"quota_max_users": ["Enter a whole number."]}),
    ],
)
def test_the_matrix_refuses_by_name_too(sent: dict[str, str], errors: dict[str, list[str]], office: Client) -> None:
    before = CorePlan.objects.filter(code="free").values().get()

    assert change(office, plan_page("free"), **sent) == (200, errors)

    assert CorePlan.objects.filter(code="free").values().get() == before


def test_switching_off_what_the_json_grants_anew_is_contested(office: Client) -> None:
    CorePlan.objects.filter(code="free").update(permissions={"can_white_label": True})
    page = office.get(plan_page("free"))
    sent = filled_in(page)
    del sent["feature_can_white_label"]

    response: Any = office.post(
        plan_page("free"), {**sent, "permissions": '{"can_white_label": true, "can_api_access": true}'}
    )

    assert response.status_code == 302
    assert CorePlan.objects.get(code="free").permissions == {"can_white_label": False, "can_api_access": True}


def test_a_key_that_no_app_declares_is_shown_and_kept(office: Client) -> None:
    CorePlan.objects.filter(code="free").update(permissions={"can_fly": True, "can_sing": False})

    page = office.get(plan_page("free")).content.decode()
    found = change(office, plan_page("free"), feature_can_white_label="on")

    assert "Declared by no app" in page
    assert "can_fly" in page
    assert found == (302, {})
    assert CorePlan.objects.get(code="free").permissions == {
        "can_fly": True,
        "can_sing": False,
        "can_white_label": True,
    }


def test_a_limit_that_no_app_declares_is_shown_and_named(office: Client) -> None:
    CorePlan.objects.filter(code="free").update(limits={"max_wings": 2})

    page = office.get(plan_page("free")).content.decode()
    found = change(office, plan_page("free"), quota_max_users="3", unlimited_max_users="")

    assert "max_wings" in page
    assert found == (200, {"limits": ["'max_wings' is not a quota."]})


def test_the_matrix_is_drawn_from_what_the_apps_declare(office: Client) -> None:
    groups = list(office.get(plan_page("free")).context["adminform"].form.groups())

    assert {row.key for group in groups for row in group.features} == set(registry().features)
    assert {row.key for group in groups for row in group.quotas} == set(registry().quotas)
    assert "Scheduling" in {group.name for group in groups}


def test_the_list_counts_businesses_in_one_query(office: Client, tenant: Tenant) -> None:
    with CaptureQueriesContext(connection) as few:
        page = office.get(PLANS).content.decode()
    CorePlan.objects.bulk_create(CorePlan(code=f"more-{number}", name=f"More {number}") for number in range(20))
    with CaptureQueriesContext(connection) as many:
        office.get(PLANS)

    pk = CorePlan.objects.get(code="professional").pk
    assert f'<a href="/admin/core/tenant/?plan__id__exact={pk}">2</a>' in page
    assert len(few) == len(many)


def test_duplicating(office: Client, admin: User) -> None:
    plan = CorePlan.objects.get(code="starter")

    first = office.post(f"{PLANS}{plan.pk}/duplicate/")
    office.post(f"{PLANS}{plan.pk}/duplicate/")

    copy = CorePlan.objects.get(code="starter-copy")
    assert first["Location"] == f"{PLANS}{copy.pk}/change/"
    assert (copy.name, copy.is_public, copy.is_active, copy.permissions, copy.limits, copy.price_cents) == (
        "Starter (copy)",
        False,
        True,
        plan.permissions,
        plan.limits,
        plan.price_cents,
    )
    assert CorePlan.objects.filter(code="starter-copy-2").exists()
    entry = AuditEntry.objects.order_by("pk")[0]
    assert (entry.action, entry.actor, entry.after["copy_of"]) == ("plan.created", admin, "starter")


def test_archiving_declines_what_was_asked_for(office: Client, admin: User, tenant: Tenant) -> None:
    owner = tenant.memberships.select_related("user", "tenant").get(role=Role.OWNER)
    request = ask_for_plan(by=owner, plan_code="business")
    plan = CorePlan.objects.get(code="business")
    page = office.get(f"{PLANS}{plan.pk}/archive/").content.decode()

    response: Any = office.post(f"{PLANS}{plan.pk}/archive/", {"reason": "No longer sold"}, follow=True)

    request.refresh_from_db()
    plan.refresh_from_db()
    assert "Acme" in page
    assert [str(one) for one in response.context["messages"]] == [
        "Business is archived. Open requests that were declined: 1."
    ]
    assert (plan.is_active, request.state, request.decided_by) == (False, "declined", admin)
    entries = AuditEntry.objects.filter(actor=admin).order_by("pk")
    assert [(one.action, one.after.get("reason")) for one in entries] == [
        ("plan.archived", "No longer sold"),
        ("plan_request.declined", "No longer sold"),
    ]


def test_an_archived_plan_stays_with_its_businesses_and_comes_back(office: Client, tenant: Tenant) -> None:
    plan = CorePlan.objects.get(code="professional")
    office.post(f"{PLANS}{plan.pk}/archive/")
    again: Any = office.post(f"{PLANS}{plan.pk}/archive/", follow=True)
    kept = Tenant.objects.get(pk=tenant.pk)

    back: Any = office.post(f"{PLANS}{plan.pk}/bring-back/", follow=True)
    twice: Any = office.post(f"{PLANS}{plan.pk}/bring-back/", follow=True)

    plan.refresh_from_db()
    assert (kept.plan, kept.has_feature("advanced_analytics"), plan.is_active) == (plan, True, True)
    assert [str(message) for response in (again, back, twice) for message in response.context["messages"]] == [
        "Professional is archived.",
        "The plan Professional is archived already.",
        "Professional can be given again.",
        "The plan Professional is not archived.",
    ]
