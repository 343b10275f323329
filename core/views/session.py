"""Signing in and out, by token and by session."""

from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.middleware.csrf import get_token
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.active import current_tenant, tenant_of
from core.audit import record
from core.authentication import (
    SESSION_EPOCH_KEY,
    SESSION_TENANT_KEY,
    MemberSessionAuthentication,
    support_access_of,
)
from core.handoffs import HandoffInvalid, issue, redeem
from core.impersonation import EVERYTHING, begin, end
from core.impersonation import SESSION_KEY as SUPPORT_ACCESS_KEY
from core.links import tenant_url
from core.models import Membership, SupportAccess, User
from core.serializers.session import (
    AuthTokenAnswer,
    AuthTokenRequest,
    BusinessesAnswer,
    HandoffRequest,
    SessionAnswer,
    SignInRequest,
    user_body,
)
from core.sign_in import WrongCredentials, check_password, choose_membership
from core.tokens import issue_sign_in_token


class AuthTokenView(APIView):
    """Tokens for REST clients."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "sign_in"
    open_to_all = "this is where callers sign in"

    @extend_schema(
        request=AuthTokenRequest,
        responses=AuthTokenAnswer,
        tags=["Account"],
        examples=[
            OpenApiExample(
                "Sign in",
                value={"username": "test@example.com", "password": "password"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Sign in and get a token.

        Send the token as `Authorization: Token …`. On the platform's address a person of several businesses names one
        of them in `tenant`; without it the answer is a 400 that lists the choices.
        """
        asked = AuthTokenRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        user = check_password(
            request=request._request,
            email=asked.validated_data["username"],
            password=asked.validated_data["password"],
        )
        membership = choose_membership(user=user, tenant=tenant_of(request), subdomain=asked.validated_data["tenant"])
        issued = issue_sign_in_token(membership=membership)
        user_logged_in.send(sender=User, request=request._request, user=user)
        record("signed_in", tenant=membership.tenant, actor=user, object_label=str(issued.token))
        return Response(
            {
                "token": issued.secret,
                "tenant": membership.tenant.schema_name.replace("_", "-"),
                "expires_at": issued.token.expires_at,
            }
        )


class SessionView(APIView):
    """The dashboard's session on a business's own address."""

    authentication_classes = (MemberSessionAuthentication,)
    permission_classes = (AllowAny,)
    open_to_all = "this is where people sign in"

    def get_throttles(self) -> list[Any]:
        """Count attempts to sign in apart from everything else."""
        self.throttle_scope = "sign_in" if self.request.method == "POST" else None
        return super().get_throttles()

    @extend_schema(responses=SessionAnswer, tags=["Account"])
    def get(self, request: Request) -> Response:
        """Tell who is signed in.

        Sets the CSRF cookie that session writes must echo in `X-CSRFToken`.
        """
        get_token(request._request)
        membership: Membership | None = getattr(request, "membership", None)
        return Response(_session_body(membership, support_access_of(request)))

    @extend_schema(request=SignInRequest, responses=SessionAnswer, tags=["Account"])
    def post(self, request: Request) -> Response:
        """Sign in with a session cookie."""
        MemberSessionAuthentication().enforce_csrf(request)
        asked = SignInRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        user = check_password(request=request._request, **asked.validated_data)
        membership = choose_membership(user=user, tenant=tenant_of(request))
        return _begin_session(request, membership, label="session")

    @extend_schema(responses={204: None}, tags=["Account"])
    def delete(self, request: Request) -> Response:
        """Sign out.

        Support leaves the member's place with it.
        """
        access = support_access_of(request)
        if access is not None:
            end(access=access)
        logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class HandoffView(APIView):
    """Where somebody known elsewhere on the platform arrives at a business."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "sign_in"
    open_to_all = "the secret is what lets people in"

    @extend_schema(request=HandoffRequest, responses=SessionAnswer, tags=["Account"])
    def post(self, request: Request) -> Response:
        """Sign in with a one-time secret from `POST /api/session/businesses/`.

        One that is unknown, used, older than a minute or of another business is a 400 `handoff_invalid`.
        """
        MemberSessionAuthentication().enforce_csrf(request)
        asked = HandoffRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        with transaction.atomic():
            used = redeem(secret=asked.validated_data["token"], tenant=current_tenant())
            try:
                membership = choose_membership(user=used.user, tenant=used.tenant)
            except WrongCredentials as error:
                raise HandoffInvalid from error
        return _begin_session(request, membership, label="handoff")


class SupportSessionView(APIView):
    """Where support arrives at a business, to act as one of its members."""

    authentication_classes = (MemberSessionAuthentication,)
    permission_classes = (AllowAny,)
    throttle_scope = "sign_in"
    open_to_all = "the secret is what lets support in"
    not_while_impersonating = EVERYTHING

    @extend_schema(request=HandoffRequest, responses=SessionAnswer, tags=["Account"])
    def post(self, request: Request) -> Response:
        """Act as a member, with a one-time secret from the back office, for half an hour.

        One that is unknown, used, older than a minute or of another business is a 400 `support_link_invalid`.
        """
        MemberSessionAuthentication().enforce_csrf(request)
        asked = HandoffRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        access, membership = begin(secret=asked.validated_data["token"], tenant=current_tenant())
        last_login = membership.user.last_login
        _start(request, membership)
        # It was not them.
        User.objects.filter(pk=membership.user_id).update(last_login=last_login)
        session = request._request.session
        session[SUPPORT_ACCESS_KEY] = access.pk
        session.set_expiry(access.ends_at)
        return Response(_session_body(membership, access))


class BusinessesView(APIView):
    """The way from the platform's address to a business's own."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "sign_in"
    open_to_all = "asked before signing in"

    @extend_schema(request=SignInRequest, responses=BusinessesAnswer, tags=["Account"])
    def post(self, request: Request) -> Response:
        """List the businesses a person belongs to, each with its address and the way in."""
        asked = SignInRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        user = check_password(request=request._request, **asked.validated_data)
        return Response({"businesses": _businesses_of(user)})


def _businesses_of(user: User) -> list[dict[str, str]]:
    memberships = Membership.objects.filter(user=user, is_active=True).select_related("tenant")
    return [
        {
            "name": membership.tenant.name,
            "url": tenant_url(membership.tenant),
            "role": membership.role,
            "handoff": issue(user=user, tenant=membership.tenant),
        }
        for membership in memberships.order_by("tenant__name", "pk")
    ]


def _begin_session(request: Request, membership: Membership, *, label: str) -> Response:
    """Sign the member in on this host and tell who is signed in; `label` is how they came, for the audit log."""
    _start(request, membership)
    record("signed_in", tenant=membership.tenant, actor=membership.user, object_label=label)
    return Response(_session_body(membership, None))


def _start(request: Request, membership: Membership) -> None:
    """Begin a session with nothing in it of the one before, which may have been support's."""
    session = request._request.session
    session.flush()
    login(request._request, membership.user, backend="django.contrib.auth.backends.ModelBackend")
    session[SESSION_TENANT_KEY] = membership.tenant_id
    session[SESSION_EPOCH_KEY] = membership.tenant.session_epoch


def _session_body(membership: Membership | None, access: SupportAccess | None) -> dict[str, Any]:
    tenant = current_tenant()
    return {
        "user": user_body(membership) if membership is not None else None,
        "business": {
            "name": tenant.name,
            "timezone": tenant.timezone,
            "currency": tenant.currency,
            "accent": tenant.accent_color,
        },
        "impersonation": (
            {"by": access.by_label, "reason": access.reason, "ends_at": access.ends_at} if access is not None else None
        ),
    }
