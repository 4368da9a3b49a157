"""Evidence, in bits, that two names name one thing; each part of it with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.naming.acronyms import acronym_of
from kg.naming.forms import (
    alike,
    content_tokens,
    core_tokens,
    normal_form,
    reordered_key,
    romanized_key,
    singular,
    squeezed,
)
from kg.naming.kinds import KINDS, Kind, kind_bits
from kg.naming.persons import PersonRelation, relate_persons
from kg.naming.short_forms import ShortForm, conflicting, is_weak_name, short_form
from kg.naming.typing_errors import one_typing_error

if TYPE_CHECKING:
    from collections.abc import Mapping

SAME_BITS: Final = 14.0
"""Names equal in normal form: two things of one kind share a full name about once in sixteen thousand pairs."""
SINGLE_NAME_BITS: Final = 3.0
"""A lone family name in two articles: the more common ones are borne by one person in a hundred."""
LEGAL_FORM_BITS: Final = 11.0
SPACING_BITS: Final = 10.0
REORDERED_BITS: Final = 9.0
TYPING_BITS: Final = 5.0
ACRONYM_BITS: Final = 2.0
ACRONYM_LETTER_BITS: Final = 1.5
"""An acronym of n letters gives 2 + 1.5 n bits: a letter agrees by chance about once in three, as initials repeat."""
ROMANIZED_BITS: Final = 5.5
"""Names equal but for the romanization of Chinese: the key folds about one letter in ten."""
UNRELATED_BITS: Final = -10.0
CONFLICT_BITS: Final = -14.0
"""As strong as an equal name: a part, a sibling or another given name rules out what the shared words suggest."""
WEAK_NAME_BITS: Final = -6.0
"""A name of common words alone ("Payments Council") is shared by many things."""

_SHORT_BITS: Final[Mapping[ShortForm, float]] = {
    ShortForm.BRACKETS: 9.0, ShortForm.WITHOUT_PLACE: 7.0, ShortForm.DESCRIPTION: 7.0, ShortForm.LEADING: 4.0,
    ShortForm.OWNER: 3.0,
    ShortForm.FAMILY: 2.0, ShortForm.GIVEN: 0.0, ShortForm.SUBSEQUENCE: 4.0,
    ShortForm.HEAD_SUFFIX: 3.0, ShortForm.NAME_PART: 0.0, ShortForm.LAST_WORDS: 0.0, ShortForm.REORDERED: 4.0,
    ShortForm.HEAD_ONLY: -2.0, ShortForm.PART: CONFLICT_BITS,
}  # fmt: skip
_PERSON_BITS: Final[Mapping[PersonRelation, float]] = {
    PersonRelation.SAME: SAME_BITS, PersonRelation.SPACING: LEGAL_FORM_BITS, PersonRelation.REORDERED: REORDERED_BITS,
    PersonRelation.GENERATION: 5.0,
    PersonRelation.MIDDLE: 7.0, PersonRelation.INITIALS: 4.0, PersonRelation.TYPING: 6.0, PersonRelation.FAMILY: 2.0,
    PersonRelation.GIVEN: 0.0, PersonRelation.DIFFERENT: CONFLICT_BITS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The evidence of a pair of names: `weight_bits` is the sum over `reasons`, each written "reason +bits"."""

    weight_bits: float
    reasons: tuple[str, ...]


def compare(
    a: str,
    b: str,
    class_a: str,
    class_b: str,
    *,
    kinds: Mapping[str, Kind] = KINDS,
    places: frozenset[str] = frozenset(),
) -> Comparison:
    """Compare two names of things of two classes; symmetric."""
    kind_a, kind_b = kinds.get(class_a, Kind.THING), kinds.get(class_b, Kind.THING)
    bits, reason = compare_names(a, b, kind_a if kind_a is not Kind.THING else kind_b, places=places)
    class_bits = kind_bits({kind_a: 1.0}, {kind_b: 1.0})
    if not class_bits:
        return Comparison(bits, (explain(reason, bits),))
    return Comparison(
        round(bits + class_bits, 3), (explain(reason, bits), explain(f"{class_a} / {class_b}", class_bits))
    )


def explain(reason: str, bits: float) -> str:
    """Return a reason with its bits, as decisions list it: "same name +14.0"."""
    return f"{reason} {bits:+.1f}"


def compare_names(a: str, b: str, kind: Kind, *, places: frozenset[str] = frozenset()) -> tuple[float, str]:
    """Return the bits of the closest relation of two names of one kind, and the relation in words; symmetric."""
    if kind is Kind.PERSON:
        relation = relate_persons(a, b)
        single = relation is PersonRelation.SAME and len(core_tokens(a)) == 1
        return (SINGLE_NAME_BITS, "same single name") if single else (_PERSON_BITS[relation], relation.value)
    a, b = alike(a, b)
    same = _same(a, b, kind)
    if same is not None:
        return same
    reason = conflicting(a, b, kind, places)
    if reason is not None:
        return CONFLICT_BITS, reason
    return _related(a, b, kind, places)


def _same(a: str, b: str, kind: Kind) -> tuple[float, str] | None:
    weak = WEAK_NAME_BITS if is_weak_name(a) or is_weak_name(b) else 0.0
    if normal_form(a) == normal_form(b):
        return SAME_BITS + weak, "same name"
    if core_tokens(a) == core_tokens(b):
        return LEGAL_FORM_BITS + weak, "same but for legal form or spelling"
    if kind is Kind.CONCEPT and singular(a) == singular(b):
        return SPACING_BITS, "singular and plural"
    if squeezed(a) == squeezed(b):
        return SPACING_BITS + weak, "same but for hyphens and spaces"
    if len(content_tokens(a)) > 1 and reordered_key(a) == reordered_key(b):
        return REORDERED_BITS + weak, "same words in another order"
    return None


def _related(a: str, b: str, kind: Kind, places: frozenset[str]) -> tuple[float, str]:
    if kind is not Kind.PLACE:
        for short, long in ((a, b), (b, a)):
            if acronym_of(short, long):
                letters = sum(char.isalpha() for char in short)
                return ACRONYM_BITS + ACRONYM_LETTER_BITS * letters, f"{short} has the initials of {long}"
    for short, long in ((a, b), (b, a)):
        form = short_form(short, long, kind, places)
        if form is not None:
            return _SHORT_BITS[form], f"{short} is {long} {form.value}"
    if kind is not Kind.PLACE and one_typing_error(a, b):
        return TYPING_BITS, "typing error"
    if kind is not Kind.PLACE and romanized_key(a) == romanized_key(b):
        return ROMANIZED_BITS, "another romanization"
    return UNRELATED_BITS, "different names"


def is_misspelling(a: str, b: str, kind: Kind) -> bool:
    """Say whether two names differ in spelling alone: spaces, one typing error, the romanization; symmetric."""
    if kind is Kind.PERSON:
        return relate_persons(a, b) in (PersonRelation.SPACING, PersonRelation.TYPING)
    a, b = alike(a, b)
    if kind is Kind.PLACE:
        return squeezed(a) == squeezed(b)
    return squeezed(a) == squeezed(b) or one_typing_error(a, b) or romanized_key(a) == romanized_key(b)
