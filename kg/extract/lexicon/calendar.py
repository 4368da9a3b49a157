"""Words of the calendar, and regex fragments made from them; written for case-insensitive matching."""

from __future__ import annotations

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11}
"""The last month of each season. Winter is left out: it lies in two years."""

MONTH_NUMBER = {month[:3].lower(): number for number, month in enumerate(MONTHS, start=1)}
WEEKDAY_NUMBER = {day[:3].lower(): number for number, day in enumerate(WEEKDAYS)}

YEAR = r"(?:1[89]|20)\d\d(?![\d%]|[.,]\d)"
MONTH_WORD = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
FULL_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Sept|Dec|Nov|Oct|Aug|Feb)\b\.?)"
"""Months that may stand without a day or a year; "Jan" alone is more often a person."""
WEEKDAY_WORD = rf"(?:{'|'.join(WEEKDAYS)})"
SEASON_WORD = rf"(?:{'|'.join(SEASONS)})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|-(?:day|month|year)|(?<=\d)[a-z])"
ORDINAL_PART = r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th)"
PART = (
    r"(?:(?:(?:very\s+)?(?:early|late|mid)(?:-|\s+)(?:in\s+)?|end-|"
    r"(?:the\s+)?(?:start|beginning|middle|end|close|turn)\s+of\s+(?:the\s+)?))"
)
"""What narrows a date to a part of it that xsd has no type for: "early", "the end of"."""
YEAR_PART = rf"(?:{ORDINAL_PART}\s+(?:quarter|half|three\s+quarters|(?:few\s+)?months)|Q[1-4]|H[12])"
RELATIVE = r"(?:last|this|next)"
