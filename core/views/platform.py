"""What stands where no other view of the API does."""

from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.authentication import TokenAuthentication


class TenantNeededView(APIView):
    """Stands where a business's API would be, for a caller without a usable token."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (AllowAny,)
    schema = None
    open_to_all = "refuses everybody"

    def _refuse(self, request: Request, *_: str, **__: str) -> Response:
        raise NotAuthenticated(
            "Sign in at POST /auth-token/ and send `Authorization: Token …`, or use the business's own address."
        )

    get = post = put = patch = delete = options = _refuse


class NothingHereView(APIView):
    """Stands behind every other route below `/api/`, so that a program gets JSON and not the dashboard."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None
    open_to_all = "there is nothing here"

    def _refuse(self, request: Request, *_: str, **__: str) -> Response:
        raise NotFound("There is nothing at this address. The API is described at /api/docs/.")

    get = post = put = patch = delete = options = _refuse
