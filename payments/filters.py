"""What the list of payments can be narrowed by."""

from django_filters import ChoiceFilter, FilterSet, UUIDFilter

from core.filters import InstantFilter
from payments.enums import Method, TransactionStatus
from payments.models import Transaction


class TransactionFilter(FilterSet):
    """One appointment, customer, method or status; paid at or after, and before, an instant."""

    appointment = UUIDFilter(field_name="appointment_id")
    customer = UUIDFilter(field_name="appointment__customer_id")
    method = ChoiceFilter(choices=Method.choices)
    status = ChoiceFilter(choices=TransactionStatus.choices)
    occurred_after = InstantFilter(field_name="occurred_at", lookup_expr="gte")
    occurred_before = InstantFilter(field_name="occurred_at", lookup_expr="lt")

    class Meta:
        model = Transaction
        fields = ("appointment", "method", "status")
