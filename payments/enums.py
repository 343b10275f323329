"""The words of payments."""

from django.db.models import TextChoices


class Method(TextChoices):
    """How the customer paid."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    OTHER = "other"


class TransactionStatus(TextChoices):
    """Where a payment stands."""

    SUCCEEDED = "succeeded"
    REFUNDED = "refunded"
    PARTIALLY_REFUNDED = "partially_refunded"
    FAILED = "failed"
