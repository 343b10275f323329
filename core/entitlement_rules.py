"""The rules that answer whether a tenant may use a feature. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.registry import Feature


class Source(StrEnum):
    """Where a decision comes from."""

    SUSPENDED = "suspended"
    OVERRIDE = "override"
    PLAN = "plan"
    DEFAULT = "default"
    UNKNOWN = "unknown_feature"


@dataclass(frozen=True)
class Override:
    """A value set for one tenant, in force from `effective_from` until `expires_at` (aware; None: unbounded)."""

    value: bool
    effective_from: datetime | None = None
    expires_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Tell whether the override counts at `now`; one that has expired is as if it had never been set."""
        return in_force(now, self.effective_from, self.expires_at)


def in_force(now: datetime, effective_from: datetime | None, expires_at: datetime | None) -> bool:
    """Tell whether `now` lies in [effective_from, expires_at); None is unbounded."""
    return (effective_from is None or effective_from <= now) and (expires_at is None or now < expires_at)


@dataclass(frozen=True)
class State:
    """What is known about a tenant. `permissions` is the plan's JSON object, None without a plan."""

    override: Override | None = None
    permissions: Mapping[str, object] | None = None
    is_suspended: bool = False


@dataclass(frozen=True)
class Decision:
    """The answer for one key, with the steps that led to it in words."""

    key: str
    allowed: bool
    source: Source
    trail: tuple[str, ...]


def decide(state: State, *, key: str, feature: Feature | None, now: datetime) -> Decision:
    """Decide on `key`; `feature` is its registration, None for a key the registry does not know.

    An explicit False is final; a suspension falls back to the feature's default; an explicit True comes before the
    plan; the plan grants by JSON true alone.
    """
    granted_by_plan = state.permissions is not None and state.permissions.get(key) is True
    if feature is None:
        return Decision(
            key=key,
            allowed=granted_by_plan and not state.is_suspended,
            source=Source.UNKNOWN,
            trail=("the registry does not know this key: only the plan may grant it",),
        )
    trail: list[str] = []
    override = state.override
    if override is None:
        trail.append("no override on the tenant")
    elif not override.is_live(now):
        trail.append("the tenant's override is not in force now")
        override = None
    if override is not None and not override.value:
        return Decision(key, False, Source.OVERRIDE, (*trail, "the tenant's override says no"))
    if state.is_suspended:
        return Decision(
            key,
            feature.default,
            Source.SUSPENDED,
            (*trail, "the tenant is suspended: the feature's default counts"),
        )
    if override is not None:
        return Decision(key, True, Source.OVERRIDE, (*trail, "the tenant's override says yes"))
    if state.permissions is not None and key in state.permissions:
        verdict = "the plan includes it" if granted_by_plan else "the plan excludes it"
        return Decision(key, granted_by_plan, Source.PLAN, (*trail, verdict))
    missing = "the tenant has no plan" if state.permissions is None else "the plan does not mention it"
    return Decision(key, feature.default, Source.DEFAULT, (*trail, missing, "the feature's default counts"))
