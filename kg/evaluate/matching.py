"""When something built is what gold means: names, values, roles, classes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from kg.model import CountValue, DateValue, MoneyValue, QuantityValue

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.evaluate.gold import Form, GoldArticle, GoldFact
    from kg.model import Entity, Value

SYMMETRIC: Final = frozenset({"partnersWith"})
_PARENT: Final = {
    "City": "Place", "Region": "Place", "Country": "Place", "Company": "Organization", "Alliance": "Organization",
    "Association": "Organization", "GovernmentBody": "Organization", "University": "Organization",
    "Platform": "Product",
}  # fmt: skip
"""What gold takes as one step up: a platform may pass for a product."""

_NEAR: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("City", "Region"), ("Region", "Country"), ("City", "Country"), ("Alliance", "Association"),
        ("Platform", "Project"), ("Facility", "Place"), ("Facility", "Region"),
    )
)  # fmt: skip
"""Classes on whose border readers differ."""

_RANK_WORDS: Final = frozenset(
    "vice deputy former ex acting interim assistant associate co honorary senior executive".split()
)
_CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "yuan": "CNY", "rmb": "CNY",
    "renminbi": "CNY", "cny": "CNY", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP",
    "hk$": "HKD", "hkd": "HKD", "krw": "KRW", "won": "KRW", "jpy": "JPY", "yen": "JPY", "sgd": "SGD", "s$": "SGD",
    "inr": "INR",
}  # fmt: skip
_SCALES: Final = {"thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bln": 1e9, "trillion": 1e12}
_STEM: Final = 5  # letters by which two nouns are held to be one: "member", "members"
_RELATIVE_ERROR: Final = 1e-6
_YEAR: Final = 4  # characters of the least exact date

# Votes by which a node stands for a gold entity; see `stand_for`.
_LABEL_VOTE: Final = 1.5
_CANONICAL_VOTE: Final = 0.25


def normal(text: str) -> str:
    """A name without case, punctuation, possessive and leading article."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    bare = re.sub(r"[^\w\s]", " ", re.sub(r"'s\b", "", folded))
    return re.sub(r"^(the|a|an)\s+", "", re.sub(r"\s+", " ", bare).strip())


def stand_for(entities: Collection[Entity], gold: GoldArticle) -> tuple[dict[str, str], int]:
    """Entity key -> the one gold id that it stands for, and how many entities carry two canonical names.

    An entity stands for the gold entity that most of its labels name. Only labels that stand in the article count, so
    names heaped on a node gain nothing; its main label counts more.
    """
    text = f" {normal(gold.text)} "
    names = {i: {normal(name) for name in entity.names} for i, entity in gold.entities.items()}
    canonical = {i: normal(entity.name) for i, entity in gold.entities.items()}
    found: dict[str, str] = {}
    overmerged = 0
    for entity in entities:
        own = {normal(label) for label in (entity.label, *entity.aliases)}
        labels = {label for label in own if f" {label} " in text}
        labels |= {label for label in own if label in canonical.values() and not any(other in text for other in own)}
        main = normal(entity.label)
        votes = {
            i: len(labels & names[i]) + _LABEL_VOTE * (main in names[i]) + _CANONICAL_VOTE * (canonical[i] in labels)
            for i in names
        }
        best = max(votes.values(), default=0)
        if best >= 1:
            found[entity.key] = min(i for i, vote in votes.items() if vote == best)
        carried = [canonical[i] for i in names if canonical[i] in labels]
        overmerged += sum(f" {name} " in text for name in carried) > 1 and len(set(carried)) > 1
    return found, overmerged


def is_class(class_: str, gold: Collection[str]) -> bool:
    """Whether a class is one of gold's, or one step above, below or beside it."""
    return any(
        class_ == other or _PARENT.get(class_) == other or _PARENT.get(other) == class_ or {class_, other} in _NEAR
        for other in gold
    )


def states(fact: GoldFact, subject: Collection[str], property_: str, obj: Collection[str], value: Value | None) -> bool:
    """Whether gold has this fact, in any of its forms; `subject` and `obj` are the gold ids that the ends stand for."""
    return any(_has_form(form, fact, subject, property_, obj, value) for form in fact.forms)


def _has_form(
    form: Form, fact: GoldFact, subject: Collection[str], property_: str, obj: Collection[str], value: Value | None
) -> bool:
    if property_ not in form.properties:
        return False
    forward = bool(form.subjects & set(subject))
    if value is not None:
        return forward and any(_same_value(written, fact.kind, value) for written in form.values)
    if form.object is None:
        return False
    backward = property_ in SYMMETRIC and form.object in subject and bool(form.subjects & set(obj))
    return (forward and form.object in obj) or backward


def _same_value(gold: str, kind: str | None, value: Value) -> bool:
    """A date may be less exact than gold's; numbers must agree, and the noun or currency where both have one."""
    match value:
        case DateValue(lexical):
            return len(lexical) >= _YEAR and gold[:10].startswith(lexical)
        case CountValue(count):
            return _same_number(gold, float(count))
        case QuantityValue(amount, unit):
            return _same_number(gold, float(amount)) and _shares_noun(kind or "", unit)
        case MoneyValue(amount, currency):
            wanted, own = _currency(gold), _currency(currency)
            return _same_number(gold, float(amount)) and (wanted is None or own is None or wanted == own)


def _same_number(gold: str, value: float) -> bool:
    match = re.search(r"(\d[\d,]*(?:\.\d+)?(?:e\d+)?)[\s-]*([a-z]*)", gold.casefold())
    if match is None:
        return False
    wanted = float(match[1].replace(",", "")) * _SCALES.get(match[2], 1)
    return abs(wanted - value) <= _RELATIVE_ERROR * max(abs(wanted), 1)


def _currency(text: str) -> str | None:
    words = re.findall(r"us\$|hk\$|s\$|[$€£]|[a-z]+", text.casefold())
    return next((_CURRENCIES[word] for word in words if word in _CURRENCIES), None)


def _shares_noun(left: str, right: str) -> bool:
    stems = [{word[:_STEM] for word in normal(text).split() if len(word) > 2} for text in (left, right)]  # noqa: PLR2004
    return not stems[0] or not stems[1] or bool(stems[0] & stems[1])


def same_role(gold: str, built: str) -> bool:
    """Whether two roles are the same words up to articles, or one has more of them; a rank word may not differ."""
    left, right = (
        {w for w in normal(text).split() if w not in {"the", "a", "an", "of", "and"}} for text in (gold, built)
    )
    return bool(left and right) and left & _RANK_WORDS == right & _RANK_WORDS and (left <= right or right <= left)


def reaches(found: Mapping[str, str], gold: GoldArticle, key: str) -> set[str]:
    """The gold ids that an entity may stand for: its own, and those that are interchangeable with it."""
    own = found.get(key)
    return {own, *gold.same.get(own, ())} if own is not None else set()
