"""Calendars of connected accounts, our copies in them, and appointments they contradict."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone
from django_filters.rest_framework import ChoiceFilter, FilterSet, UUIDFilter
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calendar_sync.enums import LinkState
from calendar_sync.models import EventLink, ExternalCalendar
from calendar_sync.selectors.connections import busy_times, calendars_for, links_for, open_conflicts
from calendar_sync.serializers import (
    BusyParameters,
    BusySerializer,
    CalendarChoices,
    CalendarSerializer,
    ConflictSerializer,
    KeepRequest,
    LinkSerializer,
)
from calendar_sync.services import calendars, conflicts
from calendar_sync.tasks import sync_connection
from calendar_sync.views.connections import MAY_SYNC, UUID_PATTERN
from core.permissions import current_tenant, membership_of
from schedule.selectors.conflicts import Span


class CalendarViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ExternalCalendar]):
    """Calendars of connected accounts."""

    serializer_class = CalendarSerializer
    permission_classes = MAY_SYNC
    queryset = ExternalCalendar.objects.all()
    lookup_value_regex = UUID_PATTERN
    search_fields = ("name",)
    ordering = ("name", "id")
    ordering_fields = ("name", "last_pulled_at")

    def get_queryset(self) -> QuerySet[ExternalCalendar]:
        """Return the calendars the caller may see."""
        return calendars_for(membership_of(self.request))

    @extend_schema(request=CalendarChoices, responses=CalendarSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Choose what a calendar is used for.

        Its busy time is read where `read_busy` says so. One calendar of an account is written to; choosing another
        moves our entries there.
        """
        calendar = self.get_object()
        asked = CalendarChoices(data=request.data)
        asked.is_valid(raise_exception=True)
        woken = calendars.choose(
            tenant=current_tenant(),
            calendar_id=calendar.pk,
            by=membership_of(request),
            now=timezone.now(),
            **asked.validated_data,
        )
        for connection in woken:
            sync_connection.enqueue(str(connection.pk))
        return Response(CalendarSerializer(self.get_queryset().get(pk=calendar.pk)).data)


class LinkFilter(FilterSet):
    """By appointment, connection and where they stand."""

    appointment = UUIDFilter(field_name="event_id")
    connection = UUIDFilter(field_name="calendar__connection_id")
    state = ChoiceFilter(choices=LinkState.choices)


class LinkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[EventLink]):
    """Copies of appointments in connected calendars."""

    serializer_class = LinkSerializer
    permission_classes = MAY_SYNC
    queryset = EventLink.objects.all()
    lookup_value_regex = UUID_PATTERN
    filterset_class = LinkFilter
    search_fields = ("calendar__name",)
    ordering = ("-id",)
    ordering_fields = ("synced_at", "state", "id")

    def get_queryset(self) -> QuerySet[EventLink]:
        """Return the copies in the calendars the caller may see."""
        return links_for(membership_of(self.request))

    @extend_schema(request=None, responses=LinkSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """Try again to write an entry that was refused."""
        link = self.get_object()
        calendars.retry(link=link, now=timezone.now())
        return self._answer(link)

    @extend_schema(request=None, responses=LinkSerializer)
    @action(detail=True, methods=["post"])
    def detach(self, request: Request, pk: str) -> Response:
        """Leave the entry alone for good, whatever becomes of the appointment."""
        link = self.get_object()
        calendars.detach(link=link)
        return self._answer(link)

    @extend_schema(request=None, responses=LinkSerializer)
    @action(detail=True, methods=["post"], url_path="accept-remote")
    def accept_remote(self, request: Request, pk: str) -> Response:
        """Move the appointment to where somebody moved its entry.

        Refused as any other move is: 409 where the time is taken, 400 where a rule forbids it.
        """
        link = self.get_object()
        calendars.accept_remote(tenant=current_tenant(), link=link, by=membership_of(request).user, now=timezone.now())
        return self._answer(link)

    @extend_schema(request=None, responses=LinkSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, pk: str) -> Response:
        """Write the entry over what somebody changed it to, now rather than within five minutes."""
        link = self.get_object()
        calendars.put_back(link=link, now=timezone.now())
        return self._answer(link)

    def _answer(self, link: EventLink) -> Response:
        sync_connection.enqueue(str(link.calendar.connection_id))
        return Response(LinkSerializer(self.get_queryset().get(pk=link.pk)).data)


class BusyView(APIView):
    """When connected calendars keep people busy."""

    permission_classes = MAY_SYNC

    @extend_schema(
        operation_id="api_calendar_sync_busy", parameters=[BusyParameters], responses=BusySerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        """List when connected calendars keep a resource busy, or anybody; earliest first.

        Entries of one calendar that overlap or touch are one stretch. What they are about is nowhere stored.
        """
        asked = BusyParameters(data=request.query_params, context={"zone": ZoneInfo(current_tenant().timezone)})
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        span = Span(given["from"], given["to"])
        found = busy_times(membership_of(request), span=span, resource_id=given["resource"])
        return Response(BusySerializer(cast("Any", found), many=True).data)


class ConflictsView(APIView):
    """Appointments in busy time of a connected calendar."""

    permission_classes = MAY_SYNC

    @extend_schema(operation_id="api_calendar_sync_conflicts", responses=ConflictSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List appointments that a calendar contradicts, earliest first.

        Each is to be kept, moved or cancelled; moving and cancelling go by way of the appointment itself.
        """
        shown = [
            {
                "appointment": overlap.event_id,
                "service_name": overlap.service_name,
                "customer_name": overlap.customer_name,
                "resource": overlap.resource_id,
                "resource_name": overlap.resource_name,
                "appointment_start_at": overlap.booked.start_at,
                "appointment_end_at": overlap.booked.end_at,
                "busy_start_at": overlap.busy.start_at,
                "busy_end_at": overlap.busy.end_at,
                "connection": calendar.connection_id,
                "calendar": calendar.pk,
                "calendar_name": calendar.name,
            }
            for overlap, calendar in open_conflicts(membership_of(request), now=timezone.now())
        ]
        return Response(ConflictSerializer(cast("Any", shown), many=True).data)


class KeepConflictView(APIView):
    """The decision to leave an appointment where it is."""

    permission_classes = MAY_SYNC

    @extend_schema(request=KeepRequest, responses={204: None})
    def post(self, request: Request) -> Response:
        """Keep an appointment although a calendar is busy; asked again when either moves."""
        asked = KeepRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        conflicts.keep(
            tenant=current_tenant(),
            by=membership_of(request),
            event_id=asked.validated_data["appointment"],
            now=timezone.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
