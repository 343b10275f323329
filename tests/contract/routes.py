"""Every route of the API, found in the URL configuration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny

from core.permissions import FeatureGate

SAMPLE_IDS = ("0", "00000000-0000-7000-8000-000000000000", "google")
GROUP = re.compile(r"\(\?P<\w+>((?:[^()]|\([^()]*\))*)\)")


@dataclass(frozen=True)
class Route:
    """One method on one path of a tenant's host, with the features its permissions ask for."""

    method: str
    path: str
    view: str
    features: tuple[str, ...]
    open_to_all: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def api_routes(urlconf: str = "config.urls") -> list[Route]:
    """Return every route below `/api/` that an app of the registry serves."""
    return sorted(_routes(get_resolver(urlconf).url_patterns, ""), key=lambda route: (route.path, route.method))


def _routes(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        text = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, text)
        elif text.startswith("api/") and hasattr(pattern.callback, "cls"):
            yield from _routes_of(pattern, text)


def _routes_of(pattern: URLPattern, text: str) -> Iterator[Route]:
    view_class: Any = getattr(pattern.callback, "cls")  # noqa: B009  # set by DRF, unknown to its types
    if view_class.__module__.startswith("drf_spectacular"):
        return
    actions: dict[str, str] = getattr(pattern.callback, "actions", None) or {
        method: "" for method in ("get", "post", "put", "patch", "delete") if hasattr(view_class, method)
    }
    initkwargs = dict(getattr(pattern.callback, "initkwargs", {}))
    for method, action in actions.items():
        if method == "head":
            continue
        kwargs = {**initkwargs, **getattr(getattr(view_class, action, None), "kwargs", {})}
        view = view_class(**kwargs)
        view.action = action or None
        permissions = view.get_permissions()
        yield Route(
            method=method.upper(),
            path=_sample_path(text),
            view=view_class.__name__,
            features=tuple(p.key for p in permissions if isinstance(p, FeatureGate)),
            open_to_all=any(isinstance(p, AllowAny) for p in permissions),
        )


def _sample_path(text: str) -> str:
    path = GROUP.sub(_sample_id, text)
    return "/" + re.sub(r"[\^$\\]|\\Z", "", path)


def _sample_id(group: re.Match[str]) -> str:
    """Return an id of nothing that the route's own pattern accepts."""
    return next(sample for sample in SAMPLE_IDS if re.fullmatch(group[1], sample))
