"""The values that pass between the stages: frozen, picklable, standard library only.

Offsets are code points in `Article.text`, half-open, so `text[start:end]` is the quoted text, always.
Classes and properties are named by their local name in the ontology ("Company", "launched").
Nothing here knows of spaCy, rdflib or a disk.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text: code points, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: the text is never edited afterwards.

    `id` is the path relative to the sources folder without its ending (unescaped; see `vocabulary.article_iri`),
    `path` the same with its ending. `title_span` is the title line where it stands in the text, else None (title from
    front matter). `furniture` lists ranges that are no prose (datelines, bylines), sorted. `extracted` marks a text
    that stands in no file as it is (taken from HTML or JSON). `notes` say what a person should know of how it was read.
    """

    id: str
    path: str
    title: str
    text: str
    sha256: str
    published: date | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str = "en"
    title_span: Span | None = None
    furniture: tuple[Span, ...] = ()
    extracted: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that became no article, and why, in words for a person."""

    path: str
    reason: str


class Modality(enum.StrEnum):
    """How a text commits itself to a fact; the values are local names of the vocabulary."""

    ASSERTED = "Asserted"
    PLANNED = "Planned"
    FORMER = "Former"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place where an article states a fact: `span` covers the sentence, or the run of sentences.

    `subject` and `object` are the spans of the arguments as they stand (a name, a pronoun), where there are such.
    `confidence` is a probability in [0, 1] given by `extractor`. `role` is the post as written, for positions.
    `explanation` holds the steps that led to the fact (predication, frame, example), in words, for `--why`.
    """

    article: str
    span: Span
    modality: Modality
    confidence: float
    extractor: str
    subject: Span | None = None
    object: Span | None = None
    role: str | None = None
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as exact as the text says: "2019", "2019-09" or "2019-09-03"."""

    lexical: str


@dataclass(frozen=True, slots=True)
class CountValue:
    """A bare count, for properties whose range is xsd:integer (memberCount)."""

    value: int
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class QuantityValue:
    """How many of what: 8 "blockchain alliances"; `qualifier` is "over", "nearly" and the like."""

    value: Decimal
    unit: str
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class MoneyValue:
    """An amount of money; `currency` is ISO 4217; `kind` says what the money is ("fund size")."""

    value: Decimal
    currency: str
    kind: str | None = None
    qualifier: str | None = None


Value = DateValue | CountValue | QuantityValue | MoneyValue


class MentionKind(enum.StrEnum):
    """How a mention refers: by a name, by a common noun, or by a pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article refers to a thing."""

    span: Span
    surface: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class ArticleEntity:
    """A thing as one article knows it: all its mentions there, under one most specific class.

    `id` is unique within the article (and derived from its content). `label` is its best name in the article.
    `names` are the distinct surfaces of its name mentions, sorted. `concept` is the IRI of the SKOS concept (a
    technology, a sector) that it is, where the ontology lists it. `class_scores` are probabilities by class. `joined`
    says how its names were joined, one merge each.
    """

    id: str
    label: str
    class_: str
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    class_scores: Mapping[str, float] = field(default_factory=dict)
    concept: str | None = None
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleFact:
    """A fact within one article: `subject` and `object` are ids of `ArticleEntity`s there, or a value."""

    subject: str
    property: str
    object: str | Value
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that became no fact: `stage` names where it was lost (names, predication, frame, class, modality)."""

    article: str
    span: Span
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article yields; it depends on this article, the ontology, the model and the settings alone."""

    article: str
    entities: tuple[ArticleEntity, ...]
    facts: tuple[ArticleFact, ...]
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of an entity beside the articles: links, degrees (WGS84), and the IRI of the country it lies in.

    `iso_code` is that of a country (ISO 3166-1 alpha-2, "PT") or of a region (ISO 3166-2, "US-CA").
    """

    same_as: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    iso_code: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of the graph. `key` is the readable slug of its IRI ("hong-kong"), unique in the graph.

    `aliases` are all other surface names, sorted. `classes` is the most specific class first, then its superclasses.
    `articles` are the ids of the articles that name it, sorted.
    """

    key: str
    label: str
    classes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    background: Background | None = None

    @property
    def class_(self) -> str:
        """The most specific class."""
        return self.classes[0]


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact of the graph with all its evidence; `object` is an entity key or a value.

    `modality` is Asserted if any evidence asserts it, else Planned, else Former. `confidence` combines the evidence.
    A symmetric property is stated once, with the lesser key as subject.
    """

    subject: str
    property: str
    object: str | Value
    modality: Modality
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A merge made or refused between two article entities, and why: evidence in bits, named reasons.

    `left` and `right` are "article#entity"; in this order, `names` are what the two are called, `articles` the ids of
    the articles that name them first, `entities` the keys of what they have become (one key twice for a merge).
    """

    left: str
    right: str
    merged: bool
    weight_bits: float
    reasons: tuple[str, ...]
    names: tuple[str, str] = ("", "")
    articles: tuple[str, str] = ("", "")
    entities: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class JoinedNames:
    """How the names that one article has for one thing were joined, one reason for each merge."""

    article: str
    entity: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats another: `overlap` is the share of the shorter one's wording that both have, in [0, 1].

    Copies of one text all name the same `original`, the one published first.
    """

    article: str
    original: str
    overlap: float


@dataclass(frozen=True, slots=True)
class Graph:
    """The whole result, sorted: what the writers, the page and the reports are made from."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    decisions: tuple[Decision, ...] = ()
    joined: tuple[JoinedNames, ...] = ()
    copies: tuple[Copy, ...] = ()
