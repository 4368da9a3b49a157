"""SPARQL over the outputs and the ontology, answered by Oxigraph."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import vocabulary
from kg.errors import OutputError, QueryError
from kg.query.answers import Answer, Table, Triples
from kg.query.guard import check_allowed
from kg.query.syntax import explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kg.outputs import Outputs

__all__ = ["Answer", "Table", "Triples", "load_store", "run"]

TIME_LIMIT: Final = 60.0
"""Seconds that a query may take, unless told otherwise."""

_SELECT_ALL: Final = re.compile(r"\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?\*", re.IGNORECASE)
_NO_DATA = frozenset({"shapes.ttl", "aliases.ttl"})  # about the graph, not part of it


def load_store(outputs: Outputs | None, ontology: Path | None = None) -> ox.Store:
    """Facts, evidence and the ontology's Turtle (shapes and aliases apart) in one store in memory.

    Raises OutputError naming a file that cannot be read.
    """
    store = ox.Store()
    of_build = (outputs.graph, outputs.evidence) if outputs is not None else ()
    for path in (*of_build, *_ontology_files(ontology)):
        try:
            store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
        except (OSError, SyntaxError) as error:
            raise OutputError(f"{path}: cannot be read ({error})") from error
    return store


def _ontology_files(folder: Path | None) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*.ttl") if path.name not in _NO_DATA) if folder else ()


def run(
    store: ox.Store,
    query: str,
    *,
    prefixes: Mapping[str, str] = vocabulary.PREFIXES,
    allow_service: bool = False,
    seconds: float = TIME_LIMIT,
) -> Answer:
    """The answer to a query; `prefixes` need no declaration in it.

    Raises QueryError for what is not SPARQL (with line and caret), for updates, for SERVICE unless it is allowed, and
    where the answer takes more than `seconds`; the engine then goes on in the background until the process ends.
    """
    check_allowed(query, allow_service=allow_service)
    try:
        return _within(seconds, lambda: _answer(store, query, prefixes))
    except SyntaxError as error:
        raise QueryError(explained(query, str(error))) from error
    except OSError as error:
        raise QueryError(f"the query failed: {error}") from error


def _answer(store: ox.Store, query: str, prefixes: Mapping[str, str]) -> Answer:
    # Answers are read here, in the thread that asked: Oxigraph's iterators must not change threads.
    result = store.query(query, prefixes=dict(prefixes))
    if isinstance(result, ox.QuerySolutions):
        return _table(query, result)
    if isinstance(result, ox.QueryTriples):
        return Triples(tuple(result))
    return bool(result)


def _table(query: str, solutions: ox.QuerySolutions) -> Table:
    """The solutions; the columns of SELECT * in the order in which the query names them, for Oxigraph has none."""
    names = [variable.value for variable in solutions.variables]
    if _SELECT_ALL.search(query):
        places = {name: re.search(rf"[?$]{name}\b", query) for name in names}
        names.sort(key=lambda name: (place.start() if (place := places[name]) else len(query), name))
    return Table(tuple(names), tuple(tuple(solution[name] for name in names) for solution in solutions))


def _within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """The result of `work`, or QueryError after that time."""
    outcome: list[Answer | OSError | SyntaxError] = []

    def attempt() -> None:
        try:
            outcome.append(work())
        except (OSError, SyntaxError) as error:
            outcome.append(error)

    # Oxigraph gives up the interpreter while it works but cannot be told to stop, so it is left behind.
    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise QueryError(f"no answer within {seconds:g} s; narrow the query, or allow more with --timeout")
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]
