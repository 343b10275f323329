"""Filters of lists that refuse what cannot be meant, naming the parameter."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError
from rest_framework.filters import SearchFilter
from rest_framework.request import Request

from core.active import current_tenant
from core.ids import UUID_PATTERN
from core.pagination import Pagination
from core.serializers.instants import LARGEST_ID, parse_instant

MAX_UUIDS = Pagination.max_page_size


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


class InstantFilter(filters.IsoDateTimeFilter):
    """Compares with an instant."""

    field_class = InstantField


class IdFilter(filters.NumberFilter):
    """Equals a whole number that can be an id."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)

    def get_max_validator(self) -> None:
        """Return none: `max_value` is the limit."""


class UuidsField(forms.Field):
    """UUIDs with commas between them, as many as fit on a page."""

    def to_python(self, value: Any) -> list[UUID] | None:
        """Return the UUIDs, None for an empty value."""
        if value in self.empty_values:
            return None
        words = str(value).split(",")
        if len(words) > MAX_UUIDS or not all(re.fullmatch(UUID_PATTERN, word) for word in words):
            raise forms.ValidationError(f"Use up to {MAX_UUIDS} UUIDs with commas between them.")
        return [UUID(word) for word in words]


class UuidsFilter(filters.Filter):
    """Is one of some UUIDs."""

    field_class = UuidsField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(lookup_expr="in", **kwargs)


class FlagFilter(filters.TypedChoiceFilter):
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
