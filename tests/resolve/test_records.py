"""Records: what the resolver compares of an article's things."""

from __future__ import annotations

from kg.resolve.records import MOST_NEIGHBOURS, read_records
from tests.resolve.world import extraction


def neighbours_of(count: int) -> set[int]:
    """How many neighbours the records of an article have that names so many companies."""
    things = [("Company", f"Orlo{number} Freight") for number in range(count)]
    return {
        len(record.neighbours) for record in read_records([extraction("a", *things)], {}, published={}, properties={})
    }


def test_what_an_article_names_are_neighbours() -> None:
    """All of it, up to the length of a long report."""
    assert neighbours_of(3) == {3}
    assert neighbours_of(MOST_NEIGHBOURS) == {MOST_NEIGHBOURS}


def test_a_register_has_no_neighbours() -> None:
    """An article of 5 MB names tens of thousands; each keeping all others took more memory than machines have."""
    assert neighbours_of(MOST_NEIGHBOURS + 1) == {0}
