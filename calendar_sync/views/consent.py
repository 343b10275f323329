"""Connecting accounts at Google and Microsoft over HTTP: to their consent page and back."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calendar_sync.enums import ProviderKey
from calendar_sync.serializers import ConsentAnswer, ConsentRequest
from calendar_sync.services import consenting
from calendar_sync.tasks import sync_connection
from calendar_sync.views.connections import MAY_SYNC
from calendar_sync.views.pages import BrowserView, led_on
from core.authentication import ScopeRequired
from core.errors import DomainError
from core.impersonation import EVERYTHING
from core.links import tenant_url
from core.models import ApiToken, Scope
from core.openapi import Problem
from core.permissions import current_tenant, membership_of

LONGEST = 4096
DENIED, FAILED = "access_denied", "consent_failed"
HANDED_ON = ("state", "code", "error")


class ConsentStartView(APIView):
    """The way to a consent page."""

    permission_classes = MAY_SYNC
    not_while_impersonating = EVERYTHING
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="api_calendar_sync_oauth_start",
        request=ConsentRequest,
        responses={
            200: ConsentAnswer,
            400: OpenApiResponse(
                Problem,
                "This installation does not offer the provider (`not_available`), the connection is another provider's "
                "(`other_provider`), or the path is none of the dashboard's (`path_not_allowed`).",
            ),
            404: OpenApiResponse(Problem, "There is no such connection for the caller."),
            409: OpenApiResponse(Problem, "The connection is being taken apart (`disconnecting`)."),
        },
    )
    def post(self, request: Request) -> Response:
        """Begin to connect a Google or Microsoft account.

        Lead the browser to `authorize_url` within ten minutes. Once the person has consented there, it comes back to
        `return_path` of the dashboard, with `?connection=` and the id of the connection, or with `?error=` and a code:
        `access_denied`, `missing_scope` (not everything was allowed that sync needs), `other_account` (consent was
        given for another account than the one to be connected again), `already_connected`, `auth_failed`, or what else
        the provider failed with. With `connection` an account is connected again: calendars, copies and busy time are
        kept.
        """
        asked = ConsentRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        begun = consenting.begin(
            tenant=current_tenant(),
            by=membership_of(request),
            provider=ProviderKey(wanted["provider"]),
            resource_id=wanted["resource"],
            connection_id=wanted["connection"],
            return_path=wanted["return_path"],
            now=timezone.now(),
        )
        shown: Any = {"authorize_url": begun.authorize_url, "expires_at": begun.expires_at}
        return Response(ConsentAnswer(shown).data)


class ConsentCallbackView(BrowserView):
    """Where consent pages lead back to, on the platform's address, and from there on to the business's own."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "sign_in"
    open_to_all = "nobody is signed in on the platform's address; the state is used up on the business's own"

    def get(self, request: Request, provider: str) -> HttpResponse:
        """Lead on to the business the state was made in. One that is unknown, used or too old is a 400."""
        given = {name: request.query_params.get(name, "")[:LONGEST] for name in HANDED_ON}
        tenant = consenting.business_awaiting(provider=ProviderKey(provider), state=given["state"], now=timezone.now())
        query = urlencode({name: value for name, value in given.items() if value})
        return led_on(tenant_url(tenant, f"/api/calendar-sync/oauth/{provider}/finish/?{query}"))


class ConsentFinishView(BrowserView):
    """Where a consent ends, on the business's own address."""

    permission_classes = MAY_SYNC
    not_while_impersonating = EVERYTHING
    throttle_scope = "sign_in"

    @extend_schema(
        operation_id="api_calendar_sync_oauth_finish",
        parameters=[
            OpenApiParameter("provider", str, OpenApiParameter.PATH, enum=["google", "microsoft"]),
            OpenApiParameter("state", str, description="What `oauth/start/` put into the consent page's address."),
            OpenApiParameter("code", str, description="What the consent stands for."),
            OpenApiParameter("error", str, description="Why there is none, such as `access_denied`."),
        ],
        responses={
            302: OpenApiResponse(
                description="On to `return_path`, with `?connection=` and an id or `?error=` and a code."
            ),
            400: OpenApiResponse(Problem, "The state is unknown, used, too old or somebody else's (`state_invalid`)."),
        },
    )
    def get(self, request: Request, provider: str) -> HttpResponse:
        """Finish connecting a Google or Microsoft account.

        Browsers are led here by the consent page. The caller must be the person who began, in the same business; the
        state is used up whatever comes of it.
        """
        if isinstance(request.auth, ApiToken) and request.auth.scope == Scope.READ:
            raise ScopeRequired("This token may only read. Create one with the scope write.", required_scope="write")
        given = {name: request.query_params.get(name, "")[:LONGEST] for name in HANDED_ON}
        tenant, by, now = current_tenant(), membership_of(request), timezone.now()
        awaited = consenting.use_up(tenant=tenant, by=by, provider=ProviderKey(provider), state=given["state"], now=now)
        if not given["code"] or given["error"]:
            return _back(awaited, error=DENIED if given["error"] == DENIED else FAILED)
        try:
            connection = consenting.complete(tenant=tenant, by=by, awaited=awaited, code=given["code"], now=now)
        except DomainError as refusal:
            return _back(awaited, error=refusal.code)
        sync_connection.enqueue(str(connection.pk))
        return _back(awaited, connection=str(connection.pk))


def _back(awaited: consenting.Awaited, **told: str) -> HttpResponse:
    """Lead to the dashboard. The path was checked when it was sealed, and is one of this very host."""
    return led_on(f"{awaited.return_path}?{urlencode(told)}")
