"""Datelines, bylines and publication data."""

from __future__ import annotations

from datetime import date

import pytest

from kg.articles.datelines import byline_of, dateline_of, publication_line


@pytest.mark.parametrize(
    ("paragraph", "dateline", "published"),
    [
        ("SHENZHEN, March 3 (Wire) - Corvid Labs said", "SHENZHEN, March 3 (Wire) - ", None),
        ("NINGBO, China, Nov. 12, 2019 /Wire/ -- Corvid", "NINGBO, China, Nov. 12, 2019 /Wire/ -- ", "2019-11-12"),
        (
            "FEZ, Morocco, and ELY, England, 9 May 2022 - A",
            "FEZ, Morocco, and ELY, England, 9 May 2022 - ",
            "2022-05-09",
        ),
        ("Nairobi, 4 June 2021 (Lake Wire) – Two firms", "Nairobi, 4 June 2021 (Lake Wire) – ", "2021-06-04"),
        ("BERLIN - Two ministries agreed", "BERLIN - ", None),
        ("SAINT-DENIS — Two ministries agreed", "SAINT-DENIS — ", None),
        ("SÃO PAULO, Brazil--(TRADE WIRE)--The port", "SÃO PAULO, Brazil--(TRADE WIRE)--", None),
        ("OSLO – May 10, 2022 – Norvik said", "OSLO – May 10, 2022 – ", "2022-05-10"),
        ("(Lake Wire) - Two firms said", "(Lake Wire) - ", None),
        ("TALLINN, Monday, 2 March 2020 - “We start today,” he said", "TALLINN, Monday, 2 March 2020 - ", "2020-03-02"),
    ],
)
def test_datelines_end_where_prose_begins(paragraph: str, dateline: str, published: str | None) -> None:
    """A dateline covers place, date, agency and dash; only a full date dates the article."""
    found = dateline_of(paragraph, opening=True)
    assert found is not None
    assert paragraph[: found.length] == dateline
    assert found.published == (date.fromisoformat(published) if published else None)


@pytest.mark.parametrize(
    "paragraph",
    [
        "CORVID - the ledger firm - said on Monday that it would",
        "CORVID - Maker of ledgers. On Monday CORVID said",
        "AI - Everybody talks about it",
        "Corvid (CV) - a ledger firm - said",
        "Lagos - Nigeria's largest city - has a park",
        "On March 3 - the day of the launch - Corvid said",
        "The deal - worth 5 million - closed",
        "Corvid, Heron and Kite said - at last - that they agreed",
        "",
        "-",
    ],
)
def test_prose_with_dashes_is_no_dateline(paragraph: str) -> None:
    """Asides, companies in capitals and plain prose stay prose."""
    assert dateline_of(paragraph, opening=True) is None


def test_place_alone_counts_at_the_opening_only() -> None:
    """Further down, a word in capitals and a dash are more likely a label of the text's own."""
    assert dateline_of("BERLIN - Two ministries agreed", opening=False) is None
    assert dateline_of("BERLIN, May 3 (Wire) - Two ministries agreed", opening=False) is not None


@pytest.mark.parametrize(
    ("line", "published", "author"),
    [
        ("Ledgers, News | November 12, 2018 By:", "2018-11-12", None),
        ("November 12, 2018", "2018-11-12", None),
        ("Published on 12th November 2018 at 10:30 a.m. GMT+8", "2018-11-12", None),
        ("By Jane Roe | 12 Nov. 2018 | 5 min read", "2018-11-12", "Jane Roe"),
        ("Jane Roe • Sept 3, 2020 • Lake Daily", "2020-09-03", None),
        ("Updated: 2018-11-12", "2018-11-12", None),
        ("Shenzhen, November 12, 2018", "2018-11-12", None),
        ("Monday, November 12, 2018 - by Jane Roe and Tom van Poe", "2018-11-12", "Jane Roe and Tom van Poe"),
    ],
)
def test_publication_lines(line: str, published: str, author: str | None) -> None:
    """A line of section, date, time and byline is no prose, and dates the article."""
    found = publication_line(line)
    assert found is not None
    assert found.length == len(line)
    assert found.published == date.fromisoformat(published)
    assert found.author == author


@pytest.mark.parametrize(
    "line",
    [
        "On November 12, 2018, Corvid Launched Its Ledger",
        "Corvid was founded on November 12, 2018",
        "November 12, 2018 - Corvid Launches a New Ledger for Ports",
        "Corvid to List in London by November 12, 2018",
        "November 12",
        "3/4/2018",
    ],
)
def test_headlines_and_prose_with_dates_are_no_publication_lines(line: str) -> None:
    """A date in a headline or sentence does not make it furniture."""
    assert publication_line(line) is None


def test_impossible_date_dates_nothing() -> None:
    """February has no 30th day: the line is furniture, the date unknown."""
    found = publication_line("February 30, 2020")
    assert found is not None
    assert found.published is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("by Jane Roe, Tom Poe and Ana de la Cruz", "Jane Roe, Tom Poe and Ana de la Cruz"),
        ("Written by: Jane Roe | Staff Writer", "Jane Roe"),
        ("By", None),
        ("By:", None),
    ],
)
def test_bylines_name_the_author(line: str, author: str | None) -> None:
    """A byline gives the names as written."""
    found = byline_of(line)
    assert found is not None
    assert found.author == author


@pytest.mark.parametrize("line", ["By then it was late", "By 2025 Corvid wants to grow", "Bystanders", "Jane Roe"])
def test_sentences_with_by_are_no_bylines(line: str) -> None:
    """Prose that starts with "by" stays prose."""
    assert byline_of(line) is None
