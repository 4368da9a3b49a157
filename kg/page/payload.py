"""What the page's script gets to know: one JSON document, small names for what occurs often.

`facts` comes in the order of `sorted_edges`, so that a fact and its edge share their number; facts with a value follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.model import CountValue, DateValue, Modality, MoneyValue, QuantityValue
from kg.page import drawing, layout
from kg.page.palette import looks
from kg.page.texts import readings
from kg.view import ValueFact, safe_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Article, Graph, Value
    from kg.ontology.schema import Ontology
    from kg.page.palette import Look
    from kg.page.texts import Reading
    from kg.view import Projection, Quote

MODALITIES: Final = (Modality.ASSERTED, Modality.PLANNED, Modality.FORMER)
"""The page knows a modality by its place here."""

MOST_QUOTES: Final = 20
"""Quotes a fact shows on the page; a fact stated more often gains nothing from the rest, which Turtle holds."""


def payload(graph: Graph, projection: Projection, ontology: Ontology, *, base: str) -> dict[str, Any]:
    """All data of the page; `base` is where entities have their IRIs."""
    nodes = projection.nodes
    classes = sorted({nodes[key]["class_"] for key in projection})
    found = looks(classes, ontology)
    ordered = {name: found[name] for name in found}
    groups = layout.communities(projection)
    texts = readings(graph)
    numbering = _Numbering(projection, ordered, ontology, texts, [article.id for article in graph.articles])
    symmetric = {name for name, known in ontology.properties.items() if known.symmetric}
    return {
        "base": base,
        "classes": [_class(name, look, ontology) for name, look in ordered.items()],
        "properties": [_property(name, ontology) for name in numbering.properties],
        "articles": [_article(article, texts[article.id], numbering) for article in graph.articles],
        "nodes": [_node(projection, key, groups[key], numbering) for key in sorted(projection)],
        "facts": _facts(projection, numbering),
        "network": drawing.network(projection, ordered, groups, symmetric),
    }


class _Numbering:
    """The small numbers that stand for entities, articles, classes and properties on the page."""

    def __init__(
        self,
        projection: Projection,
        looks_: Mapping[str, Look],
        ontology: Ontology,
        texts: Mapping[str, Reading],
        articles: Iterable[str],
    ) -> None:
        used = {data["property"] for _, _, data in projection.edges(data=True)}
        used |= {fact.property for key in projection for fact in projection.nodes[key]["values"]}
        self.properties = sorted(used)
        self.property = {name: number for number, name in enumerate(self.properties)}
        self.node = {key: number for number, key in enumerate(sorted(projection))}
        self.class_ = {name: number for number, name in enumerate(looks_)}
        self.article = {name: number for number, name in enumerate(articles)}
        self.texts = texts
        self.ontology = ontology


def _class(name: str, look: Look, ontology: Ontology) -> dict[str, Any]:
    known = ontology.classes.get(name)
    return {
        "name": name,
        "label": known.label if known else name,
        "iri": known.iri if known else "",
        "comment": known.comment if known else "",
        "parents": [ontology.classes[parent].iri for parent in known.parents if parent in ontology.classes]
        if known
        else [],
        "colour": look.colour,
        "shape": look.shape,
    }


def _property(name: str, ontology: Ontology) -> dict[str, Any]:
    known = ontology.properties.get(name)
    return {
        "name": name,
        "label": known.label if known else name,
        "iri": known.iri if known else "",
        "comment": known.comment if known else "",
        "symmetric": bool(known and known.symmetric),
    }


def _article(article: Article, reading: Reading, numbering: _Numbering) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.published.isoformat() if article.published else None,
        "url": safe_link(article.url),
        "publisher": article.publisher,
        "text": reading.text,
        "full": reading.full,
        "marks": [
            number
            for start, end, key in reading.marks
            if key in numbering.node
            for number in (start, end, numbering.node[key])
        ],
    }


def _node(projection: Projection, key: str, group: int, numbering: _Numbering) -> dict[str, Any]:
    data = projection.nodes[key]
    node = {
        "key": key,
        "label": data["label"],
        "class": numbering.class_[data["class_"]],
        "aliases": list(data["aliases"]),
        "articles": [numbering.article[name] for name in data["articles"] if name in numbering.article],
        "degree": data["degree"],
        "group": group,
    }
    if data["links"]:
        node["links"] = list(data["links"])
    if data["latitude"] is not None and data["longitude"] is not None:
        node["at"] = [round(data["latitude"], 4), round(data["longitude"], 4)]
    if data["country"] in numbering.node:
        node["country"] = numbering.node[data["country"]]
    return node


def _facts(projection: Projection, numbering: _Numbering) -> list[dict[str, Any]]:
    facts = [
        _fact(left, data["property"], data["modality"], data["confidence"], data["evidence"], numbering)
        | {"o": numbering.node[right]}
        for left, right, data in drawing.sorted_edges(projection)
    ]
    for key in sorted(projection):
        value: ValueFact
        for value in projection.nodes[key]["values"]:
            fact = _fact(key, value.property, value.modality, value.confidence, value.evidence, numbering)
            facts.append(fact | {"v": _value(value.value), "w": value.words})
    return facts


def _fact(
    subject: str,
    name: str,
    modality: Modality,
    confidence: float,
    evidence: Iterable[Quote],
    numbering: _Numbering,
) -> dict[str, Any]:
    quotes = list(evidence)
    fact: dict[str, Any] = {
        "s": numbering.node[subject],
        "p": numbering.property[name],
        "m": MODALITIES.index(modality),
        "c": round(confidence, 2),
        "q": [_quote(quote, modality, confidence, numbering) for quote in quotes[:MOST_QUOTES]],
    }
    if len(quotes) > MOST_QUOTES:
        fact["more"] = len(quotes) - MOST_QUOTES
    return fact


def _quote(quote: Quote, modality: Modality, confidence: float, numbering: _Numbering) -> dict[str, Any]:
    """Article, start and end in its text as shown, and the two arguments there (-1 where they stand elsewhere).

    Modality and confidence are left out where they are those of the fact.
    """
    reading = numbering.texts[quote.article]
    places = [reading.offset(quote.span.start), reading.offset(quote.span.end)]
    for span in (quote.subject, quote.object):
        if span is None:
            places += [-1, -1]
        else:
            places += [reading.offset(quote.span.start + place) for place in (span.start, span.end)]
    record: dict[str, Any] = {
        "a": numbering.article[quote.article],
        "at": places,
        "by": quote.extractor,
    }
    if quote.modality != modality:
        record["m"] = MODALITIES.index(quote.modality)
    if quote.confidence != confidence:
        record["c"] = round(quote.confidence, 2)
    if quote.role:
        record["role"] = quote.role
    return record


def _value(value: Value) -> dict[str, str]:
    """The parts of a value as strings, for the Turtle that the page offers."""
    match value:
        case DateValue(lexical):
            return {"date": lexical}
        case CountValue(number, _):
            return {"integer": str(number)}
        case QuantityValue(number, unit, qualifier):
            return {"number": f"{number:f}", "unit": unit, "qualifier": qualifier or ""}
        case MoneyValue(number, currency, kind, qualifier):
            return {"number": f"{number:f}", "currency": currency, "kind": kind or "", "qualifier": qualifier or ""}
