"""Points in time as exact as a text says them, reckoned from the day of publication."""

from __future__ import annotations

import enum
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kg.extract.lexicon.calendar import SEASONS

DATELINE_SLACK_DAYS = 1
"""An article may be dated a day before the event that it reports as done: time zones, embargoes."""

MONTHS_IN_YEAR = 12
DAYS_IN_WEEK = 7


class Direction(enum.StrEnum):
    """Where a date without a year, or a bare weekday, is to be looked for from the day of publication."""

    PAST = "past"
    AHEAD = "ahead"
    NEAREST = "nearest"


def lexical(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The xsd lexical form (gYear, gYearMonth or date), or None where the calendar has no such day."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"


def last_day(value: str) -> date:
    """The last day that a date of any exactness covers."""
    parts = [int(part) for part in value.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else MONTHS_IN_YEAR
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])  # noqa: PLR2004 - a full date


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative dates count from: the day of publication, and the date named last before ("a year later")."""

    published: date | None = None
    anchor: str | None = None

    def in_year(self, month: int, day: int | None, direction: Direction) -> str | None:
        """The month, or day of a month, without its year."""
        if self.published is None:
            return None
        at = self.published
        distances = {}
        for year in (at.year - 1, at.year, at.year + 1):
            value = lexical(year, month, day)
            if value is not None:
                distances[value] = (
                    (year - at.year) * MONTHS_IN_YEAR + month - at.month
                    if day is None
                    else (date(year, month, day) - at).days
                )
        slack = 0 if day is None else DATELINE_SLACK_DAYS
        return _closest(distances, direction, slack)

    def weekday(self, number: int, direction: Direction, weeks: int = 0) -> str | None:
        """The weekday (Monday is 0) nearest in the direction, today included, shifted by whole weeks."""
        if self.published is None:
            return None
        back = (self.published.weekday() - number) % DAYS_IN_WEEK
        days = {"back": -back, "on": (DAYS_IN_WEEK - back) % DAYS_IN_WEEK}
        shift = days[_closest(days, direction, 0) or "back"]
        return self.day(shift + DAYS_IN_WEEK * weeks)

    def weekday_of_week(self, number: int, weeks: int) -> str | None:
        """The weekday of last (-1), this (0) or next (1) week."""
        if self.published is None:
            return None
        return self.day(number - self.published.weekday() + DAYS_IN_WEEK * weeks)

    def day(self, days: int) -> str | None:
        """The day that many days from publication."""
        return None if self.published is None else _shifted(self.published, days).isoformat()

    def week(self, weeks: int) -> str | None:
        """The month, or else the year, in which the whole week that many weeks from now lies."""
        if self.published is None:
            return None
        monday = _shifted(self.published, DAYS_IN_WEEK * weeks - self.published.weekday())
        sunday = _shifted(monday, DAYS_IN_WEEK - 1)
        if monday.year != sunday.year:
            return None
        return lexical(monday.year, monday.month if monday.month == sunday.month else None)

    def month(self, months: int) -> str | None:
        """The month that many months from publication."""
        if self.published is None:
            return None
        year, month = divmod(self.published.year * MONTHS_IN_YEAR + self.published.month - 1 + months, MONTHS_IN_YEAR)
        return lexical(year, month + 1)

    def year(self, years: int) -> str | None:
        """The year that many years from publication."""
        return None if self.published is None else lexical(self.published.year + years)

    def quarter_year(self, quarters: int) -> str | None:
        """The year in which the quarter lies that many quarters from now."""
        value = self.month(3 * quarters)
        return value[:4] if value else None

    def part_of_year(self, first_month: int, last_month: int, direction: Direction) -> str | None:
        """The year of a quarter or half: begun already if it lies back, not over yet if it lies ahead."""
        value = self.in_year(last_month if direction is Direction.AHEAD else first_month, None, direction)
        return value[:4] if value else None

    def season_year(self, season: str, step: int) -> str | None:
        """The year of the last (-1), this (0) or next (1) season."""
        if self.published is None:
            return None
        over = SEASONS[season] < self.published.month
        return self.year({-1: 0 if over else -1, 0: 0, 1: 1 if over else 0}[step])

    def anchored_year(self, years: int) -> str | None:
        """The year that many years from the date named last."""
        return lexical(int(self.anchor[:4]) + years) if self.anchor else None

    def anchored_month(self, months: int) -> str | None:
        """The month that many months from the date named last, if that named a month."""
        if self.anchor is None or "-" not in self.anchor:
            return None
        return Clock(last_day(self.anchor)).month(months)


def _closest(distances: dict[str, int], direction: Direction, slack: int) -> str | None:
    """The key whose distance fits the direction best; ties go to the past."""
    if direction is Direction.PAST:
        distances = {key: distance for key, distance in distances.items() if distance <= slack}
    elif direction is Direction.AHEAD:
        distances = {key: distance for key, distance in distances.items() if distance >= 0}
    return min(distances, key=lambda key: (abs(distances[key]), distances[key]), default=None)


def _shifted(day: date, days: int) -> date:
    """The date moved by days, kept within what a calendar can hold."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
