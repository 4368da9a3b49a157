"""Two graphs side by side.

Entities are the same where their keys are. One that is gone, but whose name another now bears, was merged into that;
one that is new, but whose name another bore, was split off. Facts of entities that were merged are followed to where
they went, so that a merge is told once and not as a score of facts that came and went.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Entity, Graph, Statement

LEAST_CONFIDENCE_CHANGE: Final = 0.005
"""Change of a confidence that is told: the outputs round to two digits, and half of the last is noise."""

FactKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect that changed: what it is called, and how it was and is, in words."""

    aspect: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity that is there in both graphs, but otherwise."""

    entity: Entity
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is there in both graphs, but otherwise; ends in words."""

    subject: str
    property: str
    object: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FactWords:
    """A fact that came or went, in words."""

    subject: str
    property: str
    object: str
    modality: str
    confidence: float
    quote: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one graph to the next, each list sorted; `merged` and `split` are pairs (from, to)."""

    entities_added: tuple[Entity, ...]
    entities_gone: tuple[Entity, ...]
    entities_changed: tuple[EntityChange, ...]
    merged: tuple[tuple[Entity, Entity], ...]
    split: tuple[tuple[Entity, Entity], ...]
    facts_added: tuple[FactWords, ...]
    facts_gone: tuple[FactWords, ...]
    facts_changed: tuple[FactChange, ...]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(getattr(self, name) for name in self.__slots__)


def compare(old: Graph, new: Graph) -> Difference:
    """What changed from `old` to `new`."""
    before = {entity.key: entity for entity in old.entities}
    after = {entity.key: entity for entity in new.entities}
    gone, added = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    merged = dict(_heirs([before[key] for key in gone], new.entities))
    split = dict(_heirs([after[key] for key in added], old.entities))
    old_facts, new_facts = _facts(old, merged), _facts(new, {})
    carried = {key: key for key in old_facts.keys() & new_facts.keys()}
    # A fact of an entity that was split off may have been its origin's before.
    for key in sorted(new_facts.keys() - old_facts.keys()):
        former = _renamed(key, split)
        if former in old_facts and former not in new_facts:
            carried[former] = key
    kept_new = set(carried.values())
    old_texts, new_texts = ({article.id: article.text for article in graph.articles} for graph in (old, new))
    return Difference(
        entities_added=tuple(after[key] for key in added if key not in split),
        entities_gone=tuple(before[key] for key in gone if key not in merged),
        entities_changed=tuple(_entity_changes(before, after)),
        merged=tuple((before[key], after[heir]) for key, heir in sorted(merged.items())),
        split=tuple((before[origin], after[key]) for key, origin in sorted(split.items())),
        facts_added=tuple(_in_words(new_facts[key], after, new_texts) for key in sorted(new_facts.keys() - kept_new)),
        facts_gone=tuple(
            _in_words(old_facts[key], before, old_texts) for key in sorted(old_facts.keys() - carried.keys())
        ),
        facts_changed=tuple(
            FactChange(*_ends(new_facts[now], after), changes)
            for was, now in sorted(carried.items())
            if (changes := tuple(_fact_changes(old_facts[was], new_facts[now])))
        ),
    )


def _heirs(lost: Iterable[Entity], candidates: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    """For each entity the one among the candidates that bears its name, where exactly one does and it fits in class."""
    bearers: dict[str, list[Entity]] = defaultdict(list)
    for entity in candidates:
        for name in {entity.label, *entity.aliases}:
            bearers[name.casefold()].append(entity)
    for entity in lost:
        found = [
            other
            for other in bearers.get(entity.label.casefold(), ())
            if other.key != entity.key and set(other.classes) & set(entity.classes)
        ]
        if len(found) == 1:
            yield entity.key, found[0].key


def _facts(graph: Graph, renamed: Mapping[str, str]) -> dict[FactKey, Statement]:
    """Statements by what they say, entities under the keys that they have in the other graph; the surest of equals."""
    facts: dict[FactKey, Statement] = {}
    for statement in graph.statements:
        target = statement.object if isinstance(statement.object, str) else repr(statement.object)
        key = _renamed((statement.subject, statement.property, target), renamed)
        known = facts.get(key)
        if known is None or known.confidence < statement.confidence:
            facts[key] = statement
    return facts


def _renamed(key: FactKey, renamed: Mapping[str, str]) -> FactKey:
    subject, property_, target = key
    return renamed.get(subject, subject), property_, renamed.get(target, target)


def _entity_changes(before: Mapping[str, Entity], after: Mapping[str, Entity]) -> Iterator[EntityChange]:
    for key in sorted(before.keys() & after.keys()):
        old, new = before[key], after[key]
        changes = []
        if old.label != new.label:
            changes.append(Change("name", old.label, new.label))
        if old.classes != new.classes:
            changes.append(Change("class", old.class_, new.class_))
        lost, found = sorted({*old.aliases} - {*new.aliases}), sorted({*new.aliases} - {*old.aliases})
        if lost or found:
            changes.append(Change("other names", ", ".join(lost), ", ".join(found)))
        if changes:
            yield EntityChange(new, tuple(changes))


def _fact_changes(old: Statement, new: Statement) -> Iterator[Change]:
    if old.modality != new.modality:
        yield Change("modality", old.modality.lower(), new.modality.lower())
    if abs(old.confidence - new.confidence) >= LEAST_CONFIDENCE_CHANGE:
        yield Change("confidence", f"{old.confidence:.2f}", f"{new.confidence:.2f}")
    was, now = ({each.article for each in statement.evidence} for statement in (old, new))
    if was != now:
        yield Change("articles", ", ".join(sorted(was - now)), ", ".join(sorted(now - was)))
    roles = [sorted({each.role for each in statement.evidence if each.role}) for statement in (old, new)]
    if roles[0] != roles[1]:
        yield Change("role", ", ".join(roles[0]), ", ".join(roles[1]))


def _ends(statement: Statement, entities: Mapping[str, Entity]) -> tuple[str, str, str]:
    subject = entities[statement.subject].label if statement.subject in entities else statement.subject
    if not isinstance(statement.object, str):
        return subject, statement.property, in_words(statement.object)
    target = entities[statement.object].label if statement.object in entities else statement.object
    return subject, statement.property, target


def _in_words(statement: Statement, entities: Mapping[str, Entity], texts: Mapping[str, str]) -> FactWords:
    first = min(statement.evidence, key=lambda each: (each.article, each.span), default=None)
    text = texts.get(first.article, "") if first else ""
    quote = " ".join(text[first.span.start : first.span.end].split()) if first else ""
    return FactWords(*_ends(statement, entities), statement.modality.lower(), statement.confidence, quote)
