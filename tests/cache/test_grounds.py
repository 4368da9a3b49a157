from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cache.codec import DamagedError
from kg.cache.grounds import (
    EVERYTHING,
    Answers,
    Grounds,
    decode_answers,
    decode_grounded,
    encode_answers,
    encode_grounded,
)

ANSWERS = Answers({"buy": "1", "join": "2"}, "0")
GROUNDS = Grounds("ontology", ("buy", "naïve", "sell"), "ab12")


def test_answer_stays_while_what_was_asked_says_the_same() -> None:
    """Other words may come, go and change."""
    asked = ("buy", "sell")
    assert Answers({"buy": "1", "launch": "3"}, "0").to(asked) == ANSWERS.to(asked)


@pytest.mark.parametrize(
    "other",
    [
        Answers({"buy": "9", "join": "2"}, "0"),
        Answers({"join": "2"}, "0"),
        Answers({"buy": "1", "join": "2", "sell": "3"}, "0"),
        Answers({"buy": "1", "join": "2"}, "9"),
    ],
)
def test_answer_changes_with_what_was_asked(other: Answers) -> None:
    """An example changed, gone, or new where there was none; or what is answered whatever is asked."""
    assert other.to(("buy", "sell")) != ANSWERS.to(("buy", "sell"))


def test_who_asked_for_everything_sees_every_change() -> None:
    """Even of a word that there was no example for."""
    assert Answers({**ANSWERS.by_word, "launch": "3"}, "0").to((EVERYTHING,)) != ANSWERS.to((EVERYTHING,))


def test_grounds_survive_bytes() -> None:
    """So do the extraction and the answers."""
    assert decode_grounded(encode_grounded(GROUNDS, b"extraction")) == (GROUNDS, b"extraction")
    assert decode_answers(encode_answers(ANSWERS)) == ANSWERS


@given(st.binary(max_size=60))
def test_foreign_bytes_are_damaged(data: bytes) -> None:
    """Whatever they are, they are told from what was written."""
    with pytest.raises(DamagedError):
        decode_grounded(data)
    assert decode_answers(data) is None
