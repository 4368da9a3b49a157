"""Asking a graph with kg and with plain rdflib: loading, nine questions, and the second start of a process.

    python -m benchmarks.query [SIZE ...]      10000 100000 1000000 triples unless told otherwise

Every size is an invented graph as `kg build` writes it, in a folder of its own. Seconds are of processor time, of all
threads, so that other work on the machine does not count. For each engine those to load are printed, and for each
question those of the best of up to five runs; a question that takes longer than `PATIENCE` runs once. Both engines must
give equally many rows. The last line is what a person waits for: the second `kg query`, in a process of its own, beside
an empty start of Python.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import rdflib

from kg import turtle
from kg.outputs import open_outputs, replace_outputs
from kg.query import Table, load_store, open_source, run
from kg.vocabulary import PREFIXES
from tests.page.synthetic import small_ontology, synthetic_graph

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

SIZES: Final = (10_000, 100_000, 1_000_000)
TRIPLES_PER_FACT: Final = 20.4  # of these graphs: fact, evidence, and its share of entities and articles
RUNS: Final = 5
PATIENCE: Final = 1.0  # seconds after which a question is not asked again
LIMIT: Final = 600.0  # seconds for a question

QUESTIONS: Final = {
    "one thing": "SELECT ?p ?o { ?x schema:headline 'Report no. 3 from the harbour' ; ?p ?o }",
    "all of a class": "SELECT ?x ?l { ?x a kg:Company ; rdfs:label ?l }",
    "two facts": "SELECT ?a ?b { ?a kg:memberOf ?b . ?b kg:locatedIn ?c }",
    "with evidence": """SELECT ?s ?quote { ?f rdf:predicate kg:launched ; rdf:subject/rdfs:label ?s ;
                        kg:evidence/oa:exact ?quote }""",
    "count by class": "SELECT ?c (COUNT(*) AS ?n) { ?x a ?c } GROUP BY ?c ORDER BY DESC(?n)",
    "most connected": """SELECT ?x (COUNT(*) AS ?n) { ?f rdf:subject ?x } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 10""",
    "path": "SELECT ?a ?b { ?a a kg:Alliance . ?a kg:partnersWith+ ?b }",
    "words in a quote": "SELECT ?e { ?e oa:exact ?t FILTER (CONTAINS(?t, 'officials said')) }",
    "planned, not done": """SELECT ?f { ?f kg:modality kg:Planned ; rdf:subject ?s ; rdf:object ?o
                            FILTER NOT EXISTS { ?g rdf:subject ?s ; rdf:object ?o ; kg:modality kg:Asserted } }""",
}


def main(sizes: tuple[int, ...]) -> None:
    """Measure each size and print a table."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder))


def measure(size: int, folder: Path) -> None:
    """Make a graph of about this many triples, and time both engines over it."""
    make(size, folder)
    outputs = open_outputs(folder)
    seconds, store = timed(lambda: load_store(outputs))
    graph = rdflib.Graph()
    graph_seconds, _ = timed(lambda: [graph.parse(path) for path in (outputs.graph, outputs.evidence)])
    print(f"\n{len(graph):,} triples{'':14}  {'kg':>9}  {'rdflib':>9}  {'times':>7}")
    row("load", seconds, graph_seconds)
    ratios = []
    for name, query in QUESTIONS.items():
        ours, table = best(partial(run, store, query, seconds=LIMIT))
        theirs, found = best(partial(plain, graph, query))
        assert isinstance(table, Table)
        assert len(table.rows) == len(found), name
        ratios.append(theirs / ours)
        row(f"{name} ({len(found):,} rows)", ours, theirs)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"{'geometric mean of the questions':38}  {'':9}  {'':9}  {mean:7.1f}")
    starts(folder)


def plain(graph: rdflib.Graph, query: str) -> list[object]:
    """The rows that rdflib gives."""
    return list(graph.query(query, initNs=dict(PREFIXES)))


def starts(folder: Path) -> None:
    """The second `kg query` of a process of its own: the kept store is there."""
    first, _ = timed(lambda: open_source(folder))
    query = [sys.executable, "-m", "kg", "query", "--out", str(folder), "SELECT (COUNT(*) AS ?n) { ?x a kg:Alliance }"]
    second, _ = best(lambda: subprocess.run(query, capture_output=True, check=True))
    empty, _ = best(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    print(f"first opening {first:.2f} s, second `kg query` {second:.2f} s, an empty Python {empty:.2f} s")


def make(size: int, folder: Path) -> None:
    """Outputs of an invented graph."""
    facts = round(size / TRIPLES_PER_FACT)
    graph = synthetic_graph(nodes=max(40, facts * 2 // 5), edges=facts, articles=max(8, facts // 25))
    ontology = small_ontology()
    files = {
        "graph.ttl": turtle.graph_turtle(graph, ontology),
        "evidence.ttl": turtle.evidence_turtle(graph, ontology, version="1"),
    }
    replace_outputs(folder, files, {"counts": {}})


def row(name: str, ours: float, theirs: float) -> None:
    """One line of the table: seconds, and how many times as long rdflib takes."""
    print(f"{name:38}  {ours:9.4f}  {theirs:9.4f}  {theirs / ours:7.1f}", flush=True)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds and result."""
    start = spent()
    result = work()
    return max(spent() - start, 1e-6), result


def spent() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def best(work: Callable[[], Result]) -> tuple[float, Result]:
    """The shortest of a few runs, or the one run of what takes long."""
    shortest, result = timed(work)
    for _ in range(RUNS - 1):
        if shortest > PATIENCE:
            break
        seconds, result = timed(work)
        shortest = min(shortest, seconds)
    return shortest, result


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
