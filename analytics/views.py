"""The numbers of a business: `dashboard`, `appointments` and `revenue`, below `/api/analytics/analytics/`."""

from typing import Any

from django.utils.timezone import now as current_time
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics import examples
from analytics.serializers import (
    AppointmentsQuery,
    AppointmentStatisticsSerializer,
    DashboardSerializer,
    RevenueQuery,
    RevenueStatisticsSerializer,
)
from core.models import Role
from core.permissions import HasFeaturePermission, current_tenant, require_role
from payments.selectors.revenue import revenue_statistics
from schedule.selectors.dashboard import read_dashboard
from schedule.selectors.statistics import appointment_statistics
from schedule.selectors.windows import DateWindow


class MaySeeAnalytics(BasePermission):
    """Managers and owners; staff where the business has opened its analytics to them."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raise RoleRequired for a member whose role is too low."""
        require_role(request, Role.STAFF if current_tenant().staff_can_see_analytics else Role.MANAGER)
        return True


class AnalyticsViewSet(viewsets.ViewSet):
    """Numbers about appointments and revenue, in the business's time zone and exact at every moment."""

    permission_classes = (IsAuthenticated, MaySeeAnalytics, HasFeaturePermission("advanced_analytics"))

    @extend_schema(responses=DashboardSerializer, examples=[examples.DASHBOARD])
    @action(detail=False)
    def dashboard(self, request: Request) -> Response:
        """Show the business at this moment.

        Dates, weekdays and hours are those of the business's time zone. Counts look at the start of
        appointments.
        """
        figures = read_dashboard(now=current_time(), zone=current_tenant().zone)
        return Response(DashboardSerializer(figures).data)

    @extend_schema(
        parameters=[AppointmentsQuery], responses=AppointmentStatisticsSerializer, examples=[examples.APPOINTMENTS]
    )
    @action(detail=False)
    def appointments(self, request: Request) -> Response:
        """Count the appointments of the last days.

        An appointment belongs to the local date on which it starts. The filters combine; an id that does
        not exist matches nothing. The days, the statuses and the services each add up to `total`.
        """
        asked = _parameters(AppointmentsQuery, request)
        figures = appointment_statistics(window=_window(asked.pop("days")), **asked)
        return Response(AppointmentStatisticsSerializer(figures).data)

    @extend_schema(parameters=[RevenueQuery], responses=RevenueStatisticsSerializer, examples=[examples.REVENUE])
    @action(
        detail=False,
        permission_classes=(
            IsAuthenticated,
            MaySeeAnalytics,
            HasFeaturePermission("advanced_analytics"),
            HasFeaturePermission("can_accept_payments"),
        ),
    )
    def revenue(self, request: Request) -> Response:
        """Add up the revenue of the last days.

        A payment belongs to the local date of its appointment and counts with what was not refunded. Only
        payments in the business's currency are added up. The days and the services each add up to
        `total_revenue_cents`.
        """
        asked = _parameters(RevenueQuery, request)
        figures = revenue_statistics(
            window=_window(asked["days"]), currency=current_tenant().currency, service_id=asked["service_id"]
        )
        return Response(RevenueStatisticsSerializer(figures).data)


def _parameters(query: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """Return the checked parameters. Of repeated ones the last counts; a filter left empty is not a filter."""
    given = {name: value for name, value in request.query_params.dict().items() if value or name == "days"}
    asked = query(data=given)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def _window(days: int) -> DateWindow:
    return DateWindow.of_last_days(days, now=current_time(), zone=current_tenant().zone)
