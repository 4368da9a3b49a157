"""How far the text holds what it says of two words: by the grammar of the clause, and by what the network thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.predication import NAME_PREDICATE, Predication, Truth
from kg.model import Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.extract.tree import Node, Tree

_MODALITY = {Truth.ASSERTED: Modality.ASSERTED, Truth.PLANNED: Modality.PLANNED, Truth.FORMER: Modality.FORMER}
_NAMES = {"planned": Modality.PLANNED, "former": Modality.FORMER}
_ASSERTED, _UNHELD = "asserted", "unheld"
# Probability from which the network overrules a clause that the grammar takes for asserted, or for a plan around it.
_SURE = 0.6


class Truths:
    """The predications of one article by their nodes."""

    def __init__(self, tree: Tree, predications: Iterable[Predication]) -> None:
        """Gather them; what names alone say of themselves is always asserted and left out."""
        self._tree = tree
        self._linking: dict[int, list[Predication]] = {}
        self._at: dict[int, list[Predication]] = {}
        for predication in predications:
            if predication.lemma == NAME_PREDICATE:
                continue
            self._at.setdefault(predication.node, []).append(predication)
            for argument in predication.arguments:
                self._linking.setdefault(argument.node, []).append(predication)

    def linking(self, left: Node, right: Node) -> Truth | None:
        """The truth of the predication that has both nodes as arguments, if there is one."""
        of_left = {id(p) for p in self._linking.get(left.index, ())}
        return next((p.truth for p in self._linking.get(right.index, ()) if id(p) in of_left), None)

    def of(self, word: Node) -> Truth:
        """The truth of what a node is an argument of; else of the nearest predication that it stands in."""
        linking = self.linking(word, word)
        return self.above(word) if linking is None else linking

    def above(self, word: Node) -> Truth:
        """The truth of the nearest predication that a node stands in."""
        node: Node | None = word
        while node is not None:
            found = self._at.get(node.index, ())
            if found:
                return found[0].truth
            node = self._tree.head(node)
        return Truth.ASSERTED


def modality(linking: Truth | None, above: Truth, probabilities: Mapping[str, float]) -> Modality | None:
    """Settle how a text commits itself: by the grammar where it says more than "asserted", else by a sure network.

    A predication that links both words counts before one `above` them, which may be about something else: there a sure
    network overrules a plan or a past. None where the text does not hold the thing true.
    """
    truth = above if linking is None else linking
    if truth not in _MODALITY or probabilities.get(_UNHELD, 0.0) >= _SURE:
        return None
    if truth is not Truth.ASSERTED and (linking is not None or probabilities.get(_ASSERTED, 0.0) < _SURE):
        return _MODALITY[truth]
    likeliest = max(sorted(_NAMES), key=lambda name: probabilities.get(name, 0.0))
    return _NAMES[likeliest] if probabilities.get(likeliest, 0.0) >= _SURE else Modality.ASSERTED
