"""Which room may do what, held by reading the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A room may import the rooms named here, itself, and trackers.errors.
MAY_IMPORT = {
    "model": set(),
    "assessment": {"model"},
    "store": {"model"},
    "queries": {"model", "assessment", "store"},
    "actions": {"model", "assessment", "store", "queries"},
    "reading": {"model", "assessment", "store", "queries", "actions"},
    "exchange": {"model", "assessment", "store", "queries", "actions", "reading"},
    "reports": {"model", "assessment", "store", "queries", "actions", "reading"},
}
STREAMLIT_ROOMS = {"app.py", "server.py", "components.py", "session.py", "loaders.py", "looks_once.py"}


def modules(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_rooms_import_only_the_rooms_below_them():
    for room, allowed in MAY_IMPORT.items():
        for path in modules(f"trackers/{room}"):
            used = {n.split(".")[1] for n in imports(path) if n.startswith("trackers.")}
            wrong = used - allowed - {room, "errors", "settings"}
            assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


def test_nothing_in_trackers_knows_the_dashboard_or_its_libraries():
    for path in modules("trackers"):
        roots = {name.split(".")[0] for name in imports(path)}
        assert not roots & {"dashboard", "streamlit", "plotly"}, path


def test_judgement_charts_and_viewmodels_do_no_input_or_output():
    for folder in ("trackers/assessment", "dashboard/charts", "dashboard/viewmodels"):
        for path in modules(folder):
            roots = {name.split(".")[0] for name in imports(path)}
            assert not roots & {"sqlite3", "sqlite_utils", "os", "pathlib", "io", "requests", "streamlit"}, path
            assert "trackers.store" not in imports(path), path


def test_only_the_store_holds_sql():
    for path in modules("trackers") + modules("dashboard"):
        if "trackers/store/" in path.as_posix():
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.split()
                head = words[0] if words else ""
                assert head not in {"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "PRAGMA"}, (path, node.value)


def test_every_query_is_asked_somewhere():
    named = {
        re.sub(r"[!<]+$", "", name)
        for path in (ROOT / "trackers/store/sql").glob("*.sql")
        for name in re.findall(r"^-- name: (\S+)", path.read_text(encoding="utf-8"), re.M)
    }
    code = "".join(path.read_text(encoding="utf-8") for path in modules("trackers") + modules("dashboard"))
    assert {name for name in named if f'"{name}"' not in code} == set()


def test_only_actions_write():
    for path in modules("trackers") + modules("dashboard"):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(("trackers/actions/", "trackers/store/")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "store":
                assert node.attr not in {"run", "insert", "writing"}, f"{place} writes"


def test_streamlit_is_named_only_at_the_edge():
    for path in modules("dashboard"):
        place = path.relative_to(ROOT / "dashboard")
        edge = place.name in STREAMLIT_ROOMS or place.parts[0] in {"views", "components"}
        assert edge or not {n.split(".")[0] for n in imports(path)} & {"streamlit"}, path


def test_no_page_injects_html():
    for path in modules("dashboard"):
        assert "unsafe_allow_html" not in path.read_text(encoding="utf-8"), path


def test_pages_are_thin():
    for path in modules("dashboard/views") + [ROOT / "dashboard" / "app.py"]:
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= 60, f"{path.relative_to(ROOT)} has {lines} lines"


@pytest.mark.parametrize("path", modules("trackers"), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_public_function_of_trackers_has_types_and_a_docstring(path: Path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not public:
            continue
        assert ast.get_docstring(node), f"{path}:{node.lineno} {node.name} has no docstring"
        if isinstance(node, ast.FunctionDef):
            assert node.returns is not None, f"{path}:{node.lineno} {node.name} has no return type"
