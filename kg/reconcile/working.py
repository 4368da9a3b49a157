"""Entities to links: who is asked for, in what batches, and what comes of the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.reconcile.client import Query
from kg.reconcile.scoring import ACCEPT_BITS, Choice, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kg.model import Entity, Graph
    from kg.reconcile.client import Candidate, Service
    from kg.reconcile.journal import Journal


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of a run: `choices` by entity, sorted by key, `asked` queries sent now, `known` answered before.

    `unknown` are the labels of entities that the service has nothing for.
    """

    choices: tuple[Choice, ...]
    asked: int
    known: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: entities of these classes or their subclasses (none: of all), and how.

    `types` gives the service's type for a class; `accept` is the evidence, in bits, from which a link is accepted.
    """

    classes: Collection[str] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    accept: float = ACCEPT_BITS


def reconcile(
    graph: Graph,
    service: Service,
    journal: Journal,
    wanted: Wanted,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Reconciled:
    """Ask the service for every entity that has no link into its space; answers are kept as they come.

    Raises ServiceError where the service fails; a further run asks only for what is not answered yet.
    """
    entities = _unlinked(graph, service.space, wanted.classes)
    queries = {entity.key: Query(entity.label, _type(entity, wanted.types)) for entity in entities}
    waiting = list(dict.fromkeys(query for query in queries.values() if journal.answer(query) is None))
    known = len(entities) - sum(query in set(waiting) for query in queries.values())
    for start in range(0, len(waiting), service.batch_size):
        batch = waiting[start : start + service.batch_size]
        journal.add(zip(batch, service.ask(batch), strict=True))
        progress(start + len(batch), len(waiting))
    choices, unknown = [], []
    for entity in entities:
        choice = choose(entity, _answers(journal, queries[entity.key]), accept=wanted.accept)
        if choice is None:
            unknown.append(entity.label)
        else:
            choices.append(choice)
    return Reconciled(tuple(choices), len(waiting), known, tuple(sorted(unknown)))


def _answers(journal: Journal, query: Query) -> Sequence[Candidate]:
    return journal.answer(query) or ()


def _unlinked(graph: Graph, space: str, classes: Collection[str]) -> list[Entity]:
    wanted = set(classes)
    return [
        entity
        for entity in sorted(graph.entities, key=lambda entity: entity.key)
        if (not wanted or wanted.intersection(entity.classes))
        and not (entity.background and any(link.startswith(space) for link in entity.background.same_as))
    ]


def _type(entity: Entity, types: Mapping[str, str]) -> str | None:
    return next((types[name] for name in entity.classes if name in types), None)
