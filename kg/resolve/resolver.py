"""From extractions to one graph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Entity, Graph
from kg.naming import Kind, kinds_of, normal_form
from kg.naming.kinds import SURE_SHARE
from kg.resolve.aliases import Aliases
from kg.resolve.clustering import cluster_records
from kg.resolve.decisions import joined_names, with_entities
from kg.resolve.identities import names_apart
from kg.resolve.identity import Known, make_entities
from kg.resolve.places import locate
from kg.resolve.records import read_records
from kg.resolve.statements import join_facts

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from kg.model import Article, Copy, Extraction, Statement
    from kg.ontology.schema import Ontology
    from kg.resolve.gazetteer import Place
    from kg.resolve.records import Record


def resolve(
    articles: Iterable[Article],
    extractions: Iterable[Extraction],
    ontology: Ontology,
    *,
    aliases: Aliases | None = None,
    copies: Iterable[Copy] = (),
) -> Graph:
    """Resolve what all articles know into one graph: each thing one entity, each fact one statement.

    The result depends on the set of articles alone, not on their order. `aliases` win over all evidence; `copies` are
    no witnesses of their own (see `kg.copies`). Entities are those that an article names or that take part in a
    statement; what is named by a common noun, and is no concept that the ontology lists, needs a statement.
    """
    articles = tuple(sorted(articles, key=lambda article: article.id))
    extractions = sorted(extractions, key=lambda extraction: extraction.article)
    aliases = aliases or Aliases()
    kinds = kinds_of({name: class_.parents for name, class_ in ontology.classes.items()})
    published = {article.id: article.published for article in articles}
    records = read_records(extractions, kinds, published=published, properties=ontology.properties)
    if aliases.different:
        records = [replace(record, unlike=names_apart(aliases.different, record.names)) for record in records]
    located = locate(records)
    anchors = _anchors(records, located, aliases, kinds)
    groups, decisions = cluster_records(records, anchors, _place_names(records, located))
    known = Known(ontology.concepts, aliases, located)
    entities = make_entities(groups, articles, ontology, known)
    keys = {record.id: entities[group.id].key for group in groups for record in group.records}
    facts = [(extraction.article, fact) for extraction in extractions for fact in extraction.facts]
    classes = {entity.key: entity.class_ for entity in entities.values()}
    copies = tuple(sorted(copies, key=lambda copy: copy.article))
    joined = join_facts(facts, keys, ontology, {copy.article: copy.original for copy in copies})
    statements = tuple(s for s in joined if _within_classes(s, classes, ontology))
    listed = {entities[group.id].key for group in groups if known.concept(group)}
    kept = _kept(entities.values(), statements, listed, ontology)
    stays = {entity.key for entity in kept}
    keys = {record_id: key for record_id, key in keys.items() if key in stays}
    told = with_entities(decisions, groups, keys)
    return Graph(articles, kept, statements, told, joined_names(extractions, keys), copies)


def _anchors(
    records: Sequence[Record], located: Mapping[str, Place], aliases: Aliases, kinds: Mapping[str, Kind]
) -> dict[str, str]:
    """Return identities from outside by record id: the user's nodes before concepts before places."""
    anchors = {record_id: f"place:{place.id}" for record_id, place in located.items()}
    anchors.update({record.id: f"concept:{record.concept}" for record in records if record.concept is not None})
    anchors.update({record_id: f"alias:{key}" for record_id, key in aliases.anchor(records, kinds).items()})
    return anchors


def _place_names(records: Iterable[Record], located: Mapping[str, Place]) -> frozenset[str]:
    """Return names that are surely places: those with a link, and those of whose kind the reader is sure."""
    return frozenset(
        normal_form(name)
        for record in records
        if record.id in located or record.kinds.get(Kind.PLACE, 0.0) >= SURE_SHARE
        for name in record.names
    )


def _within_classes(statement: Statement, classes: Mapping[str, str], ontology: Ontology) -> bool:
    """Whether both ends belong to the property's classes still, now that all articles have settled what they are."""
    known = ontology.properties.get(statement.property)
    if known is None:
        return True
    ends = [(statement.subject, known.domain)]
    if isinstance(statement.object, str):
        ends.append((statement.object, known.range))
    return all(not union or ontology.fits(classes[key], union) for key, union in ends)


def _kept(
    entities: Iterable[Entity], statements: Iterable[Statement], listed: Container[str], ontology: Ontology
) -> tuple[Entity, ...]:
    stated = {key for s in statements for key in (s.subject, s.object) if isinstance(key, str)}

    def stays(entity: Entity) -> bool:
        return entity.key in stated or (bool(entity.articles) and (entity.key in listed or not is_common(entity)))

    def is_common(entity: Entity) -> bool:
        known = ontology.classes.get(entity.class_)
        return known is not None and known.common_noun

    return tuple(sorted(filter(stays, entities), key=lambda entity: entity.key))
