"""Full dates as news writes them: "November 12, 2018", "12 Nov. 2018", "2018-11-12".

Numbers alone (3/4/20) are left, for they mean different days in different countries.
"""

from __future__ import annotations

import datetime as dt
import re

_MONTH_NAMES = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sept sep", "october oct", "november nov", "december dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b\.?"

# Groups of a full date: (month, day, year), (day, month, year), (ISO).
_PATTERN = (
    rf"(?:{_WEEKDAY},?\s+)?"
    rf"(?:(?P<m1>{_MONTH})\s+(?P<d1>{_DAY}),?\s+(?P<y1>{_YEAR})"
    rf"|(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m2>{_MONTH}),?\s+(?P<y2>{_YEAR})"
    rf"|(?P<iso>{_YEAR}-\d\d-\d\d))(?!\d)"
)
FULL_DATE = re.compile(rf"(?<![\w-]){_PATTERN}", re.IGNORECASE)
# A date with or without its year, as datelines have it.
ANY_DATE = re.compile(rf"(?<![\w-])(?:{_PATTERN}|{_MONTH}\s+{_DAY}(?!\w)|{_DAY}\s+{_MONTH}(?!\w))", re.IGNORECASE)
ISO_DATE = re.compile(rf"({_YEAR}-\d\d-\d\d)(?:[T ].{{0,40}})?")


def date_of(match: re.Match[str]) -> dt.date | None:
    """The date that a match of `FULL_DATE` or `ANY_DATE` states, None where it has no year or no such day exists."""
    if iso := match["iso"]:
        return iso_date(iso)
    for month, day, year in (("m1", "d1", "y1"), ("m2", "d2", "y2")):
        if match[year]:
            number = _MONTHS[match[month].rstrip(".").casefold()]
            return _valid(int(match[year]), number, int(re.sub(r"\D", "", match[day])))
    return None


def iso_date(text: str) -> dt.date | None:
    """The date of "2018-11-12" or "2018-11-12T08:00:00Z", else None."""
    match = ISO_DATE.fullmatch(text.strip())
    return _valid(*map(int, match[1].split("-"))) if match else None


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
