"""The command line of the back office: set_plan, grant_feature, suspend_tenant, usage_report."""

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_tenants.utils import tenant_context

from core.models import AuditEntry, OverrideNote, SubscriptionPlan, Tenant
from tests.factories.schedule import ResourceFactory


def output(*arguments: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def reloaded(tenant: Tenant) -> Tenant:
    """The business as stored."""
    return Tenant.objects.get(pk=tenant.pk)


def test_setting_a_plan(tenant: Tenant) -> None:
    printed = [output("set_plan", "acme", "free"), output("set_plan", "acme", "free")]

    assert printed == ["Acme is now on the plan Free.\n", "Acme was already on the plan Free.\n"]
    assert str(reloaded(tenant).plan) == "Free"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.tenant) == ("tenant.changed", None, tenant)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("set_plan", "nobody", "free"), "There is no business 'nobody'. There are: acme, bravo."),
        (
            ("set_plan", "acme", "gold"),
            "There is no plan 'gold'. There are: free, starter, professional, business, enterprise.",
        ),
        (("grant_feature", "nobody", "can_white_label"), "There is no business 'nobody'. There are: acme, bravo."),
        (("suspend_tenant", "nobody", "--reason=x"), "There is no business 'nobody'. There are: acme, bravo."),
        (("suspend_tenant", "acme", "--reason= "), "reason: Say why."),
        (("suspend_tenant", "acme", "--resume", "--reason=x"), "Acme is not suspended."),
        (("grant_feature", "acme", "can_white_label", "--until=2020-01-01"), "until: That time has passed already."),
        (
            ("grant_feature", "acme", "can_white_label", "--until=soon"),
            "until: Use a date such as 2027-01-31, not 'soon'.",
        ),
        (
            ("grant_feature", "acme", "can_white_label", "--until=2027-02-30"),
            "until: There is no '2027-02-30' in the calendar.",
        ),
        (
            ("grant_feature", "acme", "can_white_label", "--inherit", "--until=2099-01-01"),
            "until: What is inherited has no end.",
        ),
    ],
)
def test_what_cannot_be_used(arguments: tuple[str, ...], message: str, tenant: Tenant) -> None:
    with pytest.raises(CommandError) as refusal:
        output(*arguments)

    assert (str(refusal.value), AuditEntry.objects.count()) == (message, 0)


def test_an_unknown_feature_is_refused_with_those_there_are(tenant: Tenant) -> None:
    with pytest.raises(CommandError, match=r"There is no feature 'can_fly'\. There are: .*advanced_analytics"):
        output("grant_feature", "acme", "can_fly")


def test_an_archived_plan_is_not_given(tenant: Tenant) -> None:
    SubscriptionPlan.objects.filter(code="free").update(is_active=False)

    with pytest.raises(CommandError, match=r"The plan Free has been archived\."):
        output("set_plan", "acme", "free")


@pytest.mark.parametrize(
    ("until", "expires_at"),
    [
        ("2099-01-31", datetime(2099, 1, 31, 5, tzinfo=UTC)),
        ("2099-01-31T12:00", datetime(2099, 1, 31, 17, tzinfo=UTC)),
        ("2099-01-31T12:00Z", datetime(2099, 1, 31, 12, tzinfo=UTC)),
    ],
)
def test_granting_a_feature_until_a_day_of_the_business(until: str, expires_at: datetime, tenant: Tenant) -> None:
    printed = output("grant_feature", "acme", "can_white_label", f"--until={until}", "--reason=Trial")

    note = OverrideNote.objects.get()
    assert printed == "Acme · can_white_label: yes (the tenant's override says yes)\n"
    assert (note.key, note.reason, note.expires_at, note.actor) == ("can_white_label", "Trial", expires_at, None)
    assert reloaded(tenant).has_feature("can_white_label")


def test_withholding_a_feature_and_inheriting_again(tenant: Tenant) -> None:
    printed = [
        output("grant_feature", "acme", "advanced_analytics", "--revoke", "--reason=Abuse"),
        output("grant_feature", "acme", "advanced_analytics", "--inherit"),
    ]

    assert printed == [
        "Acme · advanced_analytics: no (the tenant's override says no)\n",
        "Acme · advanced_analytics: yes (the plan includes it)\n",
    ]
    assert (reloaded(tenant).advanced_analytics, OverrideNote.objects.count()) == (None, 0)
    assert [(one.action, one.after["reason"]) for one in AuditEntry.objects.order_by("pk")] == [
        ("override.changed", "Abuse"),
        ("override.changed", "By command."),
    ]


def test_suspending_and_resuming(tenant: Tenant) -> None:
    printed = [
        output("suspend_tenant", "acme", "--reason=Unpaid"),
        output("suspend_tenant", "acme", "--resume", "--reason=Paid"),
    ]

    assert printed == ["Acme is suspended.\n", "Acme is active again.\n"]
    assert [one.after["reason"] for one in AuditEntry.objects.order_by("pk")] == ["Unpaid", "Paid"]


def test_the_report_counts_every_business_now(tenant: Tenant, other_tenant: Tenant) -> None:
    ResourceFactory.create_batch(16)
    with tenant_context(other_tenant):
        ResourceFactory.create_batch(2)
    Tenant.objects.filter(pk=other_tenant.pk).update(max_resources=-1)

    acme, bravo = json.loads(output("usage_report", "--json"))

    assert (acme["schema"], acme["plan"], acme["suspended"], acme["problem"]) == ("acme", "professional", False, "")
    assert acme["quotas"]["max_resources"] == {"used": 16, "limit": 15, "state": "over"}
    assert bravo["quotas"]["max_resources"] == {"used": 2, "limit": None, "state": "unlimited"}
    assert acme["quotas"]["max_users"] == {"used": 1, "limit": 20, "state": "ok"}


def test_the_report_in_words(tenant: Tenant) -> None:
    lines = output("usage_report").splitlines()

    assert lines[:3] == ["acme (plan professional)", "  max_users: 1 of 20 (ok)", "  max_email_templates: 0 of 25 (ok)"]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_business_that_cannot_be_counted_is_named_and_stops_nothing(options: tuple[str, ...], tenant: Tenant) -> None:
    Tenant.objects.bulk_create([Tenant(schema_name="aaa", name="Aaa")])
    out = StringIO()

    with pytest.raises(CommandError, match=r"^Could not be counted: aaa\.$"):
        call_command("usage_report", *options, stdout=out)

    assert "bravo" in out.getvalue()
    if options:
        reports: list[dict[str, Any]] = json.loads(out.getvalue())
        assert [(one["schema"], bool(one["problem"])) for one in reports] == [
            ("aaa", True),
            ("acme", False),
            ("bravo", False),
        ]
