"""Where servers tell of changes, on the platform's address. Whatever they say, they are asked what has changed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django_tenants.utils import tenant_context
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from calendar_sync.enums import ProviderKey
from calendar_sync.services import hearing
from calendar_sync.tasks import sync_connection
from calendar_sync.views.feeds import AnyFormat
from core.errors import DomainError, Missing
from core.models import Signpost

LONGEST_ECHO = 2000
MOST_AT_ONCE = 1000
ENDING = frozenset({"reauthorizationRequired", "subscriptionRemoved"})


class HookView(APIView):
    """A place for servers. Their requests are not counted: many businesses' come from the same few addresses."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    content_negotiation_class = AnyFormat
    open_to_all = "servers cannot sign in; the secret of the channel is the permission"


class GoogleHookView(HookView):
    """Push notifications of Google Calendar: all is in headers, the body is empty."""

    def post(self, request: Request) -> HttpResponse:
        """Take a notice. A channel that is unknown, ended or shown with another token is a 404."""
        headers = request.headers
        watch = hearing.watch_behind(
            provider=ProviderKey.GOOGLE,
            secret=headers.get("X-Goog-Channel-Token", ""),
            channel=headers.get("X-Goog-Channel-ID", ""),
            now=timezone.now(),
        )
        if headers.get("X-Goog-Resource-State") != "sync":
            _take(watch, message=headers.get("X-Goog-Message-Number", ""))
        return HttpResponse(status=status.HTTP_200_OK)


class MicrosoftHookView(HookView):
    """Change and lifecycle notifications of Microsoft Graph, several in one body."""

    def post(self, request: Request) -> HttpResponse:
        """Take notices, or echo the token with which Graph checks the address.

        Each notice counts by its own `clientState`; where none of them is known the answer is a 404.
        """
        token = request.query_params.get("validationToken")
        if token is not None:
            return HttpResponse(token[:LONGEST_ECHO], content_type="text/plain; charset=utf-8")
        known = [notice for notice in _notices(request.data) if _heard(notice)]
        if not known:
            raise Missing("There is no such channel.")
        return HttpResponse(status=status.HTTP_202_ACCEPTED)


def _notices(body: Any) -> list[dict[str, Any]]:
    notices = body.get("value") if isinstance(body, dict) else None
    if not isinstance(notices, list) or len(notices) > MOST_AT_ONCE:
        raise DomainError("Send notices as Microsoft Graph does.", code="malformed")
    return [notice for notice in notices if isinstance(notice, dict)]


def _heard(notice: dict[str, Any]) -> bool:
    """Take one notice; tell whether it was one of ours."""
    now = timezone.now()
    try:
        watch = hearing.watch_behind(
            provider=ProviderKey.MICROSOFT, secret=str(notice.get("clientState") or ""), now=now
        )
        if notice.get("lifecycleEvent") in ENDING:
            hearing.note_ending(watch, now=now)
        _take(watch)
    except Missing:
        return False
    return True


def _take(watch: Signpost, *, message: str = "") -> None:
    """Make the connection due and wake a worker, unless this is one message twice. Raises Missing."""
    if watch.tenant.is_suspended or (message and hearing.is_repeated(watch, message)):
        return
    with tenant_context(watch.tenant):
        connection_id: UUID | None = hearing.note_told(calendar_id=UUID(watch.object_id), now=timezone.now())
        if connection_id is not None:
            sync_connection.enqueue(str(connection_id))
