"""How far the text holds what the network proposes: by the clause that links two words, the one above, the network."""

from __future__ import annotations

import pytest

from kg.extract.grammar import predications
from kg.extract.predication import Truth
from kg.extract.relations.truth import Truths, modality
from kg.model import Modality
from tests.extract.trees import tree_of

SHARES = """
    Members member NOUN nsubj 3
    will will AUX aux 3
    share share VERB root 0
    PayHub PayHub PROPN obj 3
    , , PUNCT punct 6
    network network NOUN appos 4
    from from ADP case 8
    Acme Acme PROPN nmod 6
    """


def test_a_predication_that_links_both_words_counts_first() -> None:
    """Members and PayHub are arguments of the plan; Acme only stands below it."""
    tree = tree_of(SHARES)
    truths = Truths(tree, predications(tree))
    members, payhub, acme = (next(n for n in tree.nodes if n.text == text) for text in ("Members", "PayHub", "Acme"))
    assert truths.linking(members, payhub) is Truth.PLANNED
    assert truths.linking(members, acme) is None
    assert truths.of(payhub) is Truth.PLANNED


@pytest.mark.parametrize(
    ("linking", "above", "asserted", "expected"),
    [
        (Truth.PLANNED, Truth.ASSERTED, 0.9, Modality.PLANNED),
        (None, Truth.PLANNED, 0.9, Modality.ASSERTED),
        (None, Truth.PLANNED, 0.5, Modality.PLANNED),
        (None, Truth.FORMER, 0.9, Modality.ASSERTED),
        (None, Truth.FORMER, 0.5, Modality.FORMER),
        (Truth.ASSERTED, Truth.PLANNED, 0.5, Modality.ASSERTED),
        (None, Truth.DENIED, 0.9, None),
    ],
)
def test_a_sure_network_overrules_a_plan_around_the_words_only(
    linking: Truth | None, above: Truth, asserted: float, expected: Modality | None
) -> None:
    """What links the words is the grammar's to settle, and denials are."""
    assert modality(linking, above, {"asserted": asserted, "planned": 1 - asserted - 0.05}) is expected
