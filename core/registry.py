"""What an app offers, as data. Standard library only, so that a manifest can be read before Django is set up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal

Tables = Literal["public", "tenant", "none"]
Window = Literal["total", "month"]
Layer = Literal["kernel", "domain", "feature"]

ROLES = ("staff", "manager", "owner")
"""Roles inside a business, from least to most."""


class ManifestError(Exception):
    """A manifest contradicts itself or another one; the process must not start."""


@dataclass(frozen=True)
class Feature:
    """Something a plan may include. `default` is what a tenant has when neither override nor plan speaks."""

    key: str
    name: str
    summary: str
    default: bool = False


@dataclass(frozen=True)
class Quota:
    """Something a plan may limit.

    `used` is the dotted path ``module:function`` of a callable ``(tenant, now) -> int`` that counts what is in use in
    `window`; None while the app that creates such rows does not exist.
    """

    key: str
    name: str
    summary: str
    window: Window = "total"
    used: str | None = None


@dataclass(frozen=True)
class Figure:
    """A number that tells the platform how one business fares, counted now and then.

    `count` is the dotted path ``module:function`` of a callable ``(tenant, now) -> int``, called in the tenant's
    schema. `is_trouble` marks one that is 0 while all is well. `page` is the path of a list in the back office that
    shows what was counted, given `?business=<schema name>`.
    """

    key: str
    name: str
    count: str
    is_trouble: bool = False
    page: str = ""


@dataclass(frozen=True)
class Topic:
    """A fact other apps may react to."""

    name: str
    summary: str


@dataclass(frozen=True)
class Periodic:
    """Work that recurs without anybody asking.

    `run` is the dotted path ``module:function`` of a callable ``(now) -> None``, called in the public schema. A run may
    come late and overlap the one before, so it must be harmless to repeat; slots missed while nothing ran are made up
    for by one run.
    """

    name: str
    run: str
    every_seconds: int


@dataclass(frozen=True)
class NavItem:
    """One entry of the dashboard's navigation. `least_role` is the lowest role that sees it."""

    path: str
    label: str
    section: str = "main"
    feature: str | None = None
    least_role: str = "staff"


@dataclass(frozen=True)
class Manifest:
    """Everything an app offers.

    `routes` are served on tenant hosts, `platform_routes` on the platform host. A feature app sees the kernel and the
    domain but no other feature app; a domain app sees the kernel and the domain apps listed before it.
    """

    label: str
    name: str
    summary: str
    layer: Layer = "feature"
    tables: Tables = "none"
    routes: str | None = None
    platform_routes: str | None = None
    features: tuple[Feature, ...] = ()
    quotas: tuple[Quota, ...] = ()
    figures: tuple[Figure, ...] = ()
    topics: tuple[Topic, ...] = ()
    datasets: tuple[str, ...] = ()
    periodic: tuple[Periodic, ...] = ()
    nav: tuple[NavItem, ...] = ()


@dataclass(frozen=True)
class Registry:
    """All manifests in the order of the list, with look-ups by key. Building one validates it."""

    manifests: tuple[Manifest, ...]

    @classmethod
    def load(cls, labels: Iterable[str]) -> "Registry":
        """Import ``<label>.manifest`` for each label. Raises ManifestError when one is missing or lies."""
        registry = cls(tuple(_load_manifest(label) for label in labels))
        registry.validate()
        return registry

    def validate(self) -> None:
        """Raise ManifestError for duplicate keys or navigation that names an unknown feature or role."""
        for kind, keys in (
            ("app", [manifest.label for manifest in self.manifests]),
            ("feature", [feature.key for manifest in self.manifests for feature in manifest.features]),
            ("quota", [quota.key for manifest in self.manifests for quota in manifest.quotas]),
            ("figure", [figure.key for manifest in self.manifests for figure in manifest.figures]),
            ("topic", [topic.name for manifest in self.manifests for topic in manifest.topics]),
            ("periodic work", [periodic.name for manifest in self.manifests for periodic in manifest.periodic]),
            ("navigation path", [item.path for manifest in self.manifests for item in manifest.nav]),
        ):
            _refuse_duplicates(kind, keys)
        for periodic in self.periodic.values():
            if periodic.every_seconds < 1:
                raise ManifestError(f"the periodic work {periodic.name!r} must recur after at least one second")
        for manifest in self.manifests:
            for item in manifest.nav:
                if item.feature is not None and item.feature not in self.features:
                    raise ManifestError(
                        f"{manifest.label}: navigation {item.path} names the unknown feature {item.feature!r}"
                    )
                if item.least_role not in ROLES:
                    raise ManifestError(
                        f"{manifest.label}: navigation {item.path} names the unknown role {item.least_role!r}"
                    )

    @cached_property
    def features(self) -> Mapping[str, Feature]:
        """Features by key, in manifest order."""
        return MappingProxyType({f.key: f for manifest in self.manifests for f in manifest.features})

    @cached_property
    def quotas(self) -> Mapping[str, Quota]:
        """Quotas by key, in manifest order."""
        return MappingProxyType({q.key: q for manifest in self.manifests for q in manifest.quotas})

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Figures by key, in manifest order."""
        return MappingProxyType({f.key: f for manifest in self.manifests for f in manifest.figures})

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by name, in manifest order."""
        return MappingProxyType({t.name: t for manifest in self.manifests for t in manifest.topics})

    @cached_property
    def periodic(self) -> Mapping[str, Periodic]:
        """Recurring work by name, in manifest order."""
        return MappingProxyType({p.name: p for manifest in self.manifests for p in manifest.periodic})

    @cached_property
    def nav(self) -> tuple[NavItem, ...]:
        """Navigation entries in manifest order."""
        return tuple(item for manifest in self.manifests for item in manifest.nav)

    def owner_of(self, module_name: str) -> Manifest | None:
        """Return the manifest of the app that holds `module_name`, or None."""
        label = module_name.partition(".")[0]
        return next((manifest for manifest in self.manifests if manifest.label == label), None)

    def labels(self, *tables: Tables) -> tuple[str, ...]:
        """Return the labels of the apps whose tables live in one of the given places."""
        return tuple(manifest.label for manifest in self.manifests if manifest.tables in tables)


def resolve(path: str) -> Callable[..., Any]:
    """Import the callable at ``module:attribute``. Raises ManifestError when there is none."""
    found = load(path)
    if not callable(found):
        raise ManifestError(f"{path!r} is not callable")
    resolved: Callable[..., Any] = found
    return resolved


def load(path: str) -> object:
    """Import ``module:attribute``. Raises ManifestError when either does not exist."""
    module_name, _, attribute = path.partition(":")
    try:
        found: object = getattr(import_module(module_name), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ManifestError(f"{path!r} does not import: {error}") from error
    return found


def _load_manifest(label: str) -> Manifest:
    try:
        module = import_module(f"{label}.manifest")
    except ModuleNotFoundError as error:
        raise ManifestError(f"the app {label!r} has no manifest.py: {error}") from error
    manifest = getattr(module, "MANIFEST", None)
    if not isinstance(manifest, Manifest):
        raise ManifestError(f"{label}.manifest.MANIFEST is not a Manifest")
    if manifest.label != label:
        raise ManifestError(f"{label}.manifest declares the label {manifest.label!r}")
    return manifest


def _refuse_duplicates(kind: str, keys: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ManifestError(f"two manifests declare the {kind} {key!r}")
        seen.add(key)
