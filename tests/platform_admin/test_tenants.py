"""What is only looked at in the back office, and lists that can be searched."""

import pytest
from django.test import Client

from core.models import AuditEntry, Tenant, User
from core.tokens import issue_sign_in_token


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


def test_each_field_of_a_host_has_a_name(office: Client, tenant: Tenant) -> None:
    page = office.get(f"/admin/core/tenant/{tenant.pk}/change/")

    [hosts] = page.context["inline_admin_formsets"]
    for row in hosts.formset.forms:
        names = {
            name: field.widget.attrs["aria-label"] for name, field in row.fields.items() if not field.widget.is_hidden
        }
        assert {"domain": "Host", "is_primary": "Primary host", "DELETE": "Delete host"}.items() <= names.items()
