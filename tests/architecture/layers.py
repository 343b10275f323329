"""The import rules of the project, drawn from the registry. Shared by the tests that apply them."""

from collections.abc import Iterator
from dataclasses import dataclass

import grimp

from core.registry import Registry

INNER_LAYERS = (
    frozenset({"urls", "admin"}),
    frozenset({"views"}),
    frozenset({"serializers", "tasks", "receivers"}),
    frozenset({"services"}),
    frozenset({"selectors"}),
    frozenset({"models"}),
    frozenset({"enums", "errors"}),
)
"""From top to bottom; a module imports its own layer and those below."""

OPEN_TO_OTHER_APPS = frozenset({"selectors", "services", "enums", "errors", "idempotency"})
AT_THE_EDGE = frozenset({"views", "serializers", "urls", "tests"})
LOADS_ROWS_ITSELF = frozenset({"demo"})
"""Apps that fill tables in bulk instead of calling services one row at a time."""


@dataclass(frozen=True)
class Import:
    """One module importing another."""

    importer: str
    imported: str

    @property
    def importing_app(self) -> str:
        """The app that imports."""
        return self.importer.split(".")[0]

    @property
    def imported_app(self) -> str:
        """The app or library that is imported."""
        return self.imported.split(".")[0]


def part_of(module: str) -> str:
    """Return the second word of a module's name (`schedule.services.booking` → `services`), or an empty string."""
    return [*module.split("."), ""][1]


def read_imports(registry: Registry) -> list[Import]:
    """Return every import made by the apps of the registry and by config."""
    packages = [*registry.labels("public", "tenant", "none"), "config"]
    graph = grimp.build_graph(*packages, include_external_packages=True, cache_dir=None)
    own = tuple(f"{package}." for package in packages)
    return [
        Import(importer, imported)
        for importer in sorted(graph.modules)
        if importer.startswith(own)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    ]


def broken_rules(registry: Registry, imports: list[Import]) -> Iterator[str]:
    """Yield one line per import that breaks a rule."""
    allowed = _apps_seen_by(registry)
    for found in imports:
        if found.importing_app == "config":
            continue
        if found.imported_app == "config":
            yield f"{found.importer} imports {found.imported}: nobody imports the composition root"
        elif found.imported_app == found.importing_app:
            yield from _broken_inside(found)
        elif found.imported_app in allowed:
            yield from _broken_across(found, allowed[found.importing_app])
        elif found.imported_app == "rest_framework" and not _may_use_drf(found):
            yield f"{found.importer} imports {found.imported}: DRF stays at the edge"
        if part_of(found.importer) == "manifest" and found.imported != "core.registry":
            yield f"{found.importer} imports {found.imported}: a manifest imports core.registry alone"


def _apps_seen_by(registry: Registry) -> dict[str, set[str]]:
    kernel = [manifest.label for manifest in registry.manifests if manifest.layer == "kernel"]
    domain = [manifest.label for manifest in registry.manifests if manifest.layer == "domain"]
    seen: dict[str, set[str]] = {label: set() for label in kernel}
    for position, label in enumerate(domain):
        seen[label] = {*kernel, *domain[:position]}
    for manifest in registry.manifests:
        seen.setdefault(manifest.label, {*kernel, *domain})
    return seen


def _broken_across(found: Import, allowed: set[str]) -> Iterator[str]:
    if found.imported_app not in allowed:
        yield f"{found.importer} imports {found.imported}: {found.imported_app} is not below {found.importing_app}"
    elif (
        found.imported_app != "core"
        and part_of(found.imported) not in OPEN_TO_OTHER_APPS
        and found.importing_app not in LOADS_ROWS_ITSELF
    ):
        yield f"{found.importer} imports {found.imported}: other apps are read by selectors and written by services"


def _broken_inside(found: Import) -> Iterator[str]:
    if found.importing_app == "core":
        return
    importer, imported = _depth(part_of(found.importer)), _depth(part_of(found.imported))
    if importer is not None and imported is not None and imported < importer:
        yield f"{found.importer} imports {found.imported}: that layer is above it"


def _depth(part: str) -> int | None:
    return next((depth for depth, parts in enumerate(INNER_LAYERS) if part in parts), None)


def _may_use_drf(found: Import) -> bool:
    return found.importing_app == "core" or part_of(found.importer) in AT_THE_EDGE
