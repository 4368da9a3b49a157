"""A small graph made by hand, from two invented articles: what the tests of writers and readers start from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kg import vocabulary
from kg.model import (
    Article,
    Background,
    CountValue,
    DateValue,
    Entity,
    Evidence,
    Graph,
    Modality,
    MoneyValue,
    QuantityValue,
    Span,
    Statement,
    Value,
)
from kg.ontology.schema import Class, Kind, Ontology, Property

FIRST = (
    "Port cities join hands\n\n"
    "Lisbon set up the Harbour Alliance on 4 May 2021. The alliance has 12 members. "
    "Ana Reis, its president and chief executive, said that it teamed up with Nordpay.\n"
    "Lisbon has over 300 start-ups.\n"
)
SECOND = (
    'Nordpay plans "a bigger boat"\n\n'
    "Nordpay will launch the QuayPass app. It bought Dockside for \N{EURO SIGN}2.5 million. "
    "Jon Berg was once its chairman. Nordpay cooperates with the Harbour Alliance.\n"
)

_CLASSES = {
    "Place": (),
    "City": ("Place",),
    "Organization": (),
    "Company": ("Organization",),
    "Alliance": ("Organization",),
    "Person": (),
    "Product": (),
}
_PROPERTIES: dict[str, tuple[str, Kind]] = {
    "initiatedBy": ("initiated by", "entity"),
    "partnersWith": ("partners with", "entity"),
    "launched": ("launched", "entity"),
    "acquired": ("acquired", "entity"),
    "holdsPosition": ("holds a position at", "entity"),
    "foundedOn": ("founded on", "date"),
    "memberCount": ("number of members", "integer"),
    "hasCount": ("has", "quantity"),
    "amount": ("amount", "money"),
}


def ontology() -> Ontology:
    """A few classes and properties of the default ontology, with nothing that teaches."""
    classes = {
        name: Class(name, vocabulary.KG + name, (name.lower(),), "", parents, (), (), ())
        for name, parents in _CLASSES.items()
    }
    properties = {
        name: Property(
            name=name,
            iri=vocabulary.KG + name,
            labels=(label,),
            comment="",
            domain=frozenset({"Organization"}),
            range=frozenset({"Organization"} if kind == "entity" else ()),
            kind=kind,
            symmetric=name == "partnersWith",
            qualified=name == "holdsPosition",
            examples=(),
            counterexamples=(),
        )
        for name, (label, kind) in _PROPERTIES.items()
    }
    return Ontology(classes, properties, (), digest="0123456789abcdef" * 4)


def span(text: str, words: str) -> Span:
    """Where `words` stand first in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def evidence(  # noqa: PLR0913 - what evidence consists of
    article: Article,
    sentence: str,
    subject: str | None = None,
    obj: str | None = None,
    *,
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.9,
    role: str | None = None,
) -> Evidence:
    """Evidence in a sentence of an article, its arguments given by their words."""
    place = span(article.text, sentence)

    def within(words: str) -> Span:
        inner = span(sentence, words)
        return Span(place.start + inner.start, place.start + inner.end)

    return Evidence(
        article=article.id,
        span=place,
        modality=modality,
        confidence=confidence,
        extractor="frames",
        subject=within(subject) if subject else None,
        object=within(obj) if obj else None,
        role=role,
    )


def statement(subject: str, property_: str, obj: str | Value, *pieces: Evidence) -> Statement:
    """A fact with its evidence, as strong and certain as the best of it."""
    order = [Modality.ASSERTED, Modality.PLANNED, Modality.FORMER]
    modality = min((piece.modality for piece in pieces), key=order.index)
    return Statement(subject, property_, obj, modality, max(piece.confidence for piece in pieces), pieces)


ARTICLES = (
    Article(
        id="harbour/first",
        path="harbour/first.md",
        title="Port cities join hands",
        text=FIRST,
        sha256="1" * 64,
        published=date(2021, 5, 6),
        url="https://news.example/first?a=1&b=<2>",
        title_span=Span(0, 22),
    ),
    Article(
        id="second article",
        path="second article.txt",
        title='Nordpay plans "a bigger boat"',
        text=SECOND,
        sha256="2" * 64,
        url="javascript:alert(1)",
    ),
)
FIRST_ARTICLE, SECOND_ARTICLE = ARTICLES


def graph() -> Graph:
    """Six entities and nine facts: every kind of object, each modality, a post with two roles, a symmetric property."""
    one, two = ARTICLES
    president = "Ana Reis, its president and chief executive, said that it teamed up with Nordpay."
    entities = (
        Entity("ana-reis", "Ana Reis", ("Person",), articles=(one.id,)),
        Entity("dockside", "Dockside", ("Company", "Organization"), articles=(two.id,)),
        Entity(
            "harbour-alliance", "Harbour Alliance", ("Alliance", "Organization"), ("the alliance",), (one.id, two.id)
        ),
        Entity("jon-berg", "Jon Berg", ("Person",), articles=(two.id,)),
        Entity(
            "lisbon",
            "Lisbon",
            ("City", "Place"),
            ("Lisboa",),
            (one.id,),
            Background(("https://sws.geonames.org/2267057/",), 38.71667, -9.1),
        ),
        Entity("nordpay", "Nordpay", ("Company", "Organization"), ("Nordpay ASA",), (one.id, two.id)),
        Entity("quaypass", "QuayPass", ("Product",), ("QuayPass app",), (two.id,)),
    )
    set_up = "Lisbon set up the Harbour Alliance on 4 May 2021."
    statements = (
        statement(
            "ana-reis",
            "holdsPosition",
            "harbour-alliance",
            evidence(one, president, "Ana Reis", "its", role="president"),
            evidence(one, president, "Ana Reis", "its", role="chief executive"),
        ),
        statement(
            "dockside",
            "amount",
            MoneyValue(Decimal("2.50E+6"), "EUR", "acquisition price"),
            evidence(two, "It bought Dockside for \N{EURO SIGN}2.5 million.", "Dockside"),
        ),
        statement("harbour-alliance", "foundedOn", DateValue("2021-05-04"), evidence(one, set_up, "Harbour Alliance")),
        statement("harbour-alliance", "initiatedBy", "lisbon", evidence(one, set_up, "the Harbour Alliance", "Lisbon")),
        statement(
            "harbour-alliance",
            "memberCount",
            CountValue(12),
            evidence(one, "The alliance has 12 members.", "The alliance"),
        ),
        statement(
            "harbour-alliance",
            "partnersWith",
            "nordpay",
            evidence(one, president, "it ", "Nordpay", confidence=0.8),
            evidence(two, "Nordpay cooperates with the Harbour Alliance.", "Harbour Alliance", "Nordpay"),
        ),
        statement(
            "jon-berg",
            "holdsPosition",
            "nordpay",
            evidence(
                two, "Jon Berg was once its chairman.", "Jon Berg", "its", modality=Modality.FORMER, role="chairman"
            ),
        ),
        statement(
            "lisbon",
            "hasCount",
            QuantityValue(Decimal(300), "start-ups", "over"),
            evidence(one, "Lisbon has over 300 start-ups.", "Lisbon"),
        ),
        statement(
            "nordpay",
            "acquired",
            "dockside",
            evidence(two, "It bought Dockside for \N{EURO SIGN}2.5 million.", "It", "Dockside"),
        ),
        statement(
            "nordpay",
            "launched",
            "quaypass",
            evidence(
                two,
                "Nordpay will launch the QuayPass app.",
                "Nordpay",
                "QuayPass",
                modality=Modality.PLANNED,
                confidence=1.0,
            ),
        ),
    )
    return Graph(ARTICLES, entities, statements)
