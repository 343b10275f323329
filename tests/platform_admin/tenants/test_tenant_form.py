"""The page of a business: what it is called, its hosts, and what was agreed apart from its plan."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.models import AuditEntry, Domain, OverrideNote, SubscriptionPlan, Tenant, User
from tests.platform_admin.office import change, filled_in, tenant_page

LATER = "2099-01-01T08:30:00"


def audited() -> list[tuple[str, Any, Any]]:
    """What was recorded, oldest first."""
    return [(one.action, one.before, one.after) for one in AuditEntry.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("key", "sent", "value"),
    [
        ("can_white_label", {"choice": "yes"}, True),
        ("can_api_access", {"choice": "no"}, False),
        ("advanced_analytics", {"choice": "no"}, False),
        ("max_users", {"choice": "number", "number": "7"}, 7),
        ("max_users", {"choice": "number", "number": "0"}, 0),
        ("max_resources", {"choice": "unlimited"}, -1),
    ],
)
def test_an_override_is_set_with_a_reason(
    key: str, sent: dict[str, str], value: Any, office: Client, admin: User, tenant: Tenant
) -> None:
    fields = {f"{name}_{key}": text for name, text in {**sent, "reason": "Trial", "until": LATER}.items()}

    found = change(office, tenant_page(tenant), **fields)

    tenant.refresh_from_db()
    note = OverrideNote.objects.get()
    entry = AuditEntry.objects.get()
    assert (found, getattr(tenant, key)) == ((302, {}), value)
    assert (note.tenant, note.key, note.reason, note.actor, note.expires_at) == (
        tenant,
        key,
        "Trial",
        admin,
        datetime(2099, 1, 1, 8, 30, tzinfo=UTC),
    )
    assert (entry.action, entry.actor, entry.tenant, entry.object_label, entry.before, entry.after) == (
        "override.changed",
        admin,
        tenant,
        key,
        {key: None, "reason": "", "expires_at": None},
        {key: value, "reason": "Trial", "expires_at": "2099-01-01T08:30:00+00:00"},
    )


@pytest.mark.parametrize("choice", ["yes", "no"])
def test_inheriting_again(choice: str, office: Client, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(can_white_label=choice == "yes")
    OverrideNote.objects.create(tenant=tenant, key="can_white_label", reason="Trial")

    found = change(office, tenant_page(tenant), choice_can_white_label="inherit", reason_can_white_label="Over")

    tenant.refresh_from_db()
    assert (found, tenant.can_white_label, OverrideNote.objects.count()) == ((302, {}), None, 0)
    assert audited() == [
        (
            "override.changed",
            {"can_white_label": choice == "yes", "reason": "Trial"},
            {"can_white_label": None, "reason": "Over"},
        )
    ]


def test_an_expired_override_is_as_if_absent_and_shown(office: Client, tenant: Tenant) -> None:
    past = timezone.now() - timedelta(days=1)
    Tenant.objects.filter(pk=tenant.pk).update(can_white_label=True, max_users=-1)
    for key in ("can_white_label", "max_users"):
        OverrideNote.objects.create(tenant=tenant, key=key, reason="Trial", expires_at=past)

    page = office.get(tenant_page(tenant))

    found = Tenant.objects.get(pk=tenant.pk)
    assert (found.has_feature("can_white_label"), found.limit_of("max_users")) == (False, 20)
    assert "not in force now" in page.content.decode()
    assert change(office, tenant_page(tenant)) == (302, {})
    assert audited() == []


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"choice_can_white_label": "yes"}, {"reason_can_white_label": ["Say why."]}),
        ({"choice_can_white_label": "yes", "reason_can_white_label": "  "}, {"reason_can_white_label": ["Say why."]}),
        (
            {
                "choice_can_white_label": "yes",
                "reason_can_white_label": "x",
                "until_can_white_label": "2020-01-01T00:00",
            },
            {"until_can_white_label": ["That time has passed already."]},
        ),
        (
            {"choice_can_white_label": "maybe", "reason_can_white_label": "x"},
            {"choice_can_white_label": ["Select a valid choice. maybe is not one of the available choices."]},
        ),
        ({"choice_max_users": "number", "reason_max_users": "x"}, {"number_max_users": ["Give a number."]}),
        (
            {"choice_max_users": "number", "number_max_users": "-2", "reason_max_users": "x"},
            {"number_max_users": ["Ensure this value is greater than or equal to 0."]},
        ),
        (
            {"choice_max_users": "number", "number_max_users": "2147483648", "reason_max_users": "x"},
            {"number_max_users": ["Ensure this value is less than or equal to 2147483647."]},
        ),
        (
            {"choice_max_users": "number", "number_max_users": "many", "reason_max_users": "x"},
            {"number_max_users": ["Enter a whole number."]},
        ),
        ({"timezone": "Mars"}, {"timezone": ["'Mars' is not an IANA time zone name. Use one such as Europe/Berlin."]}),
        ({"currency": "eur"}, {"currency": ["Use an ISO 4217 code such as EUR."]}),
        ({"name": ""}, {"name": ["This field is required."]}),
        ({"accent_color": "green"}, {"accent_color": ["Use a color such as #2f6f4f."]}),
    ],
)
def test_what_cannot_be_used_is_refused_where_it_stands(
    sent: dict[str, str], errors: dict[str, list[str]], office: Client, tenant: Tenant
) -> None:
    before = Tenant.objects.filter(pk=tenant.pk).values().get()

    assert change(office, tenant_page(tenant), **sent) == (200, errors)

    assert (Tenant.objects.filter(pk=tenant.pk).values().get(), audited()) == (before, [])


def test_a_page_sent_back_unchanged_changes_nothing(office: Client, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(
        can_white_label=True,
        can_api_access=False,
        max_users=-1,
        max_resources=0,
        suspended_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    OverrideNote.objects.create(tenant=tenant, key="max_users", reason="Trial", expires_at=timezone.now())
    before = Tenant.objects.filter(pk=tenant.pk).values().get()

    assert change(office, tenant_page(tenant)) == (302, {})

    assert (Tenant.objects.filter(pk=tenant.pk).values().get(), audited()) == (before, [])
    assert OverrideNote.objects.get().reason == "Trial"


def test_the_plan_and_a_suspension_are_not_changed_in_passing(office: Client, tenant: Tenant) -> None:
    free = SubscriptionPlan.objects.get(code="free")
    page = office.get(tenant_page(tenant))
    Tenant.objects.filter(pk=tenant.pk).update(plan=free, suspended_at=timezone.now())

    response = office.post(
        tenant_page(tenant), {**filled_in(page), "name": "Acme & Sons", "plan": "1", "suspended_at": ""}
    )

    found = Tenant.objects.get(pk=tenant.pk)
    assert (response.status_code, found.name, found.plan, found.is_suspended) == (302, "Acme & Sons", free, True)
    assert audited() == [("tenant.changed", {"name": "Acme"}, {"name": "Acme & Sons"})]


def test_an_override_somebody_else_changed_meanwhile_is_not_undone(office: Client, tenant: Tenant) -> None:
    page = office.get(tenant_page(tenant))
    Tenant.objects.filter(pk=tenant.pk).update(can_white_label=True)

    response: Any = office.post(tenant_page(tenant), {**filled_in(page), "name": "Other"})

    tenant.refresh_from_db()
    assert response.context["adminform"].form.errors["__all__"][0].startswith("Somebody else changed the overrides")
    assert (tenant.name, tenant.can_white_label) == ("Acme", True)


@pytest.mark.parametrize(("typed", "stored"), [("#2f6f4f", "#2f6f4f"), ("", None)])
def test_a_color_of_its_own(typed: str, stored: str | None, office: Client, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(accent_color="#112233")

    assert change(office, tenant_page(tenant), accent_color=typed) == (302, {})

    assert audited() == [("tenant.changed", {"accent_color": "#112233"}, {"accent_color": stored})]


def test_the_schema_of_a_business_is_shown_and_not_changed(office: Client, tenant: Tenant) -> None:
    assert change(office, tenant_page(tenant), schema_name="public")[0] == 302

    tenant.refresh_from_db()
    assert tenant.schema_name == "acme"


def another_host(tenant: Tenant, host: str, **more: str) -> dict[str, str]:
    """What adding a host sends."""
    sent = {"TOTAL_FORMS": "2", "1-tenant": str(tenant.pk), "1-domain": host, **more}
    return {f"domains-{name}": value for name, value in sent.items()}


def test_a_host_of_its_own(office: Client, admin: User, tenant: Tenant) -> None:
    assert change(office, tenant_page(tenant), **another_host(tenant, "book.acme.example"))[0] == 302

    entry = AuditEntry.objects.get()
    assert set(Domain.objects.filter(tenant=tenant).values_list("domain", "is_primary")) == {
        ("acme.localhost", True),
        ("book.acme.example", False),
    }
    assert (entry.action, entry.actor, entry.tenant, entry.object_label) == (
        "domain.created",
        admin,
        tenant,
        "book.acme.example",
    )


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"1-is_primary": "on"}, "Choose exactly one primary host: links in e-mails lead there."),
        ({"0-DELETE": "on"}, "Choose exactly one primary host: links in e-mails lead there."),
        ({"1-domain": "localhost"}, "A host of the platform itself cannot be a business's."),
    ],
)
def test_hosts_that_would_leave_the_business_out_of_reach(
    more: dict[str, str], problem: str, office: Client, tenant: Tenant
) -> None:
    page = office.get(tenant_page(tenant))
    sent = {**filled_in(page), **another_host(tenant, "book.acme.example", **more)}

    response: Any = office.post(tenant_page(tenant), sent)

    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.non_form_errors() == [problem]
    assert Domain.objects.filter(tenant=tenant).count() == 1
