"""Sorting of lists."""

from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request
from rest_framework.views import APIView

from core.errors import FieldError


class StrictOrderingFilter(OrderingFilter):
    """`?ordering=` by the fields a view allows; any other is a 400. Ties are broken by primary key."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        """Return the rows sorted. Raises FieldError naming the fields that can be used."""
        ordering = self.get_ordering(request, queryset, view)
        if not ordering:
            return queryset
        return queryset.order_by(*ordering, "pk") if not {"pk", "-pk"} & set(ordering) else queryset.order_by(*ordering)

    def remove_invalid_fields(
        self, queryset: QuerySet[Model], fields: Any, view: APIView, request: Request
    ) -> list[str]:
        """Return `fields` when each is allowed. Raises FieldError otherwise."""
        allowed = {name for name, _ in self.get_valid_fields(queryset, view, {"request": request})}
        for field in fields:
            if field.removeprefix("-") not in allowed:
                raise FieldError("ordering", f"Use one of: {', '.join(sorted(allowed))}; - reverses.")
        return list(fields)
