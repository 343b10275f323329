"""From the back office into a member's place."""

import re
from typing import Any

import pytest
from django.test import Client

from core.impersonation import allow_support
from core.models import AuditEntry, Membership, Role, SupportAccess, Tenant, User
from tests.core.browser import person
from tests.core.supporters import REASON, arrive, in_the_place_of, member

MEMBERS = "/admin/core/membership/"
VISITS = "/admin/core/supportaccess/"


@pytest.fixture
def ann(tenant: Tenant) -> Membership:
    """An owner of Acme."""
    return member(tenant)


def act_as(membership: Membership) -> str:
    """Return the path of the page that asks why."""
    return f"{MEMBERS}{membership.pk}/act-as/"


def test_the_way(office: Client, admin: User, ann: Membership) -> None:
    asked = office.get(act_as(ann)).content.decode()
    led: Any = office.post(act_as(ann), {"reason": REASON})

    page = led.content.decode()
    address = led.context["address"]
    assert "dashboard of <strong>Acme</strong> as <strong>ann@acme.example</strong>" in asked
    assert re.fullmatch(r"http://acme\.localhost:8000/sign-in#support=[\w-]{43}", address)
    assert f'<meta http-equiv="refresh" content="1;url={address}">' in page
    assert f'href="{address}"' in page
    assert ("no-store" in led["Cache-Control"], led["Referrer-Policy"]) == (True, "no-referrer")
    assert arrive(address.partition("=")[2])[0] == 200
    entry = AuditEntry.objects.get(action="support.granted")
    assert (entry.actor, entry.object_label, entry.after) == (admin, "ann@acme.example", {"reason": REASON})


def test_a_reason_is_asked_for(office: Client, ann: Membership) -> None:
    page = office.post(act_as(ann), {"reason": "  "}).content.decode()

    assert "Say why." in page
    assert not SupportAccess.objects.exists()


@pytest.mark.parametrize("case", ["switched off", "former member", "staff"])
def test_a_refusal_is_said_in_words(case: str, office: Client, ann: Membership) -> None:
    words = {
        "switched off": "An owner of Acme has switched support access off.",
        "former member": "ann@acme.example cannot sign in to Acme themselves.",
        "staff": "Nobody acts as somebody of the platform&#x27;s staff.",
    }[case]
    if case == "switched off":
        allow_support(by=ann, allowed=False)
    elif case == "former member":
        Membership.objects.filter(pk=ann.pk).update(is_active=False)
    else:
        User.objects.filter(pk=ann.user_id).update(is_staff=True)

    response = office.post(act_as(ann), {"reason": REASON})

    assert (response.status_code, words in response.content.decode()) == (200, True)
    assert not SupportAccess.objects.exists()


def test_members_lead_there(office: Client, ann: Membership) -> None:
    listed = office.get(MEMBERS).content.decode()
    page = office.get(f"{MEMBERS}{ann.pk}/change/").content.decode()

    assert f'<a href="{act_as(ann)}">Act as …</a>' in listed
    assert f'<a href="{act_as(ann)}">Act as …</a>' in page


def test_a_member_that_is_none_any_more_leads_nowhere(office: Client, tenant: Tenant) -> None:
    person("gone@acme.example", (tenant, Role.STAFF))
    gone = Membership.objects.get(user__email="gone@acme.example")
    Membership.objects.filter(pk=gone.pk).update(is_active=False)

    assert act_as(gone) not in office.get(MEMBERS).content.decode()
    assert act_as(gone) not in office.get(f"{MEMBERS}{gone.pk}/change/").content.decode()


def test_what_becomes_of_it_is_listed_and_can_be_ended(office: Client, admin: User, ann: Membership) -> None:
    browser = in_the_place_of(ann, by=admin)
    access = SupportAccess.objects.get()

    listed = office.get(VISITS).content.decode()
    office.post(VISITS, {"action": "end_now", "_selected_action": [str(access.pk)]})

    assert REASON in listed
    assert browser.get("/api/session/").json()["user"] is None


def test_the_digest_is_not_shown(office: Client, admin: User, ann: Membership) -> None:
    in_the_place_of(ann, by=admin)
    access = SupportAccess.objects.get()

    assert access.digest not in office.get(f"{VISITS}{access.pk}/change/").content.decode()


def test_changing_a_membership_is_recorded_with_its_business(office: Client, admin: User, ann: Membership) -> None:
    office.post(
        f"{MEMBERS}{ann.pk}/change/",
        {"user": ann.user_id, "tenant": ann.tenant_id, "role": "manager", "is_active": "on"},
    )

    entry = AuditEntry.objects.get(action="membership.changed")
    assert (entry.tenant, entry.actor, entry.before, entry.after) == (
        ann.tenant,
        admin,
        {"role": "owner"},
        {"role": "manager"},
    )
