"""Signed in, then role, then feature, then quota: each with a refusal of its own."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from core.active import attach_membership
from core.models import Membership, Role, Tenant
from core.permissions import (
    FEATURE_NAMES,
    HasFeaturePermission,
    HasQuota,
    HasRole,
    current_tenant,
    membership_of,
)
from schedule.models import Resource
from tests.core.test_plan import NAMES


class Member:
    """Authenticates everybody as a member with one role."""

    def __init__(self, membership: Membership | None) -> None:
        self.membership = membership

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the member."""
        if self.membership is None:
            return None
        attach_membership(request, self.membership)
        return self.membership.user, None

    def authenticate_header(self, _request: Request) -> str:
        """Return the challenge of a 401."""
        return "Token"


class GatedView(APIView):
    """Asks for everything there is to ask for."""

    permission_classes = (
        IsAuthenticated,
        HasRole(Role.MANAGER),
        HasFeaturePermission("advanced_analytics"),
        HasQuota("max_resources"),
    )

    def get(self, request: Request) -> Response:
        """Return the caller's role."""
        return Response({"role": membership_of(request).role})

    post = put = patch = delete = get


def call(method: str, tenant: Tenant, role: Role | None, view: type[APIView] = GatedView) -> tuple[int, Any]:
    """The answer to `method` for a member with `role`, None for nobody."""
    membership = None
    if role is not None:
        membership = tenant.memberships.select_related("user").get(role=Role.OWNER)
        membership.role = role
    authenticator = Member(membership)
    handler = view.as_view(authentication_classes=[lambda: authenticator])
    response = handler(APIRequestFactory().generic(method, "/"))
    return response.status_code, response.data


def test_names_of_features() -> None:
    assert dict(FEATURE_NAMES) == NAMES


def test_whoever_may_gets_through(tenant: Tenant) -> None:
    found = {(method, role): call(method, tenant, role) for method, role in (("GET", Role.STAFF), ("POST", Role.OWNER))}

    assert found == {("GET", Role.STAFF): (200, {"role": "staff"}), ("POST", Role.OWNER): (200, {"role": "owner"})}


def test_nobody_learns_nothing(tenant: Tenant) -> None:
    tenant.plan = None

    assert call("POST", tenant, None) == (
        401,
        {"detail": "Authentication credentials were not provided.", "code": "not_authenticated"},
    )


def test_the_role_comes_before_the_feature(tenant: Tenant) -> None:
    tenant.advanced_analytics = False

    assert call("POST", tenant, Role.STAFF) == (
        403,
        {
            "detail": "This needs the role manager or higher. Ask an owner of the business.",
            "code": "role_required",
            "required_role": "manager",
        },
    )


def test_the_feature_comes_before_the_quota(tenant: Tenant) -> None:
    tenant.advanced_analytics = False
    tenant.max_resources = 0

    assert call("POST", tenant, Role.MANAGER) == (
        403,
        {
            "detail": "Your current plan does not include Advanced Analytics. "
            "Please upgrade your subscription to access this feature.",
            "code": "feature_revoked",
            "feature": {"key": "advanced_analytics", "name": "Advanced Analytics"},
            "plan": "professional",
            "upgrade": None,
        },
    )


def test_the_quota_comes_last(tenant: Tenant) -> None:
    for number in range(15):
        Resource.objects.create(name=f"Chair {number}")

    assert call("POST", tenant, Role.MANAGER) == (
        403,
        {
            "detail": "Your current plan allows 15 resources, and 15 are in use. "
            "Please upgrade your subscription to add more.",
            "code": "quota_exceeded",
            "quota": {"key": "max_resources", "limit": 15, "used": 15, "window": "total", "resets_at": None},
            "plan": "professional",
            "upgrade": {"plan": "business", "name": "Business", "url": "/settings/plan?quota=max_resources"},
        },
    )


def test_a_used_up_quota_refuses_growth_alone(tenant: Tenant) -> None:
    tenant.max_resources = 0

    found = {method: call(method, tenant, Role.OWNER)[0] for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}

    assert found == {"GET": 200, "POST": 403, "PUT": 200, "PATCH": 200, "DELETE": 200}


def test_a_suspended_business_may_not_grow(tenant: Tenant) -> None:
    class CreatingView(GatedView):
        permission_classes = (IsAuthenticated, HasQuota("max_resources"))  # type: ignore[assignment]  # fewer

    tenant.suspended_at = tenant.created_at

    assert call("POST", tenant, Role.OWNER, CreatingView) == (
        403,
        {
            "detail": "Your subscription is suspended. What exists can be read, changed and deleted; "
            "nothing can be added.",
            "code": "subscription_suspended",
        },
    )
    assert call("DELETE", tenant, Role.OWNER, CreatingView)[0] == 200


class GatedViewSet(ViewSet):
    """A view set in which one more action adds rows."""

    permission_classes = (IsAuthenticated, HasQuota("max_resources"))
    quota_actions = ("create", "duplicate")

    def create(self, request: Request) -> Response:
        """Answer."""
        return Response()

    list = destroy = duplicate = archive = create


@pytest.mark.parametrize(
    ("method", "action", "status"),
    [
        ("post", "create", 403),
        ("post", "duplicate", 403),
        ("post", "archive", 200),
        ("get", "list", 200),
        ("delete", "destroy", 200),
    ],
)
def test_the_actions_that_add(method: str, action: str, status: int, tenant: Tenant) -> None:
    tenant.max_resources = 0
    membership = tenant.memberships.get(role=Role.OWNER)
    handler = GatedViewSet.as_view({method: action}, authentication_classes=[lambda: Member(membership)])

    assert handler(APIRequestFactory().generic(method.upper(), "/")).status_code == status


ROLES = (Role.STAFF, Role.MANAGER, Role.OWNER)


@pytest.mark.parametrize("write", ROLES)
@pytest.mark.parametrize("read", ROLES)
def test_roles_for_reading_and_for_writing(write: Role, read: Role, tenant: Tenant) -> None:
    class RoleView(GatedView):
        permission_classes = (IsAuthenticated, HasRole(write, read=read))  # type: ignore[assignment]  # fewer

    found = {
        (method, role): call(method, tenant, role, RoleView)[0]
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        for role in ROLES
    }

    assert found == {
        (method, role): 200 if ROLES.index(role) >= ROLES.index(read if method in {"GET", "HEAD"} else write) else 403
        for method, role in found
    }


@pytest.mark.parametrize("key", ["can_fly", "", "save", "max_users"])
def test_a_feature_nobody_declares(key: str) -> None:
    with pytest.raises(LookupError, match=f"no manifest declares the feature '{key}'"):
        HasFeaturePermission(key)


@pytest.mark.parametrize("key", ["max_things", "", "save", "can_api_access"])
def test_a_quota_nobody_declares(key: str) -> None:
    with pytest.raises(LookupError, match=f"no manifest declares the quota '{key}'"):
        HasQuota(key)


def test_the_active_tenant(tenant: Tenant) -> None:
    assert current_tenant() is tenant


def test_no_tenant_is_active_outside_a_request(db: None) -> None:
    with pytest.raises(LookupError, match="no tenant is active"):
        current_tenant()


def test_nobody_has_no_membership() -> None:
    request = Request(APIRequestFactory().get("/"))
    request.user = AnonymousUser()

    with pytest.raises(AttributeError):
        membership_of(request)
