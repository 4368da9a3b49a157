"""Blocks: which groups a short name is compared with."""

from __future__ import annotations

from kg.naming import Kind
from kg.resolve.blocking import LONG_BLOCK, OFTEN, Block, LongNames, candidates, variant_pairs
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
    groups = [person(i, f"Given{i} Marsh", beside=f"firm {i}") for i in range(LONG_BLOCK)]
    assert list(Block(groups).near(["firm 1"])) == groups


def test_a_long_block_shows_the_frequent_and_those_of_like_company() -> None:
    """Thousands of namesakes cost no more than a few: those written about most, and those beside the same rare name."""
    groups = [person(i, f"Given{i} Marsh", mentions=1 + (i == 7), beside=f"firm {i}") for i in range(1000)]
    short = person(5000, "Marsh", beside="firm 900")
    found = candidates(short, LongNames([*groups, short], frozenset()).blocks(short))
    assert groups[900] in found
    assert groups[7] in found
    assert len(found) <= OFTEN + 1


def test_company_that_everyone_keeps_shows_nobody() -> None:
    """A neighbour that many namesakes have tells none of them."""
    groups = [person(i, f"Given{i} Marsh", beside="firm") for i in range(1000)]
    short = person(5000, "Marsh", beside="firm")
    assert len(candidates(short, LongNames([*groups, short], frozenset()).blocks(short))) == OFTEN


def thing(number: int, name: str, kind: Kind, *, mentions: int = 1) -> Group:
    """A group of equal records of a kind."""
    ids = [f"{number:04d}-{i}" for i in range(mentions)]
    return Group.of([Record(id_, id_, name, (name,), {kind: 1.0}, {}) for id_ in ids])


def test_a_block_is_long_by_things_of_one_kind() -> None:
    """Namesakes of another kind are no rivals: firms of one first word stay few beside any number of products of it."""
    firms = [thing(i, f"Tiderun Firm{i} Works", Kind.ORGANIZATION, mentions=3) for i in range(LONG_BLOCK)]
    products = [thing(100 + i, f"Tiderun Item{i} Works", Kind.PRODUCT) for i in range(LONG_BLOCK + 1)]
    short = thing(900, "Tiderun", Kind.ORGANIZATION)
    blocks = LongNames([*firms, *products, short], frozenset()).blocks(short)
    assert [(block.kind, block.records) for block in blocks] == [(Kind.ORGANIZATION, 3 * LONG_BLOCK)]
    assert set(map(str, candidates(short, blocks))) == set(map(str, firms))


def test_spellings_of_a_long_block_meet_its_most_frequent_group() -> None:
    """However many misspellings a name has, each meets the usual spelling, and their number of pairs stays linear."""
    name = "Petrovela Maritime Logistics Works"
    usual = thing(0, name, Kind.ORGANIZATION, mentions=5)
    places = [i for i in range(1, len(name) - 2) if name[i : i + 2].isalpha()]
    swapped = [name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in places]
    wrong = [thing(1 + i, spelling, Kind.ORGANIZATION) for i, spelling in enumerate(swapped)]
    pairs = [(left.id, right.id) for left, right in variant_pairs([usual, *wrong])]
    assert len(wrong) > LONG_BLOCK
    assert len(set(pairs)) == len(pairs) <= OFTEN * (len(wrong) + 1)
    assert {right for left, right in pairs if left == usual.id} == {group.id for group in wrong}
