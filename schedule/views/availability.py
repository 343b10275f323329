"""Free starts, and why a start is not free."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.active import current_tenant
from core.models import Role
from core.permissions import HasRole
from core.serializers.instants import iso_in
from schedule.selectors.availability import explain, free_slots
from schedule.selectors.catalogue import resource_named, service_named
from schedule.serializers.availability import (
    AvailabilityParameters,
    AvailabilitySerializer,
    ExplanationParameters,
    ExplanationSerializer,
)

AVAILABILITY_EXAMPLE = OpenApiExample(
    "One day",
    response_only=True,
    value={
        "service_id": 1,
        "timezone": "Europe/Berlin",
        "days": [
            {
                "date": "2026-03-02",
                "slots": [
                    {
                        "start": "2026-03-02T09:00:00+01:00",
                        "end": "2026-03-02T09:50:00+01:00",
                        "resource_ids": [3, 4, 7],
                    }
                ],
            }
        ],
    },
)
EXPLANATION_EXAMPLE = OpenApiExample(
    "Taken",
    response_only=True,
    value={
        "service_id": 1,
        "resource_id": 3,
        "start": "2026-03-02T09:15:00+01:00",
        "available": False,
        "reasons": [
            {
                "rule": "busy",
                "detail": "“Anna” is booked to capacity.",
                "start": "2026-03-02T09:00:00+01:00",
                "end": "2026-03-02T09:50:00+01:00",
            }
        ],
    },
)


class AvailabilityView(APIView):
    """Free starts."""

    permission_classes = (IsAuthenticated, HasRole(Role.STAFF))

    @extend_schema(
        parameters=[AvailabilityParameters], responses=AvailabilitySerializer, examples=[AVAILABILITY_EXAMPLE]
    )
    def get(self, request: Request) -> Response:
        """List the free starts of a service.

        Every date of the range with its free starts and who can take them. A start belongs to the date on which it
        begins in the business's zone. A service that is not active has none.
        """
        asked = AvailabilityParameters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        tenant = current_tenant()
        service = service_named(given["service_id"])
        if given["resource_id"] is not None:
            resource_named(given["resource_id"])
        days = free_slots(
            tenant=tenant,
            service=service,
            from_date=given["from"],
            to_date=given["to"],
            now=timezone.now(),
            resource_id=given["resource_id"],
        )
        return Response(
            {
                "service_id": service.pk,
                "timezone": tenant.timezone,
                "days": [
                    {
                        "date": day.date.isoformat(),
                        "slots": [
                            {
                                "start": slot.start.isoformat(),
                                "end": slot.end.isoformat(),
                                "resource_ids": slot.resource_ids,
                            }
                            for slot in day.slots
                        ],
                    }
                    for day in days
                ],
            }
        )


class ExplanationView(APIView):
    """Why a start is not free."""

    permission_classes = (IsAuthenticated, HasRole(Role.STAFF))

    @extend_schema(parameters=[ExplanationParameters], responses=ExplanationSerializer, examples=[EXPLANATION_EXAMPLE])
    def get(self, request: Request) -> Response:
        """Say why a start is not offered.

        Every rule that keeps the resource from performing the service at that time, or none when it is available.
        """
        tenant = current_tenant()
        zone = tenant.zone
        asked = ExplanationParameters(data=request.query_params, context={"zone": zone})
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        service = service_named(given["service_id"])
        resource = resource_named(given["resource_id"])
        reasons = explain(
            tenant=tenant, service=service, resource=resource, start_at=given["start"], now=timezone.now()
        )
        return Response(
            {
                "service_id": service.pk,
                "resource_id": resource.pk,
                "start": iso_in(zone, given["start"]),
                "available": not reasons,
                "reasons": [
                    {
                        "rule": reason.rule.value,
                        "detail": reason.detail,
                        "start": iso_in(zone, reason.start_at),
                        "end": iso_in(zone, reason.end_at),
                    }
                    for reason in reasons
                ],
            }
        )
