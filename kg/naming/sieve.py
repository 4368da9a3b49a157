"""The passes by which names of one article are joined, most precise first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.naming.acronyms import acronym_of, initial_variants, introduced_acronym_of, is_acronym, scattered_acronym_of
from kg.naming.forms import (
    CACHE_SIZE,
    content_tokens,
    core_tokens,
    fold,
    normal_form,
    readings,
    reordered_key,
    romanized_key,
    singular,
    squeezed,
)
from kg.naming.kinds import Kind
from kg.naming.persons import PersonRelation, relate_persons
from kg.naming.short_forms import ShortForm, short_form
from kg.naming.typing_errors import one_typing_error

if TYPE_CHECKING:
    from collections.abc import Collection

Test = Callable[[str, str, Kind, frozenset[str]], str | None]
"""(short, long, kind of long, places) -> how short names the same thing, or None."""

_VARIANTS: Final = frozenset({ShortForm.BRACKETS, ShortForm.WITHOUT_PLACE})
_FOLLOWING: Final = frozenset(
    {
        ShortForm.DESCRIPTION,
        ShortForm.LEADING,
        ShortForm.OWNER,
    }
)
_LOOSE: Final = frozenset(
    {
        ShortForm.FAMILY,
        ShortForm.SUBSEQUENCE,
        ShortForm.HEAD_SUFFIX,
        ShortForm.NAME_PART,
        ShortForm.LAST_WORDS,
        ShortForm.REORDERED,
        ShortForm.GIVEN,
        ShortForm.HEAD_ONLY,
    }
)
ROMANIZED_LETTERS: Final = 10
"""Letters of a name from which two that differ in romanization alone are no chance."""
_LOOSE_LETTERS: Final = 4
"""Letters of an acronym from which leading letters of words, not initials alone, are no chance."""
_SAME_PERSON: Final = frozenset(
    {
        PersonRelation.SAME,
        PersonRelation.SPACING,
        PersonRelation.REORDERED,
        PersonRelation.MIDDLE,
        PersonRelation.INITIALS,
    }
)


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of the sieve.

    `unique`: a short name that fits two clusters joins neither (persons: the nearer before it). `after`: the short name
    must follow the long one, titles aside, in other sentences. `close`: the classes must agree.
    """

    test: Test
    unique: bool = True
    after: bool = False
    close: bool = False


def is_variant(short: str, long: str, kind: Kind, places: frozenset[str]) -> str | None:
    """Spellings of one full name: legal form, hyphens, order of words, brackets, leading place."""
    if kind is Kind.PERSON:
        return _is_same_person(short, long)
    if core_tokens(short) == core_tokens(long):
        return "same but for legal form or spelling"
    if squeezed(short) == squeezed(long):
        return "same but for hyphens and spaces"
    if kind is Kind.CONCEPT and singular(short) == singular(long):
        return "singular and plural"
    if kind is not Kind.PLACE and len(content_tokens(short)) > 1 and reordered_key(short) == reordered_key(long):
        return "same words in another order"
    form = short_form(short, long, kind, places)
    return form.value if form in _VARIANTS else None


def _is_same_person(short: str, long: str) -> str | None:
    relation = relate_persons(short, long)
    if relation is PersonRelation.INITIALS and len(short) > len(long):
        return None  # initials look for their name, since they may fit two
    return relation.value if relation in _SAME_PERSON else None


def is_acronym_of(short: str, long: str, kind: Kind, _places: frozenset[str]) -> str | None:
    """Acronyms built from initials."""
    return "acronym by initials" if kind is not Kind.PERSON and acronym_of(short, long) else None


def is_loose_acronym_of(short: str, long: str, kind: Kind, _places: frozenset[str]) -> str | None:
    """Acronyms of four letters and more that take several letters of a word ("FISCO")."""
    if kind is Kind.PERSON or sum(map(str.isalpha, short)) < _LOOSE_LETTERS or not scattered_acronym_of(short, long):
        return None
    return "acronym by leading letters"


def is_typing_variant(short: str, long: str, kind: Kind, _places: frozenset[str]) -> str | None:
    """One typing error, or another romanization; places are left alone: many differ by a letter."""
    if kind is Kind.PERSON:
        return "typing error" if relate_persons(short, long) is PersonRelation.TYPING else None
    if kind is Kind.PLACE:
        return None
    if one_typing_error(short, long):
        return "typing error"
    long_enough = len(squeezed(long)) >= ROMANIZED_LETTERS
    return "another romanization" if long_enough and romanized_key(short) == romanized_key(long) else None


def is_bracketed(short: str, full: str, introduced: Collection[str], *, alike: bool) -> str | None:
    """Say whether `short` was set in brackets after `full` (`introduced`: the names before such brackets).

    Between things of one kind (`alike`) the brackets alone say so, in whatever language the letters are meant.
    """
    if normal_form(full) not in {normal_form(name) for name in introduced}:
        return None
    if introduced_acronym_of(short, full):
        return "acronym in brackets"
    return "in brackets" if alike and len(short.split()) == 1 else None


@lru_cache(maxsize=CACHE_SIZE)
def keys_of(surface: str) -> tuple[str, ...]:
    """Return the keys, one of which a name shares with every name that it may be joined with."""
    return tuple(dict.fromkeys(key for reading in readings(surface) for key in _keys_as_read(reading)))


def _keys_as_read(surface: str) -> dict[str, None]:
    words = core_tokens(surface)
    keys = dict.fromkeys(words)
    keys.update(dict.fromkeys("~" + "".join(sorted(set(word))) for word in words))
    keys["=" + squeezed(surface)] = None
    keys["=" + singular(surface)] = None
    keys["~" + romanized_key(surface)] = None
    if len(words) > 1:
        keys["@" + words[0][:1]] = None
    if is_acronym(surface):
        keys["@" + fold(surface)[:1]] = None
        keys["^" + fold(surface).replace(".", "").removesuffix("'s").upper()] = None
    keys.update(dict.fromkeys("^" + initials for initials in sorted(initial_variants(surface))))
    return keys


def _by_form(forms: frozenset[ShortForm]) -> Test:
    def test(short: str, long: str, kind: Kind, places: frozenset[str]) -> str | None:
        form = short_form(short, long, kind, places)
        return form.value if form in forms else None

    return test


PASSES: Final = (
    Pass(is_variant, unique=False),
    Pass(is_acronym_of),
    Pass(_by_form(_FOLLOWING), after=True, close=True),
    Pass(_by_form(_LOOSE), after=True, close=True),
    Pass(is_loose_acronym_of, close=True),
    Pass(is_typing_variant),
)
"""In order of precision; acronyms in brackets come before all (see `clusters`)."""
