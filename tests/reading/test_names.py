"""The vote of an article on the types of its names."""

from __future__ import annotations

import numpy as np

from kg.reading.labels import NAME_TYPES
from kg.reading.names import Name, vote


def name(start: int, end: int, **scores: float) -> Name:
    """Build a name whose best type is the one with the highest score."""
    row = np.array([scores.get(kind, 0.0) for kind in NAME_TYPES])
    return Name(start, end, int(row.argmax()), row / row.sum())


def kinds(names: list[Name]) -> list[str]:
    """Give the types by name."""
    return [NAME_TYPES[n.kind] for n in names]


def test_mentions_settle_on_one_type() -> None:
    """The sum of what the mentions say decides, not their number."""
    words = "Orbit grew . Orbit fell . ORBIT rose".split()
    names = [
        name(0, 1, Company=0.9, Product=0.1),
        name(3, 4, Product=0.6, Company=0.4),
        name(6, 7, Product=1, City=0.8),
    ]
    assert kinds(vote(words, names)) == ["Company", "Company", "Company"]


def test_the_article_is_no_part_of_the_name() -> None:
    """A leading "the" does not make it another name."""
    words = "The Blue Fund grew . Blue Fund fell".split()
    names = [name(0, 3, Project=0.9, Company=0.1), name(5, 7, Company=0.6, Project=0.4)]
    assert kinds(vote(words, names)) == ["Project", "Project"]


def test_an_acronym_goes_with_its_long_form() -> None:
    """What stands in brackets right behind a name is that name, there and elsewhere."""
    words = "Bay Tea Association ( BTA ) met . BTA said".split()
    names = [name(0, 3, Association=0.9, Company=0.1), name(4, 5, Company=0.8, Association=0.2), name(8, 9, Company=1)]
    assert kinds(vote(words, names)) == ["Association"] * 3


def test_other_brackets_say_nothing() -> None:
    """A place in brackets behind a name keeps its own type."""
    words = "Bay Tea Works ( Leeds ) met".split()
    names = [name(0, 3, Company=1.0), name(4, 5, City=0.8, Company=0.2)]
    assert kinds(vote(words, names)) == ["Company", "City"]


def test_a_surname_is_the_person() -> None:
    """One word of a full name goes with it."""
    words = "Amina Juma spoke . Juma left . Wang Li and Wang".split()
    names = [
        name(0, 2, Person=1.0),
        name(4, 5, Company=0.6, Person=0.4),
        name(7, 9, Person=1.0),
        name(10, 11, City=0.6, Person=0.4),
    ]
    assert kinds(vote(words, names)) == ["Person"] * 4


def test_dates_do_not_vote() -> None:
    """A year stays a date even if the same word is a number elsewhere."""
    words = "2019 and 2019".split()
    names = [name(0, 1, Date=1.0), name(2, 3, Number=1.0)]
    assert kinds(vote(words, names)) == ["Date", "Number"]


def test_spans_and_order_stay() -> None:
    """The vote changes types and scores only."""
    words = "Orbit and Orbit".split()
    names = [name(0, 1, Company=1.0), name(2, 3, City=1.0)]
    assert [(n.start, n.end) for n in vote(words, names)] == [(0, 1), (2, 3)]
    assert vote([], []) == []
