"""Support in a member's place: who may, for how long, and what is left of it in the audit log."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tenants.utils import tenant_context

from core.errors import Conflict, FieldError, Forbidden
from core.impersonation import (
    GRANT_LIFETIME,
    SESSION_LIFETIME,
    SupportAccessOff,
    SupportLinkInvalid,
    allow_support,
    begin,
    end,
    grant,
    running,
)
from core.models import AuditEntry, Membership, Role, SupportAccess, Tenant, User
from tests.core.browser import Browser, person
from tests.core.supporters import REASON, SESSION, SUPPORT, arrive, in_the_place_of, member, supporter

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
INVALID = {
    "detail": "This link has been used or has expired. Begin again in the back office.",
    "code": "support_link_invalid",
}


@pytest.fixture
def sue(db: None) -> User:
    """Somebody of the platform's support."""
    return supporter()


@pytest.fixture
def ann(tenant: Tenant) -> Membership:
    """An owner of Acme."""
    return member(tenant)


def test_into_a_member_s_place(sue: User, ann: Membership, tenant: Tenant) -> None:
    browser = in_the_place_of(ann, by=sue)

    body = browser.get(SESSION).json()

    access = SupportAccess.objects.get()
    assert access.started_at is not None
    assert access.ends_at == access.started_at + SESSION_LIFETIME
    assert body["user"] == {"id": ann.user_id, "email": "ann@acme.example", "name": "", "role": "owner"}
    ends_at = access.ends_at.isoformat().replace("+00:00", "Z")
    assert body["impersonation"] == {"by": "Sue Port", "reason": REASON, "ends_at": ends_at}
    assert (access.tenant, access.by, access.person, access.person_label) == (tenant, sue, ann.user, "ann@acme.example")


def test_the_audit_log_has_the_grant_and_both_people(sue: User, ann: Membership, tenant: Tenant) -> None:
    browser = in_the_place_of(ann, by=sue, REMOTE_ADDR="192.0.2.7")
    browser.send("PATCH", "/api/me/", {"name": "Ann"})
    browser.send("DELETE", SESSION)

    entries = AuditEntry.objects.order_by("pk")
    assert [(one.action, one.actor, one.impersonator, one.impersonator_label) for one in entries] == [
        ("support.granted", sue, None, ""),
        ("support.began", ann.user, sue, "sue@platform.example"),
        ("user.renamed", ann.user, sue, "sue@platform.example"),
        ("support.ended", ann.user, sue, "sue@platform.example"),
    ]
    assert {(one.tenant, one.tenant_label) for one in entries} == {(tenant, "Acme")}
    assert entries[0].after == {"reason": REASON}
    assert entries[2].ip_address == "192.0.2.7"


def test_nobody_is_named_in_the_request_after_it(sue: User, ann: Membership, tenant: Tenant) -> None:
    in_the_place_of(ann, by=sue)
    own = Browser()
    own.sign_in("ann@acme.example")

    own.send("PATCH", "/api/me/", {"name": "Ann"})

    assert AuditEntry.objects.get(action="user.renamed").impersonator is None


def test_the_person_s_last_sign_in_is_not_support_s(sue: User, ann: Membership) -> None:
    before = timezone.now() - timedelta(days=9)
    User.objects.filter(pk=ann.user_id).update(last_login=before)

    in_the_place_of(ann, by=sue)

    assert User.objects.get(pk=ann.user_id).last_login == before


def test_only_the_digest_is_stored(sue: User, ann: Membership) -> None:
    secret = grant(by=sue, membership=ann, reason=f"  {REASON} ", now=NOW)

    row = SupportAccess.objects.get()
    assert (len(secret), len(row.digest), secret in row.digest) == (43, 64, False)
    assert (row.reason, row.expires_at, row.started_at, row.ends_at) == (REASON, NOW + GRANT_LIFETIME, None, None)


def test_a_grant_works_for_a_minute(sue: User, ann: Membership, tenant: Tenant) -> None:
    early, late = (grant(by=sue, membership=ann, reason=REASON, now=NOW) for _ in range(2))

    access, membership = begin(secret=early, tenant=tenant, now=NOW + timedelta(seconds=59))
    with pytest.raises(SupportLinkInvalid):
        begin(secret=late, tenant=tenant, now=NOW + timedelta(seconds=60))

    assert (access.started_at, membership.pk) == (NOW + timedelta(seconds=59), ann.pk)


def test_a_session_works_for_half_an_hour_whatever_happens_in_it(sue: User, ann: Membership, tenant: Tenant) -> None:
    secret = grant(by=sue, membership=ann, reason=REASON, now=NOW)
    access, _ = begin(secret=secret, tenant=tenant, now=NOW)

    found = [
        running(access_id=access.pk, tenant=tenant, now=NOW + after) is not None
        for after in (timedelta(0), timedelta(minutes=29, seconds=59), SESSION_LIFETIME, timedelta(days=1))
    ]

    assert found == [True, True, False, False]


def test_the_server_ends_the_session_when_its_time_is_over(sue: User, ann: Membership) -> None:
    browser = in_the_place_of(ann, by=sue)
    assert browser.get("/api/entitlements/").status_code == 200
    SupportAccess.objects.update(started_at=NOW - timedelta(hours=1), ends_at=NOW)

    found = [browser.get("/api/entitlements/").status_code, browser.get(SESSION).json()["user"]]

    assert found == [401, None]
    assert Session.objects.count() == 0


def test_the_cookie_goes_with_the_session(sue: User, ann: Membership) -> None:
    browser = in_the_place_of(ann, by=sue)

    session = Session.objects.get()
    assert session.expire_date == SupportAccess.objects.get().ends_at
    assert 0 < int(browser.cookies["sessionid"]["max-age"]) <= SESSION_LIFETIME.total_seconds()


@pytest.mark.parametrize("case", ["", "   ", "x" * 301])
def test_there_must_be_a_reason(case: str, sue: User, ann: Membership) -> None:
    with pytest.raises(FieldError, match=r"reason: Say why, in at most 300 characters\."):
        grant(by=sue, membership=ann, reason=case)

    assert not SupportAccess.objects.exists()


@pytest.mark.parametrize("case", ["a business's owner", "staff without the permission", "inactive"])
def test_who_may_not(case: str, sue: User, ann: Membership, tenant: Tenant) -> None:
    by = sue
    if case == "a business's owner":
        by = person("owner2@acme.example", (tenant, Role.OWNER))
    elif case == "inactive":
        by.is_active = False
    else:
        by = User.objects.create_user("clerk@platform.example", is_staff=True)

    with pytest.raises(Forbidden):
        grant(by=by, membership=ann, reason=REASON)


def clerk_who_may() -> User:
    """Platform staff with this one permission."""
    clerk = User.objects.create_user("clerk@platform.example", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="impersonate"))
    return User.objects.get(pk=clerk.pk)


def test_staff_with_the_permission_may(ann: Membership) -> None:
    assert in_the_place_of(ann, by=clerk_who_may()).get("/api/entitlements/").status_code == 200


@pytest.mark.parametrize("case", ["former member", "inactive person", "platform staff", "oneself"])
def test_in_whose_place_nobody_acts(case: str, sue: User, tenant: Tenant) -> None:
    found = member(tenant, email="bob@acme.example")
    if case == "former member":
        found.is_active = False
    elif case == "inactive person":
        found.user.is_active = False
    elif case == "platform staff":
        found.user.is_staff = True
    else:
        found = Membership.objects.create(user=sue, tenant=tenant, role=Role.OWNER)

    with pytest.raises(Conflict) as refused:
        grant(by=sue, membership=found, reason=REASON)

    assert refused.value.code == "cannot_act_as"


def test_an_owner_s_word_counts(sue: User, ann: Membership) -> None:
    allow_support(by=ann, allowed=False)
    ann.tenant.refresh_from_db()

    with pytest.raises(SupportAccessOff, match="An owner of Acme has switched support access off"):
        grant(by=sue, membership=ann, reason=REASON)


@pytest.mark.parametrize(
    "case",
    [
        "unknown",
        "used",
        "expired",
        "another tenant's",
        "former member",
        "inactive person",
        "made staff meanwhile",
        "permission lost",
        "switched off",
        "revoked",
    ],
)
def test_every_refusal_reads_the_same(case: str, ann: Membership, tenant: Tenant, other_tenant: Tenant) -> None:
    by = clerk_who_may()
    secret = grant(by=by, membership=ann, reason=REASON)
    if case == "unknown":
        secret = "x" * 43
    elif case == "used":
        assert arrive(secret)[0] == 200
        Session.objects.all().delete()
    elif case == "expired":
        SupportAccess.objects.update(expires_at=NOW)
    elif case == "another tenant's":
        secret = grant(by=by, membership=member(other_tenant, email="ann@bravo.example"), reason=REASON)
    elif case == "former member":
        Membership.objects.filter(pk=ann.pk).update(is_active=False)
    elif case == "inactive person":
        User.objects.filter(pk=ann.user_id).update(is_active=False)
    elif case == "made staff meanwhile":
        User.objects.filter(pk=ann.user_id).update(is_staff=True)
    elif case == "permission lost":
        by.user_permissions.clear()
    elif case == "switched off":
        Tenant.objects.filter(pk=tenant.pk).update(support_access_allowed=False)
    else:
        SupportAccess.objects.update(ended_at=NOW)

    assert arrive(secret) == (400, INVALID)
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "case",
    [
        "permission lost",
        "staff no more",
        "deactivated",
        "former member",
        "inactive person",
        "switched off",
        "ended",
        "grantor gone",
    ],
)
def test_the_session_ends_with_its_ground(case: str, ann: Membership, tenant: Tenant) -> None:
    by = clerk_who_may()
    browser = in_the_place_of(ann, by=by)
    if case == "permission lost":
        by.user_permissions.clear()
    elif case == "staff no more":
        User.objects.filter(pk=by.pk).update(is_staff=False)
    elif case == "deactivated":
        User.objects.filter(pk=by.pk).update(is_active=False)
    elif case == "former member":
        Membership.objects.filter(pk=ann.pk).update(is_active=False)
    elif case == "inactive person":
        User.objects.filter(pk=ann.user_id).update(is_active=False)
    elif case == "switched off":
        allow_support(by=ann, allowed=False)
    elif case == "ended":
        end(access=SupportAccess.objects.get())
    else:
        SupportAccess.objects.update(by=None)

    assert (browser.get("/api/entitlements/").status_code, browser.get(SESSION).json()["user"]) == (401, None)


def test_the_session_opens_nothing_elsewhere(sue: User, ann: Membership) -> None:
    cookie = in_the_place_of(ann, by=sue).cookies["sessionid"].value
    bravo, platform = Browser("bravo.localhost"), Browser("localhost")
    for browser in (bravo, platform):
        browser.cookies["sessionid"] = cookie

    assert bravo.get(SESSION).json()["user"] is None
    assert bravo.get("/api/entitlements/").status_code == 401
    assert platform.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_it_takes_the_place_of_whoever_was_signed_in(sue: User, ann: Membership, tenant: Tenant) -> None:
    bob = person("bob@acme.example", (tenant, Role.MANAGER))
    browser = Browser()
    browser.sign_in(bob.email)

    arrive(grant(by=sue, membership=ann, reason=REASON), browser)

    assert browser.get(SESSION).json()["user"]["email"] == "ann@acme.example"
    assert Session.objects.count() == 1


def test_signing_in_oneself_leaves_nothing_of_support_behind(sue: User, ann: Membership) -> None:
    browser = in_the_place_of(ann, by=sue)

    browser.sign_in("ann@acme.example")

    assert browser.get(SESSION).json()["impersonation"] is None
    assert browser.send("GET", "/api/tokens/").status_code == 200
    assert browser.send("DELETE", "/api/tokens/0/").status_code == 404


def test_leaving(sue: User, ann: Membership) -> None:
    browser = in_the_place_of(ann, by=sue)
    kept = browser.cookies["sessionid"].value

    status = browser.send("DELETE", SESSION).status_code

    browser.cookies["sessionid"] = kept
    assert (status, browser.get(SESSION).json()["user"]) == (204, None)
    assert SupportAccess.objects.get().ended_at is not None


def test_a_page_of_another_origin_cannot_use_it(sue: User, ann: Membership) -> None:
    secret = grant(by=sue, membership=ann, reason=REASON)

    found = [
        Browser(HTTP_ORIGIN="http://evil.example").send("POST", SUPPORT, {"token": secret}),
        Browser().send("POST", SUPPORT, {"token": secret}, csrf=False),
    ]

    assert [(one.status_code, one.json()["code"]) for one in found] == [(403, "permission_denied")] * 2
    assert SupportAccess.objects.get().started_at is None


def test_a_grant_of_one_business_is_nothing_in_another(sue: User, ann: Membership, other_tenant: Tenant) -> None:
    secret = grant(by=sue, membership=ann, reason=REASON)

    with tenant_context(other_tenant), pytest.raises(SupportLinkInvalid):
        begin(secret=secret, tenant=other_tenant)

    assert arrive(secret)[0] == 200
