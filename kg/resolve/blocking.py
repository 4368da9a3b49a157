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
"""Groups in a block above which a key says nothing ("Wang"): 60 groups are 1,770 pairs, some 20 ms."""


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


def long_index(groups: Iterable[Group], places: frozenset[str]) -> dict[str, list[Group]]:
    """Index groups by the keys of their own names, and by the short forms that their articles use for them."""
    index: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        kind = group.kind
        keys = {key for name in group.own.values() for key in long_keys(name, kind, places)}
        keys |= {key for name in group.short.values() for key in short_keys(name, kind)}
        for key in sorted(keys):
            index[key].append(group)
    return index


def candidates(group: Group, index: Mapping[str, list[Group]]) -> list[Group]:
    """Return the groups for one of whose names a name of `group` can be short, sorted by id."""
    found: dict[str, Group] = {}
    for name in sorted(group.forms.values()):
        for key in short_keys(name, group.kind):
            block = index.get(key, ())
            if len(block) <= MAX_BLOCK or not is_full_name(name, group.kind):
                found.update({other.id: other for other in block if other.id != group.id})
    return [found[key] for key in sorted(found)]


def _undoubled(word: str) -> str:
    return "".join(char for i, char in enumerate(word) if i == 0 or word[i - 1] != char)
