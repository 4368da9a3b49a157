"""A project to run commands in: articles, outputs made by hand, and a runner."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.build import stages
from kg.build.extraction import Extracting
from kg.build.report import counts
from kg.cli import cli
from kg.model import Article, Extraction, Graph, Rejection, Span
from kg.outputs import replace_outputs
from tests import harbour
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from click.testing import Result

    from kg.ontology.schema import Ontology

    Run = Callable[..., Result]

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two articles in sources/."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "first.md").write_text(harbour.FIRST, encoding="utf-8")
    (tmp_path / "sources" / "second.txt").write_text(harbour.SECOND, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def outputs(project: Path) -> Path:
    """The hand-made graph in out/."""
    (project / "out").mkdir()
    files = {**harbour_files(), "graph.html": b"<!doctype html><title>kg</title>"}
    replace_outputs(project / "out", files, {"counts": counts(harbour.graph())})
    return project / "out"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction that reads nothing and rejects one candidate an article: what is tested here is what is said of it."""

    def extract(self: Extracting, articles: Iterable[Article]) -> Iterator[Extraction]:
        for i, article in enumerate(articles):
            yield Extraction(article.id, (), (), (Rejection(article.id, Span(0, 4), "frame", "no frame fits"),))
            self._progress(i + 1)

    def resolve(articles: Sequence[Article], _extractions: object, _ontology: Ontology, **_: object) -> Graph:
        graph = harbour.graph()
        return replace(
            graph,
            articles=tuple(articles),
            statements=(),
            entities=tuple(replace(entity, articles=()) for entity in graph.entities),
        )

    monkeypatch.setattr(Extracting, "run", extract)
    monkeypatch.setattr(stages, "resolve", resolve)


@pytest.fixture
def run() -> Run:
    """Run a command line in this process; stdout and stderr apart."""
    runner = CliRunner()

    def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return runner.invoke(cli, arguments, input=stdin, catch_exceptions=False)

    return invoke
