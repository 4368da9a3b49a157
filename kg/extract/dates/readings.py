"""How the parts of a matched date are read: from groups of a pattern to an xsd lexical form.

Readers share the names of groups: `year`, `month`, `day`, `rel` (last, this, next), `unit`, `weekday`, `part`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kg.extract.dates.moments import MONTHS_IN_YEAR, Clock, Direction, lexical
from kg.extract.lexicon.calendar import MONTH_NUMBER, WEEKDAY_NUMBER
from kg.extract.lexicon.numerals import parse_number

Read = Callable[["re.Match[str]", Clock, Direction], str | None]

STEP = {"last": -1, "this": 0, "next": 1, "coming": 1, "past": -1, "same": 0, "that": 0, "following": 1, "previous": -1}
ANCHORED = frozenset({"same", "that", "following", "previous"})


def _month_number(match: re.Match[str]) -> int:
    return MONTH_NUMBER[match["month"][:3].lower()]


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _year(match: re.Match[str], clock: Clock) -> int | None:
    """The year that the match itself says, in figures or as "last year"."""
    if match["year"]:
        return int(match["year"])
    if not match["rel"]:
        return None
    word = match["rel"].lower()
    value = clock.anchored_year(STEP[word]) if word in ANCHORED else clock.year(STEP[word])
    return int(value) if value else None


def says_year(match: re.Match[str]) -> bool:
    """Whether the words fix the year: in figures, or as "last year"."""
    return bool(match["year"] or match["rel"])


def read_day(match: re.Match[str], clock: Clock, direction: Direction, group: str = "day") -> str | None:
    """A day of a month, with or without its year."""
    month, day = _month_number(match), _number(match[group])
    if not says_year(match):
        return clock.in_year(month, day, direction)
    year = _year(match, clock)
    return lexical(year, month, day) if year else None


def read_day_end(match: re.Match[str], clock: Clock, direction: Direction) -> str | None:
    """The second day of a range within a month."""
    return read_day(match, clock, direction, "day2")


def read_month(match: re.Match[str], clock: Clock, direction: Direction) -> str | None:
    """A month, with or without its year."""
    month = _month_number(match)
    if not says_year(match):
        return clock.in_year(month, None, direction)
    year = _year(match, clock)
    return lexical(year, month) if year else None


def read_relative_month(match: re.Match[str], clock: Clock, _: Direction) -> str | None:
    """Read "Last March", "next May 3"; "last March" said in March is the March before."""
    month, step = _month_number(match), STEP[match["rel"].lower()]
    if clock.published is None:
        return None
    day = _number(match["day"]) if match["day"] else None
    if step == 0:
        return lexical(clock.published.year, month, day)
    # "last March" said in March is the March before.
    beyond = (month >= clock.published.month) if step < 0 else (month <= clock.published.month)
    return lexical(clock.published.year + (step if beyond else 0), month, day)


def read_iso(match: re.Match[str], _: Clock, __: Direction) -> str | None:
    """Year, month and day in figures."""
    return lexical(int(match["year"]), int(match["month"]), int(match["day"]))


def read_slashes(match: re.Match[str], _: Clock, __: Direction) -> str | None:
    """Day and month in figures: only where one of them can be no month is their order known."""
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    readings = {lexical(year, second, first), lexical(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def read_year(match: re.Match[str], clock: Clock, _: Direction) -> str | None:
    """A year in figures, or "last year"."""
    year = _year(match, clock) if "rel" in match.re.groupindex else int(match["year"])
    return lexical(year) if year else None


def read_year_end(match: re.Match[str], _: Clock, __: Direction) -> str | None:
    """The second year of a range, "2018-19" too."""
    end = match["year2"]
    return lexical(int(end if len(end) == len("2000") else match["year"][:2] + end))


def read_short_year(match: re.Match[str], _: Clock, __: Direction) -> str | None:
    """A fiscal or quarterly year, "FY20" too."""
    year = match["year"]
    return lexical(int(year) if len(year) > len("20") else 2000 + int(year))


ORDERS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}


def read_part(match: re.Match[str], clock: Clock, direction: Direction) -> str | None:
    """A quarter or half of a year: xsd has the year alone."""
    if says_year(match):
        return read_year(match, clock, direction)
    word = match["part"].lower()
    length = 6 if "half" in word or word.startswith("h") else 3
    order = next(
        (number for key, number in ORDERS.items() if word.startswith(key)), int(word[-1]) if word[-1].isdigit() else 1
    )
    first_month = length * (order - 1) + 1
    return (
        clock.part_of_year(first_month, first_month + length - 1, direction) if first_month <= MONTHS_IN_YEAR else None
    )


def read_year_close(_: re.Match[str], clock: Clock, direction: Direction) -> str | None:
    """The year of "year-end": in a report of the past, the last one that was reached."""
    value = clock.in_year(12, 31, direction)
    return value[:4] if value else None


def read_relative_unit(match: re.Match[str], clock: Clock, _: Direction) -> str | None:
    """Read "Last year", "this month", "the following year"."""
    word, unit = match["rel"].lower(), match["unit"].lower()
    step = STEP[word]
    if word in ANCHORED:
        reckon = {"year": clock.anchored_year, "month": clock.anchored_month}.get(unit)
        return reckon(step) if reckon else None
    if unit in {"spring", "summer", "autumn", "fall"}:
        return clock.season_year(unit, step)
    units = {"year": clock.year, "month": clock.month, "quarter": clock.quarter_year}
    return units.get(unit, clock.week)(step)


def read_relative_weekday(match: re.Match[str], clock: Clock, _: Direction) -> str | None:
    """Read "Last Friday", "next Monday": never the day of publication itself."""
    number, word = WEEKDAY_NUMBER[match["weekday"][:3].lower()], match["rel"].lower()
    if word == "this":
        return clock.weekday_of_week(number, 0)
    direction = Direction.PAST if STEP[word] < 0 else Direction.AHEAD
    today = clock.published is not None and clock.published.weekday() == number
    return clock.weekday(number, direction, STEP[word] if today else 0)


def read_weekday(match: re.Match[str], clock: Clock, direction: Direction) -> str | None:
    """A weekday, alone or of last, this or next week."""
    number = WEEKDAY_NUMBER[match["weekday"][:3].lower()]
    if match["rel"]:
        return clock.weekday_of_week(number, STEP[match["rel"].lower()])
    return clock.weekday(number, direction)


DEICTIC_DAYS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def read_deictic(match: re.Match[str], clock: Clock, _: Direction) -> str | None:
    """Read "Yesterday", "today" and their kin."""
    return clock.day(DEICTIC_DAYS[re.sub(r"\s+", " ", match["word"].lower())])


def read_distance(match: re.Match[str], clock: Clock, _: Direction) -> str | None:
    """Such as "three years ago", "two months later": what is only about so long ago is no date."""
    count = parse_number(match["count"]) if match["count"].lower() not in {"a", "an", "one"} else 1
    if match["vague"] or count is None or count != int(count):
        return None
    steps, unit = int(count), match["unit"].lower()
    where = match["where"].lower()
    if where in {"later", "earlier"}:
        reckon = {"year": clock.anchored_year, "month": clock.anchored_month}.get(unit)
        return reckon(steps if where == "later" else -steps) if reckon else None
    signed = -steps if where == "ago" else steps
    return {"day": clock.day, "week": clock.week, "month": clock.month, "year": clock.year}[unit](signed)


def read_day_of_month(match: re.Match[str], clock: Clock, direction: Direction) -> str | None:
    """The 15th of this month, or the 3rd of last month."""
    if clock.published is None:
        return None
    this = clock.published
    if match["rel"]:
        month = clock.month(STEP[match["rel"].lower()])
        return lexical(int(month[:4]), int(month[5:]), _number(match["day"])) if month else None
    same = lexical(this.year, this.month, _number(match["day"]))
    if same is None or direction is not Direction.PAST or date.fromisoformat(same) <= this:
        return same
    return read_previous_month(this, _number(match["day"]))


def read_previous_month(this: date, day: int) -> str | None:
    """The day in the month before."""
    year, month = (this.year, this.month - 1) if this.month > 1 else (this.year - 1, 12)
    return lexical(year, month, day)
