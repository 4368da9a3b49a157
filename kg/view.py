"""What is drawn of a graph: a networkx projection, pure and sorted, with every quote ready to show.

Nodes are entity keys, edges are the facts between two entities (the key of an edge is its property). Facts with a value
(a date, a count, an amount) have no second node and are held by the node they are about.

| node attribute | |
|---|---|
| `label`, `class_`, `class_label`, `aliases`, `articles` | names, class and articles (ids) of the entity |
| `degree`, `importance` | distinct neighbours; the same in [0, 1] (square root of the share of the largest) |
| `values` | tuple of `ValueFact` |
| `links`, `latitude`, `longitude`, `country` | background: http(s) links, degrees (WGS84) or None, the country's key |

| edge attribute | |
|---|---|
| `property`, `label`, `modality`, `confidence` | of the statement; `label` is the property in words |
| `evidence` | tuple of `Quote`, in the order of the statement |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import networkx as nx

from kg.errors import UsageError
from kg.model import Span
from kg.wording import did_you_mean, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kg.model import Article, Entity, Evidence, Graph, Modality, Statement, Value
    from kg.ontology.schema import Ontology

    Projection = nx.MultiDiGraph[str]


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence that states a fact, with where it stands.

    `span` is in the article's text; `subject` and `object` are in `text`, None where the argument stands elsewhere.
    `url` is an http(s) address or None.
    """

    article: str
    title: str
    published: date | None
    url: str | None
    span: Span
    text: str
    subject: Span | None
    object: Span | None
    modality: Modality
    confidence: float
    extractor: str
    role: str | None


@dataclass(frozen=True, slots=True)
class ValueFact:
    """A fact whose object is a value: `value` as it is, `words` for people."""

    property: str
    label: str
    value: Value
    words: str
    modality: Modality
    confidence: float
    evidence: tuple[Quote, ...]


def project(graph: Graph, ontology: Ontology) -> Projection:
    """The projection of a graph that is drawn: all entities, sorted by key, with the facts between them."""
    projection: Projection = nx.MultiDiGraph()
    articles = {article.id: article for article in graph.articles}
    entities = sorted(graph.entities, key=lambda entity: entity.key)
    linked = {link: entity.key for entity in entities if entity.background for link in entity.background.same_as}
    for entity in entities:
        projection.add_node(entity.key, **_node(entity, ontology, linked))
    for statement in sorted(graph.statements, key=_order):
        if statement.subject not in projection:
            continue
        if isinstance(statement.object, str):
            _add_edge(projection, statement, statement.object, ontology, articles)
        else:
            node = projection.nodes[statement.subject]
            node["values"] += (_value_fact(statement, statement.object, ontology, articles),)
    _weigh(projection)
    return projection


def neighbourhood(projection: Projection, focus: str, hops: int = 1) -> Projection:
    """The part within `hops` facts of an entity, whichever way the facts point.

    `focus` is a key, or a name or alias in any case. Raises UsageError where nothing or more than one thing has it.
    """
    if hops < 0:
        raise UsageError(f"hops is {hops}: give 0 for the entity alone, 1 for its neighbours, and so on")
    centre = find(projection, focus)
    within = nx.single_source_shortest_path_length(projection.to_undirected(as_view=True), centre, cutoff=hops)
    part = projection.subgraph(key for key in projection if key in within)
    return nx.MultiDiGraph(part)


def find(projection: Projection, name: str) -> str:
    """The key of the entity with this key, name or alias; raises UsageError where none or several have it."""
    if name in projection:
        return name
    wanted = name.casefold().strip()
    attributes = projection.nodes
    found = [key for key in projection if attributes[key]["label"].casefold() == wanted] or [
        key for key in projection if wanted in (alias.casefold() for alias in attributes[key]["aliases"])
    ]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(found)
        raise UsageError(f'"{name}" is the name of {len(found)} entities; choose one by its key: {keys}')
    labels = (attributes[key]["label"] for key in projection)
    cure = did_you_mean(name, labels) or "; the page's search lists all names"
    raise UsageError(f'no entity is called "{name}"{cure}')


def safe_link(url: str | None) -> str | None:
    """The address if it is plain http or https with a host, else None: a page must never offer `javascript:`."""
    if url is None:
        return None
    url = url.strip()
    try:
        parts = urlsplit(url)
        complete = bool(parts.hostname) and (parts.port is None or parts.port >= 0)
    except ValueError:  # no number where the port stands, brackets that do not close
        return None
    return url if complete and parts.scheme in {"http", "https"} and url.isprintable() else None


def _order(statement: Statement) -> tuple[str, str, str]:
    target = statement.object if isinstance(statement.object, str) else repr(statement.object)
    return statement.subject, statement.property, target


def _node(entity: Entity, ontology: Ontology, linked: Mapping[str, str]) -> dict[str, object]:
    known = ontology.classes.get(entity.class_)
    background = entity.background
    links = (safe_link(link) for link in (background.same_as if background else ()))
    return {
        "label": entity.label,
        "class_": entity.class_,
        "class_label": known.label if known else entity.class_,
        "aliases": entity.aliases,
        "articles": entity.articles,
        "links": tuple(link for link in links if link),
        "latitude": background.latitude if background else None,
        "longitude": background.longitude if background else None,
        "country": linked.get(background.country or "") if background else None,
        "values": (),
    }


def _add_edge(
    projection: Projection, statement: Statement, target: str, ontology: Ontology, articles: Mapping[str, Article]
) -> None:
    if target not in projection:
        return
    projection.add_edge(
        statement.subject,
        target,
        key=statement.property,
        property=statement.property,
        label=_property_label(statement.property, ontology),
        modality=statement.modality,
        confidence=statement.confidence,
        evidence=_quotes(statement.evidence, articles),
    )


def _value_fact(statement: Statement, value: Value, ontology: Ontology, articles: Mapping[str, Article]) -> ValueFact:
    return ValueFact(
        property=statement.property,
        label=_property_label(statement.property, ontology),
        value=value,
        words=in_words(value),
        modality=statement.modality,
        confidence=statement.confidence,
        evidence=_quotes(statement.evidence, articles),
    )


def _property_label(name: str, ontology: Ontology) -> str:
    known = ontology.properties.get(name)
    return known.label if known else name


def _quotes(evidence: Iterable[Evidence], articles: Mapping[str, Article]) -> tuple[Quote, ...]:
    return tuple(_quote(item, articles[item.article]) for item in evidence if item.article in articles)


def _quote(evidence: Evidence, article: Article) -> Quote:
    return Quote(
        article=article.id,
        title=article.title,
        published=article.published,
        url=safe_link(article.url),
        span=evidence.span,
        text=article.text[evidence.span.start : evidence.span.end],
        subject=_within(evidence.subject, evidence.span),
        object=_within(evidence.object, evidence.span),
        modality=evidence.modality,
        confidence=evidence.confidence,
        extractor=evidence.extractor,
        role=evidence.role,
    )


def _within(inner: Span | None, outer: Span) -> Span | None:
    if inner is None or not outer.start <= inner.start < inner.end <= outer.end:
        return None
    return Span(inner.start - outer.start, inner.end - outer.start)


def _weigh(projection: Projection) -> None:
    """Set `degree` and `importance` of all nodes."""
    degrees = {key: len({*projection.successors(key), *projection.predecessors(key)} - {key}) for key in projection}
    largest = max(degrees.values(), default=0) or 1
    for key, degree in degrees.items():
        projection.nodes[key].update(degree=degree, importance=round((degree / largest) ** 0.5, 4))
