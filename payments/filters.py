"""What the list of payments can be narrowed by."""

from datetime import datetime
from typing import Any

from django.forms import DateTimeField
from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet, IsoDateTimeFilter, UUIDFilter

from core.permissions import current_tenant
from payments.enums import Method, TransactionStatus
from payments.models import Transaction


class LocalInstantField(DateTimeField):
    """A date and time in ISO 8601; without an offset it is local time of the business."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant, None for an empty value."""
        with timezone.override(current_tenant().zone):
            return super().to_python(value)


class InstantFilter(IsoDateTimeFilter):  # type: ignore[misc]  # django-filter ships no types
    """Compares with an instant."""

    field_class = LocalInstantField


class TransactionFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """One appointment, method or status; paid at or after, and before, an instant."""

    appointment = UUIDFilter(field_name="appointment_id")
    method = ChoiceFilter(choices=Method.choices)
    status = ChoiceFilter(choices=TransactionStatus.choices)
    occurred_after = InstantFilter(field_name="occurred_at", lookup_expr="gte")
    occurred_before = InstantFilter(field_name="occurred_at", lookup_expr="lt")

    class Meta:
        model = Transaction
        fields = ("appointment", "method", "status")
