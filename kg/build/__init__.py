"""The order of the stages: articles -> extractions -> graph -> outputs."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from kg import outputs, page, turtle
from kg.articles import read_sources
from kg.build.report import report_of, version
from kg.build.workers import extract_all
from kg.errors import ConfigError, UsageError
from kg.model import Rejection
from kg.ontology import load_ontology
from kg.resolve import ALIASES_FILE, load_aliases, resolve
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.config import Config
    from kg.model import Article, Extraction, Graph, Skipped
    from kg.ontology.schema import Ontology

__all__ = ["BuildResult", "Progress", "build", "silent"]

EXTRACTORS: Final = ("frames",)
"""Names that `extractors` in kg.toml may hold."""


class Progress(Protocol):
    """Told what a build is at: a stage, and how much of it is done where that is known (else total is 0)."""

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Note that `done` of `total` pieces of the stage are done."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made and where: `files` are names under `out`, `timings` seconds by stage.

    `traced` is the extraction of the article that was asked for.
    """

    out: Path
    graph: Graph
    ontology: Ontology
    skipped: tuple[Skipped, ...]
    rejections: tuple[Rejection, ...]
    files: tuple[str, ...]
    timings: dict[str, float]
    traced: Extraction | None = None


def silent(stage: str, done: int = 0, total: int = 0) -> None:
    """Report no progress."""


def build(
    config: Config, *, with_page: bool = True, trace: str | None = None, progress: Progress = silent
) -> BuildResult:
    """Build the outputs of `config.sources` in `config.out`: all of them new, or, where anything fails, none.

    `trace` names an article (by id, path or file name) whose extraction is kept. Raises the KgError of whatever stage
    cannot do its work; an article that cannot be read is skipped and named instead.
    """
    unknown = sorted(set(config.extractors) - set(EXTRACTORS))
    if unknown:
        raise ConfigError(f'extractors: there is no "{unknown[0]}"; there are: {", ".join(EXTRACTORS)}')
    with outputs.locked(config.out):
        return _Build(config, progress).run(with_page=with_page, trace=trace)


@dataclass(frozen=True, slots=True)
class _Build:
    config: Config
    progress: Progress
    timings: dict[str, float] = field(default_factory=dict)

    def run(self, *, with_page: bool, trace: str | None) -> BuildResult:
        with self._stage("ontology"):
            ontology = load_ontology(self.config.ontology)
            aliases = load_aliases(self.config.ontology / ALIASES_FILE, base=self.config.base_iri)
            aliases = load_aliases(self.config.ontology / ALIASES_FILE, base=self.config.base_iri)
        with self._stage("articles"):
            articles, skipped = read_sources(self.config.sources)
            traced_id = _find(trace, articles) if trace else None
        with self._stage("extraction"):
            extractions = list(self._extract(articles, ontology))
        with self._stage("resolution"):
            graph, unwritable = _writable(resolve(articles, extractions, ontology, aliases=aliases))
        files = self._files(graph, ontology, with_page=with_page)
        rejections = tuple(rejection for each in extractions for rejection in each.rejections) + unwritable
        with self._stage("writing"):
            document = report_of(
                graph, ontology, self.config, skipped=skipped, rejections=rejections, timings=self.timings
            )
            outputs.replace_outputs(self.config.out, files, document)
        traced = next((each for each in extractions if each.article == traced_id), None)
        names = (*sorted(files), outputs.REPORT)
        return BuildResult(self.config.out, graph, ontology, tuple(skipped), rejections, names, self.timings, traced)

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self.progress(name)
        start = time.perf_counter()
        yield
        self.timings[name] = time.perf_counter() - start

    def _extract(self, articles: Sequence[Article], ontology: Ontology) -> Iterator[Extraction]:
        total = len(articles)
        return extract_all(
            articles,
            ontology,
            reader=self.config.reader,
            jobs=self.config.jobs,
            progress=lambda done: self.progress("extraction", done, total),
        )

    def _files(self, graph: Graph, ontology: Ontology, *, with_page: bool) -> dict[str, bytes]:
        """All outputs but the report, by name."""
        base = self.config.base_iri
        files = {}
        with self._stage("turtle"):
            files[outputs.GRAPH] = turtle.graph_turtle(graph, ontology, base=base)
            files[outputs.EVIDENCE] = turtle.evidence_turtle(graph, ontology, version=version(), base=base)
        if with_page:
            with self._stage("page"):
                files[outputs.PAGE] = page.render(graph, ontology, base=base).encode(errors="replace")
        for article in graph.articles:
            if article.extracted:
                files[outputs.text_name(article.id)] = article.text.encode(errors="replace")
        return files


def _find(name: str, articles: Sequence[Article]) -> str:
    """The id of the article called `name`."""
    wanted = name.replace("\\", "/")
    for article in articles:
        if wanted in {article.id, article.path, article.path.rsplit("/", 1)[-1], article.id.rsplit("/", 1)[-1]}:
            return article.id
    raise UsageError(f'--trace: no article is called "{name}"{did_you_mean(name, [a.id for a in articles])}')


def _writable(graph: Graph) -> tuple[Graph, tuple[Rejection, ...]]:
    """The graph without statements that no file can hold, and those as rejections."""
    kept, rejected = [], []
    for statement in graph.statements:
        reason = turtle.problem(statement)
        if reason is None:
            kept.append(statement)
        else:
            rejected += [Rejection(each.article, each.span, "value", reason) for each in statement.evidence]
    return replace(graph, statements=tuple(kept)), tuple(rejected)
