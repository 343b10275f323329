"""The rules of features, case by case as `design/entitlements.md` and its reference state them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entitlement_rules import Decision, Override, Source, State, decide
from core.registry import Feature

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLANS: tuple[Mapping[str, object] | None, ...] = (None, {}, {"k": True}, {"k": False})


def feature(*, default: bool = False) -> Feature:
    """The feature `k`."""
    return Feature("k", "K", "…", default=default)


def decision(
    override: bool | Override | None = None,
    plan: Mapping[str, object] | None = None,
    *,
    default: bool = False,
    suspended: bool = False,
) -> Decision:
    """Decide on the registered feature `k`, now."""
    return decide(
        State(
            override=Override(override) if isinstance(override, bool) else override,
            permissions=plan,
            is_suspended=suspended,
        ),
        key="k",
        feature=feature(default=default),
        now=NOW,
    )


@pytest.mark.parametrize(("override", "plan"), list(product([True, False], PLANS)))
def test_an_override_decides_whatever_the_plan_says(*, override: bool, plan: Mapping[str, object] | None) -> None:
    found = decision(override, plan)

    assert (found.allowed, found.source) == (override, Source.OVERRIDE)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (None, (False, Source.DEFAULT)),
        ({}, (False, Source.DEFAULT)),
        ({"k": False}, (False, Source.PLAN)),
        ({"k": True}, (True, Source.PLAN)),
    ],
)
def test_without_an_override_the_plan_decides(plan: Mapping[str, object] | None, expected: tuple[bool, Source]) -> None:
    found = decision(None, plan)

    assert (found.allowed, found.source) == expected


def test_inheriting_from_a_granting_plan_is_all_that_differs_from_a_plain_flag() -> None:
    differing = [
        (override, plan)
        for override in (True, False, None)
        for plan in PLANS
        if decision(override, plan).allowed != bool(override)
    ]

    assert differing == [(None, {"k": True})]


@given(st.booleans(), st.sampled_from(PLANS), st.integers(-3, 3))
def test_an_expired_override_is_as_if_absent(
    override: bool,
    plan: Mapping[str, object] | None,
    hours: int,
) -> None:
    expiring = decision(Override(override, expires_at=NOW + hours * HOUR), plan)
    equivalent = decision(override if hours > 0 else None, plan)

    assert (expiring.allowed, expiring.source) == (equivalent.allowed, equivalent.source)


@given(st.booleans(), st.sampled_from(PLANS), st.integers(-3, 3))
def test_an_override_not_yet_in_force_is_as_if_absent(
    override: bool,
    plan: Mapping[str, object] | None,
    hours: int,
) -> None:
    coming = decision(Override(override, effective_from=NOW + hours * HOUR), plan)
    equivalent = decision(override if hours <= 0 else None, plan)

    assert (coming.allowed, coming.source) == (equivalent.allowed, equivalent.source)


@pytest.mark.parametrize(
    ("start", "end", "live"),
    [
        (None, None, True),
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (None, 1, True),
        (None, 0, False),
        (None, -1, False),
        (-2, 1, True),
        (-2, -1, False),
        (1, 2, False),
    ],
)
def test_when_an_override_is_live(start: int | None, end: int | None, *, live: bool) -> None:
    override = Override(
        value=True,
        effective_from=None if start is None else NOW + start * HOUR,
        expires_at=None if end is None else NOW + end * HOUR,
    )

    assert override.is_live(NOW) is live


@given(
    st.sampled_from([None, True, False]),
    st.sampled_from(PLANS),
    st.booleans(),
    st.booleans(),
)
def test_an_explicit_no_is_final(
    override: bool | None,
    plan: Mapping[str, object] | None,
    default: bool,
    suspended: bool,
) -> None:
    found = decision(override, plan, default=default, suspended=suspended)

    if override is False:
        assert (found.allowed, found.source) == (False, Source.OVERRIDE)
    elif suspended:
        assert (found.allowed, found.source) == (default, Source.SUSPENDED)


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(allow_nan=False),
        st.lists(st.integers()),
        st.dictionaries(st.text(), st.booleans()),
        st.none(),
        st.sampled_from(["true", "True", "yes", "false"]),
    )
)
def test_only_json_true_grants(value: object) -> None:
    assert decision(None, {"k": value}).allowed is False


@pytest.mark.parametrize("default", [True, False])
def test_the_default_counts_where_nothing_else_speaks(*, default: bool) -> None:
    found = [decision(None, plan, default=default) for plan in (None, {}, {"other": True})]

    assert [(one.allowed, one.source) for one in found] == [(default, Source.DEFAULT)] * 3


@pytest.mark.parametrize(
    ("plan", "suspended", "allowed"),
    [
        ({"zz": True}, False, True),
        ({"zz": True}, True, False),
        ({"zz": "true"}, False, False),
        ({"zz": 1}, False, False),
        ({}, False, False),
        (None, False, False),
    ],
)
def test_an_unregistered_key_reads_the_plan_alone(
    plan: Mapping[str, object] | None, *, suspended: bool, allowed: bool
) -> None:
    state = State(override=Override(value=True), permissions=plan, is_suspended=suspended)

    assert decide(state, key="zz", feature=None, now=NOW) == Decision(
        key="zz",
        allowed=allowed,
        source=Source.UNKNOWN,
        trail=("the registry does not know this key: only the plan may grant it",),
    )


EXPIRED = Override(value=True, expires_at=NOW)


@pytest.mark.parametrize(
    ("found", "trail"),
    [
        (decision(None, {"k": True}), ("no override on the tenant", "the plan includes it")),
        (decision(None, {"k": False}), ("no override on the tenant", "the plan excludes it")),
        (
            decision(None, {}),
            ("no override on the tenant", "the plan does not mention it", "the feature's default counts"),
        ),
        (
            decision(None, None),
            ("no override on the tenant", "the tenant has no plan", "the feature's default counts"),
        ),
        (decision(override=True), ("the tenant's override says yes",)),
        (decision(override=False), ("the tenant's override says no",)),
        (
            decision(EXPIRED, {"k": True}),
            ("the tenant's override is not in force now", "the plan includes it"),
        ),
        (
            decision(override=True, suspended=True),
            ("the tenant is suspended: the feature's default counts",),
        ),
    ],
)
def test_the_trail_tells_each_step(found: Decision, trail: tuple[str, ...]) -> None:
    assert found.trail == trail
