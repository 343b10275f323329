"""Filters of lists that refuse what cannot be meant, naming the parameter."""

from datetime import datetime
from typing import Any

from django import forms
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError
from rest_framework.filters import SearchFilter
from rest_framework.request import Request

from core.active import current_tenant
from core.serializers.instants import LARGEST_ID, parse_instant


class InstantField(forms.Field):
    """A date and time in ISO 8601; without an offset it is local time of the business."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant, None for an empty value."""
        if value in self.empty_values:
            return None
        try:
            return parse_instant(str(value)[:64], current_tenant().zone)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class InstantFilter(filters.IsoDateTimeFilter):  # type: ignore[misc]  # django-filter ships no types
    """Compares with an instant."""

    field_class = InstantField


class IdFilter(filters.NumberFilter):  # type: ignore[misc]  # django-filter ships no types
    """Equals a whole number that can be an id."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)

    def get_max_validator(self) -> None:
        """Return none: `max_value` is the limit."""


class FlagFilter(filters.TypedChoiceFilter):  # type: ignore[misc]  # django-filter ships no types
    """`true` or `false`; anything else is refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("true", "true"), ("false", "false")], coerce=lambda text: text == "true", **kwargs)


class NamedSearchFilter(SearchFilter):
    """`?search=` whose refusals name the parameter."""

    def get_search_terms(self, request: Request) -> list[str]:
        """Return the words to look for. Raises ValidationError for text that cannot be stored."""
        try:
            return list(super().get_search_terms(request))
        except ValidationError as error:
            raise ValidationError({self.search_param: error.detail}) from error
