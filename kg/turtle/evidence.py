"""A graph as blocks of Turtle: where each fact comes from, the articles, and the build (`evidence.ttl`)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg import vocabulary as v
from kg.model import Modality
from kg.turtle import terms
from kg.turtle.blocks import block
from kg.turtle.nodes import Nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Article, Evidence, Graph, Statement
    from kg.ontology.schema import Ontology
    from kg.turtle.blocks import Block

_TYPE = NamedNode(v.RDF_TYPE)
_LABEL = NamedNode(v.RDFS_LABEL)
_STATEMENT = NamedNode(v.RDF_STATEMENT)
_SUBJECT = NamedNode(v.RDF_SUBJECT)
_PREDICATE = NamedNode(v.RDF_PREDICATE)
_OBJECT = NamedNode(v.RDF_OBJECT)
_MODALITY = NamedNode(v.KG_MODALITY)
_CONFIDENCE = NamedNode(v.KG_CONFIDENCE)
_DERIVED_FROM = NamedNode(v.PROV_WAS_DERIVED_FROM)
_EVIDENCE = NamedNode(v.KG_EVIDENCE)
_EVIDENCE_CLASS = NamedNode(v.KG_EVIDENCE_CLASS)
_SOURCE = NamedNode(v.OA_HAS_SOURCE)
_EXACT = NamedNode(v.OA_EXACT)
_START = NamedNode(v.OA_START)
_END = NamedNode(v.OA_END)
_EXTRACTOR = NamedNode(v.KG_EXTRACTOR)
_ARGUMENTS = NamedNode(v.KG_ARGUMENTS)
_ROLE = NamedNode(v.KG_ROLE)
_MODALITIES = {modality: NamedNode(v.KG + modality) for modality in Modality}
_ROLES_PER_SENTENCE = 2  # with the eight triples that each piece of evidence has, ten
_STRENGTH = {Modality.ASSERTED: 2, Modality.PLANNED: 1, Modality.FORMER: 0}

_NEWS_ARTICLE = NamedNode(v.SCHEMA_NEWS_ARTICLE)
_IDENTIFIER = NamedNode(v.DCTERMS_IDENTIFIER)
_IS_VERSION_OF = NamedNode(v.DCTERMS_IS_VERSION_OF)
_HEADLINE = NamedNode(v.SCHEMA_HEADLINE)
_PUBLISHED = NamedNode(v.SCHEMA_DATE_PUBLISHED)
_URL = NamedNode(v.SCHEMA_URL)
_PUBLISHER = NamedNode(v.SCHEMA_PUBLISHER)
_AUTHOR = NamedNode(v.SCHEMA_AUTHOR)
_MENTIONS = NamedNode(v.SCHEMA_MENTIONS)

_ENTITY = NamedNode(v.PROV + "Entity")
_ACTIVITY = NamedNode(v.PROV + "Activity")
_AGENT = NamedNode(v.PROV + "SoftwareAgent")
_GENERATED_BY = NamedNode(v.PROV + "wasGeneratedBy")
_ASSOCIATED_WITH = NamedNode(v.PROV + "wasAssociatedWith")
_USED = NamedNode(v.PROV + "used")
_SOFTWARE_VERSION = NamedNode(v.SCHEMA + "softwareVersion")
_TITLE = NamedNode(v.DCTERMS + "title")
_DESCRIPTION = NamedNode(v.DCTERMS + "description")
_LICENSE = NamedNode(v.DCTERMS + "license")
_GEONAMES = NamedNode("https://www.geonames.org/")
_CC_BY = NamedNode("https://creativecommons.org/licenses/by/4.0/")


def evidence_blocks(
    graph: Graph, ontology: Ontology, texts: Mapping[str, str], base: str, version: str
) -> Iterator[Block]:
    """The blocks of `evidence.ttl`: articles and the build by their subjects, then each fact with its evidence.

    Facts are ordered by what they state. `texts` holds the articles by id, `version` is that of kg.
    """
    nodes = Nodes(ontology, base)
    yield from _other_blocks(graph, ontology, nodes, version)
    by_subject: dict[str, list[Statement]] = defaultdict(list)
    for statement in graph.statements:
        by_subject[statement.subject].append(statement)
    for subject in sorted(by_subject, key=lambda key: str(nodes.entity(key))):
        for statement in sorted(by_subject[subject], key=lambda each: _stated(each, nodes)):
            yield from _statement(statement, texts, nodes)


def _other_blocks(graph: Graph, ontology: Ontology, nodes: Nodes, version: str) -> Iterator[Block]:
    mentions: dict[str, list[str]] = defaultdict(list)
    for entity in graph.entities:
        for article_id in entity.articles:
            mentions[article_id].append(entity.key)
    articles = {article.id: article for article in graph.articles}
    originals = {copy.article: copy.original for copy in graph.copies}
    others = list(_build(ontology, nodes.base, version))
    if any(entity.background is not None for entity in graph.entities):
        others += _background(nodes.base)
    named = {nodes.article(article_id): article_id for article_id in articles.keys() | mentions.keys()}
    described = {triple.subject for triple in others if isinstance(triple.subject, NamedNode)}
    for node in sorted(named.keys() | described, key=str):
        triples = [triple for triple in others if triple.subject == node] if node in described else []
        if node in named:
            article_id = named[node]
            triples += _article(articles[article_id], node) if article_id in articles else ()
            if article_id in originals:
                triples.append(Triple(node, _IS_VERSION_OF, nodes.article(originals[article_id])))
            triples += (Triple(node, _MENTIONS, nodes.entity(key)) for key in mentions[article_id])
        yield block(node, triples)


def _stated(statement: Statement, nodes: Nodes) -> tuple[str, str, str]:
    obj = nodes.object(statement.object)
    return str(nodes.property(statement.property)), str(obj), str(nodes.fact(statement))


def _statement(statement: Statement, texts: Mapping[str, str], nodes: Nodes) -> Iterator[Block]:
    """The fact, at most eight triples with one piece of evidence and two links for each further one; then these."""
    fact = nodes.fact(statement)
    by_node = {nodes.evidence(statement, found[0]): found for found in by_sentence(statement.evidence)}
    ordered = sorted(by_node, key=str)
    yield block(fact, _fact(fact, statement, ordered, nodes))
    for node in ordered:
        yield block(node, _evidence(node, by_node[node], texts, nodes))


def _fact(fact: NamedNode, statement: Statement, evidence: Iterable[NamedNode], nodes: Nodes) -> Iterator[Triple]:
    yield Triple(fact, _TYPE, _STATEMENT)
    yield Triple(fact, _SUBJECT, nodes.entity(statement.subject))
    yield Triple(fact, _PREDICATE, nodes.property(statement.property))
    yield Triple(fact, _OBJECT, nodes.object(statement.object))
    yield Triple(fact, _MODALITY, _MODALITIES[statement.modality])
    yield Triple(fact, _CONFIDENCE, terms.confidence(statement.confidence))
    for article_id in {each.article for each in statement.evidence}:
        yield Triple(fact, _DERIVED_FROM, nodes.article(article_id))
    for node in evidence:
        yield Triple(fact, _EVIDENCE, node)


def by_sentence(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Evidence of one fact by where it stands, the strongest and most certain first of each place."""
    places: dict[tuple[str, int, int], list[Evidence]] = {}
    for each in evidence:
        places.setdefault((each.article, each.span.start, each.span.end), []).append(each)
    return [sorted(places[place], key=_most_certain_first) for place in sorted(places)]


def _most_certain_first(evidence: Evidence) -> tuple[object, ...]:
    return (
        -_STRENGTH[evidence.modality],
        -evidence.confidence,
        evidence.extractor,
        arguments(evidence),
        evidence.role or "",
    )


def _evidence(
    node: NamedNode, same_sentence: list[Evidence], texts: Mapping[str, str], nodes: Nodes
) -> Iterator[Triple]:
    """One node for a sentence, however many readings of it state the fact: at most ten triples.

    Eight are always there; one or two are left for the arguments' places and the roles, of which roles go first.
    """
    best = same_sentence[0]
    yield Triple(node, _TYPE, _EVIDENCE_CLASS)
    yield Triple(node, _SOURCE, nodes.article(best.article))
    yield Triple(node, _EXACT, terms.string(texts[best.article][best.span.start : best.span.end]))
    yield Triple(node, _START, terms.integer(best.span.start))
    yield Triple(node, _END, terms.integer(best.span.end))
    yield Triple(node, _MODALITY, _MODALITIES[best.modality])
    yield Triple(node, _CONFIDENCE, terms.confidence(best.confidence))
    yield Triple(node, _EXTRACTOR, terms.string(best.extractor))
    roles = sorted({each.role for each in same_sentence if each.role})[:_ROLES_PER_SENTENCE]
    for role in roles:
        yield Triple(node, _ROLE, terms.string(role))
    if len(roles) < _ROLES_PER_SENTENCE and (places := arguments(best)):
        yield Triple(node, _ARGUMENTS, terms.string(places))


def arguments(evidence: Evidence) -> str:
    """Where the arguments stand in the article, as "subject=12,19 object=40,47"; what stands nowhere is left out."""
    spans = (("subject", evidence.subject), ("object", evidence.object))
    return " ".join(f"{name}={span.start},{span.end}" for name, span in spans if span is not None)


def _article(article: Article, node: NamedNode) -> Iterator[Triple]:
    yield Triple(node, _TYPE, _NEWS_ARTICLE)
    yield Triple(node, _IDENTIFIER, terms.string(article.path))
    if article.title:
        yield Triple(node, _HEADLINE, terms.string(article.title))
    if article.published is not None:
        yield Triple(node, _PUBLISHED, terms.partial_date(article.published.isoformat()))
    address = terms.web_address(article.url) if article.url else None
    if address is not None:
        yield Triple(node, _URL, address)
    if article.publisher:
        yield Triple(node, _PUBLISHER, terms.string(article.publisher))
    if article.author:
        yield Triple(node, _AUTHOR, terms.string(article.author))


def _build(ontology: Ontology, base: str, version: str) -> Iterator[Triple]:
    """Who made the graph, from what ontology; no clock, no machine: the same input gives the same bytes."""
    graph, activity = NamedNode(f"{base}graph"), NamedNode(f"{base}build/{ontology.digest[: v.HASH_DIGITS]}")
    agent, used = NamedNode(f"{base}agent/kg"), NamedNode(f"{base}ontology/{ontology.digest[: v.HASH_DIGITS]}")
    yield Triple(graph, _TYPE, _ENTITY)
    yield Triple(graph, _TITLE, terms.string("graph.ttl and evidence.ttl"))
    yield Triple(graph, _GENERATED_BY, activity)
    yield Triple(activity, _TYPE, _ACTIVITY)
    yield Triple(activity, _ASSOCIATED_WITH, agent)
    yield Triple(activity, _USED, used)
    yield Triple(agent, _TYPE, _AGENT)
    yield Triple(agent, _LABEL, terms.string("kg"))
    yield Triple(agent, _SOFTWARE_VERSION, terms.string(version))
    yield Triple(used, _TYPE, _ENTITY)
    yield Triple(used, _IDENTIFIER, terms.string(f"sha256:{ontology.digest}"))


def _background(base: str) -> Iterator[Triple]:
    """The source of what graph.ttl knows of places beside the articles, named once."""
    background = NamedNode(f"{base}background")
    yield Triple(background, _TYPE, _ENTITY)
    yield Triple(
        background,
        _DESCRIPTION,
        terms.string("owl:sameAs, geo:lat, geo:long and kg:country in graph.ttl; stated by no article"),
    )
    yield Triple(background, _DERIVED_FROM, _GEONAMES)
    yield Triple(_GEONAMES, _TITLE, terms.string("GeoNames"))
    yield Triple(_GEONAMES, _LICENSE, _CC_BY)
