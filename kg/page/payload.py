"""What the page's script gets to know: one JSON document, in columns where there are many of a kind.

A column is a list over all nodes, facts or quotes; what few of them have stands in an object by number. Facts come in
the order of `sorted_edges`, those with a value after them; quotes in the order of their facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.model import CountValue, DateValue, Modality, MoneyValue, QuantityValue
from kg.page import drawing, layout
from kg.page.outlines import outlines
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

NOWHERE: Final = (-1, 0)
"""Start and length of an argument that stands outside its quote."""


def payload(graph: Graph, projection: Projection, ontology: Ontology, *, base: str) -> dict[str, Any]:
    """All data of the page; `base` is where entities have their IRIs."""
    nodes = projection.nodes
    classes = sorted({nodes[key]["class_"] for key in projection})
    found = looks(classes, ontology)
    groups = layout.communities(projection)
    texts = readings(graph)
    numbering = _Numbering(projection, found, texts, [article.id for article in graph.articles])
    facts = _Facts(numbering)
    for left, right, data in drawing.sorted_edges(projection):
        facts.add(left, data, target=numbering.node[right])
    for key in sorted(projection):
        value: ValueFact
        for value in nodes[key]["values"]:
            facts.add(key, _record(value), value=value)
    drawn = drawing.network(projection, found, groups)
    placed = any(nodes[key]["latitude"] is not None for key in projection)
    return {
        "base": base,
        "classes": [_class(name, look, ontology) for name, look in found.items()],
        "properties": [_property(name, ontology) for name in numbering.properties],
        "articles": [_article(article, texts[article.id], numbering) for article in graph.articles],
        "nodes": _nodes(projection, groups, numbering) | drawn.nodes,
        "facts": facts.columns,
        "quotes": facts.quotes,
        "extractors": facts.extractors,
        "bends": drawn.bends,
        "options": drawn.options,
        "world": outlines() if placed else "",
    }


class _Numbering:
    """The small numbers that stand for entities, articles, classes and properties on the page."""

    def __init__(
        self, projection: Projection, looks_: Mapping[str, Look], texts: Mapping[str, Reading], articles: Iterable[str]
    ) -> None:
        used = {data["property"] for _, _, data in projection.edges(data=True)}
        used |= {fact.property for key in projection for fact in projection.nodes[key]["values"]}
        self.properties = sorted(used)
        self.property = {name: number for number, name in enumerate(self.properties)}
        self.node = {key: number for number, key in enumerate(sorted(projection))}
        self.class_ = {name: number for number, name in enumerate(looks_)}
        self.article = {name: number for number, name in enumerate(articles)}
        self.texts = texts


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
        "marks": _marks(reading, numbering),
    }


def _marks(reading: Reading, numbering: _Numbering) -> list[int]:
    """Three numbers for each name in the text: how far after the one before it starts, its length, its entity."""
    marks: list[int] = []
    before = 0
    for start, end, key in reading.marks:
        if key in numbering.node:
            marks += (start - before, end - start, numbering.node[key])
            before = end
    return marks


def _nodes(projection: Projection, groups: Mapping[str, int], numbering: _Numbering) -> dict[str, Any]:
    keys = sorted(projection)
    records = [projection.nodes[key] for key in keys]
    return {
        "key": keys,
        "label": [node["label"] for node in records],
        "class": [numbering.class_[node["class_"]] for node in records],
        "degree": [node["degree"] for node in records],
        "group": [groups[key] for key in keys],
        "articles": [
            [numbering.article[name] for name in node["articles"] if name in numbering.article] for node in records
        ],
        "aliases": _sparse([list(node["aliases"]) or None for node in records]),
        "links": _sparse([list(node["links"]) or None for node in records]),
        "at": _sparse(
            [
                None if node["latitude"] is None else [round(node["latitude"], 4), round(node["longitude"], 4)]
                for node in records
            ]
        ),
        "country": _sparse([numbering.node.get(node["country"]) for node in records]),
    }


def _sparse(column: list[Any]) -> dict[str, Any]:
    """A column that holds little, as an object by number."""
    return {str(number): value for number, value in enumerate(column) if value is not None}


def _record(fact: ValueFact) -> dict[str, Any]:
    return {
        "property": fact.property,
        "modality": fact.modality,
        "confidence": fact.confidence,
        "evidence": fact.evidence,
    }


class _Facts:
    """The columns of facts and of their quotes, filled fact by fact."""

    def __init__(self, numbering: _Numbering) -> None:
        self.numbering = numbering
        self.extractors: list[str] = []
        self.columns: dict[str, Any] = {name: [] for name in ("s", "p", "o", "m", "c", "n")}
        self.columns |= {name: {} for name in ("v", "w", "more")}
        self.quotes: dict[str, Any] = {"a": [], "at": [], "by": [], "m": {}, "c": {}, "role": {}}

    def add(self, subject: str, data: Mapping[str, Any], *, target: int = -1, value: ValueFact | None = None) -> None:
        """One fact: to another entity, or with a value."""
        number = str(len(self.columns["s"]))
        quotes: tuple[Quote, ...] = data["evidence"]
        row = (
            self.numbering.node[subject],
            self.numbering.property[data["property"]],
            target,
            MODALITIES.index(data["modality"]),
            _percent(data["confidence"]),
            len(quotes[:MOST_QUOTES]),
        )
        for name, entry in zip(("s", "p", "o", "m", "c", "n"), row, strict=True):
            self.columns[name].append(entry)
        if value is not None:
            self.columns["v"][number] = _value(value.value)
            self.columns["w"][number] = value.words
        if len(quotes) > MOST_QUOTES:
            self.columns["more"][number] = len(quotes) - MOST_QUOTES
        for quote in quotes[:MOST_QUOTES]:
            self._quote(quote, data["modality"], data["confidence"])

    def _quote(self, quote: Quote, modality: Modality, confidence: float) -> None:
        """Modality and confidence are left out where they are those of the fact."""
        number = str(len(self.quotes["a"]))
        if quote.extractor not in self.extractors:
            self.extractors.append(quote.extractor)
        self.quotes["a"].append(self.numbering.article[quote.article])
        self.quotes["by"].append(self.extractors.index(quote.extractor))
        self.quotes["at"] += _places(quote, self.numbering.texts[quote.article])
        if quote.modality != modality:
            self.quotes["m"][number] = MODALITIES.index(quote.modality)
        if quote.confidence != confidence:
            self.quotes["c"][number] = _percent(quote.confidence)
        if quote.role:
            self.quotes["role"][number] = quote.role


def _places(quote: Quote, reading: Reading) -> list[int]:
    """Start and length of the quote in the text shown, then of subject and object from the start of the quote."""
    start, end = reading.offset(quote.span.start), reading.offset(quote.span.end)
    places = [start, end - start]
    for span in (quote.subject, quote.object):
        if span is None:
            places += NOWHERE
        else:
            first, last = (reading.offset(quote.span.start + place) for place in (span.start, span.end))
            places += (first - start, last - first)
    return places


def _percent(share: float) -> int:
    return round(100 * share)


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
