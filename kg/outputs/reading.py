"""Outputs back into a `Graph`: what `kg explain` and `kg view` start from, without reading any article again."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph

from kg import vocabulary as v
from kg.errors import OutputError
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
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Value
    from kg.ontology.schema import Ontology
    from kg.outputs.folder import Outputs

Term = pyoxigraph.NamedNode | pyoxigraph.Literal
Properties = dict[str, list[Term]]

_ARGUMENT = re.compile(r"(subject|object)=([0-9]+),([0-9]+)")


def read_graph(outputs: Outputs, ontology: Ontology, *, base: str = v.BASE) -> Graph:
    """The graph that the outputs hold.

    An article's text is blank but for the sentences that are quoted as evidence, which stand at their offsets; its
    hash is empty. Explanations are not kept in the outputs, so evidence has none. Of a sentence that gives several
    roles, each is evidence of its own. Raises OutputError where the files are not Turtle as kg writes it.
    """
    reader = _Reader(_parse(outputs), ontology, base)
    try:
        return reader.graph()
    except (KeyError, IndexError, ValueError, ArithmeticError) as error:
        raise OutputError(
            f"{outputs.folder}: the Turtle is not as kg writes it ({error!r}); run `kg build` again"
        ) from error


def with_texts(graph: Graph, articles: Iterable[Article]) -> Graph:
    """The graph with the whole text of every article that still says what is quoted from it."""
    quoted: dict[str, set[Span]] = defaultdict(set)
    for statement in graph.statements:
        for evidence in statement.evidence:
            quoted[evidence.article].add(evidence.span)
    sources = {article.id: article.text for article in articles}

    def restored(article: Article) -> Article:
        text = sources.get(article.id, "")
        agrees = all(text[s.start : s.end] == article.text[s.start : s.end] for s in quoted[article.id])
        return replace(article, text=text) if text and agrees else article

    return replace(graph, articles=tuple(restored(article) for article in graph.articles))


def _parse(outputs: Outputs) -> dict[str, Properties]:
    """Subject -> predicate -> objects, of both files."""
    subjects: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
    for path in (outputs.graph, outputs.evidence):
        try:
            for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
                if isinstance(quad.subject, pyoxigraph.NamedNode) and isinstance(quad.object, Term):
                    subjects[quad.subject.value][quad.predicate.value].append(quad.object)
        except (OSError, SyntaxError) as error:
            raise OutputError(f"{path}: cannot be read ({error}); run `kg build` again") from error
    return subjects


class _Reader:
    def __init__(self, subjects: Mapping[str, Properties], ontology: Ontology, base: str) -> None:
        self._subjects = subjects
        self._ontology = ontology
        self._base = base
        self._class_names = {class_.iri: name for name, class_ in ontology.classes.items()}
        self._property_names = {property_.iri: name for name, property_ in ontology.properties.items()}

    def graph(self) -> Graph:
        statements = sorted(self._statements(), key=lambda s: (s.subject, s.property, repr(s.object)))
        return Graph(
            articles=tuple(sorted(self._articles(), key=lambda article: article.id)),
            entities=tuple(sorted(self._entities(), key=lambda entity: entity.key)),
            statements=tuple(statements),
        )

    def _of_type(self, iri: str) -> Iterator[tuple[str, Properties]]:
        for subject, properties in self._subjects.items():
            if any(type_.value == iri for type_ in properties.get(v.RDF_TYPE, ())):
                yield subject, properties

    def _entities(self) -> Iterator[Entity]:
        named_by: dict[str, list[str]] = defaultdict(list)
        for iri, properties in self._of_type(v.SCHEMA_NEWS_ARTICLE):
            for entity in properties.get(v.SCHEMA_MENTIONS, ()):
                named_by[entity.value].append(self._article_id(iri))
        for iri, properties in self._subjects.items():
            if not iri.startswith(f"{self._base}id/"):
                continue
            names = [self._class_names.get(t.value, v.local_name(t.value)) for t in properties[v.RDF_TYPE]]
            yield Entity(
                key=self._key(iri),
                label=properties[v.RDFS_LABEL][0].value,
                classes=tuple(sorted(names, key=lambda name: (-self._depth(name), name))),
                aliases=tuple(sorted(alias.value for alias in properties.get(v.SKOS_ALT_LABEL, ()))),
                articles=tuple(sorted(named_by[iri])),
                background=self._background(properties),
            )

    def _depth(self, class_: str) -> int:
        known = self._ontology.classes.get(class_)
        return len(known.parents) if known else 0

    def _background(self, properties: Properties) -> Background | None:
        same_as = tuple(sorted(link.value for link in properties.get(v.OWL_SAME_AS, ())))
        latitude, longitude = _first(properties, v.GEO_LAT), _first(properties, v.GEO_LONG)
        country = _first(properties, v.KG_COUNTRY)
        code = _first(properties, v.DBO_COUNTRY_CODE) or _first(properties, v.DBO_REGION_CODE)
        if not same_as and latitude is None and country is None and code is None:
            return None
        return Background(
            same_as,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            country,
            code,
        )

    def _statements(self) -> Iterator[Statement]:
        for _, properties in self._of_type(v.RDF_STATEMENT):
            subject, obj = properties[v.RDF_SUBJECT][0].value, properties[v.RDF_OBJECT][0]
            predicate = properties[v.RDF_PREDICATE][0].value
            evidence = [each for node in properties[v.KG_EVIDENCE] for each in self._evidence(node.value)]
            yield Statement(
                subject=self._key(subject),
                property=self._property_names.get(predicate, v.local_name(predicate)),
                object=self._object(obj),
                modality=Modality(v.local_name(properties[v.KG_MODALITY][0].value)),
                confidence=float(properties[v.KG_CONFIDENCE][0].value),
                evidence=tuple(sorted(evidence, key=lambda each: (each.article, each.span, each.role or ""))),
            )

    def _evidence(self, node: str) -> Iterator[Evidence]:
        properties = self._subjects[node]
        start, end = (int(properties[key][0].value) for key in (v.OA_START, v.OA_END))
        places = {
            name: Span(int(first), int(last))
            for name, first, last in _ARGUMENT.findall(_first(properties, v.KG_ARGUMENTS) or "")
        }
        roles = sorted(role.value for role in properties.get(v.KG_ROLE, ()))
        for role in roles or (None,):
            yield Evidence(
                article=self._article_id(properties[v.OA_HAS_SOURCE][0].value),
                span=Span(start, end),
                modality=Modality(v.local_name(properties[v.KG_MODALITY][0].value)),
                confidence=float(properties[v.KG_CONFIDENCE][0].value),
                extractor=properties[v.KG_EXTRACTOR][0].value,
                subject=places.get("subject"),
                object=places.get("object"),
                role=role,
            )

    def _object(self, term: Term) -> str | Value:
        if isinstance(term, pyoxigraph.Literal):
            return CountValue(int(term.value)) if term.datatype.value == v.XSD_INTEGER else DateValue(term.value)
        if not term.value.startswith(f"{self._base}value/"):
            return self._key(term.value)
        properties = self._subjects[term.value]
        amount, qualifier = Decimal(properties[v.SCHEMA_VALUE][0].value), _first(properties, v.KG_QUALIFIER)
        if v.SCHEMA_UNIT_TEXT in properties:
            return QuantityValue(amount, properties[v.SCHEMA_UNIT_TEXT][0].value, qualifier)
        return MoneyValue(amount, properties[v.SCHEMA_CURRENCY][0].value, _first(properties, v.KG_KIND), qualifier)

    def _articles(self) -> Iterator[Article]:
        quotes = self._quotes()
        for iri, properties in self._of_type(v.SCHEMA_NEWS_ARTICLE):
            published = _first(properties, v.SCHEMA_DATE_PUBLISHED)
            yield Article(
                id=self._article_id(iri),
                path=properties[v.DCTERMS_IDENTIFIER][0].value,
                title=_first(properties, v.SCHEMA_HEADLINE) or "",
                text=_with_blanks(quotes.get(iri, {})),
                sha256="",
                published=date.fromisoformat(published) if published else None,
                url=_first(properties, v.SCHEMA_URL),
                publisher=_first(properties, v.SCHEMA_PUBLISHER),
                author=_first(properties, v.SCHEMA_AUTHOR),
            )

    def _quotes(self) -> dict[str, dict[int, str]]:
        """Article -> offset -> what is quoted from there."""
        quotes: dict[str, dict[int, str]] = defaultdict(dict)
        for _, properties in self._of_type(v.KG_EVIDENCE_CLASS):
            start, text = int(properties[v.OA_START][0].value), properties[v.OA_EXACT][0].value
            known = quotes[properties[v.OA_HAS_SOURCE][0].value]
            known[start] = max(known.get(start, ""), text, key=len)
        return quotes

    def _key(self, iri: str) -> str:
        return unquote(iri.removeprefix(f"{self._base}id/"), errors="surrogatepass")

    def _article_id(self, iri: str) -> str:
        return unquote(iri.removeprefix(f"{self._base}article/"), errors="surrogatepass")


def _first(properties: Properties, predicate: str) -> str | None:
    terms = properties.get(predicate)
    return terms[0].value if terms else None


def _with_blanks(quotes: Mapping[int, str]) -> str:
    """The quotes at their offsets with blanks between; where they overlap they agree."""
    text: list[str] = []
    length = 0
    for start, quote in sorted(quotes.items()):
        fresh = quote[max(length - start, 0) :]
        if fresh:
            text += [" " * (start - length), fresh]
            length = max(start, length) + len(fresh)
    return "".join(text)
