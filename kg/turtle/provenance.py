"""A graph as blocks of Turtle: its articles and its build (`evidence.ttl`, before the statements)."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from kg import vocabulary as v
from kg.turtle import terms
from kg.turtle.blocks import block
from kg.turtle.terms import iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Article, Graph
    from kg.ontology.schema import Ontology
    from kg.turtle.blocks import Block
    from kg.turtle.nodes import Nodes

_TYPE = iri(v.RDF_TYPE)
_LABEL = iri(v.RDFS_LABEL)
_DERIVED_FROM = iri(v.PROV_WAS_DERIVED_FROM)

_NEWS_ARTICLE = iri(v.SCHEMA_NEWS_ARTICLE)
_IDENTIFIER = iri(v.DCTERMS_IDENTIFIER)
_IS_VERSION_OF = iri(v.DCTERMS_IS_VERSION_OF)
_HEADLINE = iri(v.SCHEMA_HEADLINE)
_PUBLISHED = iri(v.SCHEMA_DATE_PUBLISHED)
_URL = iri(v.SCHEMA_URL)
_PUBLISHER = iri(v.SCHEMA_PUBLISHER)
_AUTHOR = iri(v.SCHEMA_AUTHOR)
_MENTIONS = iri(v.SCHEMA_MENTIONS)

_ENTITY = iri(v.PROV + "Entity")
_ACTIVITY = iri(v.PROV + "Activity")
_AGENT = iri(v.PROV + "SoftwareAgent")
_GENERATED_BY = iri(v.PROV + "wasGeneratedBy")
_ASSOCIATED_WITH = iri(v.PROV + "wasAssociatedWith")
_USED = iri(v.PROV + "used")
_SOFTWARE_VERSION = iri(v.SCHEMA + "softwareVersion")
_TITLE = iri(v.DCTERMS + "title")
_DESCRIPTION = iri(v.DCTERMS + "description")
_LICENSE = iri(v.DCTERMS + "license")
_GEONAMES = iri("https://www.geonames.org/")
_CC_BY = iri("https://creativecommons.org/licenses/by/4.0/")


def provenance_blocks(graph: Graph, ontology: Ontology, nodes: Nodes, version: str) -> Iterator[Block]:
    """The blocks of articles and of the build, by their subjects; `version` is that of kg."""
    mentions: dict[str, list[str]] = defaultdict(list)
    for entity in graph.entities:
        for article_id in entity.articles:
            mentions[article_id].append(entity.key)
    articles = {article.id: article for article in graph.articles}
    originals = {copy.article: copy.original for copy in graph.copies}
    others = _build(ontology, nodes.base, version)
    if any(entity.background is not None for entity in graph.entities):
        others = chain(others, _background(nodes.base))
    described: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, predicate, obj in others:
        described[subject].append((predicate, obj))
    named = {nodes.article(article_id): article_id for article_id in articles.keys() | mentions.keys()}
    for node in sorted(named.keys() | described.keys()):
        triples = described.get(node, [])
        if node in named:
            article_id = named[node]
            triples += _article(articles[article_id]) if article_id in articles else ()
            if article_id in originals:
                triples.append((_IS_VERSION_OF, nodes.article(originals[article_id])))
            triples += ((_MENTIONS, nodes.entity(key)) for key in mentions[article_id])
        yield block(node, triples)


def _article(article: Article) -> Iterator[tuple[str, str]]:
    yield _TYPE, _NEWS_ARTICLE
    yield _IDENTIFIER, terms.string(article.path)
    if article.title:
        yield _HEADLINE, terms.string(article.title)
    if article.published is not None:
        yield _PUBLISHED, terms.partial_date(article.published.isoformat())
    address = terms.web_address(article.url) if article.url else None
    if address is not None:
        yield _URL, address
    if article.publisher:
        yield _PUBLISHER, terms.string(article.publisher)
    if article.author:
        yield _AUTHOR, terms.string(article.author)


def _build(ontology: Ontology, base: str, version: str) -> Iterator[tuple[str, str, str]]:
    """Who made the graph, from what ontology; no clock, no machine: the same input gives the same bytes."""
    graph, activity = iri(f"{base}graph"), iri(f"{base}build/{ontology.digest[: v.HASH_DIGITS]}")
    agent, used = iri(f"{base}agent/kg"), iri(f"{base}ontology/{ontology.digest[: v.HASH_DIGITS]}")
    yield graph, _TYPE, _ENTITY
    yield graph, _TITLE, terms.string("graph.ttl and evidence.ttl")
    yield graph, _GENERATED_BY, activity
    yield activity, _TYPE, _ACTIVITY
    yield activity, _ASSOCIATED_WITH, agent
    yield activity, _USED, used
    yield agent, _TYPE, _AGENT
    yield agent, _LABEL, terms.string("kg")
    yield agent, _SOFTWARE_VERSION, terms.string(version)
    yield used, _TYPE, _ENTITY
    yield used, _IDENTIFIER, terms.string(f"sha256:{ontology.digest}")


def _background(base: str) -> Iterator[tuple[str, str, str]]:
    """The source of what graph.ttl knows of places beside the articles, named once."""
    background = iri(f"{base}background")
    yield background, _TYPE, _ENTITY
    what = "owl:sameAs, geo:lat, geo:long, kg:country and ISO 3166 codes in graph.ttl; stated by no article"
    yield background, _DESCRIPTION, terms.string(what)
    yield background, _DERIVED_FROM, _GEONAMES
    yield _GEONAMES, _TITLE, terms.string("GeoNames")
    yield _GEONAMES, _LICENSE, _CC_BY
