"""A business: its overrides, what it may do, and which rows the database admits."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.entitlement_rules import Source
from core.installed import registry
from core.models import Domain, OverrideNote, SubscriptionPlan, Tenant
from core.models.tenant import validate_schema_name
from core.tenancy import _tenant_of_host
from core.tokens import find_token, issue_sign_in_token
from tests.core.test_plan import NAMES, QUOTAS

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "key", ["save", "delete", "name", "pk", "objects", "is_suspended", "schema_name", "", "__class__", "max_users"]
)
def test_an_attribute_is_not_a_feature(key: str, tenant: Tenant) -> None:
    assert tenant.has_feature(key) is False


def test_the_plan_alone_may_grant_a_key_nobody_registered(tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan(permissions={"save": True, "beta": True, "gamma": "true"})

    assert [tenant.has_feature(key) for key in ("save", "beta", "gamma")] == [True, True, False]


@pytest.mark.parametrize("key", NAMES)
def test_every_feature_can_be_overridden(key: str, tenant: Tenant) -> None:
    field = Tenant._meta.get_field(key)
    assert isinstance(field, models.BooleanField)
    assert (field.null, field.default) == (True, None)
    found = []
    for value in (None, True, False):
        setattr(tenant, key, value)
        tenant.plan = SubscriptionPlan(permissions={key: True})
        granted = tenant.has_feature(key)
        tenant.plan = SubscriptionPlan(permissions={})
        found.append((value, granted, tenant.has_feature(key)))

    assert found == [(None, True, False), (True, True, True), (False, False, False)]


@pytest.mark.parametrize("key", QUOTAS)
def test_every_quota_can_be_overridden(key: str, tenant: Tenant) -> None:
    field = Tenant._meta.get_field(key)
    assert isinstance(field, models.IntegerField)
    assert (field.null, field.default) == (True, None)
    tenant.plan = SubscriptionPlan(limits={key: 7})
    found = []
    for value in (None, -1, 0, 3):
        setattr(tenant, key, value)
        found.append(tenant.limit_of(key))

    assert found == [7, None, 0, 3]


def test_a_limit_the_plan_does_not_mention_is_none(tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan(limits={})

    assert tenant.limit_of("max_users") is None


def test_without_a_plan_nothing_is_admitted(tenant: Tenant) -> None:
    tenant.plan = None

    assert [tenant.limit_of(key) for key in QUOTAS] == [0] * 6
    assert {key: tenant.has_feature(key) for key in NAMES} == dict.fromkeys(NAMES, False)


@pytest.mark.parametrize("key", ["max_typo", "save", "name", "", "can_api_access"])
def test_a_limit_nobody_declares_is_a_mistake_and_not_unlimited(key: str, tenant: Tenant) -> None:
    with pytest.raises(LookupError, match=f"no manifest declares the quota '{key}'"):
        tenant.limit_of(key)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (None, None, (True, Source.OVERRIDE)),
        (-1, 1, (True, Source.OVERRIDE)),
        (None, 0, (False, Source.DEFAULT)),
        (-2, -1, (False, Source.DEFAULT)),
        (1, None, (False, Source.DEFAULT)),
    ],
)
def test_an_override_holds_as_long_as_its_note_says(
    starts: int | None, ends: int | None, expected: tuple[bool, Source], tenant: Tenant
) -> None:
    tenant.plan = SubscriptionPlan(permissions={})
    tenant.can_api_access = True
    OverrideNote.objects.create(
        tenant=tenant,
        key="can_api_access",
        reason="Trial",
        effective_from=None if starts is None else NOW + timedelta(days=starts),
        expires_at=None if ends is None else NOW + timedelta(days=ends),
    )
    OverrideNote.objects.create(tenant=tenant, key="can_export_data", reason="…", expires_at=NOW - timedelta(days=9))

    found = tenant.decide("can_api_access", now=NOW)

    assert (found.allowed, found.source) == expected


def test_a_refusal_that_has_expired_is_as_if_absent(tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan(permissions={"can_api_access": True})
    tenant.can_api_access = False
    OverrideNote.objects.create(tenant=tenant, key="can_api_access", reason="…", expires_at=NOW)

    assert tenant.decide("can_api_access", now=NOW).source is Source.PLAN


def test_a_note_without_a_value_changes_nothing(tenant: Tenant) -> None:
    OverrideNote.objects.create(tenant=tenant, key="can_api_access", reason="…")
    tenant.plan = SubscriptionPlan(permissions={})

    assert tenant.decide("can_api_access", now=NOW).source is Source.DEFAULT


def test_suspension_withholds_what_the_plan_and_an_override_grant(tenant: Tenant) -> None:
    tenant.suspended_at = timezone.now()
    tenant.can_export_data = True
    tenant.can_api_access = False

    found = {key: tenant.decide(key) for key in ("advanced_analytics", "can_export_data", "can_api_access")}

    assert {key: (one.allowed, one.source) for key, one in found.items()} == {
        "advanced_analytics": (False, Source.SUSPENDED),
        "can_export_data": (False, Source.SUSPENDED),
        "can_api_access": (False, Source.OVERRIDE),
    }


def overridden(tenant: Tenant) -> None:
    """Give the tenant an override with a note and one without."""
    Tenant.objects.filter(pk=tenant.pk).update(can_white_label=True, can_api_access=False)
    OverrideNote.objects.create(tenant=tenant, key="can_white_label", reason="Trial")


def test_deciding_costs_no_query_once_loaded_by_host(tenant: Tenant) -> None:
    overridden(tenant)
    loaded = _tenant_of_host("acme.localhost")
    assert loaded is not None

    with CaptureQueriesContext(connection) as queries:
        found = {key: loaded.has_feature(key) for key in registry().features}

    assert len(queries) == 0
    assert (found["can_white_label"], found["can_api_access"], found["advanced_analytics"]) == (True, False, True)


def test_deciding_costs_no_query_once_loaded_by_token(tenant: Tenant) -> None:
    overridden(tenant)
    secret = issue_sign_in_token(membership=tenant.memberships.get()).secret
    token = find_token(secret)
    assert token is not None

    with CaptureQueriesContext(connection) as queries:
        found = {key: token.tenant.has_feature(key) for key in registry().features}

    assert len(queries) == 0
    assert (found["can_white_label"], found["can_api_access"], found["advanced_analytics"]) == (True, False, True)


def test_the_zone(tenant: Tenant) -> None:
    assert tenant.zone == ZoneInfo("America/New_York")


@pytest.mark.parametrize("name", ["ab", "a1", "salon_2", "a" + "b" * 47])
def test_a_schema_name(name: str) -> None:
    validate_schema_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "a", "1a", "_a", "Aa", "a-b", "a.b", "a b", "../x", "a:b", 'a"b', "a;b", "ä1", "a\n", "a\x00b",
        "public", "information_schema", "citus", "template", "pg_x", "pg_catalog", "a" + "b" * 48,
    ],
)  # fmt: skip
def test_what_is_no_schema_name(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_schema_name(name)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"schema_name": "../x"}, "tenant_schema_name_allowed"),
        ({"schema_name": "a:b"}, "tenant_schema_name_allowed"),
        ({"schema_name": "Acme"}, "tenant_schema_name_allowed"),
        ({"max_users": -2}, "tenant_max_users_allowed"),
        ({"max_appointments": -2}, "tenant_max_appointments_allowed"),
        *(
            ({"accent_color": color}, "tenant_accent_color_is_hexadecimal")
            for color in ("", "red", "#fff", "2f6f4f7", "#2f6f4g", " #2f6f4")
        ),
    ],
)
def test_rows_the_database_refuses(change: dict[str, Any], constraint: str, tenant: Tenant) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Tenant.objects.filter(pk=tenant.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"timezone": "Mars/Base"},
        {"currency": "eur"},
        {"currency": "EURO"},
        {"max_users": -2},
        {"accent_color": "green"},
        {"accent_color": "#fff"},
    ],
)
def test_values_a_form_refuses(change: dict[str, Any], tenant: Tenant) -> None:
    ((field, value),) = change.items()
    setattr(tenant, field, value)

    with pytest.raises(ValidationError) as caught:
        tenant.full_clean()

    assert list(caught.value.message_dict) == [field]


@pytest.mark.parametrize("host", ["Acme.localhost", "acme.localhost.", ".acme", "acme:8000", "a b", "", "acme/x", "-a"])
def test_hosts_the_database_refuses(host: str, tenant: Tenant) -> None:
    with pytest.raises(IntegrityError, match="domain_is_a_host_name"), transaction.atomic():
        Domain.objects.create(tenant=tenant, domain=host, is_primary=False)


def test_one_note_per_override(tenant: Tenant) -> None:
    OverrideNote.objects.create(tenant=tenant, key="can_api_access", reason="…")

    with pytest.raises(IntegrityError, match="override_note_one_per_key"), transaction.atomic():
        OverrideNote.objects.create(tenant=tenant, key="can_api_access", reason="…")


def test_a_note_ends_after_it_starts(tenant: Tenant) -> None:
    with pytest.raises(IntegrityError, match="override_note_ends_after_start"), transaction.atomic():
        OverrideNote.objects.create(tenant=tenant, key="can_api_access", reason="…", effective_from=NOW, expires_at=NOW)
