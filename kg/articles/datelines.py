"""Datelines, bylines and lines of publication data: where an article says when, where and by whom it was written.

SHENZHEN, March 3 (Wire) - Prose ...                     a dateline before the prose
BERGEN, Norway, and BRISTOL, England, 10 May 2022 - ...
Blockchain, News | November 12, 2018 By:                 a line of its own
By Jane Roe and Tom Poe
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.articles.dates import ANY_DATE, FULL_DATE, date_of

if TYPE_CHECKING:
    from datetime import date

# Characters. The longest real datelines name two cities with their countries, a date and an agency: about 90.
_LONGEST_PART = 110
_LONGEST_LINE = 160
# A dateline has at most three parts between dashes: "SHENZHEN - March 3, 2020 - (Wire) -".
_MOST_PARTS = 3
_MOST_WORDS_OF_PLACE = 4

_DASH = re.compile(r"[ \t]*(?:--|[–—])[ \t]*|[ \t]+-[ \t]+")
_AGENCY = re.compile(r"\(([^\W\d_][^\d()]{0,40})\)|/([^\W\d_][^\d/]{0,40})/")
_PLACE = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’`-](?!-))*\.?")
_BETWEEN_PLACES = re.compile(r",|;|&|\band\b")
_SEPARATOR = re.compile(r"[ \t]*[|•·]+[ \t]*|[ \t]+(?:-{1,2}|[–—/])[ \t]+")
_TIME = re.compile(
    r"[,\s]*(?:at\s+)?\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4}(?:[+-]\d{1,2})?)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|released|created|date|issued)(?: on| at)?\s*:?)?",
    re.IGNORECASE,
)
_READING_TIME = re.compile(r"\d{1,3}[ -]min(?:ute)?s?(?: read)?", re.IGNORECASE)
_BYLINE = re.compile(r"(?:(?:written|posted|reported|story|text|words)\s+)?by\b\s*:?\s*(?P<names>.*)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}")
_PARTICLES = frozenset("al ben bin da de del den der di dos du el la le of ter van von y".split())


@dataclass(frozen=True, slots=True)
class Dateline:
    """What such a line says; `length` counts its characters from the start of the line or paragraph."""

    length: int
    published: date | None = None
    author: str | None = None


def dateline_of(paragraph: str, *, opening: bool) -> Dateline | None:
    """The dateline that a paragraph starts with, up to its prose.

    A place alone ("BERLIN - ") counts only where the article opens, in capitals that do not come back as a name.
    """
    end, strong, published = 0, False, None
    for _ in range(_MOST_PARTS):
        dash = _DASH.search(paragraph, end, end + _LONGEST_PART)
        part = _part_of(paragraph[end : dash.start()]) if dash else None
        if not dash or not part or (end and not part.strong):
            break
        end, strong, published = dash.end(), strong or part.strong, published or part.published
    if not end or not _starts_prose(paragraph, end):
        return None
    if not strong and not (opening and _is_place_alone(paragraph, end)):
        return None
    return Dateline(end, published)


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a dateline; a date or an agency makes it `strong`."""

    strong: bool
    published: date | None


def _part_of(text: str) -> _Part | None:
    agency = _AGENCY.search(text)
    rest = text[: agency.start()] + text[agency.end() :] if agency else text
    day = ANY_DATE.search(rest)
    rest = rest[: day.start()] + rest[day.end() :] if day else rest
    places = [place for piece in _BETWEEN_PLACES.split(rest) if (place := piece.strip())]
    strong = bool(agency or day)
    if not all(_names_place(place) for place in places) or not (strong or places):
        return None
    if places and not strong and not _in_capitals(places[0]):
        return None
    return _Part(strong, date_of(day) if day else None)


def _names_place(text: str) -> bool:
    words = text.split()
    return len(words) <= _MOST_WORDS_OF_PLACE and all(
        _PLACE.fullmatch(word) and (word[0].isupper() or word in _PARTICLES) for word in words
    )


def _in_capitals(text: str) -> bool:
    fewest = 3  # letters; "UK - " and "AI - " are no places of writing
    return text.isupper() and sum(map(str.isalpha, text)) >= fewest


def _starts_prose(paragraph: str, start: int) -> bool:
    """Prose begins with a capital, a figure or a quotation mark; "the payment firm - said" goes on with an aside."""
    first = paragraph[start : start + 1]
    return first.isupper() or first.isdigit() or (bool(first) and first in "\"'“‘«$€£¥")


def _is_place_alone(paragraph: str, end: int) -> bool:
    """A city is not written in capitals again below its dateline; a company (CATL - ...) is."""
    place = _BETWEEN_PLACES.split(_DASH.sub("", paragraph[:end]), maxsplit=1)[0].strip()
    return not re.search(rf"(?<!\w){re.escape(place)}(?!\w)", paragraph[end:])


def publication_line(line: str) -> Dateline | None:
    """A line of its own that holds a full date, with nothing but section, labels, time and byline around it."""
    found = FULL_DATE.search(line) if len(line) <= _LONGEST_LINE else None
    if not found:
        return None
    before = _SEPARATOR.split(line[: found.start()].rstrip())
    after = _SEPARATOR.split(line[found.end() :].rstrip(" \t,"))
    if not all(_is_section(piece) for piece in before[:-1]) or not _leads_to_date(before[-1]):
        return None
    authors = [byline_of(piece) for piece in after]
    if not all(byline or _is_aside(piece) for byline, piece in zip(authors, after, strict=True)):
        return None
    author = next((byline.author for byline in authors if byline and byline.author), None)
    return Dateline(len(line), date_of(found), author or _author_before(before))


def _author_before(pieces: list[str]) -> str | None:
    return next((byline.author for piece in pieces if (byline := byline_of(piece)) and byline.author), None)


def _is_section(text: str) -> bool:
    """A section, a publisher, a byline: a few words, mostly capitalised, no sentence."""
    words = text.split()
    most = 6
    return len(words) <= most and all(word[0].isupper() or not word[0].isalpha() or word == "by" for word in words)


def _leads_to_date(text: str) -> bool:
    text = text.strip()
    places = text.endswith(",") and all(_names_place(piece) for piece in text.rstrip(",").split(","))
    return bool(_LABEL.fullmatch(text)) or places or bool(byline_of(text.rstrip(",")))


def _is_aside(text: str) -> bool:
    most = 2  # words: a publisher's name; three can be a headline
    text = _TIME.sub("", text, count=1).strip(" ,()[]")
    short = len(text.split()) <= most and _is_section(text)
    return short or bool(_READING_TIME.fullmatch(text)) or bool(_LABEL.fullmatch(text))


def byline_of(line: str) -> Dateline | None:
    """A line, or part of one, that names the author: "By Jane Roe", "By Tom Poe | Staff writer", or just "By:"."""
    found = _BYLINE.fullmatch(line.strip()) if len(line) <= _LONGEST_LINE else None
    if not found:
        return None
    names, *rest = _SEPARATOR.split(found["names"])
    people = [person.strip() for person in re.split(r",|&|\band\b", names) if person.strip()]
    if not all(_names_person(person) for person in people) or not all(_is_section(piece) for piece in rest):
        return None
    return Dateline(len(line), author=names.strip() or None)


def _names_person(text: str) -> bool:
    words = text.split()
    return bool(_NAME.fullmatch(text)) and all(word[0].isupper() or word in _PARTICLES for word in words)
