"""What payments refuse."""

from core.errors import Conflict


class NotRefundable(Conflict):
    """The payment failed or was refunded already: there is nothing to give back. Carries its `status`."""

    code = "not_refundable"


class RefundExceedsPayment(Conflict):
    """More would be given back than is left of the payment. Carries `remaining_cents`."""

    code = "refund_exceeds_payment"
