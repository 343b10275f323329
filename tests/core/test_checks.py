"""The start-up checks: what a manifest or a view may not do."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, set_urlconf
from django.views import View
from django.views.generic import TemplateView
from pytest_django import Settings
from rest_framework.decorators import action, api_view
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from core.checks import check_manifests
from core.models import Role
from core.permissions import FeatureGate, HasRole
from core.registry import Feature, Figure, Manifest, Quota, Registry

FEATURES = (Feature("selling", "Selling", "…"), Feature("returns", "Returns", "…"))


class HasSelling(FeatureGate):
    """Asks for a feature of the shop."""

    key = "selling"


class HasSomethingElse(FeatureGate):
    """Asks for a feature of another app."""

    key = "can_api_access"


Check = Callable[..., list[str]]


@pytest.fixture
def check(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Return a function that checks an installation of one app, `shop`, with these routes."""

    def run(*routes: Any, platform: tuple[Any, ...] = (), **offers: Any) -> list[str]:
        offers = {"features": FEATURES, **offers}
        shop = Manifest(label="shop", name="Shop", summary="…", **offers)
        for name, patterns in (("shop.urls", list(routes)), ("shop.platform_urls", list(platform))):
            module = ModuleType(name)
            module.urlpatterns = patterns  # type: ignore[attr-defined]  # built by the test
            monkeypatch.setitem(sys.modules, name, module)
        for name, part in (("throwaway_urls", "shop.urls"), ("throwaway_public_urls", "shop.platform_urls")):
            module = ModuleType(name)
            module.urlpatterns = [path("api/", include(part))]  # type: ignore[attr-defined]  # built by the test
            monkeypatch.setitem(sys.modules, name, module)
        settings.ROOT_URLCONF, settings.PUBLIC_SCHEMA_URLCONF = "throwaway_urls", "throwaway_public_urls"
        settings.REGISTRY = Registry((shop,))
        return [spoken(message) for message in check_manifests(None)]

    return run


def spoken(message: CheckMessage) -> str:
    """The id and text of a message; it must be an error."""
    assert message.is_serious()
    return f"{message.id} {message.msg}"


def in_shop(view: Any) -> Any:
    """Pretend that the view was written in the app `shop`."""
    view.__module__ = "shop.views"
    return view


def view_with(*permissions: Any, **attributes: Any) -> type[APIView]:
    """A DRF view of the shop."""
    return type(
        "ShopView",
        (APIView,),
        {
            "__module__": "shop.views",
            "permission_classes": permissions,
            "get": lambda _self, _request: Response(),
            **attributes,
        },
    )


def test_this_installation_is_sound() -> None:
    assert check_manifests(None) == []


@pytest.mark.parametrize(
    "permissions",
    [(IsAuthenticated, HasSelling), (IsAuthenticated, HasRole(Role.MANAGER), HasSelling), (HasSelling,)],
)
def test_a_gated_view(permissions: tuple[Any, ...], check: Check) -> None:
    assert check(path("things/", view_with(*permissions).as_view())) == []


def test_an_app_without_features_needs_no_gate(check: Check) -> None:
    assert check(path("things/", view_with(IsAuthenticated).as_view()), features=()) == []


# --- E001, E002: paths and columns --------------------------------------------------------------------------------


def test_a_counter_that_does_not_import(check: Check) -> None:
    quotas = (Quota("max_resources", "Resources", "…", used="shop.nowhere:count"), Quota("max_users", "Users", "…"))

    (found,) = check(quotas=quotas)

    assert found.startswith("manifests.E001 quota max_resources: 'shop.nowhere:count' does not import")


def test_a_figure_that_does_not_import(check: Check) -> None:
    (found,) = check(figures=(Figure("sales", "Sales", count="shop.nowhere:count"),))

    assert found.startswith("manifests.E001 figure sales: 'shop.nowhere:count' does not import")


def test_a_feature_without_a_column(check: Check) -> None:
    features = (
        Feature("can_fly", "Flying", "…"),
        Feature("flying_reports", "Reports", "…"),
        Feature("can_api_access", "API", "…"),
    )

    assert check(features=features) == ["manifests.E002 the feature can_fly has no column on Tenant"]


# --- E003: what is no DRF view ------------------------------------------------------------------------------------


@in_shop
def plain_function(_request: HttpRequest) -> HttpResponse:
    """A view DRF knows nothing of."""
    return HttpResponse()


@in_shop
class PlainView(View):
    """A view DRF knows nothing of."""


def test_a_function(check: Check) -> None:
    assert check(path("things/", plain_function)) == ["manifests.E003 api/things/: plain_function is not a DRF view"]


def test_a_class(check: Check) -> None:
    found = check(path("things/", PlainView.as_view()))

    assert found == ["manifests.E003 api/things/: PlainView is not a DRF view"]


@pytest.mark.parametrize("view", [TemplateView.as_view(template_name="x"), lambda _request: HttpResponse()])
def test_a_view_written_elsewhere(view: Any, check: Check) -> None:
    (found,) = check(path("things/", view))

    assert found.startswith("manifests.E003 api/things/: ")


def test_a_class_open_to_all_for_a_reason(check: Check) -> None:
    open_view = in_shop(type("OpenView", (View,), {"open_to_all": "holds no data"}))

    assert check(path("things/", open_view.as_view())) == []


def test_a_function_of_drf(check: Check) -> None:
    @in_shop
    def things(_request: Request) -> Response:
        return Response()

    (found,) = check(path("things/", api_view(["GET"])(things)))

    assert found.startswith("manifests.E006 api/things/: things asks for none of the features of shop")


# --- E004: composed permissions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "composed",
    [
        IsAuthenticated & HasSelling,
        IsAuthenticated | HasSelling,
        ~HasSelling,
        (IsAuthenticated & HasSelling) | AllowAny,
    ],
)
def test_composed_permissions(composed: Any, check: Check) -> None:
    found = check(path("things/", view_with(HasSelling, composed).as_view()))

    assert found == ["manifests.E004 api/things/: ShopView composes permissions with &, | or ~"]


def test_permissions_composed_in_a_method(check: Check) -> None:
    view = view_with(get_permissions=lambda _self: [IsAuthenticated(), (HasSelling | AllowAny)()])

    assert check(path("things/", view.as_view())) == [
        "manifests.E004 api/things/: ShopView composes permissions with &, | or ~"
    ]


def test_permissions_composed_on_an_action(check: Check) -> None:
    class ThingsViewSet(ThingViewSet):
        @action(detail=False, permission_classes=[IsAuthenticated & HasSelling])
        def sold(self, request: Request) -> Response:
            return Response()

    assert check(*routes_of(ThingsViewSet)) == [
        "manifests.E004 api/^things/sold/$: ThingsViewSet.sold composes permissions with &, | or ~"
    ]


# --- E005: open to anybody ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("permissions", [(), (AllowAny,), (HasSelling, AllowAny)])
def test_a_view_anybody_may_use(permissions: tuple[Any, ...], check: Check) -> None:
    assert check(path("things/", view_with(*permissions).as_view())) == [
        'manifests.E005 api/things/: ShopView lets anybody in without `open_to_all = "reason"`'
    ]


@pytest.mark.parametrize("permissions", [(), (AllowAny,)])
def test_a_view_open_to_all_for_a_reason(permissions: tuple[Any, ...], check: Check) -> None:
    assert check(path("things/", view_with(*permissions, open_to_all="sign-in").as_view())) == []


def test_permissions_given_to_as_view(check: Check) -> None:
    assert check(path("things/", view_with(HasSelling).as_view(permission_classes=[AllowAny]))) == [
        'manifests.E005 api/things/: ShopView lets anybody in without `open_to_all = "reason"`'
    ]


# --- E006: no gate ------------------------------------------------------------------------------------------------

NO_GATE = "asks for none of the features of shop (returns, selling)"


@pytest.mark.parametrize(
    "permissions", [(IsAuthenticated,), (IsAuthenticated, HasRole(Role.OWNER)), (HasSomethingElse,)]
)
def test_a_view_without_its_gate(permissions: tuple[Any, ...], check: Check) -> None:
    assert check(path("things/", view_with(*permissions).as_view())) == [
        f"manifests.E006 api/things/: ShopView {NO_GATE}"
    ]


def test_a_view_ungated_for_a_reason(check: Check) -> None:
    assert check(path("things/", view_with(IsAuthenticated, ungated="part of every plan").as_view())) == []


def test_an_empty_reason_is_none(check: Check) -> None:
    found = check(
        path("a/", view_with(IsAuthenticated, ungated="").as_view()), path("b/", view_with(open_to_all="").as_view())
    )

    assert [one[:14] for one in found] == ["manifests.E006", "manifests.E005"]


@in_shop
class ThingViewSet(ViewSet):
    """A gated view set of the shop."""

    permission_classes = (IsAuthenticated, HasSelling)

    def list(self, request: Request) -> Response:
        """List."""
        return Response()


def routes_of(view_set: type[ViewSet]) -> list[Any]:
    """The routes a router makes of a view set of the shop."""
    in_shop(view_set)
    router = SimpleRouter(use_regex_path=True)
    router.register("things", view_set, basename="thing")
    return list(router.urls)


def test_a_gated_view_set(check: Check) -> None:
    assert check(*routes_of(ThingViewSet)) == []


def test_an_action_that_drops_the_gate(check: Check) -> None:
    class ThingsViewSet(ThingViewSet):
        @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
        def sell(self, request: Request, pk: str) -> Response:
            return Response()

        @action(detail=True)
        def history(self, request: Request, pk: str) -> Response:
            return Response()

    (found,) = check(*routes_of(ThingsViewSet))

    assert found == f"manifests.E006 api/^things/(?P<pk>[^/.]+)/sell/$: ThingsViewSet.sell {NO_GATE}"


def test_an_action_that_lets_anybody_in(check: Check) -> None:
    class ThingsViewSet(ThingViewSet):
        @action(detail=False, permission_classes=[])
        def catalogue(self, request: Request) -> Response:
            return Response()

    (found,) = check(*routes_of(ThingsViewSet))

    assert found.startswith("manifests.E005 api/^things/catalogue/$: ThingsViewSet.catalogue lets anybody in")


def test_one_method_of_an_action_that_drops_the_gate(check: Check) -> None:
    class ThingsViewSet(ThingViewSet):
        @action(detail=True)
        def label(self, request: Request, pk: str) -> Response:
            return Response()

        @label.mapping.delete
        def remove_label(self, request: Request, pk: str) -> Response:
            return Response()

        def get_permissions(self) -> Any:
            if self.action == "remove_label":
                return [IsAuthenticated()]
            return super().get_permissions()

    (found,) = check(*routes_of(ThingsViewSet))

    assert found.endswith(f"ThingsViewSet.remove_label {NO_GATE}")


def test_the_platform_s_routes_are_checked_too(check: Check) -> None:
    assert check(platform=(path("things/", view_with(IsAuthenticated).as_view()),)) == [
        f"manifests.E006 api/things/: ShopView {NO_GATE}"
    ]


def test_routes_below_routes_are_checked_too(check: Check) -> None:
    inner = [path("inner/", view_with(IsAuthenticated).as_view())]

    assert check(path("outer/", include(inner))) == [f"manifests.E006 api/outer/inner/: ShopView {NO_GATE}"]


@pytest.fixture(autouse=True)
def _urlconf_is_put_back() -> Any:
    """Nothing of the throw-away routes stays with the thread."""
    yield
    set_urlconf(None)
