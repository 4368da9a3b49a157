"""How English writes dates: one rule per shape, a pattern with the reading of its parts.

Patterns are matched without regard to case; `accept` then looks at capitals and neighbours. A group `sep` parts the two
ends of a range.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
    """One shape of a date. `read` resolves a match, `read_end` the second part of a range where `sep` matched.

    `initials` are what a match can begin with: letters in lower case, `DIGIT` for any figure.
    """

    pattern: re.Pattern[str]
    initials: frozenset[str]
    read: readings.Read
    accept: Accept = lambda _: True
    read_end: readings.Read | None = None

    def matches(self, text: str, starts: Iterable[tuple[int, str]]) -> Iterator[re.Match[str]]:
        """All matches, as `re.finditer` gives them; `starts` are those of the text by `starts_in`."""
        end = 0
        for start, initial in starts:
            if initial in self.initials and start >= end and (match := self.pattern.match(text, start)):
                yield match
                end = match.end()


DIGIT = "0"
"""Stands for all figures among initials."""

REACH_CHARS = 60
"""How far before a date the words stand that make it one."""

_NOT_BEFORE = r"(?<![\w.$€£¥/-])"
_START = re.compile(rf"{_NOT_BEFORE}\w")


def starts_in(text: str) -> list[tuple[int, str]]:
    """Where a date can begin: positions with their initials, in order; patterns are tried there alone."""
    found = ((match.start(), match[0]) for match in _START.finditer(text))
    return [(start, DIGIT if char.isdecimal() else char.casefold()) for start, char in found]


_YEAR_TAIL = (
    rf"(?:,?\s+(?:of\s+|in\s+)?(?:(?P<year>{YEAR})"
    rf"|(?:the\s+)?(?P<rel>last|this|next|that|same|following|previous)\s+year\b))?"
)
_RANGE = r"(?P<sep>\s*[-–—]\s*|\s+(?:to|through|until|and)\s+)"
_DAY_END = rf"(?:{_RANGE}(?P<day2>{DAY})(?!\s+(?!January|\w+ber|\w+ary|\d)[a-z])(?!-))?"
_WEEKDAY = rf"(?:{WEEKDAY_WORD},?\s+(?:the\s+)?)?"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(rf"{_NOT_BEFORE}(?:{source})(?!\w)", re.IGNORECASE)


_FIGURES = frozenset(DIGIT)
_OF_PART = frozenset("bcelmstv")
_OF_MONTH = frozenset("adfjmnos")
_OF_WEEKDAY = frozenset("fmstw")
_OF_RELATIVE = frozenset("lnt")


def _before(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether the pattern, which ends with the end of its text, fits what stands before the match."""
    return pattern.search(match.string, max(0, match.start() - REACH_CHARS), match.start()) is not None


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


_DETERMINER_BEFORE = re.compile(r"\b(?:the|a|its|their|his|her|every|each|very)\s+$", re.IGNORECASE)
_ON_BEFORE = re.compile(r"\bon\s+$", re.IGNORECASE)
_DOMAIN_AFTER = re.compile(r"\.[a-z]")
_IN_THE_BEFORE = re.compile(r"\b(?:in|during|for|by|of|since)\s+the\s+$", re.IGNORECASE)


def _capital(match: re.Match[str], group: str) -> bool:
    return match[group][0].isupper()


def _accept_year(match: re.Match[str]) -> bool:
    """A bare figure is a year after a preposition, as a subject, or before the noun of an event."""
    text, end = match.string, match.end()
    if _COUNTED_AFTER.match(text, end):
        return False
    if _before(_YEAR_AS_ATTRIBUTE, match):
        return bool(_EVENT_NOUN.match(text, end))
    return _before(_YEAR_BEFORE, match) or bool(_YEAR_AS_SUBJECT.match(text, end))


def _accept_month(match: re.Match[str]) -> bool:
    """Whether it is a month: "May" and "March" are words, and names of people, too."""
    alone = not match["part"] and not match["rel"]
    return _capital(match, "month") and not (alone and not _before(_MONTH_BEFORE, match))


def _accept_dated_month(match: re.Match[str]) -> bool:
    return _capital(match, "month")


def _accept_relative(match: re.Match[str]) -> bool:
    """Whether it is a date: "the last year of the project" and "the next month" are stretches, no dates."""
    return not _before(_DETERMINER_BEFORE, match)


def _accept_weekday(match: re.Match[str]) -> bool:
    """Whether it is a day: "Black Friday" and "Monday.com" are names."""
    text, end = match.string, match.end()
    if _before(_ON_BEFORE, match):
        return not _DOMAIN_AFTER.match(text, end)
    return _capital(match, "weekday") and not _before(_NAME_BEFORE, match) and not _NAME_AFTER.match(text, end)


def _accept_quarter(match: re.Match[str]) -> bool:
    """Halves and quarters stand for a time only with their year, or a quarter after "the"."""
    if readings.says_year(match) or re.search(r"\bthe\s+year$", match[0], re.IGNORECASE):
        return True
    return "quarter" in match["part"].lower() and _before(_IN_THE_BEFORE, match)


RULES: tuple[Rule, ...] = (
    Rule(_pattern(rf"(?P<year>{YEAR})([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)"), _FIGURES, readings.read_iso),
    Rule(_pattern(rf"(?P<first>\d\d?)([-/.])(?P<second>\d\d?)\2(?P<year>{YEAR})"), _FIGURES, readings.read_slashes),
    Rule(
        _pattern(rf"{_WEEKDAY}(?P<month>{MONTH_WORD})\s+(?:the\s+)?(?P<day>{DAY}){_DAY_END}{_YEAR_TAIL}"),
        _OF_WEEKDAY | _OF_MONTH,
        readings.read_day,
        _accept_dated_month,
        readings.read_day_end,
    ),
    Rule(
        _pattern(
            rf"{_WEEKDAY}(?P<day>{DAY})(?:{_RANGE}(?P<day2>{DAY}))?\s+(?:of\s+)?(?P<month>{MONTH_WORD}){_YEAR_TAIL}"
        ),
        _OF_WEEKDAY | _FIGURES,
        readings.read_day,
        _accept_dated_month,
        readings.read_day_end,
    ),
    Rule(
        _pattern(rf"(?P<part>{PART})?(?P<month>{MONTH_WORD}){_YEAR_TAIL.removesuffix('?')}"),
        _OF_PART | _OF_MONTH,
        readings.read_month,
        _accept_dated_month,
    ),
    Rule(
        _pattern(rf"(?P<part>{PART})?(?P<month>{FULL_MONTH})(?P<year>)(?P<rel>)"),
        _OF_PART | _OF_MONTH,
        readings.read_month,
        _accept_month,
    ),
    Rule(
        _pattern(rf"(?:{PART})?(?P<rel>{RELATIVE})\s+(?P<month>{FULL_MONTH})(?:\s+(?P<day>{DAY}))?"),
        _OF_PART | _OF_RELATIVE,
        readings.read_relative_month,
        _accept_dated_month,
    ),
    Rule(
        _pattern(rf"(?:{PART})?(?P<part>{YEAR_PART})(?:,?\s+(?:of\s+)?the\s+year|{_YEAR_TAIL})"),
        _OF_PART | frozenset("fhq") | _FIGURES,
        readings.read_part,
        _accept_quarter,
    ),
    Rule(
        _pattern(rf"(?:{PART})?{SEASON_WORD}\s+(?:of\s+)?(?P<year>{YEAR})"),
        _OF_PART | frozenset("af"),
        readings.read_year,
    ),
    Rule(
        _pattern(rf"(?:{PART}|late\s+|early\s+)?winter\s+(?:of\s+)?(?P<year>{YEAR})"),
        _OF_PART | frozenset("w"),
        readings.read_year,
    ),
    Rule(
        _pattern(rf"(?P<year>{YEAR})(?P<sep>\s*[-–—/]\s*)(?P<year2>{YEAR}|\d\d(?![\d-]))"),
        _FIGURES,
        readings.read_year,
        read_end=readings.read_year_end,
    ),
    Rule(_pattern(rf"(?:{PART})(?P<year>{YEAR})"), _OF_PART, readings.read_year),
    Rule(
        _pattern(rf"(?:FY|(?:fiscal|financial)(?:\s+year)?)\s*'?(?P<year>{YEAR}|\d\d)(?:[-/]\d\d)?"),
        frozenset("f"),
        readings.read_short_year,
    ),
    Rule(
        _pattern(rf"(?:[1-4]Q|Q[1-4]\s*'?|[12]H|H[12]\s*'?)(?P<year>{YEAR}|\d\d)"),
        frozenset("hq") | _FIGURES,
        readings.read_short_year,
    ),
    Rule(_pattern(rf"(?P<year>{YEAR})\s+(?:Q[1-4]|H[12])"), _FIGURES, readings.read_year),
    Rule(_pattern(rf"(?P<year>{YEAR})"), _FIGURES, readings.read_year, _accept_year),
    Rule(
        _pattern(r"year-?end|(?:the\s+)?end\s+of\s+the\s+year|the\s+year[’']s\s+end"),
        frozenset("ety"),
        readings.read_year_close,
    ),
    Rule(
        _pattern(
            rf"(?:{PART}|(?:earlier|later)\s+)?(?:the\s+)?(?P<rel>last|this|next|(?<=the\s)(?:same|following|previous|coming)|that)"
            rf"\s+(?P<unit>year|month|quarter|week|weekend|{SEASON_WORD})"
        ),
        _OF_PART | _OF_RELATIVE | frozenset("fp"),
        readings.read_relative_unit,
        lambda match: (
            _accept_relative(match) and not re.match(r"the\s+(?:last|this|next|that)", match[0], re.IGNORECASE)
        ),
    ),
    Rule(
        _pattern(rf"(?P<rel>{RELATIVE}|this\s+(?P<past>past|coming))\s+(?P<weekday>{WEEKDAY_WORD})"),
        _OF_RELATIVE,
        readings.read_relative_weekday,
        lambda match: not match["past"],
    ),
    Rule(
        _pattern(rf"(?:late\s+|early\s+)?(?P<weekday>{WEEKDAY_WORD})(?:\s+(?P<rel>{RELATIVE})\s+week\b)?"),
        _OF_WEEKDAY | frozenset("el"),
        readings.read_weekday,
        _accept_weekday,
    ),
    Rule(
        _pattern(rf"(?P<word>{'|'.join(key.replace(' ', r'[ ]') for key in readings.DEICTIC_DAYS)})(?![’']s)"),
        frozenset("lty"),
        readings.read_deictic,
    ),
    Rule(
        _pattern(
            rf"(?P<vague>(?:about|around|nearly|almost|over|some|roughly|more\s+than|less\s+than|at\s+least)\s+)?"
            rf"(?P<count>an?|{NUMBER})\s+(?P<unit>day|week|month|year)s?\s+(?P<where>ago|earlier|later|from\s+now)"
        ),
        frozenset("aefhlmnorst") | _FIGURES,
        readings.read_distance,
    ),
    Rule(
        _pattern(
            r"(?<=\bon\sthe\s)(?P<day>\d\d?(?:st|nd|rd|th))(?:\s+of\s+(?P<rel>last|this|next)\s+month|(?=[,.;]|\s+(?:the|in|at|by|and|with|it)\b))"
        ),
        _FIGURES,
        readings.read_day_of_month,
    ),
)
