"""The nodes of a graph: which IRI stands for an entity, an article, a fact, its evidence, a value, a position."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg import vocabulary as v
from kg.model import CountValue, DateValue, MoneyValue, QuantityValue
from kg.turtle import terms

if TYPE_CHECKING:
    from kg.model import Statement, Value
    from kg.ontology.schema import Ontology


_AT_HAND: Final = 100_000
"""Nodes of a kind that are remembered, some 20 MB: those of facts that follow each other are often the same."""


class Nodes:
    """Mints the nodes of one build, as N-Triples has them: under its base IRI, with the names of its ontology."""

    def __init__(self, ontology: Ontology, base: str) -> None:
        """Take the ontology and an IRI that is known to be one."""
        self.base = base
        self._ontology = ontology
        self.entity = lru_cache(_AT_HAND)(self._entity)
        self.article = lru_cache(_AT_HAND)(self._article)
        self.class_ = cache(self._class)
        self.property = cache(self._property)

    def _entity(self, key: str) -> str:
        """The entity of this key."""
        return f"<{v.entity_iri(self.base, key)}>"

    def _article(self, article_id: str) -> str:
        """The article of this id."""
        return f"<{v.article_iri(self.base, article_id)}>"

    def _class(self, name: str) -> str:
        """The class of this local name."""
        known = self._ontology.classes.get(name)
        return str(NamedNode(known.iri if known else v.KG + name))

    def _property(self, name: str) -> str:
        """The property of this local name."""
        known = self._ontology.properties.get(name)
        return str(NamedNode(known.iri if known else v.KG + name))

    def is_symmetric(self, name: str) -> bool:
        """Whether facts of this property hold in both directions."""
        known = self._ontology.properties.get(name)
        return known is not None and known.symmetric

    def object(self, value: str | Value) -> str:
        """What a fact points to: an entity, a literal, or the node of a value with a unit."""
        match value:
            case str():
                return self.entity(value)
            case DateValue(lexical):
                return terms.partial_date(lexical)
            case CountValue(count):
                return terms.integer(count)
            case QuantityValue() | MoneyValue():
                return f"<{v.hashed_iri(self.base, 'value', *content(value))}>"

    def position(self, holder: str, organization: str, role: str) -> str:
        """One post of one person."""
        return f"<{v.hashed_iri(self.base, 'position', holder, organization, role)}>"


def said(statement: Statement) -> tuple[str, ...]:
    """A statement as strings that differ wherever what it says differs."""
    obj = (statement.object,) if isinstance(statement.object, str) else content(statement.object)
    return statement.subject, statement.property, *obj


def content(value: Value) -> tuple[str, ...]:
    """A value as strings that differ wherever the value does; a part that is absent is empty."""
    match value:
        case DateValue(lexical):
            return "date", lexical
        case CountValue(count):
            return "count", str(count)
        case QuantityValue(amount, unit, qualifier):
            return "quantity", terms.lexical(amount), unit, qualifier or ""
        case MoneyValue(amount, currency, kind, qualifier):
            return "money", terms.lexical(amount), currency, kind or "", qualifier or ""
