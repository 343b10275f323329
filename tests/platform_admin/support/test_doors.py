"""Every page of support and of the audit log, for everybody who might ask for it."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from core.audit import record
from core.models import Membership, Role, SupportAccess, Tenant, User
from tests.core.browser import person
from tests.core.supporters import in_the_place_of, member, supporter
from tests.platform_admin.office import signed_in

DOORS = {
    "GET /admin/core/membership/": "view_membership",
    "GET /admin/core/membership/{member}/change/": "view_membership",
    "GET /admin/core/membership/{member}/act-as/": "impersonate",
    "POST /admin/core/membership/{member}/act-as/": "impersonate",
    "GET /admin/core/supportaccess/": "view_supportaccess",
    "GET /admin/core/supportaccess/{access}/change/": "view_supportaccess",
    "GET /admin/core/user/": "view_user",
    "GET /admin/core/user/{person}/change/": "view_user",
    "GET /admin/core/user/{person}/revoke/": "revoke_access",
    "POST /admin/core/user/{person}/revoke/": "revoke_access",
    "GET /admin/core/user/{person}/lift-lockouts/": "reset_lockouts",
    "POST /admin/core/user/{person}/lift-lockouts/": "reset_lockouts",
    "GET /admin/core/tenant/{tenant}/revoke/": "revoke_access",
    "POST /admin/core/tenant/{tenant}/revoke/": "revoke_access",
    "GET /admin/axes/accessattempt/": "reset_lockouts",
    "GET /admin/core/apitoken/": "view_apitoken",
    "GET /admin/core/auditentry/": "view_auditentry",
    "GET /admin/core/auditentry/{entry}/change/": "view_auditentry",
    "POST /admin/core/auditentry/export/": "view_auditentry export_auditentry",
    "GET /admin/core/user/{person}/reset-second-factor/": "",
    "POST /admin/core/user/{person}/reset-second-factor/": "",
}
"""What each asks for; nothing: superusers alone."""
CLOSED = (
    "GET /admin/core/auditentry/add/",
    "POST /admin/core/auditentry/{entry}/change/",
    "POST /admin/core/auditentry/{entry}/delete/",
    "GET /admin/core/auditentry/{entry}/history/",
    "GET /admin/core/supportaccess/add/",
    "POST /admin/core/supportaccess/{access}/change/",
    "POST /admin/core/supportaccess/{access}/delete/",
    "POST /admin/core/membership/{member}/delete/",
    "POST /admin/core/user/{person}/delete/",
)


@pytest.fixture
def paths(tenant: Tenant) -> dict[str, int]:
    """The ids that the doors are of."""
    ann = member(tenant)
    in_the_place_of(ann, by=supporter())
    return {
        "member": ann.pk,
        "access": SupportAccess.objects.get().pk,
        "person": ann.user_id,
        "tenant": tenant.pk,
        "entry": record("thing.seen", tenant=tenant, actor=None).pk,
    }


def knock(client: Client, door: str, paths: dict[str, int]) -> int:
    """Return the status of an empty request."""
    method, path = door.format(**paths).split(" ")
    return client.get(path).status_code if method == "GET" else client.post(path).status_code


def clerk(permissions: str) -> Client:
    """Platform staff with these permissions."""
    user = person("clerk@platform.example")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions.split()))
    return signed_in(user)


@pytest.mark.parametrize("door", [*DOORS, *CLOSED])
def test_nobody_and_a_business_s_owner_are_asked_to_sign_in(door: str, paths: dict[str, int], tenant: Tenant) -> None:
    owner = signed_in(person("olga@acme.example", (tenant, Role.OWNER)))

    assert [knock(one, door, paths) for one in (Client(SERVER_NAME="localhost"), owner)] == [302, 302]


@pytest.mark.parametrize("door", [*DOORS, *CLOSED])
def test_staff_without_the_permission_are_refused(door: str, paths: dict[str, int]) -> None:
    assert knock(clerk(""), door, paths) == 403


@pytest.mark.parametrize(("door", "asked"), [one for one in DOORS.items() if one[1]])
def test_staff_with_the_permission_come_in(door: str, asked: str, paths: dict[str, int]) -> None:
    assert knock(clerk(asked), door, paths) in {200, 302}


@pytest.mark.parametrize("door", DOORS)
def test_superusers_come_in(door: str, paths: dict[str, int], office: Client) -> None:
    assert knock(office, door, paths) in {200, 302}


@pytest.mark.parametrize("door", CLOSED)
def test_some_are_closed_to_everybody(door: str, paths: dict[str, int], office: Client) -> None:
    assert knock(office, door, paths) == 403


@pytest.mark.parametrize("door", [*DOORS, *CLOSED])
def test_a_business_s_host_has_none_of_them(door: str, paths: dict[str, int], admin: User) -> None:
    client = Client(SERVER_NAME="acme.localhost")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")

    assert knock(client, door, paths) == 404


def test_what_is_not_there_is_not_found(office: Client) -> None:
    found = [
        office.get(path).status_code
        for path in (
            "/admin/core/membership/999999/act-as/",
            "/admin/core/user/999999/revoke/",
            "/admin/core/tenant/999999/revoke/",
        )
    ]

    assert found == [404] * 3
    assert Membership.objects.filter(pk=999999).exists() is False


def test_no_page_holds_an_inline_script(office: Client, paths: dict[str, int]) -> None:
    for door in DOORS:
        method, path = door.format(**paths).split(" ")
        if method == "GET":
            page = office.get(path).content.decode()
            assert "<script>" not in page
            assert "onclick=" not in page
