"""Plans on sale, and asking for one of them."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.models import PlanRequest, Role, SubscriptionPlan
from core.openapi import Problem
from core.permissions import HasRole, current_tenant, membership_of
from core.plan_requests import ask_for_plan, withdraw
from core.serializers.plans import PlanRequestRequest, PlanRequestSerializer, PlanSerializer

NOT_POSSIBLE = OpenApiResponse(
    Problem, "The business has an open request (`plan_request_open`) or this very plan (`already_on_plan`)."
)
DECIDED = OpenApiResponse(Problem, "The request was decided already (`plan_request_decided`); `state` says how.")


@extend_schema(tags=["Account"])
class PlanViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[SubscriptionPlan]):
    """The plans a business can choose, and the one it has. Cheapest first."""

    serializer_class = PlanSerializer
    permission_classes = (IsAuthenticated,)
    ungated = "whoever is on a plan may see the others"
    queryset = SubscriptionPlan.objects.none()
    filterset_fields = ()
    ordering = ("price_cents", "sort_order")
    ordering_fields = ("price_cents", "sort_order", "name")

    def get_queryset(self) -> QuerySet[SubscriptionPlan]:
        """Return what is on sale, and the business's own plan though it may be sold no more."""
        if getattr(self, "swagger_fake_view", False):
            return SubscriptionPlan.objects.none()
        return SubscriptionPlan.objects.filter(Q(is_active=True, is_public=True) | Q(pk=current_tenant().plan_id))

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the plan the business has."""
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            context["plan_id"] = current_tenant().plan_id
        return context


@extend_schema(tags=["Account"])
class PlanRequestViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[PlanRequest]):
    """What the business has asked the platform for. One request at most is open."""

    serializer_class = PlanRequestSerializer
    permission_classes = (IsAuthenticated, HasRole(Role.OWNER))
    ungated = "a business on any plan may ask for another"
    not_while_impersonating = ("create", "destroy")
    queryset = PlanRequest.objects.none()
    filterset_fields = ("state",)
    ordering = ("-created_at",)
    ordering_fields = ("created_at", "decided_at", "state")

    def get_queryset(self) -> QuerySet[PlanRequest]:
        """Return the business's requests."""
        if getattr(self, "swagger_fake_view", False):
            return PlanRequest.objects.none()
        return PlanRequest.objects.filter(tenant=current_tenant()).select_related("plan", "requested_by")

    @extend_schema(request=PlanRequestRequest, responses={201: PlanRequestSerializer, 409: NOT_POSSIBLE})
    def create(self, request: Request) -> Response:
        """Ask for a plan.

        The people who run the platform grant or decline it.
        """
        asked = PlanRequestRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        made = ask_for_plan(
            by=membership_of(request), plan_code=given["plan"], feature=given["feature"], note=given["note"]
        )
        return Response(PlanRequestSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None, 409: DECIDED})
    def destroy(self, request: Request, pk: str) -> Response:
        """Withdraw an open request."""
        withdraw(request=self.get_object(), by=membership_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
