"""How English writes dates: one rule per shape, a pattern with the reading of its parts.

Patterns are matched without regard to case; `accept` then looks at capitals and neighbours. A group `sep` parts the two
ends of a range.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.dates import readings
from kg.extract.lexicon.calendar import (
    DAY,
    FULL_MONTH,
    MONTH_WORD,
    PART,
    RELATIVE,
    SEASON_WORD,
    WEEKDAY_WORD,
    YEAR,
    YEAR_PART,
)
from kg.extract.lexicon.numerals import NUMBER

Accept = Callable[["re.Match[str]"], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape of a date. `read` resolves a match, `read_end` the second part of a range where `sep` matched."""

    pattern: re.Pattern[str]
    read: readings.Read
    accept: Accept = lambda _: True
    read_end: readings.Read | None = None


_YEAR_TAIL = (
    rf"(?:,?\s+(?:of\s+|in\s+)?(?:(?P<year>{YEAR})"
    rf"|(?:the\s+)?(?P<rel>last|this|next|that|same|following|previous)\s+year\b))?"
)
_RANGE = r"(?P<sep>\s*[-–—]\s*|\s+(?:to|through|until|and)\s+)"
_DAY_END = rf"(?:{_RANGE}(?P<day2>{DAY})(?!\s+(?!January|\w+ber|\w+ary|\d)[a-z])(?!-))?"
_WEEKDAY = rf"(?:{WEEKDAY_WORD},?\s+(?:the\s+)?)?"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.$€£¥/-])(?:{source})(?!\w)", re.IGNORECASE)


_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|before|after|during|through|throughout|for|to|and|between|around|circa|"
    r"year|early|late|mid|end|as|starting|beginning|than|into|or|spring|summer|autumn|fall|winter|Christmas|\d{4},|\d{4}\sand)"
    r"[-\s]+(?:about\s+|around\s+|calendar\s+|the\s+year\s+)?|[(\[])$",
    re.IGNORECASE,
)
_YEAR_AS_SUBJECT = re.compile(r"\s+(?:was|is|saw|will|has|marks|marked|brought)\b")
_YEAR_AS_ATTRIBUTE = re.compile(r"\b(?:the|its|their|his|her|a|'s|’s)\s+$", re.IGNORECASE)
_EVENT_NOUN = re.compile(
    r"\s+(?:launch|debut|founding|foundation|inception|establishment|creation|opening|start|merger|acquisition|"
    r"takeover|purchase|deal|agreement|round|funding|investment)\b"
)
_COUNTED_AFTER = re.compile(
    r"\s+(?:(?:other|new|small|large|of\s+the)\s+)*(?:people|companies|firms|members|enterprises|users|jobs|"
    r"employees|staff|residents|shops|units|percent|per\s+cent|metres|meters|miles|km|tonnes|tons|million|billion)\b",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|from|by|until|till|to|and|between|of|for|during|before|after|through|or|early|late|mid|"
    r"starting|beginning|as\s+of|that|on)[-\s]+$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    r"(?:^|[\s\"'“(])(?!On\b|Last\b|Late\b|Early\b|In\b|By\b|Since\b|Said\b|Until\b|From\b)[A-Z][\w&]*\s+$"
)
_NAME_AFTER = re.compile(
    r"\s+(?!In\b|At\b|As\b|On\b|For\b|With\b|To\b|By\b|After\b|And\b|Morning\b|Night\b)[A-Z]|\.[a-z]"
)


def _capital(match: re.Match[str], group: str) -> bool:
    return match[group][0].isupper()


def _accept_year(match: re.Match[str]) -> bool:
    """A bare figure is a year after a preposition, as a subject, or before the noun of an event."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if _COUNTED_AFTER.match(after):
        return False
    if _YEAR_AS_ATTRIBUTE.search(before):
        return bool(_EVENT_NOUN.match(after))
    return bool(_YEAR_BEFORE.search(before) or _YEAR_AS_SUBJECT.match(after))


def _accept_month(match: re.Match[str]) -> bool:
    """Whether it is a month: "May" and "March" are words, and names of people, too."""
    alone = not match["part"] and not match["rel"]
    return _capital(match, "month") and not (alone and not _MONTH_BEFORE.search(match.string[: match.start()]))


def _accept_dated_month(match: re.Match[str]) -> bool:
    return _capital(match, "month")


def _accept_relative(match: re.Match[str]) -> bool:
    """Whether it is a date: "the last year of the project" and "the next month" are stretches, no dates."""
    return not re.search(
        r"\b(?:the|a|its|their|his|her|every|each|very)\s+$", match.string[: match.start()], re.IGNORECASE
    )


def _accept_weekday(match: re.Match[str]) -> bool:
    """Whether it is a day: "Black Friday" and "Monday.com" are names."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if re.search(r"\bon\s+$", before, re.IGNORECASE):
        return not re.match(r"\.[a-z]", after)
    return _capital(match, "weekday") and not _NAME_BEFORE.search(before) and not _NAME_AFTER.match(after)


def _accept_quarter(match: re.Match[str]) -> bool:
    """Halves and quarters stand for a time only with their year, or a quarter after "the"."""
    if readings.says_year(match) or re.search(r"\bthe\s+year$", match[0], re.IGNORECASE):
        return True
    before = match.string[: match.start()]
    return "quarter" in match["part"].lower() and bool(
        re.search(r"\b(?:in|during|for|by|of|since)\s+the\s+$", before, re.IGNORECASE)
    )


RULES: tuple[Rule, ...] = (
    Rule(_pattern(rf"(?P<year>{YEAR})([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)"), readings.read_iso),
    Rule(_pattern(rf"(?P<first>\d\d?)([-/.])(?P<second>\d\d?)\2(?P<year>{YEAR})"), readings.read_slashes),
    Rule(
        _pattern(rf"{_WEEKDAY}(?P<month>{MONTH_WORD})\s+(?:the\s+)?(?P<day>{DAY}){_DAY_END}{_YEAR_TAIL}"),
        readings.read_day,
        _accept_dated_month,
        readings.read_day_end,
    ),
    Rule(
        _pattern(
            rf"{_WEEKDAY}(?P<day>{DAY})(?:{_RANGE}(?P<day2>{DAY}))?\s+(?:of\s+)?(?P<month>{MONTH_WORD}){_YEAR_TAIL}"
        ),
        readings.read_day,
        _accept_dated_month,
        readings.read_day_end,
    ),
    Rule(
        _pattern(rf"(?P<part>{PART})?(?P<month>{MONTH_WORD}){_YEAR_TAIL.removesuffix('?')}"),
        readings.read_month,
        _accept_dated_month,
    ),
    Rule(_pattern(rf"(?P<part>{PART})?(?P<month>{FULL_MONTH})(?P<year>)(?P<rel>)"), readings.read_month, _accept_month),
    Rule(
        _pattern(rf"(?:{PART})?(?P<rel>{RELATIVE})\s+(?P<month>{FULL_MONTH})(?:\s+(?P<day>{DAY}))?"),
        readings.read_relative_month,
        _accept_dated_month,
    ),
    Rule(
        _pattern(rf"(?:{PART})?(?P<part>{YEAR_PART})(?:,?\s+(?:of\s+)?the\s+year|{_YEAR_TAIL})"),
        readings.read_part,
        _accept_quarter,
    ),
    Rule(_pattern(rf"(?:{PART})?{SEASON_WORD}\s+(?:of\s+)?(?P<year>{YEAR})"), readings.read_year),
    Rule(_pattern(rf"(?:{PART}|late\s+|early\s+)?winter\s+(?:of\s+)?(?P<year>{YEAR})"), readings.read_year),
    Rule(
        _pattern(rf"(?P<year>{YEAR})(?P<sep>\s*[-–—/]\s*)(?P<year2>{YEAR}|\d\d(?![\d-]))"),
        readings.read_year,
        read_end=readings.read_year_end,
    ),
    Rule(_pattern(rf"(?:{PART})(?P<year>{YEAR})"), readings.read_year),
    Rule(
        _pattern(rf"(?:FY|(?:fiscal|financial)(?:\s+year)?)\s*'?(?P<year>{YEAR}|\d\d)(?:[-/]\d\d)?"),
        readings.read_short_year,
    ),
    Rule(_pattern(rf"(?:[1-4]Q|Q[1-4]\s*'?|[12]H|H[12]\s*'?)(?P<year>{YEAR}|\d\d)"), readings.read_short_year),
    Rule(_pattern(rf"(?P<year>{YEAR})\s+(?:Q[1-4]|H[12])"), readings.read_year),
    Rule(_pattern(rf"(?P<year>{YEAR})"), readings.read_year, _accept_year),
    Rule(_pattern(r"year-?end|(?:the\s+)?end\s+of\s+the\s+year|the\s+year[’']s\s+end"), readings.read_year_close),
    Rule(
        _pattern(
            rf"(?:{PART}|(?:earlier|later)\s+)?(?:the\s+)?(?P<rel>last|this|next|(?<=the\s)(?:same|following|previous|coming)|that)"
            rf"\s+(?P<unit>year|month|quarter|week|weekend|{SEASON_WORD})"
        ),
        readings.read_relative_unit,
        lambda match: (
            _accept_relative(match) and not re.match(r"the\s+(?:last|this|next|that)", match[0], re.IGNORECASE)
        ),
    ),
    Rule(
        _pattern(rf"(?P<rel>{RELATIVE}|this\s+(?P<past>past|coming))\s+(?P<weekday>{WEEKDAY_WORD})"),
        readings.read_relative_weekday,
        lambda match: not match["past"],
    ),
    Rule(
        _pattern(rf"(?:late\s+|early\s+)?(?P<weekday>{WEEKDAY_WORD})(?:\s+(?P<rel>{RELATIVE})\s+week\b)?"),
        readings.read_weekday,
        _accept_weekday,
    ),
    Rule(
        _pattern(rf"(?P<word>{'|'.join(key.replace(' ', r'[ ]') for key in readings.DEICTIC_DAYS)})(?![’']s)"),
        readings.read_deictic,
    ),
    Rule(
        _pattern(
            rf"(?P<vague>(?:about|around|nearly|almost|over|some|roughly|more\s+than|less\s+than|at\s+least)\s+)?"
            rf"(?P<count>an?|{NUMBER})\s+(?P<unit>day|week|month|year)s?\s+(?P<where>ago|earlier|later|from\s+now)"
        ),
        readings.read_distance,
    ),
    Rule(
        _pattern(
            r"(?<=\bon\sthe\s)(?P<day>\d\d?(?:st|nd|rd|th))(?:\s+of\s+(?P<rel>last|this|next)\s+month|(?=[,.;]|\s+(?:the|in|at|by|and|with|it)\b))"
        ),
        readings.read_day_of_month,
    ),
)
