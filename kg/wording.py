"""Values and choices in words for people."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from kg.model import CountValue, DateValue, MoneyValue, QuantityValue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kg.model import Value

_SUGGESTIONS: Final = 3  # near names that an error offers: more do not fit one line
_SCALED_DECIMALS: Final = 3  # with more, the digits in full read better
_SCALES: Final = ((12, "trillion"), (9, "billion"), (6, "million"))
_MONTHS: Final = tuple("January February March April May June July August September October November December".split())


def in_words(value: Value) -> str:
    """A value for people: "3 September 2019", "over 54", "8 blockchain alliances", "13.4 trillion CNY (fund size)"."""
    match value:
        case DateValue(lexical):
            return _date(lexical)
        case CountValue(number, qualifier):
            return _joined(qualifier, f"{number:,}")
        case QuantityValue(number, unit, qualifier):
            return _joined(qualifier, _number(number), unit)
        case MoneyValue(number, currency, kind, qualifier):
            return _joined(qualifier, _number(number), currency, f"({kind})" if kind else None)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of an error's sentence, `; did you mean A or B?`, where some known names are near, else nothing.

    Names that hold the given one come first, the shortest of them; where none does, those that are spelt like it.
    """
    folded = {each.casefold(): each for each in sorted(known)}
    wanted = name.strip().casefold()
    holding = sorted((each for each in folded if wanted and wanted in each), key=lambda each: (len(each), each))
    near = holding[:_SUGGESTIONS] or difflib.get_close_matches(wanted, folded, n=_SUGGESTIONS)
    return f"; did you mean {' or '.join(folded[each] for each in near)}?" if near else ""


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _date(lexical: str) -> str:
    """A date by the name of its month; as it is where it is none."""
    year, *rest = lexical.split("-")
    if not rest or not all(part.isdigit() for part in rest) or not 1 <= int(rest[0]) <= len(_MONTHS):
        return lexical
    day = str(int(rest[1])) if len(rest) > 1 else None
    return _joined(day, _MONTHS[int(rest[0]) - 1], year)


def _number(number: Decimal) -> str:
    """Grouped digits, or a scale word where a few decimals before it are exact ("13.45 trillion")."""
    for digits, word in _SCALES:
        scaled = number.scaleb(-digits)
        if abs(scaled) >= 1 and scaled == round(scaled, _SCALED_DECIMALS):
            return f"{_plain(scaled)} {word}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
