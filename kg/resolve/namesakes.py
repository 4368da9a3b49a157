"""Persons of one full name who are several: parted by posts that nobody holds at once."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kg.resolve.evidence import MARGIN_BITS, MERGE_BITS, Evidence
from kg.resolve.groups import Group
from kg.resolve.posts import TWO_POSTS_BITS, post_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.resolve.records import Record

    Weigh = Callable[[Group, Group], Evidence]


def may_be_several(records: Sequence[Record]) -> bool:
    """Say whether two records of one name hold different posts at once."""
    posts = sorted({record.posts for record in records if record.posts}, key=repr)
    return any(post_evidence(a, b)[0] <= TWO_POSTS_BITS for a, b in combinations(posts, 2))


def part_namesakes(records: Sequence[Record], name: str, weigh: Weigh) -> list[Group]:
    """Group the records of one name; where they are several persons, the groups are marked as namesakes.

    Records with posts find each other first, each joining the person that it fits best. The others follow where one
    person clearly fits better than the rest, and stay together by themselves where none does.
    """
    ordered = sorted(records, key=lambda record: record.id)
    persons: list[Group] = []
    for record in ordered:
        if record.posts:
            single = Group.of([record])
            ranked = _ranked(single, persons, weigh)
            if ranked and ranked[0][0] >= MERGE_BITS:
                ranked[0][1].absorb(single)
            else:
                persons.append(single)
    if len(persons) == 1:
        return [Group.of(ordered)]
    rest: list[Record] = []
    for record in ordered:
        if not record.posts:
            single = Group.of([record])
            first, second = _ranked(single, persons, weigh)[:2]
            if first[0] - second[0] >= MARGIN_BITS:
                first[1].absorb(single)
            else:
                rest.append(record)
    found = [*persons, *([Group.of(rest)] if rest else [])]
    for group in found:
        group.namesakes = name
    return sorted(found, key=lambda group: group.id)


def _ranked(single: Group, persons: Sequence[Group], weigh: Weigh) -> list[tuple[float, Group]]:
    weighed = [(weigh(single, person).bits, person) for person in persons]
    return sorted(weighed, key=lambda item: (-item[0], item[1].id))
