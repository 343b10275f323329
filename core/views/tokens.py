"""API tokens of the business."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.models import ApiToken, Role, Scope
from core.permissions import HasFeaturePermission, HasRole, current_tenant, membership_of
from core.serializers.account import ApiTokenCreated, ApiTokenRequest, ApiTokenSerializer
from core.tokens import issue_named_token, revoke_token


@extend_schema(tags=["Account"])
class TokenViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[ApiToken]):
    """Usable tokens. Everyone sees and revokes their own; managers and owners those of the whole business."""

    serializer_class = ApiTokenSerializer
    queryset = ApiToken.objects.none()
    ordering = ("-created_at",)
    ordering_fields = ("created_at", "last_used_at", "name")
    filterset_fields = ()
    not_while_impersonating = ("create", "destroy")
    ungated = "signing out elsewhere works on every plan; creating named tokens asks for can_api_access"

    def get_permissions(self) -> list[BasePermission]:
        """Creating needs a manager and the feature; listing and revoking only a member."""
        wanted: list[type[BasePermission]] = [IsAuthenticated]
        if self.action == "create":
            wanted += [HasRole(Role.MANAGER), HasFeaturePermission("can_api_access")]
        return [permission() for permission in wanted]

    def get_queryset(self) -> QuerySet[ApiToken]:
        """Return the usable tokens the caller may see."""
        if getattr(self, "swagger_fake_view", False):
            return ApiToken.objects.none()
        membership = membership_of(self.request)
        visible = Q(user=membership.user)
        if membership.may_act_as(Role.MANAGER):
            visible |= ~Q(name="")
        return ApiToken.objects.usable(timezone.now()).filter(visible, tenant=current_tenant()).select_related("user")

    @extend_schema(request=ApiTokenRequest, responses={201: ApiTokenCreated})
    def create(self, request: Request) -> Response:
        """Create a named token.

        The secret is in `token`, in this answer only.
        """
        asked = ApiTokenRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        issued = issue_named_token(
            membership=membership_of(request),
            name=asked.validated_data["name"],
            scope=Scope(asked.validated_data["scope"]),
            expires_at=asked.validated_data["expires_at"],
        )
        body = {**ApiTokenSerializer(issued.token).data, "token": issued.secret}
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Revoke a token."""
        revoke_token(token=self.get_object(), by=membership_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
