"""Long articles are read in parts: what a part costs is bounded, and an article of any length can be read.

Parts end where paragraphs do. What the parts say is joined again: things of one name are one thing, as in any article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.model import ArticleEntity, Extraction, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Article, ArticleFact, Rejection

LONGEST_PART: Final = 50_000
"""Code points: ten times a long news article. Within it things may compare with each other; beyond it nothing does."""
LONGEST_WORD: Final = 500
"""Code points without white space that may be a word or an address; a longer run is data, and nobody's prose."""
_RUN: Final = re.compile(rf"\S{{{LONGEST_WORD},}}")
_BREAKS: Final = (re.compile(r"\n[ \t]*\n"), re.compile(r"\n"), re.compile(r"[.!?]\s"), re.compile(r"\s"))
"""Where a text may be cut, the best first."""


def parts_of(article: Article) -> list[tuple[int, Article]]:
    """The article, or its parts with their offsets, as the reading model gets them: runs of data are blanks.

    Parts that are blank altogether are left out.
    """
    text = _RUN.sub(lambda run: " " * len(run[0]), article.text)
    if text is article.text and len(text) <= LONGEST_PART:
        return [(0, article)]
    bounds = [(start, end) for start, end in _bounds(text) if not text[start:end].isspace()]
    return [(start, _part(article, text, start, end)) for start, end in bounds]


def _part(article: Article, text: str, start: int, end: int) -> Article:
    title = article.title_span
    furniture = (_within(span, start, end) for span in article.furniture)
    return replace(
        article,
        text=text[start:end],
        title_span=_within(title, start, end) if title else None,
        furniture=tuple(span for span in furniture if span is not None),
    )


def _within(span: Span, start: int, end: int) -> Span | None:
    """What of a span lies in a part, counted from the part's beginning."""
    first, last = max(span.start, start), min(span.end, end)
    return Span(first - start, last - start) if first < last else None


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > LONGEST_PART:
        end = _cut(text, start + LONGEST_PART // 2, start + LONGEST_PART)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, least: int, most: int) -> int:
    """The last good place to cut between two offsets."""
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, least, most)]
        if ends:
            return ends[-1]
    return most


def joined(article: Article, found: Sequence[tuple[int, Extraction]]) -> Extraction:
    """One extraction of those of an article's parts, with offsets in the whole text."""
    if len(found) == 1 and found[0][0] == 0:
        return found[0][1]
    entities: dict[str, list[ArticleEntity]] = defaultdict(list)
    facts: list[ArticleFact] = []
    rejections: list[Rejection] = []
    for offset, part in found:
        for entity in part.entities:
            entities[entity.id].append(_moved_entity(entity, offset))
        facts += [_moved_fact(fact, offset) for fact in part.facts]
        rejections += [replace(each, span=_moved(each.span, offset)) for each in part.rejections]
    merged = tuple(_merged(same) for _, same in sorted(entities.items()))
    return Extraction(article.id, merged, tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(rejections)))


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _moved_entity(entity: ArticleEntity, offset: int) -> ArticleEntity:
    mentions = tuple(Mention(_moved(each.span, offset), each.surface, each.kind) for each in entity.mentions)
    return replace(entity, mentions=mentions)


def _moved_fact(fact: ArticleFact, offset: int) -> ArticleFact:
    evidence = fact.evidence
    moved = replace(
        evidence,
        span=_moved(evidence.span, offset),
        subject=_moved(evidence.subject, offset) if evidence.subject else None,
        object=_moved(evidence.object, offset) if evidence.object else None,
    )
    return replace(fact, evidence=moved)


def _merged(same: Sequence[ArticleEntity]) -> ArticleEntity:
    """One thing of what several parts know of it; parts count by how often they mention it."""
    if len(same) == 1:
        return same[0]
    weights: dict[str, float] = defaultdict(float)
    classes: dict[str, float] = defaultdict(float)
    for entity in same:
        weight = max(len(entity.mentions), 1)
        classes[entity.class_] += weight
        for name, score in entity.class_scores.items():
            weights[name] += weight * score
    total = sum(weight for _, weight in sorted(weights.items())) or 1.0
    return ArticleEntity(
        id=same[0].id,
        label=same[0].label,
        class_=min(classes, key=lambda name: (-classes[name], name)),
        names=tuple(sorted(_union(entity.names for entity in same))),
        mentions=tuple(mention for entity in same for mention in entity.mentions),
        class_scores={name: round(weight / total, 4) for name, weight in sorted(weights.items())},
        concept=next((entity.concept for entity in same if entity.concept), None),
        joined=tuple(dict.fromkeys(step for entity in same for step in entity.joined)),
    )


def _union(sets: Iterable[Iterable[str]]) -> set[str]:
    return {each for names in sets for each in names}
