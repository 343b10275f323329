"""The command line: create_tenant, explain_entitlement, housekeeping."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import topics
from core.housekeeping import tidy_up
from core.models import ApiToken, Invitation, OverrideNote, Role, Tenant, User
from core.tokens import issue_sign_in_token
from schedule.models import Resource
from tests.core.schemas import schema_set
from tests.fixtures import PutOnPlan


def output(*arguments: str, **options: Any) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


CHARLIE = (
    "create_tenant",
    "--name=Charlie & Sons",
    "--subdomain=charlie",
    "--timezone=Europe/Berlin",
    "--plan=free",
    "--owner-email=owner@charlie.example",
    "--owner-password=correct horse battery",
)


# --- create_tenant -----------------------------------------------------------------------------------------------


def test_creating_a_business_prints_json(db: None) -> None:
    printed = output(*CHARLIE, "--currency=EUR", "--json")

    tenant = Tenant.objects.get(schema_name="charlie")
    assert json.loads(printed) == {
        "id": tenant.pk,
        "name": "Charlie & Sons",
        "schema": "charlie",
        "url": "http://charlie.localhost:8000/",
        "plan": "free",
        "owner": "owner@charlie.example",
    }
    assert (
        tenant.currency,
        User.objects.get(email="owner@charlie.example").check_password("correct horse battery"),
    ) == (
        "EUR",
        True,
    )


def test_creating_a_business_prints_a_sentence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = Tenant.objects.get(schema_name="acme")
    monkeypatch.setattr("core.management.commands.create_tenant.create_tenant", lambda **_: acme)

    assert output(*CHARLIE) == "Created Acme at http://acme.localhost:8000/ with the owner owner@charlie.example.\n"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--subdomain=acme", "subdomain: 'acme' is taken. Choose another."),
        ("--subdomain=../x", "subdomain: Use 2 to 48 lower-case letters, digits and hyphens, beginning with a letter."),
        ("--timezone=Mars", "timezone: 'Mars' is not an IANA time zone name. Use one such as Europe/Berlin."),
        ("--owner-email=nobody", "owner_email: Enter a valid email address."),
    ],
)
def test_a_value_that_cannot_be_used(option: str, message: str, db: None) -> None:
    with pytest.raises(CommandError) as caught:
        call_command(*CHARLIE, option)

    assert str(caught.value) == message
    assert not Tenant.objects.filter(schema_name="charlie").exists()
    assert not User.objects.filter(email="owner@charlie.example").exists()


def test_an_option_that_is_missing(db: None) -> None:
    with pytest.raises(CommandError, match="--owner-password"):
        call_command(*CHARLIE[:-1])


# --- explain_entitlement -----------------------------------------------------------------------------------------


def test_explaining_a_feature_the_plan_includes(tenant: Tenant) -> None:
    assert output("explain_entitlement", "acme", "advanced_analytics").splitlines() == [
        "Acme · plan Professional · advanced_analytics: yes",
        "source: plan",
        "  - no override on the tenant",
        "  - the plan includes it",
    ]


def test_explaining_a_feature_the_plan_lacks(tenant: Tenant, put_on_plan: PutOnPlan) -> None:
    put_on_plan("free")
    Tenant.objects.filter(pk=tenant.pk).update(can_api_access=True)
    OverrideNote.objects.create(tenant=tenant, key="can_api_access", reason="Trial", expires_at=timezone.now())

    assert output("explain_entitlement", "acme", "can_api_access").splitlines() == [
        "Acme · plan Free · can_api_access: no",
        "source: default",
        "  - the tenant's override is not in force now",
        "  - the plan does not mention it",
        "  - the feature's default counts",
        "cheapest plan that unlocks it: Professional",
    ]


def test_explaining_a_key_nobody_registered(tenant: Tenant) -> None:
    assert output("explain_entitlement", "acme", "save").splitlines() == [
        "Acme · plan Professional · save: no",
        "source: unknown_feature",
        "  - the registry does not know this key: only the plan may grant it",
    ]


def test_explaining_a_quota(tenant: Tenant) -> None:
    Resource.objects.create(name="Chair")

    assert output("explain_entitlement", "acme", "max_resources").splitlines() == [
        "Acme · plan Professional · max_resources: 1 of 15 (ok)",
        "source: plan",
    ]


def test_explaining_a_quota_of_the_business_s_own(tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(max_resources=-1)

    assert output("explain_entitlement", "acme", "max_resources").splitlines() == [
        "Acme · plan Professional · max_resources: 0 of unlimited (unlimited)",
        "source: override on the tenant",
    ]


def test_explaining_a_monthly_quota(tenant: Tenant) -> None:
    first, second, third = output("explain_entitlement", "acme", "max_appointments").splitlines()

    assert (first, second) == ("Acme · plan Professional · max_appointments: 0 of 5000 (ok)", "source: plan")
    assert third.startswith("counts from zero again at ")


def test_explaining_an_unknown_business(db: None) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("explain_entitlement", "nobody", "can_api_access")

    assert str(caught.value) == "There is no business 'nobody'. There are: acme, bravo."


# --- housekeeping ------------------------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Mapping[str, Any]]]:
    """In which schema `housekeeping.due` was told, and what; nothing else subscribes."""
    heard: list[tuple[str, Mapping[str, Any]]] = []
    monkeypatch.setattr(topics, "_receivers", defaultdict(list))

    @topics.subscribe("housekeeping.due")
    def receiver(fact: Mapping[str, Any]) -> None:
        heard.append((schema_set(), fact))

    return heard


def test_housekeeping_is_told_in_every_schema(told: list[Any], db: None) -> None:
    now = timezone.now()

    tidy_up(now)

    assert told == [("acme", {"at": now.isoformat()}), ("bravo", {"at": now.isoformat()})]
    assert schema_set() == "public"


def days(number: float) -> datetime:
    """A moment that many days from now."""
    return timezone.now() + timedelta(days=number)


def test_what_has_had_its_day_is_deleted(tenant: Tenant, told: list[Any]) -> None:
    for key, end in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=days(end))
        Invitation.objects.create(
            tenant=tenant, email=f"{key}@acme.example", role=Role.STAFF, digest=key, expires_at=days(end)
        )
    Invitation.objects.create(
        tenant=tenant, email="u@acme.example", role=Role.STAFF, digest="u", expires_at=days(-9), accepted_at=days(-10)
    )
    user = User.objects.get(email="owner@acme.example")
    for name, expires_at, revoked_at in (
        ("endless", None, None),
        ("fresh", days(30), None),
        ("expired", days(-89), None),
        ("long expired", days(-91), None),
        ("revoked", days(30), days(-89)),
        ("long revoked", None, days(-91)),
    ):
        ApiToken.objects.create(
            user=user,
            tenant=tenant,
            name=name,
            prefix="sst_",
            digest=name,
            expires_at=expires_at,
            revoked_at=revoked_at,
        )

    assert output("housekeeping") == ""

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert set(Invitation.objects.values_list("digest", flat=True)) == {"new", "u"}
    assert set(ApiToken.objects.filter(tenant=tenant).values_list("name", flat=True)) == {
        "endless",
        "fresh",
        "expired",
        "revoked",
    }


def test_usable_tokens_are_left_alone(tenant: Tenant, told: list[Any]) -> None:
    token = issue_sign_in_token(membership=tenant.memberships.select_related("user", "tenant").get()).token

    tidy_up(timezone.now())

    assert list(ApiToken.objects.filter(tenant=tenant)) == [token]
