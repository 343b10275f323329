"""The kernel's rows. All of them live in the public schema."""

from core.models.audit import AuditEntry
from core.models.handoff import Handoff
from core.models.leased import Leased, LeasedQuerySet
from core.models.people import Invitation, Membership, Role, User
from core.models.periodic import PeriodicRun
from core.models.plan import SubscriptionPlan
from core.models.plan_request import PlanRequest, PlanRequestState
from core.models.sealed import SealedField
from core.models.signpost import Signpost
from core.models.support import SupportAccess
from core.models.tenant import Domain, OverrideNote, Tenant
from core.models.token import ApiToken, Scope

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Domain",
    "Handoff",
    "Invitation",
    "Leased",
    "LeasedQuerySet",
    "Membership",
    "OverrideNote",
    "PeriodicRun",
    "PlanRequest",
    "PlanRequestState",
    "Role",
    "Scope",
    "SealedField",
    "Signpost",
    "SubscriptionPlan",
    "SupportAccess",
    "Tenant",
    "User",
]
