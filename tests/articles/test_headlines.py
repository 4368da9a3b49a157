"""Titles, and what surrounds the prose."""

from __future__ import annotations

import pytest

from kg.articles.headlines import Frame, opening_words, read_frame

BODY = "Corvid Labs said on Monday that it would open a park in Lagos.\n"


def furniture(text: str, frame: Frame) -> list[str]:
    """The texts of the furniture's spans."""
    return [text[span.start : span.end] for span in frame.furniture]


@pytest.mark.parametrize(
    "headline",
    [
        "Corvid Opens a Park in Lagos",
        "Corvid opens park in Lagos",
        "Who Is Behind the Lagos Ledger?",
        "Corvid to Buy Heron Ltd.",
        "Trade Is Moving to the U.S.",
        "“We start in Lagos”: a conversation with Ada Obi",
    ],
)
def test_first_line_that_is_no_sentence_is_the_title(headline: str) -> None:
    """A short line without a full stop above the prose is the title, and its span is true."""
    text = f"\n{headline}\n\n{BODY}"
    frame = read_frame(text)
    assert frame.title == headline
    assert frame.title_span is not None
    assert text[frame.title_span.start : frame.title_span.end] == headline


@pytest.mark.parametrize(
    "line",
    [
        "Corvid opened a park.",
        "Corvid opened a park. The city is glad",
        "Ledgers",
        "- a point of a list",
        "Corvid opened " + "a very large " * 20 + "park",
        "BERLIN - Two ministries agreed on a plan",
    ],
)
def test_lines_that_are_no_headlines(line: str) -> None:
    """Sentences, single words, list items, long lines and datelines give no title."""
    assert read_frame(f"{line}\n\n{BODY}").title is None


def test_wrapped_prose_has_no_title() -> None:
    """The first line of a paragraph that is wrapped at a column is prose."""
    text = "Corvid Labs said on Monday that it would open a park in the\nnorth of Lagos before the year is over.\n"
    assert read_frame(text).title is None


def test_headline_directly_above_the_prose() -> None:
    """In title case a headline needs no blank line below it."""
    assert read_frame(f"Corvid Opens Park in Lagos\n{BODY}").title == "Corvid Opens Park in Lagos"


def test_headline_above_its_dateline() -> None:
    """A dateline below shows that the line above is a headline, in small letters too."""
    assert read_frame("corvid opens park in lagos\nLAGOS, May 3 (Wire) - Corvid said so.").title is not None


def test_title_without_prose_is_none() -> None:
    """A single line is the text, not its title."""
    assert read_frame("Corvid Opens Park in Lagos").title is None


def test_known_title_is_found_in_the_text() -> None:
    """The title of the front matter has a span where the text repeats it."""
    text = f"# Corvid  Opens a Park\n\n{BODY}"
    frame = read_frame(text, title="Corvid Opens a Park", markdown=True)
    assert frame.title == "Corvid Opens a Park"
    assert frame.title_span is not None
    assert text[frame.title_span.start : frame.title_span.end] == "Corvid  Opens a Park"


def test_known_title_wins() -> None:
    """With a title from front matter, another first line stays prose."""
    frame = read_frame(f"A Day in Lagos\n\n{BODY}", title="Corvid Opens a Park")
    assert (frame.title, frame.title_span) == ("Corvid Opens a Park", None)


def test_markdown_heading_marks_are_furniture() -> None:
    """The title of a Markdown heading is without its marks, and they are no prose; neither are fences and rules."""
    text = f"# Corvid\n\n{BODY}\n---\n\n## Plans\n\n```\ncode\n```\n\n![A park](park.png)\n\nMore is to come.\n"
    frame = read_frame(text, markdown=True)
    assert frame.title == "Corvid"
    assert furniture(text, frame) == ["# ", "---", "## ", "```\ncode\n```", "![A park](park.png)"]


def test_head_of_labels_byline_and_dateline() -> None:
    """All lines above the prose are told apart."""
    text = f"PRESS RELEASE\n\nCorvid Opens a Park\n\nBy Jane Roe\nNovember 12, 2018\n\nLAGOS - {BODY}"
    frame = read_frame(text)
    assert frame.title == "Corvid Opens a Park"
    assert frame.author == "Jane Roe"
    assert str(frame.published) == "2018-11-12"
    assert furniture(text, frame) == ["PRESS RELEASE", "By Jane Roe", "November 12, 2018", "LAGOS - "]


def test_briefs_have_a_dateline_per_item() -> None:
    """A strong dateline is furniture wherever a paragraph starts with it; the first one dates the article."""
    text = f"News in Brief\n\nLAGOS, May 3, 2021 (Wire) - {BODY}\nACCRA, May 4, 2021 (Wire) - {BODY}"
    frame = read_frame(text)
    assert str(frame.published) == "2021-05-03"
    assert furniture(text, frame) == ["LAGOS, May 3, 2021 (Wire) - ", "ACCRA, May 4, 2021 (Wire) - "]


def test_foot_is_furniture() -> None:
    """Credits, end marks, contacts and copyright below the prose are no prose."""
    foot = [
        "(Reporting by Jane Roe; Editing by Tom Poe)",
        "SOURCE Corvid Labs",
        "Media contact: Ada Obi, +000 000",
        "press@corvid.example",
        "© 2021 Lake Wire. All rights reserved.",
        "###",
    ]
    text = f"Corvid Opens a Park\n\n{BODY}\n" + "\n".join(foot) + "\n"
    assert furniture(text, read_frame(text)) == foot


def test_prose_is_no_foot() -> None:
    """A last paragraph that merely begins like a credit stays prose."""
    text = f"Corvid Opens a Park\n\n{BODY}\nEditing by hand takes long. Corvid sells a tool for it.\n"
    assert furniture(text, read_frame(text)) == []


def test_opening_words_stand_for_a_title() -> None:
    """An article without headline is called by its first words, cut between words."""
    text = "Corvid Labs\nsaid on Monday that it would open a park in the north of Lagos before the year is over."
    assert opening_words(text) == "Corvid Labs said on Monday that it would open a park in the north of Lagos…"
    assert opening_words("Corvid said so.\n") == "Corvid said so."
