"""Sorting of lists."""

from typing import ClassVar

import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from core.errors import FieldError
from core.models import SubscriptionPlan
from core.ordering import StrictOrderingFilter


class PlansView(APIView):
    """Says what the plans may be sorted by."""

    ordering: ClassVar[tuple[str, ...]] = ("-price_cents",)
    ordering_fields = ("price_cents", "name")


class UnorderedView(APIView):
    """Sorted by nothing unless asked."""

    ordering_fields = ("name",)


def sorted_by(query: str, view: type[APIView] = PlansView) -> tuple[str, ...]:
    """The fields the plans are sorted by when asked with `query`."""
    request = Request(APIRequestFactory().get(f"/{query}"))
    rows = StrictOrderingFilter().filter_queryset(request, SubscriptionPlan.objects.all(), view())
    return tuple(str(field) for field in rows.query.order_by)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("-price_cents", "pk")),
        ("?ordering=", ("-price_cents", "pk")),
        ("?ordering=name", ("name", "pk")),
        ("?ordering=-name,price_cents", ("-name", "price_cents", "pk")),
        ("?ordering=%20name%20", ("name", "pk")),
    ],
)
def test_what_is_allowed(query: str, expected: tuple[str, ...]) -> None:
    assert sorted_by(query) == expected


def test_nothing_is_sorted_where_nothing_is_asked_or_declared() -> None:
    assert sorted_by("", UnorderedView) == ()


@pytest.mark.parametrize("default", [("pk",), ("name", "-pk")])
def test_the_key_is_not_added_twice(default: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PlansView, "ordering", default)

    assert sorted_by("") == default


@pytest.mark.parametrize(
    "query", ["id", "--name", "name,code", "limits__x", "tenants__name", "%3F", "-", ",", "name%00", "Name", "pk"]
)
def test_any_other_field_is_refused_by_name(query: str) -> None:
    with pytest.raises(FieldError) as caught:
        sorted_by(f"?ordering={query}")

    assert caught.value.body == {
        "detail": "ordering: Use one of: name, price_cents; - reverses.",
        "code": "invalid",
        "errors": {"ordering": ["Use one of: name, price_cents; - reverses."]},
    }
