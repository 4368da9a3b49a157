"""What the resolver compares: one record per thing that an article knows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.model import DateValue
from kg.naming import Kind, core_tokens, is_acronym, match_form
from kg.naming.forms import CACHE_SIZE
from kg.naming.kinds import kind_distribution
from kg.naming.lexicon import DESCRIPTIONS
from kg.naming.persons import parse_person
from kg.naming.short_forms import is_weak_name
from kg.resolve.posts import Post, post_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kg.model import ArticleEntity, Extraction
    from kg.ontology.schema import Property

COMMON_WORDS: Final = 2
"""Common words from which a name is hardly a person's; one may be a family name ("Park", "Law")."""
COMMON_WORD_FACTOR: Final = 2.0**-3
"""Odds factor for each: of names of two words and more that hold one, few are persons'."""


MOST_NEIGHBOURS: Final = 500
"""Names of one article; beyond, it is a register or a collection, in which standing side by side says nothing, and what
each of its things would keep of all others grows with the square."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article entity with what speaks for its identity.

    `id` is "article#entity", unique. `names` are its distinct surfaces, sorted; empty for a thing without a name.
    `neighbours` are match forms of what else the article names, none where it names too many; the records of an article
    share one set. `posts` are what a person is said to be; `dates` are (property, date) pairs that the article states;
    `related` are the records of the same article that it states a relation with; `published` is the day of the article.
    `unlike` are normal forms of names that the user says are none of it.
    """

    id: str
    article: str
    label: str
    names: tuple[str, ...]
    kinds: Mapping[Kind, float]
    class_scores: Mapping[str, float]
    neighbours: frozenset[str] = frozenset()
    concept: str | None = None
    posts: tuple[Post, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    related: frozenset[str] = frozenset()
    published: date | None = None
    unlike: frozenset[str] = frozenset()

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return max(sorted(self.kinds), key=lambda kind: self.kinds[kind])


def read_records(
    extractions: Iterable[Extraction],
    kinds: Mapping[str, Kind],
    *,
    published: Mapping[str, date | None],
    properties: Mapping[str, Property],
) -> list[Record]:
    """Make the records of all articles, sorted by id; `published` gives the days of articles by id."""
    records: list[Record] = []
    for extraction in extractions:
        neighbours = _neighbours(extraction)
        stated = _Stated(extraction, properties, published.get(extraction.article))
        records += [_record(extraction.article, entity, neighbours, kinds, stated) for entity in extraction.entities]
    return sorted(records, key=lambda record: record.id)


def _neighbours(extraction: Extraction) -> frozenset[str]:
    names = frozenset(match_form(e.label) for e in extraction.entities if e.names and e.concept is None)
    return names if len(names) <= MOST_NEIGHBOURS else frozenset()


class _Stated:
    """What an article states of each of its entities, as far as it tells one thing from another."""

    def __init__(self, extraction: Extraction, properties: Mapping[str, Property], published: date | None) -> None:
        self.published = published
        self.posts: dict[str, set[Post]] = defaultdict(set)
        self.dates: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.related: dict[str, set[str]] = defaultdict(set)
        labels = {entity.id: entity.label for entity in extraction.entities}
        for fact in extraction.facts:
            known = properties.get(fact.property)
            if isinstance(fact.object, DateValue):
                self.dates[fact.subject].add((fact.property, fact.object.lexical))
            elif isinstance(fact.object, str) and fact.object != fact.subject:
                self.related[fact.subject].add(record_id(extraction.article, fact.object))
                self.related[fact.object].add(record_id(extraction.article, fact.subject))
                if known is not None and known.qualified and fact.evidence.role:
                    post = Post(labels[fact.object], fact.evidence.role, fact.evidence.modality, published)
                    self.posts[fact.subject].add(post)


def record_id(article: str, entity: str) -> str:
    """Return the id of the record of an article's entity."""
    return f"{article}#{entity}"


def _record(
    article: str, entity: ArticleEntity, neighbours: frozenset[str], kinds: Mapping[str, Kind], stated: _Stated
) -> Record:
    scores = _as_named(dict(sorted(entity.class_scores.items())) or {entity.class_: 1.0}, entity.names, kinds)
    return Record(
        id=record_id(article, entity.id),
        article=article,
        label=entity.label,
        names=tuple(sorted(set(entity.names))),
        kinds=kind_distribution(entity.class_, scores, kinds),
        class_scores=scores,
        neighbours=neighbours,
        concept=entity.concept,
        posts=tuple(sorted(stated.posts.get(entity.id, ()), key=post_order)),
        dates=tuple(sorted(stated.dates.get(entity.id, ()))),
        related=frozenset(stated.related.get(entity.id, ())),
        published=stated.published,
    )


def _as_named(scores: Mapping[str, float], names: Iterable[str], kinds: Mapping[str, Kind]) -> Mapping[str, float]:
    """Return scores by class, with less for a person where the name is made of common words ("X Digital Chamber")."""
    words = max((sum(word in DESCRIPTIONS for word in parse_person(name).parts[1:]) for name in names), default=0)
    if words < COMMON_WORDS:
        return scores
    return {c: p * (COMMON_WORD_FACTOR**words if kinds.get(c) is Kind.PERSON else 1.0) for c, p in scores.items()}


@lru_cache(maxsize=CACHE_SIZE)
def is_full_name(name: str, kind: Kind) -> bool:
    """Say whether a name alone can identify: no acronym, no lone family name, more than common words."""
    if kind is Kind.PERSON:
        return len(parse_person(name).parts) > 1
    return not is_acronym(name) and not is_weak_name(name)


@lru_cache(maxsize=CACHE_SIZE)
def name_form(name: str, kind: Kind) -> str:
    """Return the form under which equal names of a kind meet: persons without titles, others without legal forms."""
    if kind is Kind.PERSON:
        return parse_person(name).form
    return " ".join(core_tokens(name))
