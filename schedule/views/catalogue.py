"""Resources, services and customers."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.active import current_tenant
from core.ids import UUID_PATTERN
from core.models import Role
from core.openapi import Problem
from core.permissions import HasQuota, HasRole
from schedule.models import Customer, Resource, Service
from schedule.selectors import catalogue as selectors
from schedule.selectors.customers import customer_figures
from schedule.serializers.catalogue import (
    CustomerFiguresSerializer,
    CustomerSerializer,
    ResourceChangeParameters,
    ResourceSerializer,
    ServiceSerializer,
)
from schedule.services import catalogue as services
from schedule.services.catalogue import ResourceGroups
from schedule.views.filters import CustomerFilter, ResourceFilter, ServiceFilter


def _in_use(word: str) -> OpenApiResponse:
    return OpenApiResponse(
        Problem,
        f"The {word} has appointments. Deactivate it instead.",
        examples=[
            OpenApiExample(
                "in_use",
                response_only=True,
                value={"detail": f"This {word} has appointments; deactivate it instead.", "code": "in_use"},
            )
        ],
    )


RESOURCE_CONFLICT = OpenApiResponse(
    Problem,
    "Appointments with the resource lie ahead (`has_future_appointments`, with their `count`), or more are booked at "
    "one moment than the new capacity admits (`capacity_overlaps`).",
    examples=[
        OpenApiExample(
            "has_future_appointments",
            response_only=True,
            value={
                "detail": "3 appointments with this resource lie ahead. Move or cancel them, or repeat the request "
                "with ?force=true to keep them as they are.",
                "code": "has_future_appointments",
                "count": 3,
            },
        )
    ],
)
CHANGE_RESOURCE = extend_schema(
    parameters=[ResourceChangeParameters], responses={200: ResourceSerializer, 409: RESOURCE_CONFLICT}
)


@extend_schema_view(
    update=CHANGE_RESOURCE,
    partial_update=CHANGE_RESOURCE,
    destroy=extend_schema(responses={204: None, 409: _in_use("resource")}),
)
class ResourceViewSet(viewsets.ModelViewSet[Resource]):
    """Staff, rooms and equipment."""

    permission_classes = (IsAuthenticated, HasRole(Role.MANAGER), HasQuota("max_resources"))
    serializer_class = ResourceSerializer
    queryset = Resource.objects.none()
    filterset_class = ResourceFilter
    search_fields = ("name",)
    ordering = ("name",)
    ordering_fields = ("name", "type", "created_at", "updated_at", "id")

    def get_queryset(self) -> QuerySet[Resource]:
        """Return the business's resources."""
        return selectors.resources()

    def perform_create(self, serializer: BaseSerializer[Resource]) -> None:
        """Add the resource."""
        serializer.instance = services.create_resource(tenant=current_tenant(), **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Resource]) -> None:
        """Change the resource."""
        meant = ResourceChangeParameters(data=self.request.query_params)
        meant.is_valid(raise_exception=True)
        instance: Any = serializer.instance
        serializer.instance = services.change_resource(
            tenant=current_tenant(),
            resource_id=instance.pk,
            despite_appointments=meant.validated_data["force"],
            **serializer.validated_data,
        )

    def perform_destroy(self, instance: Resource) -> None:
        """Delete the resource."""
        services.delete_resource(resource_id=instance.pk)


SERVICE_EXAMPLE = OpenApiExample(
    "A treatment that takes a therapist and a room",
    request_only=True,
    value={
        "name": "Massage",
        "duration_minutes": 50,
        "buffer_after_minutes": 10,
        "price_cents": 7500,
        "resource_groups": [[3, 4], [7]],
    },
)


@extend_schema_view(
    create=extend_schema(examples=[SERVICE_EXAMPLE]),
    destroy=extend_schema(responses={204: None, 409: _in_use("service")}),
)
class ServiceViewSet(viewsets.ModelViewSet[Service]):
    """What customers book."""

    permission_classes = (IsAuthenticated, HasRole(Role.MANAGER), HasQuota("max_services"))
    serializer_class = ServiceSerializer
    queryset = Service.objects.none()
    filterset_class = ServiceFilter
    search_fields = ("name", "description")
    ordering = ("name",)
    ordering_fields = ("name", "duration_minutes", "price_cents", "created_at", "updated_at", "id")

    def get_queryset(self) -> QuerySet[Service]:
        """Return the business's services."""
        return selectors.services()

    def perform_create(self, serializer: BaseSerializer[Service]) -> None:
        """Add the service."""
        given = dict(serializer.validated_data)
        able = given.pop("able", ResourceGroups([]))
        created = services.create_service(tenant=current_tenant(), resources=able, **given)
        serializer.instance = selectors.get_service(created.pk)

    def perform_update(self, serializer: BaseSerializer[Service]) -> None:
        """Change the service."""
        given = dict(serializer.validated_data)
        able = given.pop("able", None)
        instance: Any = serializer.instance
        services.change_service(tenant=current_tenant(), service_id=instance.pk, resources=able, **given)
        serializer.instance = selectors.get_service(instance.pk)

    def perform_destroy(self, instance: Service) -> None:
        """Delete the service."""
        services.delete_service(service_id=instance.pk)


@extend_schema_view(destroy=extend_schema(responses={204: None, 409: _in_use("customer")}))
class CustomerViewSet(viewsets.ModelViewSet[Customer]):
    """The people the business serves."""

    permission_classes = (IsAuthenticated, HasRole(Role.STAFF))
    serializer_class = CustomerSerializer
    queryset = Customer.objects.none()
    lookup_value_regex = UUID_PATTERN
    filterset_class = CustomerFilter
    search_fields = ("name", "email", "phone")
    ordering = ("name",)
    ordering_fields = ("name", "email", "created_at", "updated_at")

    def get_queryset(self) -> QuerySet[Customer]:
        """Return the business's customers."""
        return selectors.customers()

    @extend_schema(responses=CustomerFiguresSerializer, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def figures(self, request: Request, pk: str) -> Response:
        """Count a customer's appointments, and tell the first and last visit and the next appointment."""
        found = customer_figures(UUID(pk), now=timezone.now())
        return Response(CustomerFiguresSerializer(found, context={"zone": current_tenant().zone}).data)

    def perform_create(self, serializer: BaseSerializer[Customer]) -> None:
        """Add the customer."""
        serializer.instance = services.create_customer(**serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Customer]) -> None:
        """Change the customer."""
        instance: Any = serializer.instance
        serializer.instance = services.change_customer(customer_id=instance.pk, **serializer.validated_data)

    def perform_destroy(self, instance: Customer) -> None:
        """Delete the customer."""
        services.delete_customer(customer_id=instance.pk)
