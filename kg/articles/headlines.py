"""The head and the foot of an article: its title, and the lines around the prose that are none.

The head is what comes before the prose: headline, bylines, publication data, labels such as "Press release". A headline
is a short line that is no sentence and has prose below it. An article without one is titled by its opening words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.articles.datelines import Dateline, byline_of, dateline_of, publication_line
from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

# Lines with text in them: a head has at most these at the top, a foot at the bottom.
_LINES_OF_HEAD = 8
_LINES_OF_FOOT = 8
_LONGEST_HEADLINE = 200  # characters; the longest of press releases have about 180
_LONGEST_OPENING = 80  # characters of an article without a headline that stand for it
# Share of the longer words of a headline in title case. Below it, only a blank line after it makes a line a headline:
# the first line of prose that is wrapped at a column has no full stop either.
_TITLE_CASE = 0.6
_LONG_WORD = 4  # letters; shorter words stay small in title case

_HEADING = re.compile(r"#{1,6}[ \t]+")
_LIST_OR_TABLE = re.compile(r"[-*+>|]|\d{1,3}[.)]\s")
_SENTENCE_END = re.compile(r"[.:;,][\"'”’)]*$")
_ABBREVIATION_AT_END = re.compile(r"(?:\b(?:Inc|Corp|Co|Ltd|Bros|Jr|Sr|St|No|vs|etc)|(?:\b[A-Z]\.)*\b[A-Z])\.$")
_SENTENCE_BREAK = re.compile(r"[a-z]{2}[.?!][\"'”’)]* [A-Z\"“]")
_LABEL = re.compile(
    r"(?:(?:press|news|media) release|for immediate release|breaking(?: news)?|news|exclusive|advertisement|sponsored"
    r"(?: content)?|opinion|analysis|press statement)\W*",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"\(?(?:(?:additional )?reporting|writing|editing|compiled|translated|edited|written) by\b[^.]*\.?\)?\.?"
    r"|(?:###+|# # #|-\s*30\s*-|[-*]{0,3}\s*ends?\s*[-*]{1,3}|ENDS?)"
    r"|source\s*:?\s[^.]{1,100}(?:\.[a-z]{2,3})?"
    r"|(?:copyright\b|©|\(c\)).{0,200}"
    r"|.{0,100}\ball rights reserved\.?"
    r"|(?:media|press|investor)s? (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|relations)\b\s*:?.{0,100}"
    r"|(?:https?://|www\.)\S+|\S+@\S+\.\w+",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-*_=~]{3,}|(?:[-*_] ){2,}[-*_]")
_FENCE = re.compile(r"(?:```|~~~)")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text in it: its span without surrounding blanks and heading marks, and what follows it."""

    span: Span
    text: str
    marks: Span | None
    blank_after: bool


@dataclass(slots=True)
class Frame:
    """What was found around the prose; `title` is None where the article has no headline."""

    title: str | None = None
    title_span: Span | None = None
    published: date | None = None
    author: str | None = None
    furniture: list[Span] = field(default_factory=list)

    def take(self, found: Dateline, start: int) -> None:
        """Note a dateline or byline that starts at `start`; what was noted before stays."""
        self.furniture.append(Span(start, start + found.length))
        self.published = self.published or found.published
        self.author = self.author or found.author


def read_frame(text: str, *, title: str | None = None, markdown: bool = False) -> Frame:
    """Find title, date, author and furniture of an article; `title` is the one already known, if any."""
    lines = list(_lines(text, markdown=markdown))
    frame = Frame(title)
    prose = _read_head(lines, frame)
    _read_paragraphs(lines[prose:], frame)
    _read_foot(lines[prose + 1 :], frame)
    if markdown:
        frame.furniture.extend(_markup(lines))
    frame.furniture = _merged(frame.furniture)
    return frame


def opening_words(text: str) -> str:
    """The beginning of a text, cut between words and marked as cut: what stands for the title it has not."""
    opening = " ".join(text[: 4 * _LONGEST_OPENING].split())
    if len(opening) <= _LONGEST_OPENING:
        return opening
    return opening[:_LONGEST_OPENING].rsplit(" ", 1)[0] + "…"


def _lines(text: str, *, markdown: bool) -> Iterator[Line]:
    start = 0
    rows = text.split("\n")
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        content = row.strip()
        if content:
            left = start + row.index(content)
            heading = _HEADING.match(content) if markdown else None
            marks = Span(left, left + heading.end()) if heading else None
            inner = content[heading.end() :].rstrip("# \t") if heading else content
            begin = marks.end if marks else left
            yield Line(Span(begin, begin + len(inner)), inner, marks, blank_after=not following.strip())
        start += len(row) + 1


def _read_head(lines: Sequence[Line], frame: Frame) -> int:
    """Read the lines above the prose; returns the index of the first line of prose."""
    known = frame.title
    for index, line in enumerate(lines[:_LINES_OF_HEAD]):
        dated = publication_line(line.text) or byline_of(line.text)
        if dated:
            frame.take(dated, line.span.start)
        elif _LABEL.fullmatch(line.text) or _RULE.fullmatch(line.text):
            frame.furniture.append(line.span)
        elif frame.title_span is None and _is_title(line, lines[index + 1 :], known):
            frame.title, frame.title_span = known or line.text, line.span
        else:
            return index
    return min(len(lines), _LINES_OF_HEAD)


def _is_title(line: Line, following: Sequence[Line], known: str | None) -> bool:
    if known is not None:
        return line.text.split() == known.split()
    if not following or not line.text or len(line.text) > _LONGEST_HEADLINE:
        return False
    if line.marks:
        return True
    if _LIST_OR_TABLE.match(line.text) or _reads_like_prose(line.text):
        return False
    if dateline_of(line.text, opening=True):
        return False
    return line.blank_after or _in_title_case(line.text) or _opens_below(following[0])


def _opens_below(line: Line) -> bool:
    found = publication_line(line.text) or byline_of(line.text) or dateline_of(line.text, opening=True)
    return found is not None


def _reads_like_prose(text: str) -> bool:
    ends = _SENTENCE_END.search(text) and not _ABBREVIATION_AT_END.search(text)
    return bool(ends or _SENTENCE_BREAK.search(text)) or len(text.split()) < 2  # noqa: PLR2004 - one word is a label


def _in_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _LONG_WORD]
    return bool(words) and sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words)


def _read_paragraphs(lines: Sequence[Line], frame: Frame) -> None:
    opening = True
    for line in lines:
        found = dateline_of(line.text, opening=opening)
        if found:
            frame.take(found, line.span.start)
        opening = opening and not found and not _reads_like_prose(line.text)


def _read_foot(lines: Sequence[Line], frame: Frame) -> None:
    """Reporters' credits, end marks and copyright below the prose, from the last line up to the first of prose."""
    for line in reversed(lines[-_LINES_OF_FOOT:]):
        if not (_FOOT.fullmatch(line.text) or _RULE.fullmatch(line.text)):
            return
        frame.furniture.append(line.span)


def _markup(lines: Sequence[Line]) -> Iterator[Span]:
    """Heading marks, rules, pictures and fenced blocks of Markdown."""
    fence: int | None = None
    for line in lines:
        if line.marks:
            yield line.marks
        if _FENCE.match(line.text):
            if fence is not None:
                yield Span(fence, line.span.end)
            fence = line.span.start if fence is None else None
        elif fence is None and (_RULE.fullmatch(line.text) or _IMAGE.fullmatch(line.text)):
            yield line.span


def _merged(spans: list[Span]) -> list[Span]:
    """The spans sorted, with those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged
