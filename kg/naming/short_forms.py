"""How a shorter name can stand for a longer one, and where it names a part, a place or another thing instead."""

from __future__ import annotations

import enum
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.naming.acronyms import is_acronym
from kg.naming.forms import (
    CACHE_SIZE,
    alike,
    bracket_variants,
    core_tokens,
    head_of,
    normal_form,
    squeezed,
    strip_legal_suffix,
    tokens,
)
from kg.naming.kinds import KINDS, Kind
from kg.naming.lexicon import (
    CONCEPT_TAILS,
    FUNCTION_WORDS,
    GENERIC,
    GROUP_WORDS,
    PLACE_PARTS,
    REGION_PHRASES,
    REGION_WORDS,
    UNIT_PHRASES,
    UNIT_WORDS,
)
from kg.naming.persons import PersonRelation, parse_person, relate_persons
from kg.naming.typing_errors import one_typing_error

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_PLACES: Final[frozenset[str]] = frozenset()
REORDERED_WORDS: Final = 4
"""Words of a name that may stand in another order in a longer one: fewer are the same by chance."""


class ShortForm(enum.StrEnum):
    """How a short name stands for a long one; `PART` says that it does not."""

    BRACKETS = "without the brackets"
    WITHOUT_PLACE = "without the place"
    DESCRIPTION = "without the description"
    LEADING = "without the leading description"
    OWNER = "without the owner"
    FAMILY = "family name"
    GIVEN = "given name"
    SUBSEQUENCE = "first word and head"
    HEAD_SUFFIX = "description with the head"
    NAME_PART = "first words"
    REORDERED = "in another order without the description"
    LAST_WORDS = "last words"
    HEAD_ONLY = "head alone"
    PART = "part or affiliate"


def is_short_form(short: str, long: str, class_: str, *, kinds: Mapping[str, Kind] = KINDS) -> bool:
    """Say whether `short` can stand for `long`, a name of `class_`, once `long` has been named."""
    form = short_form(short, long, kinds.get(class_, Kind.THING))
    return form is not None and form is not ShortForm.PART


def short_form(short: str, long: str, kind: Kind, places: frozenset[str] = _NO_PLACES) -> ShortForm | None:
    """Return how `short` stands for `long`, or PART, or None where the two have nothing to do with each other.

    `places` are names of places (normal forms) beside the listed ones: they say which branch a name means.
    """
    match kind:
        case Kind.PERSON:
            return _short_person(short, long)
        case Kind.PLACE:
            return _short_place(short, long)
        case Kind.CONCEPT:
            return _short_concept(short, long)
        case _:
            return _short_title(short, long, places)


def _short_person(short: str, long: str) -> ShortForm | None:
    if len(parse_person(short).parts) > 1:
        return None
    relation = relate_persons(short, long)
    return {PersonRelation.FAMILY: ShortForm.FAMILY, PersonRelation.GIVEN: ShortForm.GIVEN}.get(relation)


def _short_title(short: str, long: str, places: frozenset[str]) -> ShortForm | None:
    """Organisations, products and all that bears a composed name."""
    s, full = core_tokens(short), core_tokens(long)
    if s == full or len(s) > len(full):
        return None
    if any(core_tokens(variant) == s for variant in bracket_variants(long)):
        return ShortForm.PART if _ends_in_place(long, places) else ShortForm.BRACKETS
    if full[: len(s)] == s and len(tokens(short)) > len(s) and not _is_whole(long):
        # Written with its own legal form a name is whole: "Orlo Group" is no short form of "Orlo Freight".
        return ShortForm.PART if _is_whole(short) else None
    form = _by_tokens(s, full, whole=_is_whole(long), places=places)
    if form is ShortForm.NAME_PART and long.rsplit(maxsplit=1)[-1][0].islower():
        return ShortForm.DESCRIPTION  # "Lumo graphics cards": what is not in capitals describes
    return form


def _short_place(short: str, long: str) -> ShortForm | None:
    """Places drop the word for their kind alone: "Guizhou province", "Yuhang District"; never another word."""
    s, full = core_tokens(short), core_tokens(long)
    rest = full[len(s) :] if full[: len(s)] == s else full[: -len(s)] if full[-len(s) :] == s else ()
    if rest and all(word in PLACE_PARTS or word in FUNCTION_WORDS for word in rest):
        return ShortForm.DESCRIPTION
    return None


def _short_concept(short: str, long: str) -> ShortForm | None:
    """Technologies and sectors drop "technology", "industry" and the like; every other word makes another concept."""
    s, full = core_tokens(short), core_tokens(long)
    tail = full[len(s) :]
    if full[: len(s)] == s and tail and all(word in CONCEPT_TAILS for word in tail):
        return ShortForm.DESCRIPTION
    return None


def _by_tokens(s: tuple[str, ...], full: tuple[str, ...], *, whole: bool, places: frozenset[str]) -> ShortForm | None:
    bare = _without_leading_places(full, places)
    if bare == s and _names_something(s, places):
        return ShortForm.WITHOUT_PLACE
    for long in dict.fromkeys((full, bare)):
        if long[: len(s)] == s and len(long) > len(s):
            return _by_tail(s, long[len(s) :], whole=whole, places=places)
    if full[-len(s) :] == s:
        return _by_lead(s, full, places)
    return _by_gaps(s, full, places)


def _by_tail(s: tuple[str, ...], tail: tuple[str, ...], *, whole: bool, places: frozenset[str]) -> ShortForm | None:
    if tail[0] in {"of", "for", "in"}:
        return ShortForm.OWNER if len(s) > 1 else ShortForm.HEAD_ONLY if s[0] in GENERIC else None
    if not _is_distinctive(s, places) and not _is_place_brand(s, places):
        return None
    if is_unit_tail(tail, places) and not whole:
        return ShortForm.PART
    if all(word in GENERIC for word in tail):
        return ShortForm.DESCRIPTION
    return ShortForm.NAME_PART


def _by_lead(s: tuple[str, ...], full: tuple[str, ...], places: frozenset[str]) -> ShortForm | None:
    lead = full[: -len(s)]
    if "of" in lead or "of" in s:
        return None
    if all(word in GENERIC for word in s):
        return ShortForm.HEAD_SUFFIX if len(s) > 1 else ShortForm.HEAD_ONLY
    if not _is_distinctive(s, places) or any(_is_place(word, places) for word in s):
        return None
    described = all(word in GENERIC or _is_place(word, places) for word in lead)
    return ShortForm.LEADING if described else ShortForm.LAST_WORDS


def _by_gaps(s: tuple[str, ...], full: tuple[str, ...], places: frozenset[str]) -> ShortForm | None:
    """Head kept, only descriptions (or what stood in brackets) left out; in order, or enough words in another one."""
    if s == (head_of(full),) and s[0] in GENERIC:
        return ShortForm.HEAD_ONLY
    if len(s) < 2 or head_of(s) != head_of(full):  # noqa: PLR2004 - more than a head
        return None
    dropped = list((Counter(full) - Counter(s)).elements())
    if len(dropped) != len(full) - len(s):
        return None
    if all(word in GENERIC for word in s) or not all(word in GENERIC or _is_place(word, places) for word in dropped):
        return None
    rest = iter(full)
    if s[0] == full[0] and all(word in rest for word in s):
        return ShortForm.SUBSEQUENCE
    return ShortForm.REORDERED if len(s) >= REORDERED_WORDS else None


@lru_cache(maxsize=CACHE_SIZE)
def is_unit_tail(tail: tuple[str, ...], places: frozenset[str] = _NO_PLACES) -> bool:
    """Say whether the words after a name make it the name of a part: "Bank", "Asset Management", "Fujian"."""
    if any(phrase == tail[i : i + 2] for phrase in UNIT_PHRASES for i in range(len(tail) - 1)):
        return True
    if any(word in UNIT_WORDS for word in tail) or _is_place(tail[-1], places):
        return True
    return " ".join(tail) in places


@lru_cache(maxsize=CACHE_SIZE)
def conflicting(left: str, right: str, kind: Kind, places: frozenset[str] = _NO_PLACES) -> str | None:
    """Return why two names never name one thing, or None: another given name, a part, a sibling, another place."""
    if kind is Kind.PERSON:
        return "different persons by name" if relate_persons(left, right) is PersonRelation.DIFFERENT else None
    left, right = alike(left, right)
    if squeezed(left) == squeezed(right) or one_typing_error(left, right):
        return None
    for short, long in ((left, right), (right, left)):
        if short_form(short, long, kind, places) is ShortForm.PART:
            return f"{short} / {long}: part or affiliate"
    a, b = core_tokens(left), core_tokens(right)
    if len(a) == len(b) > 1 and a != b:
        reason = _one_word_apart(a, b, places)
        if reason is not None:
            return reason
    return _siblings(a, b, kind)


def _siblings(a: tuple[str, ...], b: tuple[str, ...], kind: Kind) -> str | None:
    """Two names of one first word that go on differently: "X Electronics", "X Motors". Products need a proper word."""
    if min(len(a), len(b)) < 2 or a[0] != b[0] or a[0] in GENERIC or set(a[1:]) & set(b[1:]):  # noqa: PLR2004
        return None
    proper = not all(word in GENERIC for word in (*a[1:], *b[1:]))
    if kind is Kind.ORGANIZATION or (kind is not Kind.PLACE and proper):
        return f"{' '.join(a)} / {' '.join(b)}: siblings"
    return None


def _one_word_apart(a: tuple[str, ...], b: tuple[str, ...], places: frozenset[str]) -> str | None:
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) == 1 and all(_is_place(word, places) for word in differing[0]):
        return f"{differing[0][0]} / {differing[0][1]}: another place"
    return None


def _is_whole(long: str) -> bool:
    """Say whether a long name ends as that of a whole group: the words before describe it ("X Insurance Group")."""
    return tokens(strip_legal_suffix(long))[-1] in GROUP_WORDS


def _ends_in_place(name: str, places: frozenset[str]) -> bool:
    """Say whether a name ends in a place in brackets, as branches do: "X Bank (Asia)"."""
    if not name.endswith(")"):
        return False
    inside = normal_form(name.rpartition("(")[2])
    return inside in places or inside in REGION_PHRASES or inside in REGION_WORDS


def _is_place(word: str, places: frozenset[str]) -> bool:
    return word in REGION_WORDS or word in places


def _without_leading_places(words: tuple[str, ...], places: frozenset[str]) -> tuple[str, ...]:
    for size in (3, 2):
        if len(words) > size and " ".join(words[:size]) in places:
            return words[size:]
    return words[1:] if len(words) > 1 and _is_place(words[0], places) else words


def _is_distinctive(words: tuple[str, ...], places: frozenset[str]) -> bool:
    """Say whether words carry a name: one at least is no common noun, place or lone letter."""
    if " ".join(words) in places:
        return False
    return any(
        (word not in GENERIC or word == "an") and not _is_place(word, places) and len(word) > 1 and not word.isdigit()
        for word in words
    )


def _is_place_brand(words: tuple[str, ...], places: frozenset[str]) -> bool:
    """Say whether words are a place with more ("China Mobile"): a name, although each word alone is common."""
    named = {_is_place(word, places) for word in words}
    return len(words) > 1 and len(named) > 1 and " ".join(words) not in places


def _names_something(words: tuple[str, ...], places: frozenset[str]) -> bool:
    """Say whether words left after a place still name: a distinctive word, or a second place with a description."""
    return _is_distinctive(words, places) or (len(words) > 2 and any(_is_place(word, places) for word in words))  # noqa: PLR2004


def is_weak_name(surface: str) -> bool:
    """Say whether a name consists of common words alone ("Payments Council"): many things can bear it."""
    return all(word in GENERIC for word in core_tokens(surface)) and not is_acronym(surface)
