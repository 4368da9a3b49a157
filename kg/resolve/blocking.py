"""Blocking: keys under which groups that may be one thing meet, so that never all pairs are compared."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kg.naming import Kind, core_tokens, is_acronym
from kg.naming.acronyms import initial_variants
from kg.naming.forms import bracket_variants, content_tokens, fold, head_of, readings, romanized_key, singular, squeezed
from kg.naming.lexicon import REGION_WORDS
from kg.naming.persons import family_names, given_names, parse_person
from kg.resolve.records import is_full_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.resolve.groups import Group

LONG_BLOCK: Final = 6
"""Groups of one kind above which a name is compared with the most frequent ones and those of like company alone: what a
name costs must not grow with the number of its namesakes, nor with that of a name's misspellings."""
OFTEN: Final = 3
"""How many of the most frequent groups those are."""


class Block:
    """Groups that share a key, perhaps of one `kind`. A long one shows the most frequent and those of like company."""

    __slots__ = ("_beside", "_groups", "_often", "kind", "records")

    def __init__(self, groups: list[Group], kind: Kind | None = None) -> None:
        self.kind = kind
        self.records = sum(len(group.records) for group in groups)
        self._groups = groups
        self._often: list[Group] = []
        self._beside: dict[str, list[Group]] = {}

    @property
    def is_long(self) -> bool:
        """Whether it holds more groups than a name can be compared with."""
        return len(self._groups) > LONG_BLOCK

    def near(self, neighbours: Iterable[str]) -> Iterable[Group]:
        """Return the groups to compare a thing with, given what is named beside it."""
        if not self.is_long:
            return self._groups
        if not self._often:
            self._often = sorted(self._groups, key=lambda group: (-len(group.records), group.id))[:OFTEN]
            beside: dict[str, list[Group]] = defaultdict(list)
            for group in self._groups:
                for name in group.neighbours:
                    beside[name].append(group)
            self._beside = {name: found for name, found in beside.items() if len(found) <= OFTEN}
        return [*self._often, *(group for name in neighbours for group in self._beside.get(name, ()))]


class LongNames:
    """Things by the keys under which short forms find them: of their own names, and of the short forms used for them.

    Only keys that a short form asks for are kept, which are few of all.
    """

    def __init__(self, groups: Iterable[Group], places: frozenset[str]) -> None:
        groups = list(groups)
        self._asked = {group.id: _asked(group) for group in groups}
        wanted = {key for found in self._asked.values() for key, _ in found}
        offered: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            for key in _offered(group, places):
                if key in wanted:
                    offered[key].append(group)
        self._groups = dict(offered)
        self._blocks: dict[str, tuple[Block, ...]] = {}

    def blocks(self, group: Group) -> list[Block]:
        """Return the blocks of things for which a name of `group` can be short; full names see short ones alone."""
        asked = self._asked[group.id]
        return [block for key, full in asked for block in self._parted(key) if not (full and block.is_long)]

    def _parted(self, key: str) -> tuple[Block, ...]:
        """Return the groups of a key by kind."""
        if key not in self._groups:
            return ()
        if key not in self._blocks:
            by_kind: dict[Kind, list[Group]] = defaultdict(list)
            for group in self._groups[key]:
                by_kind[group.kind].append(group)
            self._blocks[key] = tuple(Block(found, kind) for kind, found in sorted(by_kind.items()))
        return self._blocks[key]


def _asked(group: Group) -> tuple[tuple[str, bool], ...]:
    """Return the keys of a group's names as short forms, sorted, each with whether full names alone have it."""
    found: dict[str, bool] = {}
    for name in group.forms.values():
        full = is_full_name(name, group.kind)
        for key in short_keys(name, group.kind):
            found[key] = full and found.get(key, True)
    return tuple(sorted(found.items()))


def _offered(group: Group, places: frozenset[str]) -> dict[str, None]:
    kind = group.kind
    keys = dict.fromkeys(key for name in group.own.values() for key in long_keys(name, kind, places))
    keys.update(dict.fromkeys(key for name in group.short.values() for key in short_keys(name, kind)))
    return keys


def variant_keys(name: str, kind: Kind) -> list[str]:
    """Return keys that two spellings of one full name share."""
    return _of_readings(name, kind, _variant_keys)


def _variant_keys(name: str, kind: Kind) -> list[str]:
    words = parse_person(name).parts if kind is Kind.PERSON else core_tokens(name)
    joined = "".join(words)
    keys = ["=" + _undoubled(joined), "t:" + "".join(sorted(joined))]  # letters doubled or dropped; swapped
    if kind is Kind.PLACE:
        return keys[:1]
    content = words if kind is Kind.PERSON else content_tokens(name)
    if len(content) > 1:
        keys.append("o:" + " ".join(sorted(content)))
    if kind is Kind.PERSON:
        return [*keys, f"m:{words[0]} {words[-1]}", f"i:{words[0][:1]} {words[-1]}"] if len(words) > 1 else keys
    if kind is Kind.CONCEPT:
        keys.append("p:" + singular(name))
    keys.append("r:" + romanized_key(name))
    keys += ["b:" + squeezed(variant) for variant in bracket_variants(name)]
    return [*keys, "b:" + joined]


def short_keys(name: str, kind: Kind) -> list[str]:
    """Return the keys under which a short form looks for its long one."""
    return _of_readings(name, kind, _short_keys)


def _of_readings(name: str, kind: Kind, keys: Callable[[str, Kind], list[str]]) -> list[str]:
    found = readings(name)
    return keys(name, kind) if len(found) == 1 else list(dict.fromkeys(key for r in found for key in keys(r, kind)))


def _short_keys(name: str, kind: Kind) -> list[str]:
    if kind is Kind.PERSON:
        parts = parse_person(name).parts
        return ["f:" + parts[0]] if len(parts) == 1 else []
    words = core_tokens(name)
    keys = ["s:" + " ".join(words)]
    if is_acronym(name):
        keys.append("^" + fold(name).replace(".", "").upper())
    if len(words) > 1:
        keys.append(f"h:{words[0]} {head_of(words)}")
    return keys


def long_keys(name: str, kind: Kind, places: frozenset[str]) -> list[str]:
    """Return the keys under which short forms find a long name: lead, tail, initials, first word and head."""
    return _of_readings(name, kind, partial(_long_keys, places=places))


def _long_keys(name: str, kind: Kind, places: frozenset[str]) -> list[str]:
    if kind is Kind.PERSON:
        parts = parse_person(name).parts
        if len(parts) == 1:
            return []
        return ["f:" + word for word in dict.fromkeys((*family_names(parts), *given_names(parts)))]
    words = core_tokens(name)
    keys = {"s:" + " ".join(words[:i]): None for i in range(1, len(words))}
    keys.update({"s:" + " ".join(words[i:]): None for i in range(1, len(words))})
    if len(words) > 2 and (words[0] in REGION_WORDS or words[0] in places):  # noqa: PLR2004 - a place, a name, the rest
        keys.update({"s:" + " ".join(words[1:i]): None for i in range(2, len(words))})
    keys.update({"^" + initials: None for initials in sorted(initial_variants(name))})
    if len(words) > 2:  # noqa: PLR2004 - something stands between first word and head
        keys[f"h:{words[0]} {head_of(words)}"] = None
    return list(keys)


def variant_pairs(groups: Iterable[Group]) -> Iterator[tuple[Group, Group]]:
    """Yield each pair of groups that share a key of spelling, once, the lesser id first."""
    ordered = sorted(groups, key=lambda group: group.id)
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, group in enumerate(ordered):
        names = group.own.values() or group.forms.values()
        for key in dict.fromkeys(key for name in names for key in variant_keys(name, group.kind)):
            blocks[key].append(i)
    seen: set[int] = set()  # of both positions in one number: millions of pairs of ids would take a gigabyte
    for key in sorted(key for key, block in blocks.items() if len(block) > 1):
        for left, right in _pairs(blocks[key], ordered):
            code = left * len(ordered) + right
            if code not in seen:
                seen.add(code)
                yield ordered[left], ordered[right]


def _pairs(block: Sequence[int], groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a block by position, the lesser first; of a long one each with those that it shows."""
    if len(block) <= LONG_BLOCK:
        yield from combinations(block, 2)
        return
    positions = {groups[i].id: i for i in block}
    shown = Block([groups[i] for i in block])
    for i in block:
        for other in shown.near(groups[i].neighbours):
            j = positions[other.id]
            if i != j:
                yield min(i, j), max(i, j)


def candidates(group: Group, blocks: Iterable[Block]) -> list[Group]:
    """Return the groups for one of whose names a name of `group` can be short, sorted by id."""
    found = {other.id: other for block in blocks for other in block.near(group.neighbours) if other.id != group.id}
    return [found[key] for key in sorted(found)]


def _undoubled(word: str) -> str:
    return "".join(char for i, char in enumerate(word) if i == 0 or word[i - 1] != char)
