"""The nodes of a graph: which IRI stands for an entity, an article, a fact, its evidence, a value, a position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v
from kg.model import CountValue, DateValue, MoneyValue, QuantityValue
from kg.turtle import terms

if TYPE_CHECKING:
    from kg.model import Evidence, Statement, Value
    from kg.ontology.schema import Ontology


@dataclass(frozen=True, slots=True)
class Nodes:
    """Mints the nodes of one build, under its base IRI, with the names of its ontology."""

    ontology: Ontology
    base: str

    def class_(self, name: str) -> NamedNode:
        """The class of this local name."""
        known = self.ontology.classes.get(name)
        return NamedNode(known.iri if known else v.KG + name)

    def property(self, name: str) -> NamedNode:
        """The property of this local name."""
        known = self.ontology.properties.get(name)
        return NamedNode(known.iri if known else v.KG + name)

    def is_symmetric(self, name: str) -> bool:
        """Whether facts of this property hold in both directions."""
        known = self.ontology.properties.get(name)
        return known is not None and known.symmetric

    def entity(self, key: str) -> NamedNode:
        """The entity of this key."""
        return NamedNode(v.entity_iri(self.base, key))

    def article(self, article_id: str) -> NamedNode:
        """The article of this id."""
        return NamedNode(v.article_iri(self.base, article_id))

    def object(self, value: str | Value) -> NamedNode | Literal:
        """What a fact points to: an entity, a literal, or the node of a value with a unit."""
        match value:
            case str():
                return self.entity(value)
            case DateValue(lexical):
                return terms.partial_date(lexical)
            case CountValue(count):
                return terms.integer(count)
            case QuantityValue() | MoneyValue():
                return NamedNode(v.hashed_iri(self.base, "value", *content(value)))

    def position(self, holder: str, organization: str, role: str) -> NamedNode:
        """One post of one person."""
        return NamedNode(v.hashed_iri(self.base, "position", holder, organization, role))

    def fact(self, statement: Statement) -> NamedNode:
        """What a statement says, whoever says it."""
        return NamedNode(v.hashed_iri(self.base, "fact", *said(statement)))

    def evidence(self, statement: Statement, evidence: Evidence) -> NamedNode:
        """A statement in one sentence of one article."""
        place = evidence.article, str(evidence.span.start), str(evidence.span.end)
        return NamedNode(v.hashed_iri(self.base, "evidence", *said(statement), *place))


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
            return "quantity", terms.number(amount).value, unit, qualifier or ""
        case MoneyValue(amount, currency, kind, qualifier):
            return "money", terms.number(amount).value, currency, kind or "", qualifier or ""
