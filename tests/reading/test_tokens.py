"""The tokenizer: spaCy's rules and what was mended."""

from __future__ import annotations

import pytest

from kg.reading.tokens import blank_english

NLP = blank_english()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Its co-founder re-elected", "Its co-founder re-elected"),
        ("a Shanghai-based firm", "a Shanghai - based firm"),
        ("an e-commerce site", "an e-commerce site"),
        ("over-the-counter trade", "over - the - counter trade"),
        ("from 1999–2003 on", "from 1999 – 2003 on"),
        ("Call 212-555-1234 now!!!", "Call 212-555-1234 now !!!"),
        ("Tea Co., Ltd. cannot", "Tea Co. , Ltd. can not"),
        ("and/or", "and / or"),
        ("at 5:30pm", "at 5:30 pm"),
        ("the pre—war years", "the pre — war years"),
    ],
)
def test_words(text: str, words: str) -> None:
    """Words are cut as the treebanks cut them."""
    assert [token.text for token in NLP(text)] == words.split()


def test_the_text_is_kept() -> None:
    """Tokens and their white space add up to the text, whatever it is."""
    text = "A  b\n\nc\t“d”—e…\u200bf 😀\r\n- g"
    assert NLP(text).text == text


def test_the_tokenizer_can_be_stored() -> None:
    """Its rules are plain patterns, which spaCy can write down."""
    assert blank_english().from_bytes(NLP.to_bytes())("co-founder")[0].text == "co-founder"
