"""Which appointments a list shows."""

from django_filters import rest_framework as filters

from core.filters import IdFilter, InstantFilter
from schedule.enums import Status
from schedule.models import Event


class StatusFilter(filters.BaseInFilter, filters.ChoiceFilter):
    """One of some statuses, separated by commas."""


class AppointmentFilter(filters.FilterSet):
    """The parameters of the list."""

    start_after = InstantFilter(field_name="start_at", lookup_expr="gte", label="Starts then or later.")
    start_before = InstantFilter(field_name="start_at", lookup_expr="lt", label="Starts earlier.")
    updated_since = InstantFilter(field_name="updated_at", lookup_expr="gte", label="Changed then or later.")
    status = StatusFilter(choices=Status.choices, label="One or several statuses, separated by commas.")
    service_id = IdFilter(field_name="service_id")
    resource_id = IdFilter(field_name="participants__resource_id", label="Takes part.")
    customer_id = filters.UUIDFilter(field_name="customer_id")

    class Meta:
        model = Event
        fields = ()
