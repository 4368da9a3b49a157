"""What the resolver decided, for people: which names met without being weighed, and what decisions became of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.model import Decision, JoinedNames
from kg.naming.comparison import compare_names, explain
from kg.resolve.records import record_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Extraction
    from kg.resolve.groups import Group

STATED_BITS: Final = 20.0
"""What is known from outside (an alias, a concept, a place) counts for more than any evidence of names."""


def by_name(group: Group) -> Iterator[Decision]:
    """Yield the merges of a group as it starts: its records have one anchor, or names that are written alike.

    A name that several articles have is no decision; each further way to write it is one.
    """
    first, *others = group.records
    known = set(first.names)
    for record in others:
        if record.names and known.isdisjoint(record.names):
            bits, reason = STATED_BITS, group.anchor or ""
            if group.anchor is None:
                left, right = sorted((first.label, record.label))
                bits, reason = compare_names(left, right, group.kind)
            names = (first.label, record.label)
            yield Decision(first.id, record.id, True, bits, (explain(reason, bits),), names)  # noqa: FBT003
        known.update(record.names)


def with_entities(
    decisions: Iterable[Decision], groups: Iterable[Group], keys: Mapping[str, str]
) -> tuple[Decision, ...]:
    """Return the decisions on entities of the graph, with what the two have become; `keys` gives keys by record id."""
    articles = {record.id: record.article for group in groups for record in group.records}
    return tuple(
        replace(
            decision,
            articles=(articles[decision.left], articles[decision.right]),
            entities=(keys[decision.left], keys[decision.right]),
        )
        for decision in decisions
        if decision.left in keys and decision.right in keys
    )


def joined_names(extractions: Iterable[Extraction], keys: Mapping[str, str]) -> tuple[JoinedNames, ...]:
    """Return how articles' own names were joined, sorted by entity and article."""
    found = [
        JoinedNames(extraction.article, key, entity.joined)
        for extraction in extractions
        for entity in extraction.entities
        if entity.joined and (key := keys.get(record_id(extraction.article, entity.id))) is not None
    ]
    return tuple(sorted(found, key=lambda joined: (joined.entity, joined.article, joined.reasons)))
