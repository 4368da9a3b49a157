"""Words of a name become one node; what hung on them hangs on it."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg.extract.tree import Tree, Unit


def test_a_name_parsed_apart_makes_no_circle() -> None:
    """ "Bank of Mora" of which "Bank" hangs on a comma, and "Mora", on which that comma hangs, on the verb."""
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Kest", ",", "Bank", "of", "Mora", "joined", "."],
        lemmas=["Kest", ",", "Bank", "of", "Mora", "join", "."],
        pos=["PROPN", "PUNCT", "PROPN", "ADP", "PROPN", "VERB", "PUNCT"],
        deps=["nsubj", "punct", "conj", "case", "nsubj", "ROOT", "punct"],
        heads=[5, 4, 1, 4, 5, 5, 5],
        sent_starts=[True, *[False] * 6],
    )
    tree = Tree(doc, [Unit(0, 1, "name", "0"), Unit(2, 5, "name", "1")])
    comma, bank, verb = (tree.node_at(i) for i in (1, 2, 5))
    assert tree.head(comma) is bank
    assert tree.head(bank) is verb
    assert bank.index in verb.children
    assert bank.index not in comma.children


def test_a_circle_without_a_way_out_is_cut() -> None:
    """Two names that hang on words of each other: one becomes a root, and every way up ends."""
    doc = Doc(
        spacy.blank("en").vocab,
        words=["A", "B", "C", "D", "ran"],
        lemmas=["A", "B", "C", "D", "run"],
        pos=["PROPN"] * 4 + ["VERB"],
        deps=["conj", "flat", "conj", "flat", "ROOT"],
        heads=[3, 2, 1, 0, 4],
        sent_starts=[True, *[False] * 4],
    )
    tree = Tree(doc, [Unit(0, 2, "name", "0"), Unit(2, 4, "name", "1")])
    for node in tree.nodes:
        above, steps = node, 0
        while above.head is not None and steps <= len(tree.nodes):
            above, steps = tree.nodes[above.head], steps + 1
        assert steps <= len(tree.nodes)
