"""What a graph knows of an entity, or of two together: facts with the sentences that state them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.model import Modality, Span
from kg.wording import did_you_mean, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kg.model import Article, Entity, Evidence, Graph, Statement
    from kg.ontology.schema import Ontology


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that states a fact, by one piece of evidence or several.

    `marks` are where the arguments stand in `text`, sorted, without overlap.
    """

    article: str
    path: str
    title: str
    published: date | None
    span: Span
    text: str
    marks: tuple[Span, ...]
    modality: Modality
    confidence: float
    extractor: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as seen from the entity: `other` is what stands at its far end, in words."""

    subject: str
    property: str
    label: str
    other: str
    outgoing: bool
    modality: Modality
    confidence: float
    roles: tuple[str, ...]
    quotes: tuple[Quote, ...]
    statement: Statement


@dataclass(frozen=True, slots=True)
class Explanation:
    """All facts on an entity: those that it is the subject of first, by property."""

    entity: Entity
    class_label: str
    facts: tuple[Fact, ...]


def explain(graph: Graph, ontology: Ontology, name: str, other: str | None = None) -> Explanation:
    """What is known of the entity with this name, alias or key; with `other`, only the facts between the two.

    Raises UsageError where no entity, or more than one, is called so.
    """
    entity = find(graph, name)
    between = find(graph, other).key if other is not None else None
    view = _View(graph, ontology)
    facts = [
        view.fact(statement, entity)
        for statement in graph.statements
        if entity.key in (ends := {statement.subject, statement.object}) and (between is None or between in ends)
    ]
    facts.sort(key=lambda fact: (not fact.outgoing, fact.label, _STRENGTH[fact.modality], fact.other))
    return Explanation(entity, view.class_label(entity), tuple(facts))


_STRENGTH = {Modality.ASSERTED: 0, Modality.PLANNED: 1, Modality.FORMER: 2}


def find(graph: Graph, name: str) -> Entity:
    """The entity with this key, label or alias, in any case; raises UsageError where none or several have it."""
    wanted = name.casefold().strip()
    by_key = [entity for entity in graph.entities if wanted in {entity.key.casefold(), f"id:{entity.key}".casefold()}]
    by_label = [entity for entity in graph.entities if entity.label.casefold() == wanted]
    by_alias = [entity for entity in graph.entities if wanted in {alias.casefold() for alias in entity.aliases}]
    found = by_label or by_alias or by_key
    if len(found) == 1:
        return found[0]
    if len(by_key) == 1:
        return by_key[0]
    if found:
        keys = ", ".join(f"{entity.key} ({entity.class_})" for entity in found)
        raise UsageError(f'"{name}" is the name of {len(found)} entities; choose one by its key: {keys}')
    names = {entity.label for entity in graph.entities}.union(*(entity.aliases for entity in graph.entities))
    raise UsageError(f'no entity is called "{name}"{did_you_mean(name, names)}')


class _View:
    """Statements of one graph, in words."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self._entities: Mapping[str, Entity] = {entity.key: entity for entity in graph.entities}
        self._articles: Mapping[str, Article] = {article.id: article for article in graph.articles}
        self._ontology = ontology

    def class_label(self, entity: Entity) -> str:
        known = self._ontology.classes.get(entity.class_)
        return known.label if known else entity.class_

    def fact(self, statement: Statement, entity: Entity) -> Fact:
        outgoing = statement.subject == entity.key
        known = self._ontology.properties.get(statement.property)
        if known is not None and known.symmetric:
            outgoing = True
        return Fact(
            subject=statement.subject,
            property=statement.property,
            label=known.label if known else statement.property,
            other=self._other_end(statement, entity.key),
            outgoing=outgoing,
            modality=statement.modality,
            confidence=statement.confidence,
            roles=tuple(sorted({each.role for each in statement.evidence if each.role})),
            quotes=tuple(self._quotes(statement)),
            statement=statement,
        )

    def _other_end(self, statement: Statement, key: str) -> str:
        if not isinstance(statement.object, str):
            return in_words(statement.object)
        other = statement.object if statement.subject == key else statement.subject
        return self._entities[other].label if other in self._entities else other

    def _quotes(self, statement: Statement) -> Iterator[Quote]:
        """One quote for each sentence, however many pieces of evidence it gives, the earliest published first."""
        sentences: dict[tuple[str, Span], list[Evidence]] = defaultdict(list)
        for evidence in statement.evidence:
            sentences[evidence.article, evidence.span].append(evidence)
        quotes = [self._quote(pieces, statement) for pieces in sentences.values()]
        quotes.sort(key=lambda q: (q.published is None, str(q.published), q.article, q.span))
        yield from quotes

    def _quote(self, pieces: list[Evidence], statement: Statement) -> Quote:
        best = max(pieces, key=lambda each: each.confidence)
        article = self._articles[best.article]
        text = article.text[best.span.start : best.span.end]
        return Quote(
            article=article.id,
            path=article.path,
            title=article.title,
            published=article.published,
            span=best.span,
            text=text,
            marks=self._marks(pieces, statement, text),
            modality=best.modality,
            confidence=best.confidence,
            extractor=best.extractor,
            evidence=tuple(pieces),
        )

    def _marks(self, pieces: list[Evidence], statement: Statement, text: str) -> tuple[Span, ...]:
        """Where the arguments stand in the quote: as the extractor said, else by their names."""
        found = []
        for each in pieces:
            for argument, end in ((each.subject, statement.subject), (each.object, statement.object)):
                inside = argument is not None and each.span.start <= argument.start and argument.end <= each.span.end
                if argument is not None and inside:
                    found.append(Span(argument.start - each.span.start, argument.end - each.span.start))
                elif isinstance(end, str) and (named := self._named(end, text)) is not None:
                    found.append(named)
            if each.role and (start := text.find(each.role)) >= 0:
                found.append(Span(start, start + len(each.role)))
        return _without_overlap(found)

    def _named(self, key: str, text: str) -> Span | None:
        """The first place of the entity's longest name that the text has."""
        entity = self._entities.get(key)
        names = sorted({entity.label, *entity.aliases}, key=lambda name: (-len(name), name)) if entity else ()
        for name in names:
            if (start := text.find(name)) >= 0:
                return Span(start, start + len(name))
        return None


def _without_overlap(spans: list[Span]) -> tuple[Span, ...]:
    """Sorted; spans that overlap become one."""
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
