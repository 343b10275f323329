"""Members and invitations."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.filters import FlagFilter
from core.models import Invitation, Membership, Role, User
from core.people import accept_invitation, change_member, find_invitation, invite, withdraw_invitation
from core.permissions import HasQuota, HasRole, current_tenant, membership_of
from core.serializers.account import (
    InvitationAcceptance,
    InvitationPreview,
    InvitationSecret,
    InvitationSerializer,
    MemberChange,
    MemberSerializer,
)
from core.serializers.passwords import require_strong
from core.sign_in import check_password


class MemberFilter(filters.FilterSet):
    """The parameters of the list of members."""

    role = filters.ChoiceFilter(choices=Role.choices)
    is_active = FlagFilter()

    class Meta:
        model = Membership
        fields = ()


@extend_schema(tags=["Team"])
class TeamViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Membership]):
    """The people of the business."""

    serializer_class = MemberSerializer
    permission_classes = (IsAuthenticated, HasRole(Role.MANAGER, read=Role.MANAGER))
    ungated = "every plan has a team, within its quota"
    not_while_impersonating = ("partial_update",)
    queryset = Membership.objects.none()
    ordering = ("created_at",)
    ordering_fields = ("created_at", "role")
    filterset_class = MemberFilter
    search_fields = ("user__email", "user__name")

    def get_queryset(self) -> QuerySet[Membership]:
        """Return the business's members, former ones included."""
        if getattr(self, "swagger_fake_view", False):
            return Membership.objects.none()
        return Membership.objects.filter(tenant=current_tenant()).select_related("user")

    @extend_schema(request=MemberChange, responses=MemberSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a member's role, or let them in or out."""
        asked = MemberChange(data=request.data)
        asked.is_valid(raise_exception=True)
        role = asked.validated_data.get("role")
        changed = change_member(
            membership=self.get_object(),
            by=membership_of(request),
            role=Role(role) if role else None,
            is_active=asked.validated_data.get("is_active"),
        )
        return Response(MemberSerializer(changed).data)


@extend_schema(tags=["Team"])
class InvitationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Invitation]):
    """Open invitations."""

    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()
    ordering = ("-created_at",)
    ordering_fields = ("created_at", "expires_at", "email")
    filterset_fields = ("role",)
    throttle_scope: str | None = None
    ungated = "every plan may invite within its quota"
    not_while_impersonating = ("create", "destroy")
    open_to_all = "an invitation is looked at and accepted before signing in"

    def get_permissions(self) -> list[BasePermission]:
        """Managers invite within the quota; anybody with a link can look at it and accept."""
        if self.action in {"accept", "preview"}:
            return [AllowAny()]
        return [IsAuthenticated(), HasRole(Role.MANAGER, read=Role.MANAGER)(), HasQuota("max_users")()]

    def get_queryset(self) -> QuerySet[Invitation]:
        """Return the business's invitations that were not accepted."""
        if getattr(self, "swagger_fake_view", False):
            return Invitation.objects.none()
        return Invitation.objects.filter(tenant=current_tenant(), accepted_at__isnull=True)

    @extend_schema(request=InvitationSerializer, responses={201: InvitationSerializer})
    def create(self, request: Request) -> Response:
        """Invite a person by e-mail.

        Inviting the same address again replaces its open invitation and sends a new link.
        """
        asked = InvitationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        invitation = invite(
            by=membership_of(request),
            email=asked.validated_data["email"],
            role=Role(asked.validated_data["role"]),
        )
        return Response(InvitationSerializer(invitation).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Withdraw an invitation."""
        withdraw_invitation(invitation=self.get_object(), by=membership_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        parameters=[OpenApiParameter("token", str, required=True)], responses=InvitationPreview, filters=False
    )
    @action(detail=False, methods=["get"], authentication_classes=[], pagination_class=None)
    def preview(self, request: Request) -> Response:
        """Show what an invitation's link offers."""
        asked = InvitationSecret(data=request.query_params)
        asked.is_valid(raise_exception=True)
        invitation = find_invitation(asked.validated_data["token"], tenant=current_tenant())
        return Response(
            {
                "business": invitation.tenant.name,
                "email": invitation.email,
                "role": invitation.role,
                "has_account": User.objects.filter(email=invitation.email).exists(),
            }
        )

    @extend_schema(request=InvitationAcceptance, responses={201: MemberSerializer})
    @action(detail=False, methods=["post"], authentication_classes=[], throttle_scope="sign_in")
    def accept(self, request: Request) -> Response:
        """Join the business.

        A new person chooses a password; one with an account gives the password they have.
        """
        asked = InvitationAcceptance(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        invitation = find_invitation(given["token"], tenant=current_tenant())
        user = None
        if User.objects.filter(email=invitation.email).exists():
            user = check_password(request=request._request, email=invitation.email, password=given["password"])
        else:
            require_strong(given["password"], user=User(email=invitation.email), field="password")
        membership = accept_invitation(
            secret=given["token"],
            tenant=current_tenant(),
            user=user,
            name=given["name"],
            password=given["password"],
        )
        return Response(MemberSerializer(membership).data, status=status.HTTP_201_CREATED)
