"""The demo offers no route and owns no table: it is a command that fills a fresh installation with three businesses."""

from core.registry import Manifest

MANIFEST = Manifest(
    label="demo",
    name="Demo data",
    summary="Three believable businesses to look at and to program against.",
)
