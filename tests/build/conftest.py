"""Builds in which reading and extracting are quick and counted, and all else is as it is."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.build import workers
from kg.build.parts import joined, parts_of
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
    Rejection,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.build.task import Setting, Task

ONTOLOGY = Path(__file__).parents[2] / "ontology"


def quick_extraction(article: Article) -> Extraction:
    """The first two capitalised words are companies, and the one acquired the other; the third is a refusal."""
    words = [word for word in article.text.split() if word[0].isupper() and word.isalpha()]
    names = list(dict.fromkeys(words))[:3]
    spans = [Span(at := article.text.index(name), at + len(name)) for name in names]
    entities = tuple(
        ArticleEntity(
            name.lower(), name, "Company", (name,), (Mention(span, name, MentionKind.NAME),), {"Company": 1.0}
        )
        for name, span in zip(names, spans, strict=True)
    )
    facts: tuple[ArticleFact, ...] = ()
    if len(names) > 1:
        evidence = Evidence(
            article.id, Span(spans[0].start, spans[1].end), Modality.ASSERTED, 0.9, "quick", spans[0], spans[1]
        )
        facts = (ArticleFact(names[0].lower(), "acquired", names[1].lower(), evidence),)
    refused = tuple(Rejection(article.id, span, "frame", "no frame fits") for span in spans[2:])
    return Extraction(article.id, entities, facts, refused)


class QuickPerformer:
    """Does tasks as `Performer` does, with `quick_extraction` for a reading model and an extractor.

    Of the ontology's examples it asks those for "bought" that hold the word, in articles that do.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def answers(self) -> Answers:
        """The examples for "bought"."""
        properties = self._setting.ontology.properties.values()
        found = [example.text for each in properties for example in each.examples if " bought " in example.text]
        return Answers({"bought": repr(found)}, "")

    def perform(self, task: Task) -> Done:
        """Extract, and keep what is new."""
        parts = parts_of(task.article)
        stored = [*task.readings, *([None] * len(parts))][: len(parts)]
        extraction = encode_extraction(joined(task.article, [(at, quick_extraction(part)) for at, part in parts]))
        keep: list[tuple[bytes, bytes]] = []
        if self._setting.keeps:
            keep = [(key, b"read") for key, value in zip(task.keys[1:], stored, strict=True) if value is None]
            asked = tuple(word for word in ("bought",) if word in task.article.text)
            grounds = Grounds(self._setting.ontology.digest, asked, self.answers().to(asked))
            keep.append((task.keys[0], encode_grounded(grounds, extraction)))
        article = task.article
        return Done(article.id, article.path, extraction, tuple(keep), read=None in stored)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Five articles, the default ontology, a cache and an output folder that are not there yet; quick tasks."""
    monkeypatch.setattr(workers, "Performer", QuickPerformer)
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    sources = tmp_path / "sources"
    sources.mkdir()
    for i, (one, two) in enumerate([("Nordpay", "Dockside"), ("Quayly", "Berthly"), ("Acme", "Bolt")] * 2):
        (sources / f"{i}.txt").write_text(
            f"{one} said on Monday that it had bought {two} and that the price of it was {i} euros.\n", encoding="utf-8"
        )
    return Config(sources=(sources,), ontology=ONTOLOGY, out=tmp_path / "out", jobs=1)


@pytest.fixture
def taught(config: Config, tmp_path: Path) -> Callable[[str], Config]:
    """Gives the same with one more line in the ontology."""

    def with_line(line: str) -> Config:
        folder = tmp_path / "ontology"
        shutil.copytree(ONTOLOGY, folder, dirs_exist_ok=True)
        prefixes = "@prefix kg: <https://example.org/kg/ontology#> .\n"
        (folder / "more.ttl").write_text(f"{prefixes}{line}\n", encoding="utf-8")
        return replace(config, ontology=folder)

    return with_line
