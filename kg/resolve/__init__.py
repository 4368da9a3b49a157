"""Entity resolution: article entities of all articles become the entities and statements of one graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolve.alias_tables import GAZETTEERS, PAIRS_FILE, read_gazetteers, read_pairs
from kg.resolve.aliases import ALIASES_FILE, Aliases, AliasNode, read_turtle
from kg.resolve.identities import combine
from kg.resolve.placement import contradictions
from kg.resolve.resolver import resolve
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = [
    "ALIASES_FILE",
    "GAZETTEERS",
    "PAIRS_FILE",
    "AliasNode",
    "Aliases",
    "contradictions",
    "load_aliases",
    "resolve",
]


def load_aliases(path: Path, *, base: str = BASE, classes: Collection[str] | None = None) -> Aliases:
    """Read `aliases.ttl`, and beside it `aliases.csv` and `gazetteers/*.csv`; what is absent says nothing.

    `classes` are the names of the ontology's, against which gazetteers are checked. Raises `OntologyError` for what
    cannot be read and for statements that contradict each other.
    """
    pairs = read_pairs(path.with_name(PAIRS_FILE))
    listed = read_gazetteers(path.with_name(GAZETTEERS), classes)
    return combine(read_turtle(path, base=base), str(path), pairs, listed)
