"""What people change about themselves."""

from django.contrib.auth import update_session_auth_hash
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.account import change_password, rename, require_own_password
from core.impersonation import EVERYTHING
from core.models import ApiToken
from core.permissions import membership_of
from core.serializers.passwords import require_strong
from core.serializers.session import PasswordChange, PersonChange, SessionUser, user_body


class MeView(APIView):
    """The person who is calling."""

    permission_classes = (IsAuthenticated,)
    ungated = "everybody has a name"

    @extend_schema(request=PersonChange, responses=SessionUser, tags=["Account"])
    def patch(self, request: Request) -> Response:
        """Change your own name.

        It holds in every business you belong to.
        """
        asked = PersonChange(data=request.data)
        asked.is_valid(raise_exception=True)
        membership = membership_of(request)
        if "name" in asked.validated_data:
            rename(membership=membership, name=asked.validated_data["name"])
        return Response(user_body(membership))


class PasswordView(APIView):
    """The password of the person who is calling."""

    permission_classes = (IsAuthenticated,)
    throttle_scope = "sign_in"
    ungated = "everybody has a password"
    not_while_impersonating = EVERYTHING

    @extend_schema(request=PasswordChange, responses={204: None}, tags=["Account"])
    def post(self, request: Request) -> Response:
        """Change your own password.

        The session or token of this request goes on; every other session and sign-in token of yours ends, in every
        business you belong to. Named tokens stay.
        """
        asked = PasswordChange(data=request.data)
        asked.is_valid(raise_exception=True)
        membership = membership_of(request)
        require_own_password(
            request=request._request, user=membership.user, password=asked.validated_data["current_password"]
        )
        new_password = asked.validated_data["new_password"]
        require_strong(new_password, user=membership.user, field="new_password")
        token = request.auth if isinstance(request.auth, ApiToken) else None
        user = change_password(membership=membership, new_password=new_password, kept=token)
        if token is None:
            update_session_auth_hash(request._request, user)
        return Response(status=status.HTTP_204_NO_CONTENT)
