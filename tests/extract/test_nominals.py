"""What belongs to a noun: the words of a post."""

from __future__ import annotations

import pytest

from kg.extract.nominals import post_phrase
from tests.extract.trees import tree_of


@pytest.mark.parametrize(("rank", "post"), [("deputy", "deputy head"), ("vice", "vice head"), ("mother", "head")])
def test_a_rank_belongs_to_its_post_whatever_its_label(rank: str, post: str) -> None:
    """Parsers take "deputy" for the subject of "head"; other nouns with that label are no part of a post."""
    tree = tree_of(
        f"""
        Roe Roe PROPN root 0
        , , PUNCT punct 5
        the the DET det 5
        {rank} {rank} NOUN nsubj 5
        head head NOUN appos 1
        of of ADP case 7
        Alpha Alpha PROPN nmod 5
        """
    )
    assert post_phrase(tree, tree.nodes[4]) == post
