from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import DateKind, Direction, find_dates
from kg.extract.dates.rules import RULES, starts_in
from tests.extract.hand_built import tree

NLP = spacy.blank("en")
SATURDAY = date(2019, 9, 21)
XSD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def found(text: str, published: date | None = SATURDAY) -> list[tuple[str, str | None]]:
    """The dates of a text as written and as read."""
    doc = NLP(text)
    return [(text[mention.start_char : mention.end_char], mention.lexical) for mention in find_dates(doc, published)]


@pytest.mark.parametrize(
    ("text", "surface", "lexical"),
    [
        ("The pact was signed on Sept 3, 2019.", "Sept 3, 2019", "2019-09-03"),
        ("It opened on 3 September 2019.", "3 September 2019", "2019-09-03"),
        ("It opened on the 3rd of September 2019.", "3rd of September 2019", "2019-09-03"),
        ("Updated 2019-09-03 in full.", "2019-09-03", "2019-09-03"),
        ("Updated 2019/9/3 in full.", "2019/9/3", "2019-09-03"),
        ("Paid on 25/12/2018.", "25/12/2018", "2018-12-25"),
        ("It was set up in May 2016.", "May 2016", "2016-05"),
        ("It was set up in 2017.", "2017", "2017"),
        ("Trials ran in the first quarter of 2020.", "first quarter of 2020", "2020"),
        ("Sales fell in Q1 2020.", "Q1 2020", "2020"),
        ("It opens in mid-2021.", "mid-2021", "2021"),
        ("A loss in FY2020.", "FY2020", "2020"),
        ("A loss in fiscal 2020.", "fiscal 2020", "2020"),
        ("It came out in late 2018.", "late 2018", "2018"),
        ("It came out in spring 2018.", "spring 2018", "2018"),
        ("It came out on Monday, March 4, 2019.", "Monday, March 4, 2019", "2019-03-04"),
        ("since its 2015 debut", "2015", "2015"),
    ],
)
def test_absolute(text: str, surface: str, lexical: str) -> None:
    """A date that the words fix needs no day of publication, and keeps its exactness."""
    assert found(text, None) == [(surface, lexical)]
    assert all(mention.explicit for mention in find_dates(NLP(text), SATURDAY))


@pytest.mark.parametrize(
    ("text", "surface", "lexical"),
    [
        ("It opened on Sept 3.", "Sept 3", "2019-09-03"),
        ("It opened on Dec 3.", "Dec 3", "2018-12-03"),
        ("It opened in December.", "December", "2018-12"),
        ("It opened in March last year.", "March last year", "2018-03"),
        ("It opened on March 30 last year.", "March 30 last year", "2018-03-30"),
        ("It opened last year.", "last year", "2018"),
        ("It opened last month.", "last month", "2019-08"),
        ("It opened late last year.", "late last year", "2018"),
        ("It opened earlier this year.", "earlier this year", "2019"),
        ("It opened this March.", "this March", "2019-03"),
        ("It opened last October.", "last October", "2018-10"),
        ("It opens next year.", "next year", "2020"),
        ("It opened yesterday.", "yesterday", "2019-09-20"),
        ("It opened on Monday.", "Monday", "2019-09-16"),
        ("It opened last Saturday.", "last Saturday", "2019-09-14"),
        ("It opened on Tuesday last week.", "Tuesday last week", "2019-09-10"),
        ("It opened three years ago.", "three years ago", "2016"),
        ("It opened two days ago.", "two days ago", "2019-09-19"),
        ("It opened a month ago.", "a month ago", "2019-08"),
        ("It opened on the 15th.", "15th", "2019-09-15"),
        ("The first version is out before the end of this year.", "the end of this year", "2019"),
    ],
)
def test_relative(text: str, surface: str, lexical: str) -> None:
    """What the text leaves open is reckoned from the day of publication; without one it stays open."""
    assert found(text) == [(surface, lexical)]
    assert found(text, None) == [(surface, None)]


@pytest.mark.parametrize(
    "text",
    [
        "It took three years.",
        "A 30-day trial.",
        "Its 35-year history.",
        "Some 2,000 people came, and 2019 people left.",
        "Theresa May said it may march on.",
        "Black Friday sales rose, the Sunday Times wrote.",
        "Prices of the 1990s.",
        "The last year of the project was hard.",
        "Over the next month nothing will happen.",
        "Room 2019 and No. 2018.",
    ],
)
def test_no_dates(text: str) -> None:
    """Durations, ages, counts, names and labels are no dates."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("It has run since 2015.", [("2015", DateKind.START)]),
        ("It will be ready by 2025.", [("2025", DateKind.DEADLINE)]),
        ("It will be ready by the end of 2025.", [("the end of 2025", DateKind.DEADLINE)]),
        ("It applies from January 2020.", [("January 2020", DateKind.START)]),
        ("It runs until 2030.", [("2030", DateKind.END)]),
        ("It ran from 2016 to 2018.", [("2016", DateKind.START), ("2018", DateKind.END)]),
        ("It ran 2016-18.", [("2016", DateKind.START), ("18", DateKind.END)]),
        ("The plan (2016-18) ended.", [("2016", DateKind.START), ("18", DateKind.END)]),
        ("It ran between June and October 2018.", [("June", DateKind.START), ("October 2018", DateKind.END)]),
        ("It met on May 3 and 4, 2019.", [("May 3", DateKind.POINT), ("4, 2019", DateKind.POINT)]),
    ],
)
def test_kinds(text: str, kinds: list[tuple[str, DateKind]]) -> None:
    """Starts, ends and deadlines are told from points in time."""
    assert [(text[m.start_char : m.end_char], m.kind) for m in find_dates(NLP(text), SATURDAY)] == kinds


@pytest.mark.parametrize(
    ("text", "lexicals"),
    [
        ("between June and October 2018", ["2018-06", "2018-10"]),
        ("from November to March 2019", ["2018-11", "2019-03"]),
        ("between Aug. 15 and Sept. 2", ["2019-08-15", "2019-09-02"]),
        ("October 15-17, 2018", ["2018-10-15", "2018-10-17"]),
        ("15-17 October 2018", ["2018-10-15", "2018-10-17"]),
    ],
)
def test_ranges_share_what_they_leave_out(text: str, lexicals: list[str]) -> None:
    """The first end of a range lies before the second, in whatever year that is."""
    assert [value for _, value in found(f"It ran {text}.")] == lexicals


def test_anchor() -> None:
    """What is "a year later" counts from the date before it."""
    text = "It was set up in April 2016. A year later it grew, and in the same year it moved."
    assert found(text) == [("April 2016", "2016-04"), ("A year later", "2017"), ("the same year", "2017")]


@pytest.mark.parametrize(
    ("text", "lexical", "ahead"),
    [
        ("It will open on Dec 3.", "2019-12-03", "2019-12-03"),
        ("It is expected to open in March.", "2020-03", "2020-03"),
        ("It opened in March.", "2019-03", "2020-03"),
    ],
)
def test_direction_without_a_parse(text: str, lexical: str, ahead: str) -> None:
    """Plans look ahead, reports look back, and the other reading stays at hand."""
    [mention] = find_dates(NLP(text), SATURDAY)
    assert (mention.lexical, mention.ahead) == (lexical, ahead)


@pytest.mark.parametrize(
    ("doc", "lexical"),
    [
        ("It|PRON|nsubj|3 will|AUX|aux|3 open|VERB|ROOT|3 in|ADP|case|5 March|PROPN|obl|3", "2020-03"),
        ("It|PRON|nsubj|2 opened|VERB|ROOT|2|VerbForm=Fin,Tense=Past in|ADP|case|4 March|PROPN|obl|2", "2019-03"),
        ("It|PRON|nsubj|2 opens|VERB|ROOT|2|VerbForm=Fin,Tense=Pres in|ADP|case|4 October|PROPN|obl|2", "2019-10"),
        ("Acme|PROPN|nsubj|3 to|PART|mark|3 open|VERB|ROOT|3|VerbForm=Inf in|ADP|case|5 March|PROPN|obl|3", "2020-03"),
        (
            (
                "It|PRON|nsubj|3 has|AUX|aux|3|VerbForm=Fin,Tense=Pres opened|VERB|ROOT|3|VerbForm=Part in|ADP|case|5 "
                "October|PROPN|obl|3"
            ),
            "2018-10",
        ),
        ("Work|NOUN|nsubj:pass|3 is|AUX|aux:pass|3 planned|VERB|ROOT|3 for|ADP|case|5 March|PROPN|obl|3", "2020-03"),
    ],
)
def test_direction_by_the_verb(doc: str, lexical: str) -> None:
    """The verb that a date depends on says whether it lies back, ahead, or on a timetable nearby."""
    [mention] = find_dates(tree(doc), SATURDAY)
    assert mention.lexical == lexical


def test_direction_is_a_parameter() -> None:
    """A caller that knows the modality decides itself."""
    [mention] = find_dates(NLP("It opened in March."), SATURDAY, direction=lambda *_: Direction.AHEAD)
    assert mention.lexical == "2020-03"


def test_no_dates_in_names() -> None:
    """A year within a name of several words says nothing of when."""
    doc = tree(
        "The|DET|det|3 World|PROPN|compound|3 Forum|PROPN|ROOT|3 2018|NUM|nummod|3", ents={"Forum 2018": "Event"}
    )
    assert find_dates(doc, SATURDAY) == []


def test_no_such_day() -> None:
    """A day that the calendar lacks is marked, and has no value."""
    assert found("It opened on February 30, 2018.") == [("February 30, 2018", None)]


@given(
    st.lists(
        st.sampled_from(
            (
                "Sept May March 3 31 30th 2019 2020 2000 last next this year month week Monday Friday ago two years Q1 "
                "in on by since of the between and to from - , . FY20 quarter first end late early later same today"
            ).split()
        ),
        max_size=12,
    ),
    st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_always_valid(words: list[str], published: date | None) -> None:
    """Whatever the words: valid lexicals, true offsets in order, no overlap, and nothing invented without a date."""
    text = " ".join(words)
    end = 0
    for mention in find_dates(NLP(text), published):
        assert end <= mention.start_char < mention.end_char <= len(text)
        end = mention.end_char
        for value in (mention.lexical, mention.ahead):
            assert value is None or XSD.fullmatch(value)
            if value is not None and len(value) == len("2019-09-03"):
                date.fromisoformat(value)
        assert published is not None or mention.explicit or mention.lexical is None or "later" in text or "same" in text


def test_patterns_find_at_their_initials_what_they_find_anywhere() -> None:
    """No rule leaves out an initial that its pattern can begin with: all the dates of these tests are found so."""
    text = Path(__file__).read_text(encoding="utf-8")
    starts = starts_in(text)
    for rule in RULES:
        everywhere = [match.span() for match in rule.pattern.finditer(text)]
        assert [match.span() for match in rule.matches(text, starts)] == everywhere, rule.pattern.pattern
