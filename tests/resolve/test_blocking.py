"""Blocks: which groups a short name is compared with."""

from __future__ import annotations

from kg.naming import Kind
from kg.resolve.blocking import LONG_BLOCK, OFTEN, Block, blocks_of, candidates, long_index
from kg.resolve.groups import Group
from kg.resolve.records import Record


def person(number: int, name: str, *, mentions: int = 1, beside: str) -> Group:
    """A group of equal records."""
    records = [
        Record(f"{number:04d}-{i}", f"{number:04d}-{i}", name, (name,), {Kind.PERSON: 1.0}, {}, frozenset({beside}))
        for i in range(mentions)
    ]
    return Group.of(records)


def test_a_short_block_shows_all() -> None:
    """Few namesakes: each is compared."""
    block = Block()
    groups = [person(i, f"Given{i} Marsh", beside=f"firm {i}") for i in range(LONG_BLOCK)]
    for group in groups:
        block.add(group)
    assert list(block.near(["firm 1"])) == groups


def test_a_long_block_shows_the_frequent_and_those_of_like_company() -> None:
    """Thousands of namesakes cost no more than a few: those written about most, and those beside the same rare name."""
    groups = [person(i, f"Given{i} Marsh", mentions=1 + (i == 7), beside=f"firm {i}") for i in range(1000)]
    short = person(5000, "Marsh", beside="firm 900")
    found = candidates(short, blocks_of(short, long_index([*groups, short], frozenset())))
    assert groups[900] in found
    assert groups[7] in found
    assert len(found) <= OFTEN + 1


def test_company_that_everyone_keeps_shows_nobody() -> None:
    """A neighbour that many namesakes have tells none of them."""
    groups = [person(i, f"Given{i} Marsh", beside="firm") for i in range(1000)]
    short = person(5000, "Marsh", beside="firm")
    assert len(candidates(short, blocks_of(short, long_index(groups, frozenset())))) == OFTEN
