"""The columns of the list of businesses. None of them costs a query."""

from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from core.installed import registry
from core.models import Tenant
from core.quota_rules import state_of
from platform_admin.models import TenantStanding

METERS_SHOWN = 3
TROUBLED = {"over", "reached"}


def standing_of(tenant: Tenant) -> TenantStanding | None:
    """Return how the business stood when it was last counted; None before the first time."""
    return getattr(tenant, "standing", None)


def usage_meters(tenant: Tenant, now: datetime) -> SafeString:
    """Draw the limited quotas that are fullest."""
    standing = standing_of(tenant)
    if standing is None or standing.counted_at is None:
        return format_html('<span class="office-quiet">{}</span>', "not counted yet")
    lines = []
    for key, quota in registry().quotas.items():
        limit, used = tenant.limit_of(key, now=now), standing.usage.get(key)
        if limit is not None and used is not None and (limit or used):
            lines.append((used / (limit or 0.5), quota.name, used, limit, state_of(limit, used)))
    lines.sort(key=lambda line: line[0], reverse=True)
    drawn = format_html_join(
        "",
        '<div class="office-meter"><meter min="0" max="{}" value="{}" aria-hidden="true"></meter>{} {}/{}{}</div>',
        (
            (limit or 1, min(used, limit or 1), name, used, limit, _word(state))
            for _, name, used, limit, state in lines[:METERS_SHOWN]
        ),
    )
    return drawn or SafeString("unlimited")


def activity(tenant: Tenant, now: datetime) -> str:
    """Tell how long ago its people did something."""
    standing = standing_of(tenant)
    if standing is None or standing.last_activity_at is None:
        return "–"
    return f"{timesince(standing.last_activity_at, now, depth=1)} ago"


def name_and_schema(tenant: Tenant) -> SafeString:
    """Return the name with the schema's below."""
    return format_html('{}<span class="office-schema">{}</span>', tenant.name, tenant.schema_name)


def status(tenant: Tenant) -> SafeString:
    """Tell active and suspended apart, not by color alone."""
    if tenant.is_suspended:
        return format_html('<span class="office-state office-bad">{}</span>', "suspended")
    return format_html('<span class="office-state">{}</span>', "active")


def _word(state: str) -> SafeString:
    if state in TROUBLED:
        return format_html(' <strong class="office-bad">{}</strong>', state)
    return format_html(" {}", state) if state == "near" else SafeString("")
