"""Appointments."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.ids import UUID_PATTERN
from core.models import ApiToken, Role
from core.openapi import Problem
from core.permissions import HasQuota, HasRole, current_tenant, membership_of
from core.quotas import QuotaExceeded, SubscriptionSuspended
from schedule import services
from schedule.enums import BookingSource
from schedule.idempotency import HEADER, MAX_KEY_LENGTH, Answer, clean_key, fingerprint_of, is_answered, once
from schedule.models import Event
from schedule.selectors.appointments import appointments, from_rows, get_appointment, history_of
from schedule.serializers.appointments import (
    AppointmentChange,
    AppointmentRequest,
    AppointmentSerializer,
    CancelRequest,
    HistoryEntrySerializer,
    RescheduleRequest,
)
from schedule.views.appointment_filters import AppointmentFilter
from schedule.views.preconditions import etag_of, expected_version, is_known

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description='The `ETag` the appointment was read with, such as `"3"`; the change is made only if it still fits.',
)
STALE = OpenApiResponse(Problem, "The appointment has changed since it was read: its version is another one.")
CHANGED = {200: AppointmentSerializer, 412: STALE}
SLOT_TAKEN = OpenApiExample(
    "slot_taken",
    response_only=True,
    status_codes=["409"],
    value={
        "detail": "This time is already taken. The next free start is 2026-03-02T10:00:00+01:00.",
        "code": "slot_taken",
        "conflicts": [
            {
                "appointment_id": "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2b11",
                "resource_id": 3,
                "start_at": "2026-03-02T09:00:00+01:00",
                "end_at": "2026-03-02T10:00:00+01:00",
            }
        ],
        "alternatives": ["2026-03-02T10:00:00+01:00", "2026-03-02T10:15:00+01:00"],
    },
)
TAKEN = OpenApiResponse(
    Problem,
    "The time is taken, with what is in the way and the next free starts; or the status does not allow it.",
    examples=[SLOT_TAKEN],
)


class AppointmentViewSet(viewsets.GenericViewSet[Any]):
    """Appointments: booked, moved, changed, and brought to an end; never deleted."""

    serializer_class = AppointmentSerializer
    permission_classes = (IsAuthenticated, HasRole(Role.STAFF), HasQuota("max_appointments"))
    queryset = Event.objects.all()
    lookup_value_regex = UUID_PATTERN
    filterset_class = AppointmentFilter
    search_fields = ("customer__name", "customer__email", "service__name")
    ordering = ("start_at",)
    ordering_fields = ("start_at", "end_at", "created_at", "updated_at", "status", "price_cents")

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the zone in which instants are read and shown."""
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            context["zone"] = current_tenant().zone
        return context

    def check_permissions(self, request: Request) -> None:
        """Refuse what may not be done; a quota that is used up does not refuse the repetition of what was booked."""
        try:
            super().check_permissions(request)
        except (QuotaExceeded, SubscriptionSuspended):
            key = clean_key(request.headers.get(HEADER))
            if key is None or not is_answered(user=membership_of(request).user, key=key):
                raise

    @extend_schema(responses=AppointmentSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List appointments.

        By start, unless `ordering` says otherwise. `search` looks into customers' names and e-mail addresses and
        services' names.
        """
        page = self.paginate_queryset(self.filter_queryset(appointments()))
        found: Any = from_rows(page or ())
        shown = AppointmentSerializer(found, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "If-None-Match",
                str,
                OpenApiParameter.HEADER,
                description="An `ETag`; if it still fits the answer is an empty 304.",
            )
        ],
        responses={200: AppointmentSerializer, 304: None},
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Get an appointment.

        Its version is in `ETag`.
        """
        found = get_appointment(UUID(pk))
        if is_known(request, found.version):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": etag_of(found.version)})
        return self._answer(found)

    @extend_schema(
        request=AppointmentRequest,
        parameters=[
            OpenApiParameter(
                HEADER,
                str,
                OpenApiParameter.HEADER,
                description=(
                    f"Up to {MAX_KEY_LENGTH} printable characters of your choice. The same key with the same body "
                    "books once: for 24 hours it replays the first answer, with `Idempotency-Replayed: true`."
                ),
            )
        ],
        responses={
            201: AppointmentSerializer,
            409: TAKEN,
            422: OpenApiResponse(Problem, "The idempotency key was used for another request."),
        },
        examples=[
            OpenApiExample(
                "Any free resource",
                request_only=True,
                value={
                    "service": 1,
                    "customer": "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2b11",
                    "start_at": "2026-03-02T09:00:00+01:00",
                },
            ),
            SLOT_TAKEN,
        ],
    )
    def create(self, request: Request) -> Response:
        """Book an appointment.

        Without `resources` any that are able and free are chosen. A time that is not free is a 409 with what is in the
        way and the next free starts; one that a rule forbids is a 400 whose `code` is the rule.
        """
        wish = self._validated(AppointmentRequest, request)
        user = membership_of(request).user

        def perform() -> tuple[int, dict[str, Any]]:
            event = services.book(
                tenant=current_tenant(),
                service_id=wish["service"],
                customer_id=wish["customer"],
                start_at=wish["start_at"],
                by=user,
                source=BookingSource.API if isinstance(request.auth, ApiToken) else BookingSource.STAFF,
                resource_ids=wish["resources"],
                notes=wish["notes"],
                allow_outside_hours=wish["allow_outside_hours"],
            )
            return status.HTTP_201_CREATED, self._shown(get_appointment(event.pk))

        key = clean_key(request.headers.get(HEADER))
        if key is None:
            answer = Answer(*perform(), is_replay=False)
        else:
            mark = fingerprint_of(method="POST", path=request.path, body=request.data)
            answer = once(user=user, key=key, fingerprint=mark, perform=perform)
        headers = {"ETag": etag_of(answer.body["version"])}
        if answer.is_replay:
            headers["Idempotency-Replayed"] = "true"
        return Response(answer.body, status=answer.status_code, headers=headers)

    @extend_schema(request=AppointmentChange, parameters=[IF_MATCH], responses=CHANGED)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change an appointment's notes or customer.

        Any other field is refused, naming what to use instead.
        """
        changes = self._validated(AppointmentChange, request)
        return self._changed(
            services.edit(
                tenant=current_tenant(),
                event_id=UUID(pk),
                by=membership_of(request).user,
                notes=changes.get("notes"),
                customer_id=changes.get("customer"),
                expected_version=expected_version(request),
            )
        )

    @extend_schema(request=RescheduleRequest, parameters=[IF_MATCH], responses={**CHANGED, 409: TAKEN})
    @action(detail=True, methods=["post"])
    def reschedule(self, request: Request, pk: str) -> Response:
        """Move an appointment.

        It stays the same appointment and keeps its price. Without `resources` it stays with those it has, without
        `duration_minutes` as long as it is. With its present start and resources it becomes longer or shorter, even
        after it began.
        """
        wish = self._validated(RescheduleRequest, request)
        return self._changed(
            services.reschedule(
                tenant=current_tenant(),
                event_id=UUID(pk),
                start_at=wish["start_at"],
                resource_ids=wish.get("resources"),
                duration_minutes=wish.get("duration_minutes"),
                by=membership_of(request).user,
                expected_version=expected_version(request),
                allow_outside_hours=wish["allow_outside_hours"],
            )
        )

    @extend_schema(request=CancelRequest, parameters=[IF_MATCH], responses=CHANGED)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Cancel an appointment.

        Its time is free again. The appointment stays, with the reason in its history.
        """
        reason = self._validated(CancelRequest, request)["reason"]
        return self._changed(services.cancel(reason=reason, **self._which(request, pk)))

    @extend_schema(request=None, parameters=[IF_MATCH], responses=CHANGED)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Confirm a pending appointment."""
        return self._changed(services.confirm(**self._which(request, pk)))

    @extend_schema(request=None, parameters=[IF_MATCH], responses=CHANGED)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: str) -> Response:
        """Note that an appointment took place.

        Possible from its start on.
        """
        return self._changed(services.complete(**self._which(request, pk)))

    @extend_schema(request=None, parameters=[IF_MATCH], responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="no-show")
    def no_show(self, request: Request, pk: str) -> Response:
        """Note that the customer did not come.

        Possible from the start on. What is left of the time is free again.
        """
        return self._changed(services.mark_no_show(**self._which(request, pk)))

    @extend_schema(request=None, parameters=[IF_MATCH], responses={**CHANGED, 409: TAKEN})
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take back a cancellation, a completion or a no-show.

        The appointment has the status from before again. Time that was free meanwhile must still be; otherwise the
        answer is a 409 with what is in the way and the next free starts. A cancelled appointment is brought back only
        before its start (`time_passed`).
        """
        return self._changed(services.reopen(**self._which(request, pk)))

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def history(self, request: Request, pk: str) -> Response:
        """List what happened to an appointment.

        Oldest first.
        """
        page: Any = self.paginate_queryset(history_of(UUID(pk)))
        shown = HistoryEntrySerializer(page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)

    def _validated(self, serializer_class: type[Any], request: Request) -> dict[str, Any]:
        asked = serializer_class(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        validated: dict[str, Any] = asked.validated_data
        return validated

    def _which(self, request: Request, pk: str) -> dict[str, Any]:
        return {
            "tenant": current_tenant(),
            "event_id": UUID(pk),
            "by": membership_of(request).user,
            "expected_version": expected_version(request),
        }

    def _changed(self, event: Event) -> Response:
        return self._answer(get_appointment(event.pk))

    def _answer(self, found: Any) -> Response:
        return Response(self._shown(found), headers={"ETag": etag_of(found.version)})

    def _shown(self, found: Any) -> dict[str, Any]:
        shown: dict[str, Any] = AppointmentSerializer(found, context=self.get_serializer_context()).data
        return dict(shown)
