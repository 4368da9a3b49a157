"""Everything of a build but reading and extracting, at any size: `kg build` with facts taken from patterns.

python -m benchmarks.stored SOURCES OUT

For `benchmarks.build`, whose figure `stored` calls it: names are runs of capitalised words, classes follow from their
last words, and two organizations of one sentence are partners. What a network costs for each article does not depend on
how many there are; what this measures might.
"""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build import build, workers
from kg.build.task import Done
from kg.cache import Answers, Grounds, encode_extraction, encode_grounded
from kg.config import Config
from kg.model import (
    Article,
    ArticleEntity,
    ArticleFact,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    Span,
)

if TYPE_CHECKING:
    from kg.build.task import Setting, Task

ROOT = Path(__file__).parents[1]
_NAME = re.compile(r"[A-Z][a-z]{2,}(?: [A-Z][a-z]+)+")
_SENTENCE = re.compile(r"[^.\n]+\.")
_CLASSES = {
    "Alliance": "Alliance",
    "Consortium": "Alliance",
    "Commission": "GovernmentBody",
    "Bureau": "GovernmentBody",
    "University": "University",
}


def extraction_of(article: Article) -> Extraction:
    """Things by name, and partners."""
    found: dict[str, list[Span]] = {}
    facts = []
    for sentence in _SENTENCE.finditer(article.text):
        named = [(name[0], Span(*name.span())) for name in _NAME.finditer(article.text, *sentence.span())]
        for name, span in named:
            found.setdefault(name, []).append(span)
        for (first, one), (second, two) in pairwise(named):
            if first != second:
                place = Span(*sentence.span())
                evidence = Evidence(article.id, place, Modality.ASSERTED, 0.9, "pattern", one, two)
                facts.append(ArticleFact(first, "partnersWith", second, evidence))
    return Extraction(article.id, tuple(_entity(name, spans) for name, spans in sorted(found.items())), tuple(facts))


def _entity(name: str, spans: list[Span]) -> ArticleEntity:
    class_ = _CLASSES.get(name.rsplit(" ", 1)[-1], "Company")
    mentions = tuple(Mention(span, name, MentionKind.NAME) for span in spans)
    return ArticleEntity(name, name, class_, (name,), mentions, {class_: 1.0})


class PatternPerformer:
    """Does tasks as `kg.build.task.Performer` does."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def answers(self) -> Answers:
        """No example is asked for."""
        return Answers({}, "")

    def perform(self, task: Task) -> Done:
        """Extract by patterns, and keep it."""
        extraction = encode_extraction(extraction_of(task.article))
        grounds = Grounds(self._setting.ontology.digest, (), self.answers().to(()))
        keep = ((task.keys[0], encode_grounded(grounds, extraction)),) if self._setting.keeps else ()
        return Done(task.article.id, task.article.path, extraction, keep, read=True)


if __name__ == "__main__":
    vars(workers)["Performer"] = PatternPerformer
    build(
        Config(sources=(Path(sys.argv[1]),), ontology=ROOT / "ontology", out=Path(sys.argv[2]), jobs=1), with_page=False
    )
