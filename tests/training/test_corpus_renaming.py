"""Texts of the corpus told of other things."""

from __future__ import annotations

import random

import pytest

from training.corpus.markup import Block, read_blocks
from training.corpus.renaming import inventory, renamed

TEXT = """
# t-1 wire ships 2021
[[e1|Company|Tromsø Lines]] Joins [[e2|Alliance|Northern Sea Route Pact]]
[[e3|City|Oslo]] - [[e1|Company|Tromsø Lines]] joined the [[e2|Alliance|NSRP]]; [[e1|~|its]] [[e1|Company|Tromsø]] 4.
F e1 memberOf e2
"""
OTHERS = """
# t-2 wire banks 2021
[[e1|Company|Harbour Loans]] of [[e3|City|Porto]] left the [[e2|Alliance|Open Ledger League]] ([[e2|Alliance|OLL]]).
The club of [[e1|Company|Harbour]] grows.
F -
"""


@pytest.fixture(autouse=True)
def all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thing gets another name."""
    monkeypatch.setattr("training.corpus.renaming.RENAMED_SHARE", 1.0)


def _block(source: str) -> Block:
    (block,) = read_blocks(source)
    return block


def _told(source: str, others: str) -> Block:
    return renamed(_block(source), inventory([_block(others)]), random.Random(1))  # noqa: S311 - no secret


def test_full_short_and_acronym_give_way_to_their_like() -> None:
    """A long form is told by a long one, a short one by a short one, an acronym by an acronym."""
    headline, body = _told(TEXT, OTHERS).text.split("\n")
    assert headline == "Harbour Loans Joins Open Ledger League"
    assert body == "Porto - Harbour Loans joined the OLL; its Harbour 4."


def test_annotations_move_along() -> None:
    """Each mention stands where its thing now does; facts are the same."""
    block, told = _block(TEXT), _told(TEXT, OTHERS)
    surfaces = [told.text[m.start : m.end] for m in told.mentions if m.entity == "e1"]
    assert surfaces == ["Harbour Loans", "Harbour Loans", "its", "Harbour"]
    assert (told.facts, told.classes, told.ident) == (block.facts, block.classes, block.ident)


def test_without_a_counterpart_names_stay() -> None:
    """A thing of which no other has as many forms keeps its names."""
    told = _told(TEXT, OTHERS.replace("[[e1|Company|Harbour]]", "Harbour")).text
    assert "Porto - Tromsø Lines joined the OLL" in told


def test_two_things_never_share_a_name() -> None:
    """A name that another thing of the text has is not given."""
    assert _told(TEXT, TEXT).text == _block(TEXT).text


def test_a_sentence_begins_with_a_capital() -> None:
    """A name without a capital gets one where the replaced one had it."""
    source = "# t-3 wire x 2021\n[[e1|Technology|Blockchain]] is used.\nF -\n"
    donor = "# t-4 wire x 2021\nWe like [[e1|Technology|face recognition]].\nF -\n"
    assert _told(source, donor).text == "Face recognition is used."
