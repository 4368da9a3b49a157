"""Asking a graph with kg and with plain rdflib: loading, nine questions, and the second start of a process.

    python -m benchmarks.query [SIZE ...]      10000 100000 1000000 triples unless told otherwise

Every size is an invented graph as `kg build` writes it, in a folder of its own. Seconds are of processor time, of all
threads, so that other work on the machine does not count. For each engine those to load and to write Turtle are
printed, and for each question those of the best of up to five runs; what takes longer than `PATIENCE` runs once, and
what takes rdflib longer than `LIMIT` is given up and printed with a ">". Beyond `WHOLE` triples rdflib is only asked
`BRIEF`. Both engines must give equally many rows. The last lines are what a person waits for: the second `kg query` and
`kg --help`, in processes of their own, beside an empty start of Python.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox
import rdflib

from kg import turtle
from kg.config import load_config
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
LIMIT: Final = 60.0  # processor seconds for whatever is asked of rdflib but loading
PATIENT: Final = 3600.0  # seconds on the clock for a question to kg: the machine may be busy
WHOLE: Final = 200_000  # triples up to which rdflib is asked everything
BRIEF: Final = frozenset({"all of a class", "with evidence"})

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
                            MINUS { ?g rdf:subject ?s ; rdf:object ?o ; kg:modality kg:Asserted } }""",
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
    brief = len(graph) > WHOLE
    print(f"\n{len(graph):,} triples{'':14}  {'kg':>9}  {'rdflib':>10}  {'times':>7}")
    row("load", seconds, graph_seconds)
    written, _ = best(lambda: store.dump(format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph()))
    row("write Turtle", written, None if brief else limited(lambda: graph.serialize(format="turtle"))[0])
    ratios = []
    for name, query in QUESTIONS.items():
        ours, table = best(partial(run, store, query, seconds=PATIENT))
        assert isinstance(table, Table)
        label = f"{name} ({len(table.rows):,} rows)"
        if brief and name not in BRIEF:
            row(label, ours, None)
            continue
        theirs, found = limited(partial(plain, graph, query))
        assert found is None or len(table.rows) == len(found), name
        ratios.append(theirs / ours)
        row(label, ours, theirs, at_least=found is None)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"{'geometric mean of the questions':38}  {'':9}  {'':10}  {mean:7.1f}")
    starts(folder)


def plain(graph: rdflib.Graph, query: str) -> list[object]:
    """The rows that rdflib gives."""
    return list(graph.query(query, initNs=dict(PREFIXES)))


def starts(folder: Path) -> None:
    """The second `kg query` of a process of its own, where the kept store is there; and `kg --help`."""
    first, _ = timed(lambda: open_source(folder, load_config(Path()).ontology))
    count = "SELECT (COUNT(*) AS ?n) { ?x a kg:Alliance }"
    print(f"first opening {first:.2f} s of processor time; processes, processor seconds and seconds on the clock:")
    for name, arguments in {
        "an empty Python": ["-c", "pass"],
        "kg --help": ["-m", "kg", "--help"],
        "second kg query": ["-m", "kg", "query", "--out", str(folder), count],
    }.items():
        command = [sys.executable, *arguments]
        clock, seconds = math.inf, math.inf
        for _ in range(RUNS):
            start = time.perf_counter()
            seconds = min(seconds, timed(lambda: subprocess.run(command, capture_output=True, check=True))[0])  # noqa: B023 - called at once
            clock = min(clock, time.perf_counter() - start)
        print(f"  {name:36}  {seconds:9.2f}  {clock:10.2f}", flush=True)


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


def row(name: str, ours: float, theirs: float | None, *, at_least: bool = False) -> None:
    """One line of the table: seconds, and how many times as long rdflib takes; None where it was not asked."""
    mark = ">" if at_least else " "
    compared = "" if theirs is None else f"{mark}{theirs:9.4f}  {mark}{theirs / ours:6.1f}"
    print(f"{name:38}  {ours:9.4f}  {compared}".rstrip(), flush=True)


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


def limited(work: Callable[[], Result]) -> tuple[float, Result | None]:
    """As `best`, but given up after `LIMIT` processor seconds: then these, and no result."""

    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        return best(work)
    except TimeoutError:
        return LIMIT, None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
