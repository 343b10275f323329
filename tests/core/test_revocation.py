"""Ending sessions and tokens from outside."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.handoffs import HandoffInvalid, issue, redeem
from core.models import ApiToken, AuditEntry, Membership, Role, Scope, SupportAccess, Tenant, User
from core.revocation import Revocation, revoke_of_business, revoke_of_person
from core.tokens import issue_named_token, issue_sign_in_token
from tests.core.browser import Browser, person
from tests.core.supporters import in_the_place_of, member, supporter

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SESSIONS = Revocation(sign_in_tokens=False, named_tokens=False)
SESSION = "/api/session/"


def is_in(browser: Browser) -> bool:
    """Tell whether the browser is signed in."""
    return browser.get(SESSION).json()["user"] is not None


def signed_in(email: str, host: str = "acme.localhost") -> Browser:
    """A browser in which somebody is signed in."""
    browser = Browser(host)
    assert browser.sign_in(email).status_code == 200
    return browser


def test_a_person_s_sessions_end_everywhere_and_nobody_else_s(tenant: Tenant, other_tenant: Tenant) -> None:
    both = person("both@acme.example", (tenant, Role.STAFF), (other_tenant, Role.OWNER))
    person("bob@acme.example", (tenant, Role.STAFF))
    mine = [signed_in(both.email), signed_in(both.email), signed_in(both.email, "bravo.localhost")]
    bob = signed_in("bob@acme.example")

    revoke_of_person(user=both, what=SESSIONS, by=None)

    assert [is_in(one) for one in (*mine, bob)] == [False, False, False, True]
    assert is_in(signed_in(both.email))


def test_a_business_s_sessions_end_there_and_nowhere_else(tenant: Tenant, other_tenant: Tenant) -> None:
    both = person("both@acme.example", (tenant, Role.STAFF), (other_tenant, Role.OWNER))
    here, there = signed_in(both.email), signed_in(both.email, "bravo.localhost")

    revoke_of_business(tenant=tenant, what=SESSIONS, by=None)

    assert [is_in(here), is_in(there)] == [False, True]
    assert is_in(signed_in(both.email))


def test_a_platform_admin_s_session_in_the_back_office_ends_too(db: None) -> None:
    sue = supporter()
    office = Browser("localhost")
    office.force_login(sue, backend="django.contrib.auth.backends.ModelBackend")
    assert office.get("/admin/").status_code == 200

    revoke_of_person(user=sue, what=SESSIONS, by=None)

    assert office.get("/admin/").status_code == 302


def test_it_takes_as_many_queries_for_many_sessions_as_for_one(tenant: Tenant) -> None:
    ann = person("ann@acme.example", (tenant, Role.STAFF))
    counts = []
    for number in (1, 3):
        for _ in range(number):
            signed_in(ann.email)
        with CaptureQueriesContext(connection) as queries:
            revoke_of_person(user=ann, what=SESSIONS, by=None)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_what_was_under_way_ends_too(tenant: Tenant) -> None:
    ann, sue = member(tenant), supporter()
    secret = issue(user=ann.user, tenant=tenant)
    browser = in_the_place_of(ann, by=sue)

    revoke_of_person(user=ann.user, what=SESSIONS, by=None)

    with pytest.raises(HandoffInvalid):
        redeem(secret=secret, tenant=tenant)
    assert not is_in(browser)
    assert SupportAccess.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("what", "left"),
    [
        (Revocation(), set()),
        (Revocation(named_tokens=False), {"program"}),
        (Revocation(sign_in_tokens=False), {""}),
        (SESSIONS, {"", "program"}),
    ],
)
def test_tokens(what: Revocation, left: set[str], tenant: Tenant) -> None:
    person("bob@acme.example", (tenant, Role.OWNER))
    ann, bob = member(tenant), Membership.objects.get(user__email="bob@acme.example")
    for owner in (ann, bob):
        issue_sign_in_token(membership=owner, now=NOW)
        issue_named_token(membership=owner, name="program", scope=Scope.READ, expires_at=None)

    count = revoke_of_person(user=ann.user, what=what, by=None, now=NOW)

    usable = ApiToken.objects.filter(revoked_at__isnull=True)
    assert set(usable.filter(user=ann.user).values_list("name", flat=True)) == left
    assert (count, usable.filter(user=bob.user).count()) == (2 - len(left), 2)
    assert set(ApiToken.objects.filter(revoked_at__isnull=False).values_list("revoked_at", flat=True)) <= {NOW}


def test_tokens_of_a_business(tenant: Tenant, other_tenant: Tenant) -> None:
    both = person("both@acme.example", (tenant, Role.STAFF), (other_tenant, Role.OWNER))
    for one in Membership.objects.filter(user=both).select_related("user", "tenant"):
        issue_sign_in_token(membership=one)

    revoke_of_business(tenant=tenant, what=Revocation(), by=None)

    mine = ApiToken.objects.filter(user=both, revoked_at__isnull=True)
    assert [token.tenant for token in mine] == [other_tenant]


def test_it_is_recorded(tenant: Tenant) -> None:
    ann, sue = member(tenant), supporter()

    revoke_of_person(user=ann.user, what=Revocation(named_tokens=False), by=sue)
    revoke_of_business(tenant=tenant, what=Revocation(), by=sue)

    entries = AuditEntry.objects.filter(action__endswith="access_revoked").order_by("pk")
    kinds = {"sessions": True, "sign_in_tokens": True}
    assert [(one.action, one.tenant, one.actor, one.object_label, one.after) for one in entries] == [
        ("user.access_revoked", None, sue, ann.user.email, {**kinds, "named_tokens": False, "tokens_revoked": 0}),
        ("tenant.access_revoked", tenant, sue, "Acme", {**kinds, "named_tokens": True, "tokens_revoked": 0}),
    ]


def test_sessions_from_before_there_were_epochs_go_on(tenant: Tenant) -> None:
    ann = person("ann@acme.example", (tenant, Role.STAFF))
    browser = signed_in(ann.email)
    session = browser.session
    del session["tenant_epoch"]
    session.save()

    assert (is_in(browser), User.objects.get(pk=ann.pk).session_epoch) == (True, 0)
