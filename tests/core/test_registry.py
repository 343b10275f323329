"""A registry is built from manifests that tell the truth, or not at all."""

import sys
from types import ModuleType
from typing import Any

import pytest

from core.registry import Feature, Figure, Manifest, ManifestError, NavItem, Quota, Registry, Topic, resolve


def manifest(label: str = "shop", **offers: Any) -> Manifest:
    """A manifest with a name nobody looks at."""
    return Manifest(label=label, name=label.title(), summary="…", **offers)


def refusal(*manifests: Manifest) -> str:
    """The message with which a registry of `manifests` is refused."""
    with pytest.raises(ManifestError) as caught:
        Registry(manifests).validate()
    return str(caught.value)


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """An importable `shop.manifest`, empty so far."""
    package, made = ModuleType("shop"), ModuleType("shop.manifest")
    package.__path__ = []
    monkeypatch.setitem(sys.modules, "shop", package)
    monkeypatch.setitem(sys.modules, "shop.manifest", made)
    return made


FEATURE = Feature("can_sell", "Selling", "…")
QUOTA = Quota("max_things", "Things", "…")
TOPIC = Topic("thing.sold", "…")
NAV = NavItem("/things", "Things")


def test_everything_is_found_by_its_key() -> None:
    other = Feature("can_buy", "Buying", "…")
    registry = Registry(
        (
            manifest(features=(FEATURE,), quotas=(QUOTA,), topics=(TOPIC,), nav=(NAV,), tables="tenant"),
            manifest("market", features=(other,), tables="public"),
            manifest("report"),
        )
    )

    registry.validate()

    assert dict(registry.features) == {"can_sell": FEATURE, "can_buy": other}
    assert dict(registry.quotas) == {"max_things": QUOTA}
    assert dict(registry.topics) == {"thing.sold": TOPIC}
    assert registry.nav == (NAV,)
    assert registry.labels("public", "tenant") == ("shop", "market")
    assert registry.labels("none") == ("report",)


def test_what_was_loaded_cannot_be_changed() -> None:
    registry = Registry((manifest(features=(FEATURE,)),))

    with pytest.raises(TypeError):
        registry.features["can_steal"] = FEATURE  # type: ignore[index]  # the point of the test


def test_the_owner_of_a_module() -> None:
    shop = manifest()
    registry = Registry((shop,))

    found = {name: registry.owner_of(name) for name in ("shop", "shop.views.cart", "shopping.views", "")}

    assert found == {"shop": shop, "shop.views.cart": shop, "shopping.views": None, "": None}


@pytest.mark.parametrize(
    ("offer", "kind", "key"),
    [
        ({"features": (FEATURE,)}, "feature", "can_sell"),
        ({"quotas": (QUOTA,)}, "quota", "max_things"),
        ({"figures": (Figure("sales", "Sales", count="shop.x:y"),)}, "figure", "sales"),
        ({"topics": (TOPIC,)}, "topic", "thing.sold"),
        ({"nav": (NAV,)}, "navigation path", "/things"),
    ],
)
def test_two_apps_with_one_key(offer: dict[str, Any], kind: str, key: str) -> None:
    expected = f"two manifests declare the {kind} {key!r}"

    assert refusal(manifest(**offer), manifest("market", **offer)) == expected


def test_one_app_declaring_a_key_twice() -> None:
    assert refusal(manifest(features=(FEATURE, FEATURE))) == "two manifests declare the feature 'can_sell'"


def test_one_app_listed_twice() -> None:
    assert refusal(manifest(), manifest()) == "two manifests declare the app 'shop'"


def test_navigation_to_an_unknown_feature() -> None:
    item = NavItem("/things", "Things", feature="can_fly")

    assert refusal(manifest(nav=(item,))) == "shop: navigation /things names the unknown feature 'can_fly'"


def test_navigation_to_the_feature_of_another_app() -> None:
    item = NavItem("/things", "Things", feature="can_sell")
    registry = Registry((manifest("market", nav=(item,)), manifest(features=(FEATURE,))))

    registry.validate()

    assert registry.nav == (item,)


def test_navigation_for_an_unknown_role() -> None:
    item = NavItem("/things", "Things", least_role="king")

    assert refusal(manifest(nav=(item,))) == "shop: navigation /things names the unknown role 'king'"


def test_loading(module: ModuleType) -> None:
    module.MANIFEST = manifest()  # type: ignore[attr-defined]  # built by the test

    assert Registry.load(["shop"]) == Registry((manifest(),))


def test_loading_validates(module: ModuleType) -> None:
    module.MANIFEST = manifest(features=(FEATURE, FEATURE))  # type: ignore[attr-defined]  # built by the test

    with pytest.raises(ManifestError, match="two manifests declare the feature 'can_sell'"):
        Registry.load(["shop"])


def test_an_app_without_a_manifest() -> None:
    with pytest.raises(ManifestError, match=r"the app 'json' has no manifest\.py"):
        Registry.load(["json"])


def test_an_app_that_does_not_exist() -> None:
    with pytest.raises(ManifestError, match=r"the app 'no_such_app' has no manifest\.py"):
        Registry.load(["no_such_app"])


def test_a_manifest_module_without_the_manifest(module: ModuleType) -> None:
    with pytest.raises(ManifestError, match=r"^shop\.manifest\.MANIFEST is not a Manifest$"):
        Registry.load(["shop"])


def test_a_manifest_of_another_type(module: ModuleType) -> None:
    module.MANIFEST = {"label": "shop"}  # type: ignore[attr-defined]  # built by the test

    with pytest.raises(ManifestError, match=r"^shop\.manifest\.MANIFEST is not a Manifest$"):
        Registry.load(["shop"])


def test_a_manifest_under_another_label(module: ModuleType) -> None:
    module.MANIFEST = manifest("market")  # type: ignore[attr-defined]  # built by the test

    with pytest.raises(ManifestError, match=r"^shop\.manifest declares the label 'market'$"):
        Registry.load(["shop"])


def test_resolving() -> None:
    assert resolve("core.registry:resolve") is resolve


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("no_such_module:thing", "does not import"),
        ("core.registry:no_such_thing", "does not import"),
        ("core.registry", "does not import"),
        ("core.registry:", "does not import"),
        ("", "does not import"),
        (":resolve", "does not import"),
        ("core.registry:ROLES", "is not callable"),
    ],
)
def test_a_path_that_leads_nowhere(path: str, reason: str) -> None:
    with pytest.raises(ManifestError) as caught:
        resolve(path)

    assert str(caught.value).startswith(f"{path!r} {reason}")
