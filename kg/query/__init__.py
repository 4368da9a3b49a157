"""SPARQL over the outputs and the ontology, answered by Oxigraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import vocabulary
from kg.query.answers import Answer, Table, Triples
from kg.query.evaluation import ROW_LIMIT, TIME_LIMIT, StoreError, run
from kg.query.kept import Source, load_store, open_source

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ROW_LIMIT",
    "TIME_LIMIT",
    "Answer",
    "Source",
    "StoreError",
    "Table",
    "Triples",
    "ask",
    "load_store",
    "open_source",
    "run",
]


def ask(
    source: Source,
    query: str,
    *,
    prefixes: Mapping[str, str] = vocabulary.PREFIXES,
    allow_service: bool = False,
    seconds: float = TIME_LIMIT,
    rows: int | None = None,
) -> Answer:
    """The answer to a query over the outputs; a kept store that turns out to be damaged is replaced by the Turtle.

    `rows` are the most solutions or triples that are wanted; None for all. Raises what `run` raises.
    """
    try:
        return run(source.store, query, prefixes=prefixes, allow_service=allow_service, seconds=seconds, rows=rows)
    except StoreError:
        if not source.is_kept:
            raise
    source.reload()
    return run(source.store, query, prefixes=prefixes, allow_service=allow_service, seconds=seconds, rows=rows)
