"""Pages of a list."""

from typing import Any

import pytest
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from core.errors import FieldError
from core.models import SubscriptionPlan
from core.pagination import Pagination


def page(query: str) -> dict[str, Any]:
    """The body of a list of the shipped plans, asked for with `query`."""
    request = Request(APIRequestFactory().get(f"/{query}"))
    pagination = Pagination()
    rows = pagination.paginate_queryset(SubscriptionPlan.objects.order_by("sort_order"), request)
    body: dict[str, Any] = pagination.get_paginated_response([row.code for row in rows or []]).data
    return body


def test_without_parameters_the_first_fifty(db: None) -> None:
    assert page("") == {
        "count": 5,
        "next": None,
        "previous": None,
        "results": ["free", "starter", "professional", "business", "enterprise"],
    }


def test_one_page_of_several(db: None) -> None:
    assert page("?page=2&page_size=2") == {
        "count": 5,
        "next": "http://testserver/?page=3&page_size=2",
        "previous": "http://testserver/?page_size=2",
        "results": ["professional", "business"],
    }


@pytest.mark.parametrize("size", ["1", "200"])
def test_the_smallest_and_the_largest_page(size: str, db: None) -> None:
    assert len(page(f"?page_size={size}")["results"]) == min(int(size), 5)


@pytest.mark.parametrize(
    "raw", ["0", "-1", "201", "abc", "", "1.5", "1e2", "+5", "%205", "٣", "²", "9" * 5_000, "null", "1%00"]
)
def test_a_page_size_that_cannot_be_used(raw: str, db: None) -> None:
    with pytest.raises(FieldError) as caught:
        page(f"?page_size={raw}")

    assert caught.value.body == {
        "detail": "page_size: Use a whole number from 1 to 200.",
        "code": "invalid",
        "errors": {"page_size": ["Use a whole number from 1 to 200."]},
    }


@pytest.mark.parametrize("raw", ["0", "-1", "abc", "last", "", "1.5", "10000001", "9" * 5_000])
def test_a_page_that_cannot_be_used(raw: str, db: None) -> None:
    with pytest.raises(FieldError) as caught:
        page(f"?page={raw}")

    assert caught.value.extra == {"errors": {"page": ["Use a whole number from 1 to 10000000."]}}


@pytest.mark.parametrize("raw", ["2", "10000000"])
def test_a_page_past_the_last(raw: str, db: None) -> None:
    with pytest.raises(NotFound):
        page(f"?page={raw}")
