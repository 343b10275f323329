"""Payments and refunds."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now as current_time
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.models import Role
from core.openapi import Problem
from core.permissions import HasFeaturePermission, HasRole, current_tenant, membership_of
from payments.filters import TransactionFilter
from payments.models import Transaction
from payments.selectors.transactions import transactions
from payments.serializers import PaymentRequest, RefundRequest, TransactionSerializer
from payments.services import record_payment, refund_payment
from schedule.idempotency import HEADER, MAX_KEY_LENGTH, Answer, clean_key, fingerprint_of, once

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description=(
        f"Up to {MAX_KEY_LENGTH} printable characters of your choice. The same key with the same body takes effect "
        "once: for 24 hours it replays the first answer, with `Idempotency-Replayed: true`."
    ),
)
KEY_REUSED = OpenApiResponse(Problem, "The idempotency key was used for another request.")
PAID_BY_CARD = OpenApiExample(
    "Paid by card",
    request_only=True,
    value={"appointment": "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2b11", "amount_cents": 4500, "method": "card"},
)
TOO_MUCH = OpenApiExample(
    "refund_exceeds_payment",
    response_only=True,
    status_codes=["409"],
    value={
        "detail": "Only 1500 cents of this payment are left to refund.",
        "code": "refund_exceeds_payment",
        "remaining_cents": 1500,
    },
)


class TransactionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Transaction]):
    """Payments, recorded by hand. They are never changed or deleted, only refunded."""

    serializer_class = TransactionSerializer
    permission_classes = (IsAuthenticated, HasRole(Role.STAFF), HasFeaturePermission("can_accept_payments"))
    queryset = Transaction.objects.none()
    filterset_class = TransactionFilter
    ordering = ("-occurred_at",)
    ordering_fields = ("occurred_at", "created_at", "amount_cents")
    search_fields = ("note", "appointment__customer__name")

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the zone in which instants are read and shown."""
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            context["zone"] = current_tenant().zone
        return context

    def get_queryset(self) -> QuerySet[Transaction]:
        """Return the business's payments."""
        return transactions()

    @extend_schema(
        request=PaymentRequest,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: TransactionSerializer, 422: KEY_REUSED},
        examples=[PAID_BY_CARD],
    )
    def create(self, request: Request) -> Response:
        """Record a payment.

        The customer has paid already (`succeeded`), or tried to (`failed`).
        """
        asked = PaymentRequest(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        appointment_id = given.pop("appointment")

        def perform() -> tuple[int, Any]:
            payment = record_payment(
                appointment_id=appointment_id, by=membership_of(request).user, now=current_time(), **given
            )
            return status.HTTP_201_CREATED, self._shown(payment)

        return _answer_once(request, perform)

    @extend_schema(
        request=RefundRequest,
        parameters=[IDEMPOTENCY_KEY],
        responses={
            200: TransactionSerializer,
            409: OpenApiResponse(
                Problem, "More than is left, or the payment failed or has nothing left.", examples=[TOO_MUCH]
            ),
            422: KEY_REUSED,
        },
    )
    @action(detail=True, methods=["post"])
    def refund(self, request: Request, pk: str) -> Response:
        """Refund a payment, in part or all that is left of it.

        More than is left is refused with `refund_exceeds_payment` and `remaining_cents`.
        """
        asked = RefundRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        transaction_id = self.get_object().pk

        def perform() -> tuple[int, Any]:
            refund_payment(
                transaction_id=transaction_id,
                by=membership_of(request).user,
                now=current_time(),
                **asked.validated_data,
            )
            return status.HTTP_200_OK, self._shown(transactions().get(pk=transaction_id))

        return _answer_once(request, perform)

    def _shown(self, payment: Transaction) -> Any:
        return TransactionSerializer(payment, context=self.get_serializer_context()).data


def _answer_once(request: Request, perform: Callable[[], tuple[int, Any]]) -> Response:
    """Answer with what `perform` returns; a request repeated under its key is answered as it was the first time."""
    key = clean_key(request.headers.get(HEADER))
    if key is None:
        answer = Answer(*perform(), is_replay=False)
    else:
        mark = fingerprint_of(method="POST", path=request.path, body=request.data)
        answer = once(user=membership_of(request).user, key=key, fingerprint=mark, perform=perform)
    headers = {"Idempotency-Replayed": "true"} if answer.is_replay else {}
    return Response(answer.body, status=answer.status_code, headers=headers)
