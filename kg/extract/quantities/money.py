"""Sums of money and percentages: found in the characters, since parsers stumble over "6.4 billion won"."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.lexicon.currencies import currencies
from kg.extract.lexicon.numerals import DIGITS, LETTER_SCALES, NUMBER, SCALE, SCALES, either, parse_number
from kg.extract.quantities.quantity import Quantity, QuantityKind, qualifier_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

_LETTER = rf"(?:{either([*SCALES, *LETTER_SCALES])})"
_LOW = rf"(?:(?P<low>{DIGITS})\s?(?:[-–—]|to\s)\s?)?"
_SCALED = rf"(?i:(?P<number>(?:{DIGITS})(?:[-\s]?{SCALE}\b)*(?:{_LETTER}\b)?))"
_NATION = r"(?P<nation>(?:[A-Z][\w.]+[-\s]){0,3}?)"
_CONVERTED = re.compile(
    r"[^().;]{0,12}\(\s*(?:US\s+|about|around|some|or|nearly|over|more|than|approximately|roughly|equivalent|to|worth|then|"
    r"at\s+the\s+time|[~≈,]|\s)*|\s*,?\s+(?:or|equivalent\s+to|equal\s+to)\s+(?:about\s+|around\s+|roughly\s+)?"
)
_YUAN = re.compile(r"\b(?:yuan|renminbi|RMB|CNY)\b", re.IGNORECASE)
_YEN = re.compile(r"\b(?:yen|JPY)\b", re.IGNORECASE)
WON_FROM = 100
"""The least sum in won that "N won" can be: "and 3 won" is the verb."""

_PERCENT = re.compile(
    rf"(?<![\w.])(?P<number>{NUMBER})\s?(?:%|(?:percent|per\s+cent|pct|percentage\s+points?|basis\s+points?|bps)\b)",
    re.IGNORECASE,
)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Amounts with the currency before them, and after them."""
    table = currencies()
    symbols = "|".join(re.escape(symbol) for symbol in sorted(table.symbols, key=lambda mark: (-len(mark), mark)))
    codes = either([*map(str.upper, table.codes)])
    nouns = either([*table.nouns])
    before = rf"(?<![\w$])(?:(?P<symbol>{symbols})\s?|(?P<code>{codes})[\s$]?){_LOW}{_SCALED}"
    after = (
        rf"(?<![\w.,$])(?i:{_LOW})(?P<number>(?i:{NUMBER})(?i:{_LETTER}\b)?)[-\s]?"
        rf"(?:(?P<code>{codes})|{_NATION}(?P<noun>(?!pounds?\s+of\b)(?i:{nouns})))(?!\w)"
    )
    return re.compile(before), re.compile(after)


def find_money(doc: Doc, text: str) -> Iterator[Quantity]:
    """All sums of money in the document's text, in order; a range ("$2-3 million") gives both its ends."""
    taken = 0
    previous: Quantity | None = None
    matches = (match for pattern in _patterns() for match in pattern.finditer(text))
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() < taken:
            continue
        for amount in _amounts(doc, match):
            previous = replace(amount, converted=_is_converted(match.string, previous, amount))
            yield previous
            taken = match.end()


def _amounts(doc: Doc, match: re.Match[str]) -> Iterator[Quantity]:
    value = parse_number(match["number"])
    if value is None or (_groups(match, "noun").lower() == "won" and value < WON_FROM):
        return
    currency = _currency(match.string, match)
    low = match["low"] and parse_number(match["low"])
    start = match.start()
    if low is not None and low != "":
        # "$2-3 million": the scale of the second holds for the first.
        scale = parse_number("1" + re.sub(rf"^(?:{DIGITS})", "", match["number"])) or Decimal(1)
        scaled = low * scale if low * scale <= value else low
        yield _money(doc, start, match.end("low"), scaled, currency, "at least")
        start = match.start("number")
    qualifier = "up to" if low else qualifier_of(match.string, start, match.end())
    yield _money(doc, start, _trailing_noun(match.string, match), value, currency, qualifier)


def _money(doc: Doc, start: int, end: int, value: Decimal, currency: str | None, qualifier: str | None) -> Quantity:
    tokens = tokens_of(doc, start, end)
    return Quantity(
        start, end, tokens.start, tokens.end, QuantityKind.MONEY, value, qualifier=qualifier, currency=currency
    )


def _groups(match: re.Match[str], name: str) -> str:
    return (match[name] or "") if name in match.re.groupindex else ""


def _currency(text: str, match: re.Match[str]) -> str | None:
    table = currencies()
    symbol, code, noun = (_groups(match, name) for name in ("symbol", "code", "noun"))
    if symbol:
        yuan = symbol == "¥" and _YUAN.search(text) and not _YEN.search(text)
        return "CNY" if yuan else table.symbols[symbol]
    if code:
        return table.codes[code.lower()]
    words = re.split(r"[-\s]+", _groups(match, "nation").strip(" -").lower())
    for first in range(len(words)):
        named = table.qualified.get(" ".join((*words[first:], noun.lower())))
        if named:
            return named
    return table.nouns[noun.lower()] or _at_home(text, noun.lower())


def _at_home(text: str, noun: str) -> str | None:
    """What a shared noun means in a text that speaks of one only of the countries that use it."""
    meant = {code for name, code in currencies().homes[noun].items() if re.search(rf"\b{re.escape(name)}\b", text)}
    return meant.pop() if len(meant) == 1 else None


@functools.cache
def _repeated_noun() -> re.Pattern[str]:
    return re.compile(rf"[-\s](?i:{either([*currencies().nouns])})\b")


def _trailing_noun(text: str, match: re.Match[str]) -> int:
    """The end of the sum, with a noun that repeats its symbol: "RMB 300 million yuan"."""
    noun = _repeated_noun().match(text, match.end())
    return match.end() if noun is None or _groups(match, "noun") else noun.end()


def _is_converted(text: str, previous: Quantity | None, amount: Quantity) -> bool:
    if previous is None or previous.currency == amount.currency:
        return False
    return bool(_CONVERTED.fullmatch(text[previous.end_char : amount.start_char]))


def find_percentages(doc: Doc, text: str) -> Iterator[Quantity]:
    """All shares in percent, percentage points and basis points."""
    for match in _PERCENT.finditer(text):
        value = parse_number(match["number"])
        if value is not None:
            tokens = tokens_of(doc, match.start(), match.end())
            yield Quantity(
                match.start(),
                match.end(),
                tokens.start,
                tokens.end,
                QuantityKind.PERCENT,
                value,
                qualifier=qualifier_of(match.string, match.start(), match.end()),
            )
