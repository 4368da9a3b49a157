"""The articles as the page holds them: text, the names in it, and offsets as JavaScript counts them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import Article, Graph

FULL_TEXTS: Final = 3_000_000
"""Characters of articles that a page holds in full (some 500 pages of a book each million); beyond, it holds the
quoted passages alone, so that a file of 20,000 nodes stays under 15 MB."""

BETWEEN_PASSAGES: Final = "\n[…]\n"
"""What stands for the text left out between two quoted passages."""

LAST_NARROW: Final = "\uffff"
"""The last character that is one unit in UTF-16."""

_WORD: Final = re.compile(r"\w+")

SHORTEST_NAME: Final = 2
"""Characters below which a name is not looked for in a text: single letters are everywhere."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page shows of an article; `full` says whether that is all of it.

    `marks` are (start, end, entity key), sorted, without overlap, in UTF-16 units of `text`, as JavaScript counts.
    """

    text: str
    full: bool
    marks: tuple[tuple[int, int, str], ...]
    _passages: tuple[tuple[Span, int], ...]
    _wide: tuple[int, ...]

    def offset(self, position: int) -> int:
        """Where a position in the article's text (code points) stands in `text` (UTF-16 units)."""
        return _utf16(_shown(position, self._passages), self._wide)


def readings(graph: Graph) -> dict[str, Reading]:
    """The reading of each article, by its id."""
    full = sum(len(article.text) for article in graph.articles) <= FULL_TEXTS
    spans: dict[str, list[Span]] = {article.id: [] for article in graph.articles}
    arguments: dict[str, list[tuple[Span, str]]] = {article.id: [] for article in graph.articles}
    keys = {entity.key for entity in graph.entities}
    for statement in graph.statements:
        for evidence in statement.evidence:
            if evidence.article not in spans:
                continue
            spans[evidence.article].append(evidence.span)
            for span, key in ((evidence.subject, statement.subject), (evidence.object, statement.object)):
                if span is not None and isinstance(key, str) and key in keys:
                    arguments[evidence.article].append((span, key))
    names = _names(graph)
    return {
        article.id: _reading(article, full, spans[article.id], arguments[article.id], names.get(article.id, {}))
        for article in graph.articles
    }


def _reading(
    article: Article,
    full: bool,  # noqa: FBT001 - a fact about the whole page, passed on within this module
    quoted: Sequence[Span],
    arguments: Iterable[tuple[Span, str]],
    names: dict[str, str],
) -> Reading:
    passages = _laid_out([Span(0, len(article.text))] if full else _merged(quoted))
    text = BETWEEN_PASSAGES.join(article.text[span.start : span.end] for span, _ in passages)
    wide = _wide(text)
    kept = [
        (_shown(span.start, passages), _shown(span.end, passages), key)
        for span, key in arguments
        if any(passage.start <= span.start and span.end <= passage.end for passage, _ in passages)
    ]
    marks = _without_overlap([*kept, *_occurrences(text, names)])
    return Reading(
        text=text,
        full=full,
        marks=tuple((_utf16(start, wide), _utf16(end, wide), key) for start, end, key in marks),
        _passages=passages,
        _wide=wide,
    )


def _names(graph: Graph) -> dict[str, dict[str, str]]:
    """Entity keys by name, for each article that names them; a name of two entities is left out where both occur."""
    names: dict[str, dict[str, str]] = {}
    for entity in sorted(graph.entities, key=lambda entity: entity.key):
        for article in entity.articles:
            known = names.setdefault(article, {})
            for name in {entity.label, *entity.aliases}:
                if len(name) >= SHORTEST_NAME:
                    known[name] = entity.key if known.get(name, entity.key) == entity.key else ""
    return names


def _occurrences(text: str, names: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where names stand as whole words; looked up by first word, which beats one pattern of all names a hundredfold."""
    by_word: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        first = _WORD.search(name)
        if names[name] and first:
            by_word.setdefault(first.group(), []).append(name)
    found = []
    for word in _WORD.finditer(text):
        for name in by_word.get(word.group(), ()):
            start = word.start() - name.index(word.group())
            end = start + len(name)
            if start >= 0 and text.startswith(name, start) and _stands_alone(text, start, end):
                found.append((start, end, names[name]))
                break
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_WORD.match(before) and _WORD.match(text[start])) and not (
        _WORD.match(after) and _WORD.match(text[end - 1])
    )


def _without_overlap(marks: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest of marks that overlap, the first of equal ones."""
    taken: list[tuple[int, int, str]] = []
    starts: list[int] = []
    for mark in sorted(set(marks), key=lambda mark: (mark[0] - mark[1], mark)):
        at = bisect_right(starts, mark[0])
        free_before = at == 0 or taken[at - 1][1] <= mark[0]
        free_after = at == len(taken) or mark[1] <= taken[at][0]
        if free_before and free_after and mark[0] < mark[1]:
            taken.insert(at, mark)
            starts.insert(at, mark[0])
    return taken


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _laid_out(spans: Sequence[Span]) -> tuple[tuple[Span, int], ...]:
    """Each passage with the place where it starts in the text shown."""
    laid_out = []
    place = 0
    for span in spans:
        laid_out.append((span, place))
        place += span.end - span.start + len(BETWEEN_PASSAGES)
    return tuple(laid_out)


def _shown(position: int, passages: Sequence[tuple[Span, int]]) -> int:
    for span, place in passages:
        if span.start <= position <= span.end:
            return place + position - span.start
    return 0


def _utf16(position: int, wide: Sequence[int]) -> int:
    return position + bisect_left(wide, position)


def _wide(text: str) -> tuple[int, ...]:
    """Places of the characters that UTF-16 writes as two units."""
    if text.isascii():
        return ()
    return tuple(index for index, character in enumerate(text) if character > LAST_NARROW)
