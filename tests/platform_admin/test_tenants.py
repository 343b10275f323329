"""Businesses in the back office, and what is only looked at there."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from core.models import AuditEntry, Domain, OverrideNote, Tenant, User
from core.models import SubscriptionPlan as CorePlan
from core.tokens import issue_sign_in_token
from tests.platform_admin.office import TENANTS, change, tenant_page


def test_the_list_of_businesses(office: Client) -> None:
    page = office.get(f"{TENANTS}?q=acme").content.decode()

    assert ("Acme" in page, "Bravo" in page) == (True, False)


@pytest.mark.parametrize(("choice", "value"), [("true", True), ("false", False), ("unknown", None)])
def test_an_override_says_yes_no_or_inherits(
    choice: str, value: bool | None, office: Client, admin: User, tenant: Tenant
) -> None:
    before = not value if value is not None else True
    Tenant.objects.filter(pk=tenant.pk).update(can_white_label=before)

    found = change(office, tenant_page(tenant), can_white_label=choice)

    tenant.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (found, tenant.can_white_label) == ((302, {}), value)
    assert (entry.action, entry.actor, entry.tenant, entry.before, entry.after) == (
        "tenant.changed",
        admin,
        tenant,
        {"can_white_label": before},
        {"can_white_label": value},
    )


def test_a_page_sent_back_unchanged_leaves_every_override_as_it_was(office: Client, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(
        can_white_label=True,
        can_api_access=False,
        max_users=-1,
        max_resources=0,
        suspended_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    before = Tenant.objects.filter(pk=tenant.pk).values().get()

    assert change(office, tenant_page(tenant)) == (302, {})

    assert Tenant.objects.filter(pk=tenant.pk).values().get() == before


def test_a_business_moves_to_another_plan(office: Client, tenant: Tenant, other_tenant: Tenant) -> None:
    free = CorePlan.objects.get(code="free")

    assert change(office, tenant_page(tenant), plan=str(free.pk), max_users="7", max_resources="-1")[0] == 302

    found = Tenant.objects.get(pk=tenant.pk)
    assert (found.plan, found.limit_of("max_users"), found.limit_of("max_resources")) == (free, 7, None)
    other_tenant.refresh_from_db()
    assert str(other_tenant.plan) == "Professional"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("timezone", "Mars", "'Mars' is not an IANA time zone name. Use one such as Europe/Berlin."),
        ("currency", "eur", "Use an ISO 4217 code such as EUR."),
        ("max_users", "-2", "Ensure this value is greater than or equal to -1."),
        ("max_users", "x", "Enter a whole number."),
        ("name", "", "This field is required."),
        ("accent_color", "green", "Use a color such as #2f6f4f."),
    ],
)
def test_a_value_that_cannot_be_used(field: str, value: str, error: str, office: Client, tenant: Tenant) -> None:
    assert change(office, tenant_page(tenant), **{field: value}) == (200, {field: [error]})


@pytest.mark.parametrize(("typed", "stored"), [("#2f6f4f", "#2f6f4f"), ("", None)])
def test_a_color_of_its_own(typed: str, stored: str | None, office: Client, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(accent_color="#112233")

    assert change(office, tenant_page(tenant), accent_color=typed) == (302, {})

    tenant.refresh_from_db()
    assert tenant.accent_color == stored
    assert AuditEntry.objects.get().after == {"accent_color": stored}


def test_a_suspension(office: Client, tenant: Tenant) -> None:
    assert change(office, tenant_page(tenant), suspended_at_0="2026-11-22", suspended_at_1="08:00:00")[0] == 302

    tenant.refresh_from_db()
    assert (tenant.is_suspended, tenant.has_feature("advanced_analytics")) == (True, False)
    assert AuditEntry.objects.get().after == {"suspended_at": "2026-11-22 08:00:00+00:00"}


def test_an_override_is_given_a_reason_and_an_end(office: Client, admin: User, tenant: Tenant) -> None:
    found = change(
        office,
        tenant_page(tenant),
        can_white_label="true",
        **{
            "override_notes-TOTAL_FORMS": "1",
            "override_notes-0-tenant": str(tenant.pk),
            "override_notes-0-key": "can_white_label",
            "override_notes-0-reason": "Trial",
            "override_notes-0-actor": str(admin.pk),
            "override_notes-0-expires_at_0": "2020-01-01",
            "override_notes-0-expires_at_1": "00:00:00",
        },
    )

    note = OverrideNote.objects.get()
    assert (found, note.tenant, note.reason, note.actor) == ((302, {}), tenant, "Trial", admin)
    assert Tenant.objects.get(pk=tenant.pk).has_feature("can_white_label") is False
    assert [(one.action, one.tenant, one.actor, one.object_label) for one in AuditEntry.objects.order_by("pk")] == [
        ("tenant.changed", tenant, admin, "Acme"),
        ("overridenote.created", tenant, admin, "can_white_label: Trial"),
    ]
    assert AuditEntry.objects.get(action="overridenote.created").after == {
        "key": "can_white_label",
        "reason": "Trial",
        "actor": "admin@platform.example",
        "effective_from": None,
        "expires_at": "2020-01-01 00:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("sent", "action", "after"),
    [
        ({"override_notes-0-reason": "Goodwill"}, "overridenote.changed", {"reason": "Goodwill"}),
        ({"override_notes-0-DELETE": "on"}, "overridenote.deleted", {}),
    ],
)
def test_a_change_of_an_override_s_reason_is_recorded(
    sent: dict[str, str], action: str, after: dict[str, Any], office: Client, tenant: Tenant
) -> None:
    OverrideNote.objects.create(tenant=tenant, key="can_white_label", reason="Trial")

    assert change(office, tenant_page(tenant), **sent) == (302, {})

    entry = AuditEntry.objects.get(action=action)
    assert (entry.tenant, entry.after) == (tenant, after)


def test_a_domain_of_its_own(office: Client, tenant: Tenant) -> None:
    domain = Domain.objects.get(tenant=tenant)

    found = change(
        office,
        tenant_page(tenant),
        **{"domains-TOTAL_FORMS": "2", "domains-1-tenant": str(tenant.pk), "domains-1-domain": "book.acme.example"},
    )

    assert found[0] == 302
    assert set(Domain.objects.filter(tenant=tenant).values_list("domain", "is_primary")) == {
        (domain.domain, True),
        ("book.acme.example", False),
    }


def test_the_schema_of_a_business_is_shown_and_not_changed(office: Client, tenant: Tenant) -> None:
    assert change(office, tenant_page(tenant), schema_name="public")[0] == 302

    tenant.refresh_from_db()
    assert tenant.schema_name == "acme"


def test_businesses_are_neither_added_nor_deleted_by_a_click(office: Client, tenant: Tenant) -> None:
    found = [
        office.get(f"{TENANTS}add/").status_code,
        office.post(f"{TENANTS}{tenant.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert (found, Tenant.objects.count()) == ([403, 403], 2)


@pytest.mark.parametrize("model", ["apitoken", "auditentry"])
def test_some_rows_are_only_looked_at(model: str, office: Client, tenant: Tenant) -> None:
    token = issue_sign_in_token(membership=tenant.memberships.select_related("user", "tenant").get()).token
    row = token if model == "apitoken" else AuditEntry.objects.create(action="thing.seen", tenant=tenant)
    path = f"/admin/core/{model}/"

    page = office.get(f"{path}{row.pk}/change/")
    found = [
        office.get(path).status_code,
        page.status_code,
        office.get(f"{path}add/").status_code,
        office.post(f"{path}{row.pk}/change/", {"action": "forged", "name": "forged"}).status_code,
        office.post(f"{path}{row.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert found == [200, 200, 403, 403, 403]
    assert token.digest not in page.content.decode()


@pytest.mark.parametrize("path", ["user", "membership", "apitoken", "auditentry", "tenant", "planrequest"])
def test_every_list_can_be_looked_at_and_searched(path: str, office: Client, tenant: Tenant) -> None:
    found = [office.get(f"/admin/core/{path}/{query}").status_code for query in ("", "?q=acme")]

    assert found == [200, 200]


def test_a_person_s_page_shows_no_password(office: Client, admin: User) -> None:
    page = office.get(f"/admin/core/user/{admin.pk}/change/").content.decode()

    assert admin.password not in page
    assert "id_password" not in page
