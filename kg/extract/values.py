"""The values of one article as nodes: which spans are dates, amounts and numbers, and what a property reads in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.dates import find_dates
from kg.extract.predication import Truth
from kg.extract.quantities import QuantityKind, find_quantities, money_kind
from kg.extract.tree import Unit
from kg.model import CountValue, DateValue, MoneyValue, QuantityValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from spacy.tokens import Doc

    from kg.extract.tree import Node, Tree
    from kg.model import Value
    from kg.ontology.schema import Property


class Values:
    """Dates and quantities of one document; units carry their position in the lists here."""

    def __init__(self, doc: Doc, published: date | None) -> None:
        self.doc = doc
        self.published = published
        self.dates = find_dates(doc, published)
        self.quantities = find_quantities(doc, self.dates)
        self._kinds: dict[int, str | None] = {}

    def units(self) -> Iterator[Unit]:
        """The spans that act as one node."""
        for i, mention in enumerate(self.dates):
            span = self.doc.char_span(mention.start_char, mention.end_char, alignment_mode="expand")
            if span is not None:
                yield Unit(span.start, span.end, "date", str(i))
        for i, quantity in enumerate(self.quantities):
            if quantity.kind is QuantityKind.MONEY:
                yield Unit(quantity.start, quantity.end, "money", str(i))
            elif quantity.kind is QuantityKind.COUNT:
                yield Unit(quantity.start, quantity.end, "count", str(i))

    def read(self, tree: Tree, node: Node, prop: Property, truth: Truth) -> Value | None:
        """What `node` says as a value of the property's kind, or None if it says none."""
        if prop.kind == "date" and node.kind == "date":
            return self._date(node, truth)
        if prop.kind == "money" and node.kind == "money":
            return self._amount(node)
        number = node if node.kind == "count" else _count_before(tree, node)
        if number is None or number.unit is None:
            return None
        quantity = self.quantities[int(number.unit.key)]
        if prop.kind == "integer" and quantity.value == int(quantity.value):
            return CountValue(int(quantity.value), quantity.qualifier)
        if prop.kind == "quantity" and not quantity.definite:
            unit = quantity.unit or self._counted(tree, number)
            return QuantityValue(quantity.value, unit, quantity.qualifier) if unit else None
        return None

    def lies_ahead(self, value: object) -> bool:
        """Whether a value is a date after the day of publication: what happens on it can only be planned."""
        if self.published is None or not isinstance(value, DateValue):
            return False
        return value.lexical > self.published.isoformat()[: len(value.lexical)]

    def _date(self, node: Node, truth: Truth) -> DateValue | None:
        assert node.unit is not None
        mention = self.dates[int(node.unit.key)]
        lexical = mention.ahead if truth is Truth.PLANNED and mention.ahead else mention.lexical
        return DateValue(lexical) if lexical else None

    def _amount(self, node: Node) -> MoneyValue | None:
        assert node.unit is not None
        number = int(node.unit.key)
        quantity = self.quantities[number]
        if quantity.currency is None or quantity.converted:
            return None
        if number not in self._kinds:
            self._kinds[number] = money_kind(self.doc, quantity)
        return MoneyValue(quantity.value, quantity.currency, self._kinds[number], quantity.qualifier)

    def _counted(self, tree: Tree, number: Node) -> str:
        head = tree.head(number)
        if head is None:
            return ""
        _, end = tree.phrase(head)
        last = tree.node_at(end - 1)
        return tree.text[number.end_char : last.end_char].strip()


def _count_before(tree: Tree, noun: Node) -> Node | None:
    """The number of what the noun names: "54 members"."""
    return next((c for c in tree.children(noun, "nummod") if c.kind == "count"), None)
