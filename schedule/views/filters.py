"""Which resources, services, customers and hours a list shows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from core.filters import FlagFilter, IdFilter, InstantFilter, UuidsFilter
from core.serializers.instants import LARGEST_ID
from schedule.enums import ResourceType, TimeOffSource
from schedule.models import Customer, DateOverride, Resource, Service, TimeOff, WorkingHours

BUSINESS = "none"
WEEKDAYS = [(str(number), str(number)) for number in range(7)]


class OwnerField(forms.Field):
    """The id of a resource, or `none` for the business itself."""

    def to_python(self, value: Any) -> int | str | None:
        """Return the id, `none`, or None for an empty value."""
        if value in self.empty_values:
            return None
        text = str(value)
        if text == BUSINESS:
            return BUSINESS
        if text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID)) and 1 <= int(text) <= LARGEST_ID:
            return int(text)
        raise forms.ValidationError(f"Use the id of a resource, or {BUSINESS} for the business itself.")


@extend_schema_field(
    {
        "oneOf": [{"type": "integer"}, {"type": "string", "enum": [BUSINESS]}],
        "description": f"A resource's id, or {BUSINESS} for the business itself.",
    }
)
class OwnerFilter(filters.Filter):
    """Rows of one resource, or those of the business itself."""

    field_class = OwnerField

    def filter(self, queryset: QuerySet[Any], value: int | str | None) -> QuerySet[Any]:
        """Return the owner's rows."""
        if value is None:
            return queryset
        if value == BUSINESS:
            return queryset.filter(resource__isnull=True)
        return queryset.filter(resource_id=value)


class ResourceFilter(filters.FilterSet):
    """The parameters of the list of resources."""

    is_active = FlagFilter()
    type = filters.ChoiceFilter(choices=ResourceType.choices)
    user = IdFilter(field_name="user_id")
    service_id = IdFilter(field_name="abilities__service_id", label="Able to perform this service.")

    class Meta:
        model = Resource
        fields = ()


class ServiceFilter(filters.FilterSet):
    """The parameters of the list of services."""

    is_active = FlagFilter()
    resource_id = IdFilter(field_name="abilities__resource_id", label="Performed by this resource.")

    class Meta:
        model = Service
        fields = ()


class CustomerFilter(filters.FilterSet):
    """The parameters of the list of customers."""

    ids = UuidsFilter(field_name="id", label="These customers: UUIDs with commas between them.")
    is_active = FlagFilter()
    email = filters.CharFilter(lookup_expr="iexact", max_length=254)
    tag = filters.CharFilter(method="having_tag", label="Carries this tag.", max_length=40)

    class Meta:
        model = Customer
        fields = ()

    def having_tag(self, queryset: QuerySet[Customer], _name: str, value: str) -> QuerySet[Customer]:
        """Return the customers that carry the tag."""
        return queryset.filter(tags__contains=[value])


class WorkingHoursFilter(filters.FilterSet):
    """The parameters of the list of working hours."""

    resource = OwnerFilter()
    weekday = filters.ChoiceFilter(choices=WEEKDAYS, label="0 is Monday.")

    class Meta:
        model = WorkingHours
        fields = ()


class DateOverrideFilter(filters.FilterSet):
    """The parameters of the list of date overrides."""

    resource = OwnerFilter()
    date_from = filters.DateFilter(field_name="date", lookup_expr="gte", label="On this date or later.")
    date_to = filters.DateFilter(field_name="date", lookup_expr="lte", label="On this date or earlier.")

    class Meta:
        model = DateOverride
        fields = ()


class TimeOffFilter(filters.FilterSet):
    """The parameters of the list of time off."""

    resource = OwnerFilter()
    source = filters.ChoiceFilter(choices=TimeOffSource.choices)
    ends_after = InstantFilter(field_name="end_at", lookup_expr="gt", label="Not over by then.")
    starts_before = InstantFilter(field_name="start_at", lookup_expr="lt", label="Begun by then.")

    class Meta:
        model = TimeOff
        fields = ()
