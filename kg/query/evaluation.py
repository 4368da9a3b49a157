"""One query, one answer: within its time, its rows, and what a query may do."""

from __future__ import annotations

import re
import threading
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

from kg import vocabulary
from kg.errors import QueryError
from kg.query.answers import Answer, Table, Triples
from kg.query.guard import check_allowed
from kg.query.syntax import explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

TIME_LIMIT: Final = 60.0
"""Seconds that a query may take, unless told otherwise."""

ROW_LIMIT: Final = 100_000
"""Rows that a command prints, unless told otherwise: more than anybody reads, little enough for any memory."""

STACK_BYTES: Final = 512 * 1024 * 1024
"""Stack of the thread that asks: Oxigraph recurses over joins and operators, some 8 kB each, and a query may have
`guard.MOST_MARKS` of them. It is address space, taken as it is used."""

_SELECT_ALL: Final = re.compile(r"\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?\*", re.IGNORECASE)
_Item = TypeVar("_Item")


class StoreError(QueryError):
    """The store failed while it was read: damaged files, or a connection of SERVICE."""


def run(
    store: ox.Store,
    query: str,
    *,
    prefixes: Mapping[str, str] = vocabulary.PREFIXES,
    allow_service: bool = False,
    seconds: float = TIME_LIMIT,
    rows: int | None = None,
) -> Answer:
    """The answer to a query; `prefixes` need no declaration in it.

    Of more than `rows` solutions or triples, the first that many are given, and the answer says that it is cut. Raises
    QueryError for what is not SPARQL (with line and caret), for updates, for SERVICE unless it is allowed, and where
    the answer takes more than `seconds`; the engine then goes on in the background until the process ends.
    """
    check_allowed(query, allow_service=allow_service)
    try:
        return within(seconds, lambda given_up: _answer(store, query, prefixes, rows, given_up))
    except SyntaxError as error:
        raise QueryError(explained(query, str(error))) from error
    except (OSError, RuntimeError) as error:  # damaged files, a failed connection, values out of range
        raise StoreError(f"the query failed: {error}") from error


def _answer(
    store: ox.Store, query: str, prefixes: Mapping[str, str], rows: int | None, given_up: threading.Event
) -> Answer:
    # Answers are read here, in the thread that asked: Oxigraph's iterators must not change threads.
    result = store.query(query, prefixes=dict(prefixes))
    if isinstance(result, ox.QuerySolutions):
        names = columns(query, result)
        kept, complete = _first(result, rows, given_up)
        return Table(tuple(names), tuple(tuple(solution[name] for name in names) for solution in kept), complete)
    if isinstance(result, ox.QueryTriples):
        triples, complete = _first(result, rows, given_up)
        return Triples(tuple(triples), complete)
    return bool(result)


def _first(items: Iterable[_Item], most: int | None, given_up: threading.Event) -> tuple[list[_Item], bool]:
    """The first `most` items and whether those are all."""
    found: list[_Item] = []
    for item in items if most is None else islice(items, most + 1):
        if given_up.is_set():  # nobody waits any longer; stop what can be stopped
            break
        found.append(item)
    return (found, True) if most is None else (found[:most], len(found) <= most)


def columns(query: str, solutions: ox.QuerySolutions) -> list[str]:
    """The variables; those of SELECT * in the order in which the query names them, for Oxigraph has none."""
    names = [variable.value for variable in solutions.variables]
    if _SELECT_ALL.search(query):
        places = {name: re.search(rf"[?$]{name}\b", query) for name in names}
        names.sort(key=lambda name: (place.start() if (place := places[name]) else len(query), name))
    return names


def within(seconds: float, work: Callable[[threading.Event], Answer]) -> Answer:
    """The result of `work`, or QueryError after that time; the event tells the work that it was given up."""
    outcome: list[Answer | OSError | RuntimeError | SyntaxError] = []
    given_up = threading.Event()

    def attempt() -> None:
        try:
            outcome.append(work(given_up))
        except (OSError, RuntimeError, SyntaxError) as error:
            outcome.append(error)

    # Oxigraph gives up the interpreter while it works but cannot be told to stop, so it is left behind.
    thread = _with_deep_stack(attempt)
    thread.join(seconds)
    if not outcome:
        given_up.set()
        raise QueryError(f"no answer within {seconds:g} s; narrow the query, or allow more with --timeout")
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _with_deep_stack(work: Callable[[], None]) -> threading.Thread:
    """A running thread with `STACK_BYTES` of stack, or, where the system does not give as much, with its usual."""
    usual = threading.stack_size()
    thread = threading.Thread(target=work, daemon=True)
    try:
        threading.stack_size(STACK_BYTES)
        thread.start()
    except (ValueError, RuntimeError):
        threading.stack_size(usual)
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
    finally:
        threading.stack_size(usual)
    return thread
