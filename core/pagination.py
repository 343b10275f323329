"""Pages of a list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from core.errors import FieldError


class Pagination(PageNumberPagination):
    """`?page=` from 1 and `?page_size=` from 1 to 200 (50 without); anything else is a 400 naming the parameter."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """Return the rows of the page asked for. Raises FieldError for a parameter that is no such number."""
        for parameter, highest in (("page", 10_000_000), (self.page_size_query_param, self.max_page_size)):
            raw = request.query_params.get(parameter)
            if raw is not None and not (raw.isascii() and raw.isdecimal() and 1 <= int(raw[:9]) <= highest):
                raise FieldError(parameter, f"Use a whole number from 1 to {highest}.")
        return super().paginate_queryset(queryset, request, view)
