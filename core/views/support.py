"""Support at a business, as its owners see it."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.impersonation import allow_support
from core.models import Role, SupportAccess
from core.permissions import HasRole, current_tenant, membership_of
from core.serializers.support import SupportAccessSerializer, SupportSetting


@extend_schema(tags=["Account"])
class SupportAccessViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[SupportAccess]):
    """When somebody of the platform's support acted as a member of the business, and why."""

    serializer_class = SupportAccessSerializer
    permission_classes = (IsAuthenticated, HasRole(Role.OWNER, read=Role.OWNER))
    ungated = "owners see on every plan who was there"
    queryset = SupportAccess.objects.none()
    filterset_fields = ()
    ordering = ("-started_at",)
    ordering_fields = ("started_at",)

    def get_queryset(self) -> QuerySet[SupportAccess]:
        """Return the visits to the business."""
        if getattr(self, "swagger_fake_view", False):
            return SupportAccess.objects.none()
        return SupportAccess.objects.filter(tenant=current_tenant(), started_at__isnull=False)


class SupportSettingView(APIView):
    """Whether support may act as members of the business."""

    permission_classes = (IsAuthenticated, HasRole(Role.OWNER, read=Role.OWNER))
    ungated = "owners decide on every plan"
    not_while_impersonating = ("patch",)

    @extend_schema(responses=SupportSetting, tags=["Account"])
    def get(self, request: Request) -> Response:
        """Tell whether support may act as members of your business."""
        return Response({"support_access_allowed": current_tenant().support_access_allowed})

    @extend_schema(request=SupportSetting, responses=SupportSetting, tags=["Account"])
    def patch(self, request: Request) -> Response:
        """Let support act as members of your business, or no more.

        What support is doing at the moment ends when it is switched off.
        """
        asked = SupportSetting(data=request.data)
        asked.is_valid(raise_exception=True)
        allowed = asked.validated_data["support_access_allowed"]
        allow_support(by=membership_of(request), allowed=allowed)
        return Response({"support_access_allowed": allowed})
