"""The values and posts of a scene that a statement of the corpus may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.corpus.markup import COUNT_PROPERTIES, DATE_PROPERTIES

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.extract.analysis import Analysis
    from kg.extract.relations.scene import Scene, Thing
    from training.corpus.markup import Statement


class Values:
    """The values of a scene, nearest first."""

    def __init__(self, scene: Scene, known: Analysis) -> None:
        """Take a scene of an analysed article."""
        self.scene, self.known = scene, known

    def of(self, s: Statement, subject: int) -> list[int]:
        """Give the things that have the value of a statement, the nearest to its subject first."""
        fitting = [i for i, t in enumerate(self.scene.things) if t.kind != "entity" and self._is(t, s)]
        return self._nearest(fitting, subject)

    def posts(self, role: str, subject: int) -> list[int]:
        """Give the nouns for posts that stand in a role, the nearest to its holder first."""
        words = role.lower().replace("-", " ").split()
        nodes = self.known.tree.nodes
        things = enumerate(self.scene.things)
        fitting = [i for i, t in things if t.kind == "post" and nodes[int(t.key)].text.lower() in words]
        return self._nearest(fitting, subject)

    def _nearest(self, fitting: list[int], subject: int) -> list[int]:
        spots = [p.start for p in self.scene.things[subject].places]
        return sorted(fitting, key=lambda i: (min(abs(self.scene.things[i].places[0].start - s) for s in spots), i))

    def _is(self, thing: Thing, s: Statement) -> bool:
        node = self.known.tree.nodes[int(thing.key)]
        if thing.kind == "post" or node.unit is None:
            return False
        values, number = self.known.values, int(node.unit.key)
        if thing.kind == "date":
            date = values.dates[number]
            return s.properties[0] in DATE_PROPERTIES and s.value in (date.lexical, date.ahead)
        quantity = values.quantities[number]
        if thing.kind == "money":
            return is_sum(s, quantity.currency, quantity.value)
        return s.value.isdecimal() and s.properties[0] in COUNT_PROPERTIES and quantity.value == int(s.value)


def is_sum(s: Statement, currency: str | None, value: Decimal) -> bool:
    """Tell whether a statement is of this sum; `currency` is ISO 4217."""
    written, _, amount = s.value.partition(" ")
    return bool(amount) and written == currency and value == int(amount)
