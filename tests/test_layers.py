"""Imports go down only: no module knows one that stands above it or beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import ROOT

PACKAGE = ROOT / "kg"

# From the ground up. Modules of one line do not know each other; a folder is one room, whose own modules may.
LEVELS = (
    {"types", "errors", "resources", "xml_text", "text_table"},
    {"output_files"},
    {"language"},
    {"vocabulary"},
    {"readers", "relations"},
    {"linking"},
    {"terms", "store_records"},
    {"extraction", "store_migrations", "store_errors"},
    {"pipeline", "extractor_version", "engines", "store", "store_lock"},
    {"node_ids", "graph_reader", "export_state"},
    {"graph"},
    {"names", "rows", "layout", "periods", "graph_facts"},
    {"lookup", "offices", "figures"},
    {"timeline", "metric_alignment", "walks"},
    {"changes", "ledger"},
    {"time_queries", "series_evaluation"},
    {"view", "explanation"},
    {"writers"},
    {"query", "matching", "project"},
    {"error_analysis", "graph_folder"},
    {"evaluate", "evaluate_identity", "builder"},
    {"evaluation_report", "questions", "outputs"},
    {"terminal"},
    {"identity_commands", "store_commands"},
    {"commands", "examples"},
    {"question_parser"},
    {"cli"},
    {"__main__"},
)
LEVEL_OF = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
# `kg/__init__.py` names the public things of all rooms; a module that imports `kg` itself asks for its version only.
FRONT_DOOR = "__init__"


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room_of(path: Path) -> str:
    """Return the room of a module: its folder, or itself where it lies in the package's own folder."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the full names that a module imports from `kg`, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_used(source: str) -> set[str]:
    names = [name.split(".") for name in imported(ast.parse(source)) if name.split(".")[0] == "kg"]
    return {name[1] if len(name) > 1 else FRONT_DOOR for name in names} - {"__version__"}


def test_every_module_has_a_place_and_every_place_a_module() -> None:
    assert {room_of(path) for path in modules()} == set(LEVEL_OF)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    room = room_of(path)
    used = rooms_used(path.read_text("utf-8")) - {room}
    assert FRONT_DOOR not in used
    assert {other: LEVEL_OF[other] for other in used if LEVEL_OF[other] >= LEVEL_OF[room]} == {}


def test_an_import_in_a_function_or_of_a_submodule_is_seen() -> None:
    source = "def f():\n    from kg.writers.facts import write_facts\n    from kg import view\n    import kg.cli\n"
    assert rooms_used(source) == {"writers", "view", "cli"}


def test_levels_name_no_room_twice() -> None:
    assert sum(map(len, LEVELS)) == len(LEVEL_OF)
