"""Checks that stop the process when a manifest lies or a view forgets its gate."""

from collections.abc import Iterator, Sequence
from inspect import unwrap
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AND, NOT, OR, AllowAny
from rest_framework.views import APIView

from core.installed import load_dataset, registry
from core.models import Tenant
from core.permissions import FeatureGate
from core.registry import Manifest, ManifestError, resolve

Check = Iterator[CheckMessage]


@register("manifests")
def check_manifests(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Check what the manifests name and every view they route to."""
    return [*_check_paths(), *_check_datasets(), *_check_overrides(), *_check_routes()]


def _check_paths() -> Check:
    for quota in registry().quotas.values():
        if quota.used is not None:
            try:
                resolve(quota.used)
            except ManifestError as error:
                yield Error(f"quota {quota.key}: {error}", id="manifests.E001")
    for figure in registry().figures.values():
        try:
            resolve(figure.count)
        except ManifestError as error:
            yield Error(f"figure {figure.key}: {error}", id="manifests.E001")
    for periodic in registry().periodic.values():
        try:
            resolve(periodic.run)
        except ManifestError as error:
            yield Error(f"periodic work {periodic.name}: {error}", id="manifests.E001")


def _check_datasets() -> Check:
    owners: dict[str, str] = {}
    for manifest in registry().manifests:
        for path in manifest.datasets:
            try:
                key = load_dataset(path).key
            except ManifestError as error:
                yield Error(f"dataset of {manifest.label}: {error}", id="manifests.E007")
                continue
            if key in owners:
                yield Error(
                    f"{manifest.label} and {owners[key]} both offer a dataset called {key!r}", id="manifests.E008"
                )
            owners[key] = manifest.label


def _check_overrides() -> Check:
    columns = {field.name for field in Tenant._meta.get_fields()}
    for key in registry().features:
        if key.startswith("can_") and key not in columns:
            yield Error(
                f"the feature {key} has no column on Tenant",
                hint="Add a nullable boolean, so that it can be overridden for one business.",
                id="manifests.E002",
            )


def _check_routes() -> Check:
    for urlconf in (settings.ROOT_URLCONF, settings.PUBLIC_SCHEMA_URLCONF):
        for pattern, route, module in _patterns(get_resolver(urlconf).url_patterns, module=urlconf):
            yield from _check_route(pattern, route, module)


def _check_route(pattern: URLPattern, route: str, module: str) -> Check:
    """Check one route. It belongs to the app that wrote the view, else to the one whose `module` routes to it."""
    callback = pattern.callback
    if _is_of_the_admin(callback):
        return  # Django's admin lets in whom it knows and asks for its own permissions
    manifest = registry().owner_of(callback.__module__) or registry().owner_of(module)
    if manifest is None:
        return
    view_class = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    if view_class is None or not issubclass(view_class, APIView):
        view = view_class or callback
        if not getattr(view, "open_to_all", ""):
            yield Error(f"{route}: {view.__name__} is not a DRF view", id="manifests.E003")
        return
    for action, initkwargs in _actions(callback, view_class):
        yield from _check_view(manifest, route, view_class, action, initkwargs)


def _is_of_the_admin(callback: Any) -> bool:
    """Tell whether a page belongs to a ModelAdmin, or is one the admin's site wrapped in its own question who asks."""
    inner = unwrap(callback)
    of = getattr(callback, "model_admin", None) or (getattr(inner, "__self__", None) if inner is not callback else None)
    return isinstance(of, ModelAdmin)


def _check_view(
    manifest: Manifest, route: str, view_class: type[APIView], action: str | None, initkwargs: dict[str, Any]
) -> Check:
    name = f"{route}: {view_class.__name__}{f'.{action}' if action else ''}"
    view = view_class(**initkwargs)
    view.action = action  # type: ignore[attr-defined]  # what a view set's dispatch does
    permissions = view.get_permissions()
    if any(isinstance(permission, AND | OR | NOT) for permission in permissions):
        yield Error(
            f"{name} composes permissions with &, | or ~",
            hint="List them one after the other: a composition loses the reason of a refusal.",
            id="manifests.E004",
        )
        return
    if not permissions or any(isinstance(permission, AllowAny) for permission in permissions):
        if not getattr(view_class, "open_to_all", ""):
            yield Error(f'{name} lets anybody in without `open_to_all = "reason"`', id="manifests.E005")
        return
    if getattr(view_class, "ungated", ""):
        return
    own = {feature.key for feature in manifest.features}
    asked = {permission.key for permission in permissions if isinstance(permission, FeatureGate)}
    if own and not own & asked:
        yield Error(
            f"{name} asks for none of the features of {manifest.label} ({', '.join(sorted(own))})",
            hint='Add HasFeaturePermission, or `ungated = "reason"` on the view.',
            id="manifests.E006",
        )


def _actions(callback: Any, view_class: type[APIView]) -> Iterator[tuple[str | None, dict[str, Any]]]:
    initkwargs = dict(getattr(callback, "initkwargs", None) or getattr(callback, "view_initkwargs", {}))
    actions: dict[str, str] | None = getattr(callback, "actions", None)
    if not actions:
        yield None, initkwargs
        return
    for action in dict.fromkeys(actions.values()):
        handler = getattr(view_class, action)
        yield action, {**initkwargs, **getattr(handler, "kwargs", {})}


def _patterns(
    patterns: Sequence[URLPattern | URLResolver], *, module: str, prefix: str = ""
) -> Iterator[tuple[URLPattern, str, str]]:
    """Yield every pattern with its route and the name of the innermost module of routes it stands in."""
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = getattr(pattern.urlconf_name, "__name__", module)
            yield from _patterns(pattern.url_patterns, module=inner, prefix=route)
        else:
            yield pattern, route, module
