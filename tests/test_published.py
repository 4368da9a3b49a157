"""`out/` in the repository is what this version makes of `sources/`."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out"
REPRODUCIBLE = ("graph.ttl", "evidence.ttl", "graph.html")
LEAST_ENTITIES, LEAST_FACTS = 60, 120
LEAST_TOGETHER = 0.8
"""Share of the entities that facts tie together: below it, a visitor sees dust around the graph."""
IDS = "https://example.org/kg/id/"
PROPERTIES = "https://example.org/kg/ontology#"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of `sources/` as the README has visitors run it, aside."""
    out = tmp_path_factory.mktemp("published") / "out"
    subprocess.run([sys.executable, "-m", "kg", "build", "-q", "--out", str(out)], cwd=ROOT, check=True)
    return out


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", REPRODUCIBLE)
def test_published_output_is_current(name: str, rebuilt: Path) -> None:
    """A change of code, model, ontology or articles comes with its outputs; `python dev.py build` makes them."""
    assert (rebuilt / name).read_bytes() == (OUT / name).read_bytes(), f"out/{name} is not what kg build makes"


def test_published_files_belong_together() -> None:
    """The report lists the files of the folder, with their hashes; nothing else lies there."""
    listed = json.loads((OUT / "report.json").read_text(encoding="utf-8"))["files"]
    found = {path.relative_to(OUT).as_posix() for path in OUT.rglob("*") if path.is_file()}
    assert found == {*listed, "report.json"}
    for name, entry in listed.items():
        assert hashlib.sha256((OUT / name).read_bytes()).hexdigest() == entry["sha256"], name


def drawn(out: Path) -> nx.Graph[str]:
    """The entities of a graph, with a line for each fact between two."""
    graph: nx.Graph[str] = nx.Graph()
    for triple in ox.parse(path=out / "graph.ttl", format=ox.RdfFormat.TURTLE):
        subject, obj = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(IDS):
            continue
        graph.add_node(subject.value)
        between = isinstance(obj, ox.NamedNode) and obj.value.startswith(IDS)
        if between and triple.predicate.value.startswith(PROPERTIES):
            graph.add_edge(subject.value, obj.value)
    return graph


def test_published_graph_is_worth_looking_at() -> None:
    """The sample articles give a graph of some size that hangs together: what they name takes part in a fact."""
    graph = drawn(OUT)
    counts = json.loads((OUT / "report.json").read_text(encoding="utf-8"))["counts"]
    assert len(graph) >= LEAST_ENTITIES
    assert counts["facts"] >= LEAST_FACTS
    alone = sorted(name for part in nx.connected_components(graph) if len(part) == 1 for name in part)
    assert len(max(nx.connected_components(graph), key=len)) >= LEAST_TOGETHER * len(graph), alone
