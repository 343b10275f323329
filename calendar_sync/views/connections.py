"""Connected accounts over HTTP."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, viewsets
from rest_framework import status as http
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calendar_sync.errors import Running
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.availability import is_available
from calendar_sync.providers.catalogue import PROVIDERS
from calendar_sync.selectors.connections import connections_for, with_counts
from calendar_sync.serializers import (
    CalendarSerializer,
    ConnectionSerializer,
    ConnectRequest,
    ProviderSerializer,
    ReconnectRequest,
    RunSerializer,
    StatusSerializer,
)
from calendar_sync.services import accounts, connecting, disconnecting
from calendar_sync.tasks import sync_connection
from core.models import Role
from core.openapi import Problem
from core.permissions import HasFeaturePermission, HasRole, current_tenant, membership_of

MAY_SYNC = (IsAuthenticated, HasRole(Role.STAFF), HasFeaturePermission("can_use_calendar_sync"))
UUID_PATTERN = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


class ProvidersView(APIView):
    """The kinds of servers."""

    permission_classes = MAY_SYNC

    @extend_schema(responses=ProviderSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List what calendars can be connected from."""
        shown = [
            {
                "key": provider.key,
                "name": provider.name,
                "auth": provider.auth,
                "is_available": is_available(provider.key),
                "can_write": provider.can_write,
                "presets": [vars(preset) for preset in provider.presets],
            }
            for provider in PROVIDERS
        ]
        return Response(ProviderSerializer(shown, many=True).data)


class ConnectionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CalendarConnection]):
    """Connected accounts: managers see all of the business's, others their own."""

    serializer_class = ConnectionSerializer
    permission_classes = MAY_SYNC
    not_while_impersonating = ("create", "destroy", "reconnect")
    queryset = CalendarConnection.objects.all()
    lookup_value_regex = UUID_PATTERN
    search_fields = ("account_label",)
    ordering = ("created_at",)
    ordering_fields = ("created_at", "last_success_at", "account_label", "state")

    def get_queryset(self) -> QuerySet[CalendarConnection]:
        """Return the connections the caller may see."""
        return with_counts(connections_for(membership_of(self.request)))

    @extend_schema(
        request=ConnectRequest,
        responses={
            201: ConnectionSerializer,
            400: OpenApiResponse(Problem, "The server could not be used; `code` says why."),
            409: OpenApiResponse(Problem, "The account is connected already (`already_connected`)."),
        },
    )
    def create(self, request: Request) -> Response:
        """Connect a CalDAV account or a calendar address.

        The server is asked first; what does not work is not stored. Its first calendar is read from then on, nothing is
        written before a calendar is chosen for it. Google and Microsoft are connected by `connections/oauth/start/`.
        """
        asked = ConnectRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        connection = accounts.connect_typed(
            tenant=current_tenant(), by=membership_of(request), now=timezone.now(), **asked.validated_data
        )
        sync_connection.enqueue(str(connection.pk))
        return self._answer(connection.pk, http.HTTP_201_CREATED)

    @extend_schema(
        parameters=[
            OpenApiParameter("remove_remote_events", bool, description="Also delete our entries from the calendars.")
        ],
        responses={202: None, 204: None},
    )
    def destroy(self, request: Request, pk: str) -> Response:
        """Disconnect an account.

        Its busy time goes at once. Entries of ours stay in its calendars, unless `remove_remote_events=true` asks a
        worker to delete them first. Notices of changes end, and Google is given its grant back where nobody else uses
        the account, in the background.
        """
        connection = self.get_object()
        wants_removal = request.query_params.get("remove_remote_events", "").lower() in {"true", "1"}
        is_done = disconnecting.disconnect(
            tenant=current_tenant(),
            connection_id=connection.pk,
            by=membership_of(request),
            removing_entries=wants_removal,
            now=timezone.now(),
        )
        if is_done:
            return Response(status=http.HTTP_204_NO_CONTENT)
        sync_connection.enqueue(str(connection.pk))
        return Response(status=http.HTTP_202_ACCEPTED)

    @extend_schema(request=ReconnectRequest, responses=ConnectionSerializer)
    @action(detail=True, methods=["post"])
    def reconnect(self, request: Request, pk: str) -> Response:
        """Give an account a new password.

        Calendars, copies and busy time are kept. The server is asked first. Google and Microsoft accounts have no
        password here (400 `use_consent`): post the `provider` and this `connection` to `connections/oauth/start/`.
        """
        connection = self.get_object()
        asked = ReconnectRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        accounts.reconnect(
            tenant=current_tenant(),
            connection_id=connection.pk,
            by=membership_of(request),
            now=timezone.now(),
            **asked.validated_data,
        )
        sync_connection.enqueue(str(connection.pk))
        return self._answer(connection.pk)

    @extend_schema(request=None, responses=ConnectionSerializer)
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str) -> Response:
        """Ask the server whether it would let us in, and look for new calendars.

        A refusal is a 400 whose `code` says why; the connection itself stays as it is.
        """
        connection = self.get_object()
        accounts.refresh(tenant=current_tenant(), connection_id=connection.pk)
        return self._answer(connection.pk)

    @extend_schema(request=None, responses={202: ConnectionSerializer, 409: Problem})
    @action(detail=True, methods=["post"])
    def sync(self, request: Request, pk: str) -> Response:
        """Visit the server now rather than within five minutes."""
        connection = self.get_object()
        if connection.lease_until is not None and connection.lease_until > timezone.now():
            raise Running("A visit is under way.")
        connecting.hurry(connection_id=connection.pk, now=timezone.now())
        sync_connection.enqueue(str(connection.pk))
        return self._answer(connection.pk, http.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses=ConnectionSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        """Leave the server alone until somebody resumes; busy time stays as it is."""
        connection = self.get_object()
        connecting.pause(tenant=current_tenant(), connection_id=connection.pk, by=membership_of(request))
        return self._answer(connection.pk)

    @extend_schema(request=None, responses=ConnectionSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Go on after a pause or an error."""
        connection = self.get_object()
        connecting.resume(
            tenant=current_tenant(), connection_id=connection.pk, by=membership_of(request), now=timezone.now()
        )
        sync_connection.enqueue(str(connection.pk))
        return self._answer(connection.pk)

    @extend_schema(responses=StatusSerializer)
    @action(detail=True, methods=["get"], filter_backends=())
    def status(self, request: Request, pk: str) -> Response:
        """Show how a connection is, with the last five visits in which something happened."""
        return Response(StatusSerializer(self.get_object()).data)

    @extend_schema(responses=CalendarSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=(), pagination_class=None)
    def calendars(self, request: Request, pk: str) -> Response:
        """List the account's calendars as they were last seen."""
        rows = self.get_object().calendars.order_by("name", "pk")
        return Response(CalendarSerializer(rows, many=True).data)

    @extend_schema(
        request=None,
        responses={200: CalendarSerializer(many=True), 400: OpenApiResponse(Problem, "The server could not be asked.")},
    )
    @action(detail=True, methods=["post"], url_path="calendars/refresh", filter_backends=(), pagination_class=None)
    def refresh_calendars(self, request: Request, pk: str) -> Response:
        """Ask the server for the account's calendars; new ones are added, none is read or written by that."""
        connection = self.get_object()
        accounts.refresh(tenant=current_tenant(), connection_id=connection.pk)
        return Response(CalendarSerializer(connection.calendars.order_by("name", "pk"), many=True).data)

    @extend_schema(responses=RunSerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=())
    def runs(self, request: Request, pk: str) -> Response:
        """List the visits in which something happened, newest first."""
        page = self.paginate_queryset(cast("Any", self.get_object().runs.order_by("-started_at", "-pk")))
        return self.get_paginated_response(RunSerializer(cast("Any", page), many=True).data)

    def _answer(self, pk: UUID, code: int = http.HTTP_200_OK) -> Response:
        return Response(ConnectionSerializer(self.get_queryset().get(pk=pk)).data, status=code)
