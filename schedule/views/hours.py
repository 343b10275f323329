"""Working hours, other hours on single dates, and time off."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.active import current_tenant
from core.models import Role
from core.openapi import Problem
from core.permissions import HasRole
from schedule.models import DateOverride, TimeOff, WorkingHours
from schedule.selectors import catalogue as selectors
from schedule.serializers.hours import (
    DateOverrideSerializer,
    TimeOffSerializer,
    WeekParameters,
    WeekSerializer,
    WorkingHoursSerializer,
)
from schedule.services import hours as services
from schedule.views.filters import DateOverrideFilter, TimeOffFilter, WorkingHoursFilter

FROM_CALENDAR = OpenApiResponse(Problem, "It comes from a connected calendar (`from_calendar`). Change it there.")
WEEK_EXAMPLE = OpenApiExample(
    "Monday with a lunch break, otherwise closed",
    request_only=True,
    value={
        "resource": None,
        "days": [
            {
                "weekday": 0,
                "intervals": [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}],
            }
        ],
    },
)


class WorkingHoursViewSet(viewsets.ModelViewSet[WorkingHours]):
    """Weekly hours of the business and of single resources, in local time."""

    permission_classes = (IsAuthenticated, HasRole(Role.MANAGER))
    serializer_class = WorkingHoursSerializer
    queryset = WorkingHours.objects.none()
    filterset_class = WorkingHoursFilter
    ordering = ("resource_id", "weekday", "opens_minute")
    ordering_fields = ("resource", "weekday", "id")

    def get_queryset(self) -> QuerySet[WorkingHours]:
        """Return all weekly hours."""
        return selectors.working_hours()

    def perform_create(self, serializer: BaseSerializer[WorkingHours]) -> None:
        """Add weekly hours."""
        serializer.instance = services.create_working_hours(tenant=current_tenant(), **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[WorkingHours]) -> None:
        """Change weekly hours."""
        instance: Any = serializer.instance
        serializer.instance = services.change_working_hours(
            tenant=current_tenant(), hours_id=instance.pk, **serializer.validated_data
        )

    def perform_destroy(self, instance: WorkingHours) -> None:
        """Delete weekly hours."""
        services.delete_working_hours(tenant=current_tenant(), hours_id=instance.pk)

    @extend_schema(parameters=[WeekParameters], responses=WeekSerializer, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def week(self, request: Request) -> Response:
        """Get the whole week of the business or of one resource.

        All seven weekdays; one without intervals is closed. A resource without any interval uses the business's week.
        """
        asked = WeekParameters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(_week(asked.validated_data["resource"]))

    @extend_schema(request=WeekSerializer, responses=WeekSerializer, examples=[WEEK_EXAMPLE], filters=False)
    @week.mapping.put
    def replace_week(self, request: Request) -> Response:
        """Replace the whole week of the business or of one resource.

        In one transaction. Weekdays left out are closed; a resource left without any interval uses the business's.
        """
        asked = WeekSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        resource_id = asked.validated_data["resource"]
        services.replace_week(tenant=current_tenant(), resource_id=resource_id, intervals=asked.intervals())
        return Response(_week(resource_id))


def _week(resource_id: int | None) -> dict[str, Any]:
    intervals: dict[int, list[dict[str, int]]] = {weekday: [] for weekday in range(7)}
    for hours in selectors.week_of(resource_id):
        intervals[hours.weekday].append({"opens": hours.opens_minute, "closes": hours.closes_minute})
    days = [{"weekday": weekday, "intervals": found} for weekday, found in intervals.items()]
    return dict(WeekSerializer({"resource": resource_id, "days": days}).data)


class DateOverrideViewSet(viewsets.ModelViewSet[DateOverride]):
    """Other hours on single dates, such as holidays. A resource's own come before the business's."""

    permission_classes = (IsAuthenticated, HasRole(Role.MANAGER))
    serializer_class = DateOverrideSerializer
    queryset = DateOverride.objects.none()
    filterset_class = DateOverrideFilter
    ordering = ("date", "resource_id", "opens_minute")
    ordering_fields = ("date", "resource", "id")

    def get_queryset(self) -> QuerySet[DateOverride]:
        """Return the other hours of all dates."""
        return selectors.date_overrides()

    def perform_create(self, serializer: BaseSerializer[DateOverride]) -> None:
        """Set other hours."""
        serializer.instance = services.create_date_override(tenant=current_tenant(), **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[DateOverride]) -> None:
        """Change other hours."""
        instance: Any = serializer.instance
        serializer.instance = services.change_date_override(
            tenant=current_tenant(), override_id=instance.pk, **serializer.validated_data
        )

    def perform_destroy(self, instance: DateOverride) -> None:
        """Delete other hours."""
        services.delete_date_override(tenant=current_tenant(), override_id=instance.pk)


CHANGE_TIME_OFF = extend_schema(responses={200: TimeOffSerializer, 409: FROM_CALENDAR})


@extend_schema_view(
    update=CHANGE_TIME_OFF,
    partial_update=CHANGE_TIME_OFF,
    destroy=extend_schema(responses={204: None, 409: FROM_CALENDAR}),
)
class TimeOffViewSet(viewsets.ModelViewSet[TimeOff]):
    """Time in which a resource, or everybody, is not available. Appointments within it stay as they are."""

    permission_classes = (IsAuthenticated, HasRole(Role.MANAGER))
    serializer_class = TimeOffSerializer
    queryset = TimeOff.objects.none()
    filterset_class = TimeOffFilter
    ordering = ("start_at",)
    ordering_fields = ("start_at", "end_at", "created_at", "id")

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the zone in which instants are read and shown."""
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            context["zone"] = current_tenant().zone
        return context

    def get_queryset(self) -> QuerySet[TimeOff]:
        """Return all time off."""
        return selectors.time_off()

    def perform_create(self, serializer: BaseSerializer[TimeOff]) -> None:
        """Add time off."""
        serializer.instance = services.create_time_off(**serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[TimeOff]) -> None:
        """Change time off."""
        instance: Any = serializer.instance
        serializer.instance = services.change_time_off(time_off_id=instance.pk, **serializer.validated_data)

    def perform_destroy(self, instance: TimeOff) -> None:
        """Delete time off."""
        services.delete_time_off(time_off_id=instance.pk)
