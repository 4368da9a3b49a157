"""Names of persons: titles, family names in either order, initials, middle names."""

from __future__ import annotations

import enum
from functools import lru_cache
from typing import Final, NamedTuple

from kg.naming.forms import CACHE_SIZE, alike, tokens
from kg.naming.lexicon import COMMON_GIVEN, GIVEN_SPELLINGS, NAME_SUFFIXES, SURNAMES_FIRST, TITLES
from kg.naming.typing_errors import is_typing_error

_BEFORE_NAMES: Final = TITLES | {"of", "and"}
_TITLES_AND_NAMES: Final = frozenset({"dean", "king", "prince", "major", "lady"})
_MEN: Final = frozenset("baron congressman emperor king lord mr pope prince sheikh sir spokesman sultan".split())
_WOMEN: Final = frozenset(
    "baroness chairwoman congresswoman dame lady madam madame miss mme mrs ms princess queen spokeswoman".split()
)
FORMS_OF_ADDRESS: Final = frozenset("madam madame miss mme mr mrs ms".split())
"""Titles that everyone has."""
_GENERATIONS: Final = frozenset("ii iii iv jr sr".split())
FULL_NAME_PARTS: Final = 2
"""Parts from which a name is a full name: a given and a family name."""


class PersonName(NamedTuple):
    """A person's name: `titles` before it, `parts` in the order written, `generation` ("jr") where it names one."""

    titles: tuple[str, ...]
    parts: tuple[str, ...]
    generation: str | None = None

    @property
    def form(self) -> str:
        """The name without titles: equal for two ways to write it, unequal for father and son."""
        return " ".join((*self.parts, *filter(None, (self.generation,))))


class PersonRelation(enum.StrEnum):
    """How two names of persons relate."""

    SAME = "same name"
    SPACING = "same name but for hyphens and spaces"
    REORDERED = "family name first or last"
    GENERATION = "with and without the generation"
    MIDDLE = "middle name left out"
    INITIALS = "given name as initial"
    TYPING = "typing error"
    FAMILY = "family name of the full name"
    GIVEN = "given name of the full name"
    DIFFERENT = "different persons by name"


@lru_cache(maxsize=CACHE_SIZE)
def parse_person(surface: str) -> PersonName:
    """Part the titles from a person's name: "Dr. Ada Oduya" -> titles ("dr",), parts ("ada", "oduya").

    Parts that are transliterated in several ways have the usual one ("Muhammad", "Mohamed": "mohammed").
    """
    words = tokens(surface)
    start = 0
    while start < len(words) - 1 and words[start] in _BEFORE_NAMES and not _is_name(words, start):
        start += 1
    end = len(words)
    while end - start > 1 and words[end - 1] in NAME_SUFFIXES:
        end -= 1
    generation = next((word for word in words[end:] if word in _GENERATIONS), None)
    parts = tuple(GIVEN_SPELLINGS.get(word, word) for word in words[start:end])
    return PersonName(words[:start], parts, generation)


def _is_name(words: tuple[str, ...], start: int) -> bool:
    """Say whether a title word is a name here: "Dean" at the start of the two words "Dean Marsh"."""
    return words[start] in _TITLES_AND_NAMES and start == 0 and len(words) == FULL_NAME_PARTS


@lru_cache(maxsize=CACHE_SIZE)
def family_names(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a full name that can be its family name, the likelier first."""
    if len(parts) < FULL_NAME_PARTS:
        return parts
    first, last = parts[0], parts[-1]
    if first in SURNAMES_FIRST and first not in COMMON_GIVEN:
        return (first,) if last not in SURNAMES_FIRST or len(parts) > FULL_NAME_PARTS else (first, last)
    return (last,)


def given_names(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a full name beside its likeliest family name."""
    family = family_names(parts)[:1]
    return tuple(part for part in parts if part not in family)


@lru_cache(maxsize=CACHE_SIZE)
def relate_persons(left: str, right: str) -> PersonRelation:
    """Say how two names of persons relate, the closest relation first; symmetric."""
    left, right = alike(left, right)
    one, two = parse_person(left), parse_person(right)
    a, b = one.parts, two.parts
    if not a or not b or _are_relatives(one, two):
        return PersonRelation.DIFFERENT
    if a == b:
        return PersonRelation.SAME if one.generation == two.generation else PersonRelation.GENERATION
    if "".join(a) == "".join(b):
        return PersonRelation.SPACING
    if len(a) == 1 or len(b) == 1:
        return _relate_part(a, b)
    if sorted(a) == sorted(b) or _squeezed_swap(a, b):
        return PersonRelation.REORDERED
    return _relate_full(a, b)


def _are_relatives(one: PersonName, two: PersonName) -> bool:
    """Say whether titles make one a man and the other a woman, or the names call them father and son."""
    if one.generation and two.generation and one.generation != two.generation:
        return True
    left, right = ((not _MEN.isdisjoint(n.titles), not _WOMEN.isdisjoint(n.titles)) for n in (one, two))
    return (left, right) in {((True, False), (False, True)), ((False, True), (True, False))}


def _relate_part(a: tuple[str, ...], b: tuple[str, ...]) -> PersonRelation:
    short, full = (a, b) if len(a) <= len(b) else (b, a)
    if len(full) == 1:
        return PersonRelation.TYPING if is_typing_error(short[0], full[0]) else PersonRelation.DIFFERENT
    if short[0] in family_names(full):
        return PersonRelation.FAMILY
    given = given_names(full)
    if short[0] in given or short[0] == "".join(given):
        return PersonRelation.GIVEN
    return PersonRelation.DIFFERENT


def _relate_full(a: tuple[str, ...], b: tuple[str, ...]) -> PersonRelation:
    short, full = (a, b) if len(a) <= len(b) else (b, a)
    if a[-1] == b[-1] and a[0] == b[0] and set(short) <= set(full):
        return PersonRelation.MIDDLE
    if short[-1] == full[-1] and _initials_fit(short[:-1], full[:-1]):
        return PersonRelation.INITIALS
    left, right = [part for part in a if part not in b], [part for part in b if part not in a]
    if len(a) == len(b) and len(left) == len(right) == 1 and is_typing_error(left[0], right[0]):
        return PersonRelation.TYPING
    return PersonRelation.DIFFERENT


def _initials_fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether given names agree where one side writes initials ("j" or "jk" for "john" or "john kay")."""
    left, right = _letters(a), _letters(b)
    if left is None and right is None:
        return False
    if left is not None and right is not None:
        return left[0] == right[0] and (left.startswith(right) or right.startswith(left))
    letters, words = (left, b) if left is not None else (right, a)
    return letters is not None and letters == "".join(w[0] for w in words)[: len(letters)]


def _letters(given: tuple[str, ...]) -> str | None:
    if all(len(word) == 1 for word in given):
        return "".join(given)
    if len(given) == 1 and len(given[0]) == FULL_NAME_PARTS and not set(given[0]) & set("aeiouy"):  # "jk" of "J.K."
        return given[0]
    return None


def _squeezed_swap(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether one name is the other with the family name moved and the given name written together."""
    return any(x[0] == y[-1] and "".join(x[1:]) == "".join(y[:-1]) for x, y in ((a, b), (b, a)))
