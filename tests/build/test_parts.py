from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.build.parts import LONGEST_PART, LONGEST_WORD, joined, parts_of
from kg.model import Article, ArticleEntity, Extraction, Mention, MentionKind, Span
from tests.build.conftest import quick_extraction


def article(text: str, **fields: object) -> Article:
    """An article of this text."""
    return Article("a", "a.txt", "A", text, "", **fields)  # type: ignore[arg-type] # of the fields' types


def test_article_of_usual_length_is_left_alone() -> None:
    """The very same object: nothing is copied."""
    short = article("Acme bought Bolt. " * 300)
    assert parts_of(short) == [(0, short)]
    assert parts_of(short)[0][1] is short


@given(st.integers(0, 10**6), st.sampled_from(["word ", "One. ", "line\n", "par\n\n"]))
def test_parts_make_up_the_text(seed: int, unit: str) -> None:
    """In order, without gaps, none too long, to the letter."""
    text = unit * (LONGEST_PART * 3 // len(unit) + seed % 1000)
    parts = parts_of(article(text))
    assert len(parts) > 1
    assert all(len(part.text) <= LONGEST_PART for _, part in parts)
    assert [offset for offset, _ in parts] == [sum(len(p.text) for _, p in parts[:i]) for i in range(len(parts))]
    assert "".join(part.text for _, part in parts) == text


def test_data_alone_is_not_read() -> None:
    """Ten megabytes without a space: nothing is left of it, and nothing found in it."""
    data = article("x" * 10_000_000)
    assert parts_of(data) == []
    assert joined(data, []) == Extraction("a", (), ())


def test_parts_end_where_paragraphs_do() -> None:
    """A sentence is not torn where that can be helped."""
    text = ("Acme bought Bolt. " * 200 + "\n\n") * 40
    assert all(part.text.endswith("\n\n") for _, part in parts_of(article(text)))


def test_runs_of_data_are_blank_and_words_stay() -> None:
    """Offsets do not move."""
    run = "A" * LONGEST_WORD
    ((offset, part),) = parts_of(article(f"Acme {run} bought {run[1:]} Bolt."))
    assert offset == 0
    assert part.text == f"Acme {' ' * LONGEST_WORD} bought {run[1:]} Bolt."


def test_title_and_furniture_go_with_their_part() -> None:
    """Counted from the beginning of the part."""
    text = ("Acme bought Bolt. " * 200 + "\n\n") * 40
    at = len(text) - 10
    parts = parts_of(article(text, title_span=Span(0, 4), furniture=(Span(at, at + 5),)))
    assert [part.title_span for _, part in parts] == [Span(0, 4), *[None] * (len(parts) - 1)]
    assert parts[0][1].furniture == ()
    offset, last = parts[-1]
    assert last.furniture == (Span(at - offset, at - offset + 5),)


def test_joined_offsets_are_true_in_the_whole_text() -> None:
    """Every mention and every evidence stands where it says."""
    text = "\n\n".join(
        f"{'Padding is here. ' * 2000} Name{chr(65 + i)}x met Other{chr(65 + i)}x today." for i in range(6)
    )
    long = article(text.replace("Padding", "padding"))
    parts = parts_of(long)
    assert len(parts) > 3
    found = joined(long, [(offset, quick_extraction(part)) for offset, part in parts])
    assert len(found.facts) > 3
    for entity in found.entities:
        for mention in entity.mentions:
            assert long.text[mention.span.start : mention.span.end] == mention.surface
    for fact in found.facts:
        assert fact.evidence.subject is not None
        words = long.text[fact.evidence.subject.start : fact.evidence.subject.end]
        assert words.lower() == fact.subject


def test_one_name_in_two_parts_is_one_thing() -> None:
    """Its mentions add up; its class is the one that most of them speak for."""

    def part(class_: str, *starts: int) -> Extraction:
        mentions = tuple(Mention(Span(at, at + 4), "Acme", MentionKind.NAME) for at in starts)
        return Extraction("a", (ArticleEntity("acme", "Acme", class_, ("Acme",), mentions, {class_: 1.0}),), ())

    (entity,) = joined(article(""), [(0, part("Company", 3)), (100, part("City", 1, 9, 20))]).entities
    assert entity.class_ == "City"
    assert entity.class_scores == {"City": 0.75, "Company": 0.25}
    assert [mention.span.start for mention in entity.mentions] == [3, 101, 109, 120]
