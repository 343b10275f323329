"""Files and functions that outgrow a reader."""

import ast
from pathlib import Path

from config.registry import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60
PLACES = (*(manifest.label for manifest in REGISTRY.manifests), "config", "tests")


def sources() -> list[Path]:
    """Return the project's Python files, migrations left out: those are written by Django."""
    return [path for place in PLACES for path in sorted((ROOT / place).rglob("*.py")) if "migrations" not in path.parts]


def test_no_file_is_too_long() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in sources()}

    assert {path: length for path, length in lengths.items() if length > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_too_long() -> None:
    too_long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > MOST_LINES_OF_A_FUNCTION:
                    too_long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {length}")

    assert too_long == []
