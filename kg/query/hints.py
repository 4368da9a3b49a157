"""Why an answer may be empty: names in the query that the graph does not know, most often misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.query.guard import tokens
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LABEL: Final = ox.NamedNode(v.RDFS_LABEL)


def unknown_names(store: ox.Store, query: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each prefixed name of a query that stands in no triple, with what may have been meant."""
    seen = dict.fromkeys(token for token, _ in tokens(query))
    for token in seen:
        prefix, colon, local = token.partition(":")
        if not colon or not local or prefix not in prefixes:
            continue
        try:
            node = ox.NamedNode(prefixes[prefix] + local)
        except ValueError:
            continue
        if not _stands(store, node):
            yield f"the graph has no {token}{did_you_mean(local, _named(store, prefixes[prefix]))}"


def _stands(store: ox.Store, node: ox.NamedNode) -> bool:
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(True for pattern in patterns for _ in store.quads_for_pattern(*pattern))


def _named(store: ox.Store, space: str) -> set[str]:
    """The names of all that has a label in a namespace."""
    subjects = (quad.subject for quad in store.quads_for_pattern(None, _LABEL, None))
    iris = (subject.value for subject in subjects if isinstance(subject, ox.NamedNode))
    return {iri.removeprefix(space) for iri in iris if iri.startswith(space)}
