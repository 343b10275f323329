"""Feeds over HTTP: looked after by people, read by programs that have the address."""

from email.utils import format_datetime
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calendar_sync.enums import FeedScope
from calendar_sync.models import Feed
from calendar_sync.selectors.connections import feeds_for
from calendar_sync.selectors.feeds import feed_behind, feed_file
from calendar_sync.serializers import FeedRequest, FeedSerializer, FeedWithAddress
from calendar_sync.services import feeds
from calendar_sync.services.accounts import require_own
from calendar_sync.services.syncing import FEATURE
from calendar_sync.views.connections import MAY_SYNC, UUID_PATTERN
from core.errors import Missing
from core.links import tenant_url
from core.openapi import Problem
from core.permissions import current_tenant, membership_of


class FeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Feed]):
    """Appointments as calendar files under secret addresses."""

    serializer_class = FeedSerializer
    permission_classes = MAY_SYNC
    not_while_impersonating = ("create", "rotate", "destroy")
    queryset = Feed.objects.all()
    lookup_value_regex = UUID_PATTERN
    search_fields = ("resource__name",)
    ordering = ("created_at",)
    ordering_fields = ("created_at", "last_read_at")

    def get_queryset(self) -> QuerySet[Feed]:
        """Return the feeds the caller may see."""
        return feeds_for(membership_of(self.request))

    @extend_schema(request=FeedRequest, responses={201: FeedWithAddress})
    def create(self, request: Request) -> Response:
        """Make a feed.

        Its address is told this once, as `https://` and as `webcal://`; whoever has it can read the feed.
        """
        asked = FeedRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        by = membership_of(request)
        require_own(by, wanted["resource"])
        feed, secret = feeds.create_feed(
            tenant=current_tenant(),
            by=by,
            scope=FeedScope.TENANT if wanted["resource"] is None else FeedScope.RESOURCE,
            resource_id=wanted["resource"],
            privacy=wanted["privacy"],
            past_days=wanted["past_days"],
            future_days=wanted["future_days"],
        )
        return Response(_with_address(feed, secret), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=FeedWithAddress)
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, pk: str) -> Response:
        """Give a feed a new address; the old one is nothing from then on."""
        feed = self.get_object()
        secret = feeds.rotate_feed(
            tenant=current_tenant(), feed_id=feed.pk, by=membership_of(request), now=timezone.now()
        )
        return Response(_with_address(self.get_queryset().get(pk=feed.pk), secret))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a feed away."""
        feed = self.get_object()
        feeds.delete_feed(tenant=current_tenant(), feed_id=feed.pk, by=membership_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _with_address(feed: Feed, secret: str) -> Any:
    url = tenant_url(current_tenant(), f"/api/calendar-sync/feeds/{secret}.ics")
    scheme, _, rest = url.partition("://")
    shown: Any = {
        **FeedSerializer(feed).data,
        "url": url,
        "webcal_url": f"webcal{'s' if scheme == 'https' else ''}://{rest}",
    }
    return FeedWithAddress(shown).data


class AnyFormat(DefaultContentNegotiation):
    """Calendar programs ask for all sorts of types; there is one."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return the only renderer."""
        return renderers[0], renderers[0].media_type


class FeedFileView(APIView):
    """The file of a feed."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    open_to_all = "calendar programs cannot sign in; the secret address is the permission"
    content_negotiation_class = AnyFormat

    @extend_schema(
        responses={
            (200, "text/calendar"): OpenApiResponse(OpenApiTypes.STR, "The calendar."),
            304: None,
            404: OpenApiResponse(Problem, "No such feed, an old address, or the plan has no calendar sync."),
        }
    )
    def get(self, request: Request, secret: str) -> HttpResponse:
        """Read a feed.

        The same appointments are the same bytes and the same `ETag`. An address that was replaced, one that never was,
        and one of a business whose plan does not include calendar sync are answered alike.
        """
        tenant = current_tenant()
        feed = feed_behind(secret)
        if feed is None or not tenant.has_feature(FEATURE):
            raise Missing("There is no such calendar.")
        now = timezone.now()
        file = feed_file(feed, tenant=tenant, now=now)
        Feed.objects.filter(pk=feed.pk).update(last_read_at=now)
        if request.headers.get("If-None-Match") == file.etag:
            answer = HttpResponse(status=304)
        else:
            answer = HttpResponse(file.text, content_type="text/calendar; charset=utf-8")
        answer["ETag"] = file.etag
        if file.modified_at is not None:
            answer["Last-Modified"] = format_datetime(cast("Any", file.modified_at), usegmt=True)
        return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
