from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Article, Entity, Evidence, Graph, Modality, Span, Statement
from kg.page import texts
from kg.page.texts import readings

if TYPE_CHECKING:
    import pytest

TEXT = "Bay Chain \U0001f600 runs in Cove. It is fast.\n\nNothing here.\n\nCove likes Bay Chain."


def graph(text: str = TEXT) -> Graph:
    """One article about Bay Chain and Cove; the pronoun in its second sentence stands for Bay Chain."""
    quotes = (
        Evidence("a", Span(0, 25), Modality.ASSERTED, 0.9, "frames", Span(0, 9), Span(20, 24)),
        Evidence("a", Span(26, 37), Modality.ASSERTED, 0.9, "frames", Span(26, 28), None),
    )
    return Graph(
        articles=(Article("a", "a.md", "Chain in Cove", text, "0" * 64),),
        entities=(
            Entity("bay-chain", "Bay Chain", ("Platform",), ("Bay",), ("a",)),
            Entity("cove", "Cove", ("City",), (), ("a",)),
        ),
        statements=(Statement("bay-chain", "locatedIn", "cove", Modality.ASSERTED, 0.9, quotes),),
    )


def utf16(text: str, start: int, end: int) -> str:
    """What JavaScript's slice gives."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_marks_are_the_names_and_arguments_as_javascript_counts() -> None:
    """Names wherever they stand, pronouns where a fact needs them, after an emoji as before it."""
    reading = readings(graph())["a"]
    assert [(utf16(reading.text, start, end), key) for start, end, key in reading.marks] == [
        ("Bay Chain", "bay-chain"),
        ("Cove", "cove"),
        ("It", "bay-chain"),
        ("Cove", "cove"),
        ("Bay Chain", "bay-chain"),
    ]


def test_offsets_of_quotes_follow() -> None:
    """A place in the article leads to the same character on the page."""
    reading = readings(graph())["a"]
    assert utf16(reading.text, reading.offset(26), reading.offset(37)) == "It is fast."


def test_a_long_collection_holds_the_quoted_passages_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the budget only what facts quote is kept, and offsets still lead to it."""
    monkeypatch.setattr(texts, "FULL_TEXTS", 10)
    reading = readings(graph())["a"]
    assert not reading.full
    assert reading.text == "Bay Chain \U0001f600 runs in Cove.\n[…]\nIt is fast."
    assert utf16(reading.text, reading.offset(26), reading.offset(37)) == "It is fast."
    assert [key for _, _, key in reading.marks] == ["bay-chain", "cove", "bay-chain"]


def test_a_name_of_two_entities_is_not_marked() -> None:
    """Where a name could mean either, the text stays as it is."""
    both = Graph(
        articles=graph().articles,
        entities=(Entity("cove-1", "Cove", ("City",), (), ("a",)), Entity("cove-2", "Cove", ("City",), (), ("a",))),
        statements=(),
    )
    assert readings(both)["a"].marks == ()


def test_a_name_within_a_word_is_not_marked() -> None:
    """Names end where words end."""
    about = Article("a", "a.md", "Words", "Coverage of Covet and (Cove).", "0" * 64)
    reading = readings(Graph((about,), graph().entities, ()))["a"]
    assert [(start, end) for start, end, _ in reading.marks] == [(23, 27)]
