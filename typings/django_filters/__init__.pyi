# The part of django-filter that this project uses; the library ships no types.
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

class Filter:
    field_class: type[forms.Field]
    def __init__(
        self,
        field_name: str | None = None,
        lookup_expr: str | None = None,
        *,
        label: str | None = None,
        method: str | Callable[..., Any] | None = None,
        **kwargs: Any,
    ) -> None: ...
    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]: ...

class CharFilter(Filter): ...

class ChoiceFilter(Filter):
    def __init__(self, *, choices: Iterable[tuple[Any, Any]], **kwargs: Any) -> None: ...

class TypedChoiceFilter(ChoiceFilter):
    def __init__(
        self, *, choices: Iterable[tuple[Any, Any]], coerce: Callable[[str], Any] = ..., **kwargs: Any
    ) -> None: ...

class UUIDFilter(Filter): ...
class DateFilter(Filter): ...
class IsoDateTimeFilter(Filter): ...

class NumberFilter(Filter):
    def get_max_validator(self) -> Any: ...

class BaseInFilter(Filter): ...
class FilterSet: ...
