"""What the business may do."""

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.permissions import membership_of
from core.serializers.entitlements import EntitlementsAnswer
from core.snapshot import entitlements_snapshot


class EntitlementsView(APIView):
    """The snapshot clients draw their gates from."""

    permission_classes = (IsAuthenticated,)
    ungated = "a plan always tells what it contains"

    @extend_schema(responses=EntitlementsAnswer, tags=["Account"])
    def get(self, request: Request) -> HttpResponseBase:
        """Tell which features the business has, how much of each quota is left, and what the navigation shows.

        Answers 304 to an `If-None-Match` that still holds.
        """
        body = entitlements_snapshot(membership_of(request))
        etag = quote_etag(body["version"])
        answer = Response(body, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
        return get_conditional_response(request._request, etag=etag, response=answer) or answer
