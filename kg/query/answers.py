"""What a query gives: a table, triples, or yes and no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT, in order; an unbound variable is None. Not `complete` where a row limit cut it."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Triples:
    """The graph that a CONSTRUCT or DESCRIBE gives. Not `complete` where a row limit cut it."""

    triples: tuple[ox.Triple, ...]
    complete: bool = True


Answer = Table | Triples | bool


def is_empty(answer: Answer) -> bool:
    """Whether there is nothing in it: no rows, no triples, a no."""
    match answer:
        case Table(_, rows) | Triples(rows):
            return not rows
        case _:
            return not answer


def short(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """A term for people: prefixed names, literals without quotation marks and datatypes."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        iri = term.value
        # The longest namespace, so that `technology:ai` is not shown as a name within another.
        best = max((n for n in prefixes if iri.startswith(prefixes[n])), key=lambda n: len(prefixes[n]), default=None)
        return f"<{iri}>" if best is None else f"{best}:{iri.removeprefix(prefixes[best])}"
    return str(term)
