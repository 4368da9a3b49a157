"""Small worlds to resolve: articles, entities and facts in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import Article, ArticleEntity, ArticleFact, Evidence, Extraction, Mention, MentionKind, Modality, Span
from kg.ontology.schema import Class, Concept, Ontology, Property

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kg.model import Copy, Entity, Graph, Value
    from kg.resolve import Aliases

_PARENTS = {
    "Place": (), "City": ("Place",), "Region": ("Place",), "Country": ("Place",), "Facility": (), "Organization": (),
    "Company": ("Organization",), "Alliance": ("Organization",), "University": ("Organization",), "Person": (),
    "GovernmentBody": ("Organization",), "Association": ("Organization",), "Technology": (), "Sector": (),
    "Product": (), "Platform": ("Product",), "Project": (), "Document": (), "Event": (),
}  # fmt: skip


def _class(name: str) -> Class:
    return Class(name, f"https://example.org/kg/ontology#{name}", (name.lower(),), "", _PARENTS[name], (), (), ())


def _property(name: str, *, symmetric: bool = False, qualified: bool = False, spatial: bool = False) -> Property:
    empty: frozenset[str] = frozenset()
    return Property(name, name, (name,), "", empty, empty, "entity", symmetric, qualified, (), (), spatial)


LEDGER = Concept("https://example.org/kg/ontology/technology#ledger", "ledger", "Technology", "ledger", ("ledger",))
ONTOLOGY = Ontology(
    classes={name: _class(name) for name in sorted(_PARENTS)},
    properties={
        p.name: p
        for p in (
            _property("locatedIn", spatial=True),
            _property("partnersWith", symmetric=True),
            _property("holdsPosition", qualified=True),
        )
    },
    concepts=(LEDGER,),
    digest="0" * 64,
)

Thing = tuple[str, ...]
"""A class, then the names that one article has for one thing, the label first."""


def entity(number: int, thing: Thing) -> ArticleEntity:
    """An article entity with the id e0, e1 ... and one mention for each name."""
    class_, *names = thing
    mentions = tuple(Mention(Span(i, i + len(name)), name, MentionKind.NAME) for i, name in enumerate(names))
    return ArticleEntity(f"e{number}", names[0], class_, tuple(sorted(names)), mentions, {class_: 1.0})


def fact(subject: int, name: str, value: int | Value, *, article: str, **evidence: Any) -> ArticleFact:  # noqa: ANN401
    """A fact between entities by number, or with a value; `evidence` sets fields of it."""
    fields = {"span": Span(0, 9), "modality": Modality.ASSERTED, "confidence": 0.8, "extractor": "frames", **evidence}
    other = f"e{value}" if isinstance(value, int) else value
    return ArticleFact(f"e{subject}", name, other, Evidence(article=article, **fields))


def extraction(article: str, *things: Thing, facts: Sequence[ArticleFact] = ()) -> Extraction:
    """What one article yields."""
    return Extraction(article, tuple(entity(i, thing) for i, thing in enumerate(things)), tuple(facts))


def article(name: str, published: date | None = None) -> Article:
    """An article; its text is of no concern to the resolver."""
    return Article(name, f"{name}.txt", name, "", "0" * 64, published)


def graph(*extractions: Extraction, dates: Mapping[str, date] | None = None, aliases: Aliases | None = None) -> Graph:
    """Resolve extractions, each of an article of its own."""
    from kg.resolve import resolve

    articles = [article(e.article, (dates or {}).get(e.article)) for e in extractions]
    return resolve(articles, extractions, ONTOLOGY, aliases=aliases)


def resolved(extractions: Sequence[Extraction], *, copies: Sequence[Copy] = ()) -> Graph:
    """Resolve extractions of articles some of which repeat others."""
    from kg.resolve import resolve

    return resolve([article(e.article) for e in extractions], extractions, ONTOLOGY, copies=copies)


def names_of(entity: Entity) -> set[str]:
    """All names of an entity."""
    return {entity.label, *entity.aliases}


def clusters(*extractions: Extraction, aliases: Aliases | None = None) -> list[set[str]]:
    """The names of each entity of the resolved graph, by key."""
    return [names_of(entity) for entity in graph(*extractions, aliases=aliases).entities]
