"""Dates in running text, at their own exactness: absolute, without a year, relative, ranges, deadlines."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.extract.dates.direction import direction_at
from kg.extract.dates.moments import Clock, Direction, last_day
from kg.extract.dates.rules import RULES, starts_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from spacy.tokens import Doc

    from kg.extract.dates.readings import Read

__all__ = ["DateKind", "DateMention", "Direction", "find_dates"]


class DateKind(enum.StrEnum):
    """How a date bounds what it is said of."""

    POINT = "point"
    START = "start"
    END = "end"
    DEADLINE = "deadline"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text: code points, half-open, without its preposition.

    `lexical` is an xsd date, gYearMonth or gYear, or None where the text leaves it open. `ahead` is the reading if what
    is dated lies in the future; it differs from `lexical` only for dates without a year and bare weekdays.
    `explicit` means that the words alone fix the date, with no help from the day of publication.
    """

    start_char: int
    end_char: int
    lexical: str | None
    kind: DateKind
    explicit: bool
    ahead: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    match: re.Match[str]
    read: Read

    def mention(self, clock: Clock, direction: Direction, kind: DateKind) -> DateMention:
        alone = self.read(self.match, Clock(), direction)
        return DateMention(
            self.start,
            self.end,
            self.read(self.match, clock, direction),
            kind,
            explicit=alone is not None,
            ahead=self.read(self.match, clock, Direction.AHEAD),
        )


KIND_BEFORE = (
    (
        DateKind.START,
        re.compile(
            r"\b(?:since|from|as\s+of|starting|beginning|effective|onwards?\s+from)\s+(?:in\s+|on\s+)?$", re.IGNORECASE
        ),
    ),
    (DateKind.DEADLINE, re.compile(r"\b(?:by|before|no\s+later\s+than|ahead\s+of|within)\s+$", re.IGNORECASE)),
    (DateKind.END, re.compile(r"\b(?:until|till|through|up\s+to|to)\s+$", re.IGNORECASE)),
    (DateKind.AFTER, re.compile(r"\bafter\s+$", re.IGNORECASE)),
)
_QUALIFIED = re.compile(r"(?:about|around|the|early|late|mid|end|at\s+least|at\s+the\s+latest)[-\s]+$", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:[-–—]|\s(?:to|until|till|through|and)\s)\s*")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
ANCHOR_REACH_CHARS = 300
"""How far back "a year later" may look for its date: about two sentences."""

BEFORE_CHARS = 40
"""How much of the text before a date says what kind it is."""

_NOT_NAMES = frozenset({"Date", "Number"})


def find_dates(
    doc: Doc, published: date | None = None, *, direction: Callable[[Doc, int, int], Direction] = direction_at
) -> list[DateMention]:
    """All dates of the text, in order, none overlapping; durations and ages are none.

    `direction` says for a stretch of the text whether a date there lies back or ahead; by default grammar does.
    """
    found: list[DateMention] = []
    text = doc.text
    candidates = _candidates(doc, text)
    for candidate, after in zip_longest(candidates, candidates[1:]):
        where = direction(doc, candidate.start, candidate.end)
        closes = bool(found) and found[-1].kind is DateKind.START and _joined(text, found[-1].end_char, candidate)
        kind = DateKind.END if closes else _kind(text[max(0, candidate.start - BEFORE_CHARS) : candidate.start])
        clock = _clock(published, found, candidate)
        mention = candidate.mention(clock, where, kind)
        opens = after is not None and _opens_range(text, candidate, after)
        found.append(_opening(mention, candidate, after, clock) if after is not None and opens else mention)
    return found


def _candidates(doc: Doc, text: str) -> list[_Candidate]:
    """What looks like a date, longest first where two begin alike, none inside a name."""
    inside, starts = _named(doc), starts_in(text)
    proposals = sorted(
        (
            (match.start(), -match.end(), order, match)
            for order, rule in enumerate(RULES)
            for match in rule.matches(text, starts)
            if rule.accept(match) and not (match.start() in inside or match.end() - 1 in inside)
        ),
        key=lambda proposal: proposal[:3],
    )
    kept: list[_Candidate] = []
    for start, _, order, match in proposals:
        if not kept or start >= kept[-1].end:
            kept.extend(_parts(match, order))
    return kept


def _parts(match: re.Match[str], order: int) -> Iterator[_Candidate]:
    """The match as one date, or as the two ends of a range; nothing where the calendar has no such day."""
    rule = RULES[order]
    if rule.read_end is not None and match["sep"]:
        yield _Candidate(match.start(), match.start("sep"), match, rule.read)
        yield _Candidate(match.end("sep"), match.end(), match, rule.read_end)
    else:
        yield _Candidate(match.start(), match.end(), match, rule.read)


def _named(doc: Doc) -> set[int]:
    """Positions inside names of more than one token: "World Forum 2019" says nothing of a date."""
    return {
        position
        for ent in doc.ents
        if len(ent) > 1 and ent.label_ not in _NOT_NAMES
        for position in range(ent.start_char, ent.end_char)
    }


def _clock(published: date | None, found: list[DateMention], candidate: _Candidate) -> Clock:
    near = [mention.lexical for mention in found if candidate.start - mention.end_char <= ANCHOR_REACH_CHARS]
    return Clock(published, next((value for value in reversed(near) if value), None))


def _opening(mention: DateMention, candidate: _Candidate, after: _Candidate, clock: Clock) -> DateMention:
    """The first end of a range: before the second, in whatever year that is ("between June and October 2019")."""
    mention = replace(mention, kind=DateKind.START)
    end = after.read(after.match, clock, Direction.PAST)
    if mention.explicit or end is None:
        return mention
    value = candidate.read(candidate.match, Clock(last_day(end), clock.anchor), Direction.PAST)
    return replace(mention, lexical=value, ahead=value)


def _opens_range(text: str, candidate: _Candidate, after: _Candidate) -> bool:
    """Whether the two are the ends of a range: "May 3-5", "from May to July", "between May and July"."""
    if not _joined(text, candidate.end, after):
        return False
    return "and" not in text[candidate.end : after.start].lower() or bool(_BETWEEN.search(text[: candidate.start]))


def _joined(text: str, end: int, candidate: _Candidate) -> bool:
    return bool(_JOINED.fullmatch(text[end : candidate.start]))


def _kind(before: str) -> DateKind:
    tail = before
    while (stripped := _QUALIFIED.sub("", tail)) != tail:
        tail = stripped
    return next((kind for kind, pattern in KIND_BEFORE if pattern.search(tail)), DateKind.POINT)
