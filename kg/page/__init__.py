"""The interactive page: a graph as one HTML file that opens from disk and asks the network for nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg import view, vocabulary
from kg.page.document import document
from kg.page.payload import payload

if TYPE_CHECKING:
    from kg.model import Graph
    from kg.ontology.schema import Ontology

__all__ = ["render"]


def render(
    graph: Graph, ontology: Ontology, *, focus: str | None = None, hops: int = 1, base: str = vocabulary.BASE
) -> str:
    """The page of a graph, or of what lies within `hops` facts of one entity (a key, name or alias).

    The same graph and ontology give the same characters, in any process. Write it as UTF-8. Raises UsageError where
    `focus` names no entity, or several.
    """
    projection = view.project(graph, ontology)
    if focus is not None:
        projection = view.neighbourhood(projection, focus, hops)
        graph = _restricted(graph, projection)
    return document(payload(graph, projection, ontology, base=base))


def _restricted(graph: Graph, projection: view.Projection) -> Graph:
    """The graph of the entities drawn, with the articles that speak of them."""
    entities = tuple(entity for entity in graph.entities if entity.key in projection)
    statements = tuple(
        statement
        for statement in graph.statements
        if statement.subject in projection and (not isinstance(statement.object, str) or statement.object in projection)
    )
    used = {evidence.article for statement in statements for evidence in statement.evidence}
    used |= {article for entity in entities for article in entity.articles}
    articles = tuple(article for article in graph.articles if article.id in used)
    return replace(graph, articles=articles, entities=entities, statements=statements)
