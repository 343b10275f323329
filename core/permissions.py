"""Permissions of the API. List them one after the other, never combine them: DRF would lose the reason of a refusal.

The order is part of the contract: signed in, then role, then feature, then quota.
"""

from collections.abc import Mapping

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from core.active import current_tenant, membership_of
from core.entitlements import feature_locked
from core.errors import Forbidden
from core.installed import registry
from core.models import Role
from core.quotas import require_room

__all__ = [
    "FEATURE_NAMES",
    "HasFeaturePermission",
    "HasQuota",
    "HasRole",
    "RoleRequired",
    "current_tenant",
    "membership_of",
    "require_role",
]

FEATURE_NAMES: Mapping[str, str] = {key: feature.name for key, feature in registry().features.items()}


class RoleRequired(Forbidden):
    """The caller's role in the business is too low."""

    code = "role_required"


def require_role(request: Request, role: Role) -> None:
    """Raise RoleRequired unless the caller's role includes `role`."""
    if not membership_of(request).may_act_as(role):
        raise RoleRequired(
            f"This needs the role {role.value} or higher. Ask an owner of the business.",
            required_role=role.value,
        )


def HasRole(write: Role, read: Role = Role.STAFF) -> type[BasePermission]:  # noqa: N802  # reads as a class
    """Return a permission that asks for `read` on safe methods and for `write` on the others."""

    class RolePermission(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            require_role(request, read if request.method in SAFE_METHODS else write)
            return True

    return RolePermission


class FeatureGate(BasePermission):
    """Asks for one feature; made by HasFeaturePermission."""

    key: str

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raise FeatureLocked when the tenant may not use the feature."""
        tenant = current_tenant()
        if not tenant.has_feature(self.key):
            raise feature_locked(tenant, self.key)
        return True


class QuotaGate(BasePermission):
    """Asks for room in one quota; made by HasQuota."""

    key: str

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raise QuotaExceeded when a request that adds one would not fit. Other requests pass."""
        if self._adds(request, view):
            require_room(current_tenant(), self.key)
        return True

    @staticmethod
    def _adds(request: Request, view: APIView) -> bool:
        action = getattr(view, "action", None)
        adding_actions: tuple[str, ...] = getattr(view, "quota_actions", ("create",))
        return request.method == "POST" and (action is None or action in adding_actions)


def HasFeaturePermission(key: str) -> type[FeatureGate]:  # noqa: N802  # reads as a class
    """Return a permission that asks for the feature `key`. Raises LookupError for a key nobody declares."""
    if key not in registry().features:
        raise LookupError(f"no manifest declares the feature {key!r}")
    return type("FeaturePermission", (FeatureGate,), {"key": key})


def HasQuota(key: str) -> type[QuotaGate]:  # noqa: N802  # reads as a class
    """Return a permission that answers early when the quota `key` is used up.

    It guards creation: POST on a view without actions, or the actions a view set names in `quota_actions`
    (default: `create`). The guarantee itself is `core.quotas.reserve`. Raises LookupError for an unknown key.
    """
    if key not in registry().quotas:
        raise LookupError(f"no manifest declares the quota {key!r}")
    return type("QuotaPermission", (QuotaGate,), {"key": key})
