"""Blocking: keys under which groups that may be one thing meet, so that never all pairs are compared."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kg.naming import Kind, core_tokens, is_acronym
from kg.naming.acronyms import initial_variants
from kg.naming.forms import bracket_variants, content_tokens, fold, head_of, romanized_key, singular, squeezed
from kg.naming.lexicon import REGION_WORDS
from kg.naming.persons import family_names, given_names, parse_person
from kg.resolve.records import is_full_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.resolve.groups import Group

MAX_BLOCK: Final = 60
"""Groups in a block above which a spelling says nothing: 60 groups are 1,770 pairs, some 20 ms."""
LONG_BLOCK: Final = 12
"""Groups above which a short name ("Wang") is compared with the most frequent ones and those of like company alone:
what a name costs must not grow with the number of its namesakes."""
OFTEN: Final = 6
"""How many of the most frequent groups those are."""


class Block:
    """Groups that share a key. A long block shows a short name its most frequent groups and those of like company."""

    def __init__(self) -> None:
        self._groups: list[Group] = []
        self._often: list[Group] = []
        self._beside: dict[str, list[Group]] = {}
        self.records = 0

    def add(self, group: Group) -> None:
        """Add a group; all are added before any is looked for."""
        self._groups.append(group)
        self.records += len(group.records)

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


def variant_keys(name: str, kind: Kind) -> list[str]:
    """Return keys that two spellings of one full name share."""
    words = parse_person(name).parts if kind is Kind.PERSON else core_tokens(name)
    joined = "".join(words)
    keys = ["=" + joined, "t:" + "".join(sorted(_undoubled(joined)))]
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
    """Yield each pair of groups that share a key of spelling, once, in order of their ids."""
    blocks: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        names = group.own.values() or group.forms.values()
        for key in sorted({key for name in names for key in variant_keys(name, group.kind)}):
            blocks[key].append(group)
    seen: set[tuple[str, str]] = set()
    for _, block in sorted(blocks.items()):
        if len(block) > MAX_BLOCK:
            continue
        for left, right in combinations(sorted(block, key=lambda group: group.id), 2):
            if (left.id, right.id) not in seen:
                seen.add((left.id, right.id))
                yield left, right


def long_index(groups: Iterable[Group], places: frozenset[str]) -> dict[str, Block]:
    """Index groups by the keys of their own names, and by the short forms that their articles use for them."""
    index: dict[str, Block] = defaultdict(Block)
    for group in groups:
        kind = group.kind
        keys = {key for name in group.own.values() for key in long_keys(name, kind, places)}
        keys |= {key for name in group.short.values() for key in short_keys(name, kind)}
        for key in sorted(keys):
            index[key].add(group)
    return dict(index)


def blocks_of(group: Group, index: Mapping[str, Block]) -> list[Block]:
    """Return the blocks of things for which a name of `group` can be short; full names are compared in short ones."""
    found = {
        key: block
        for name in sorted(group.forms.values())
        for key in short_keys(name, group.kind)
        if (block := index.get(key)) is not None and not (block.is_long and is_full_name(name, group.kind))
    }
    return [block for _, block in sorted(found.items())]


def candidates(group: Group, blocks: Iterable[Block]) -> list[Group]:
    """Return the groups for one of whose names a name of `group` can be short, sorted by id."""
    found = {other.id: other for block in blocks for other in block.near(group.neighbours) if other.id != group.id}
    return [found[key] for key in sorted(found)]


def _undoubled(word: str) -> str:
    return "".join(char for i, char in enumerate(word) if i == 0 or word[i - 1] != char)
