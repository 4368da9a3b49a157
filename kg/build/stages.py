"""The order of the stages: articles -> extractions -> graph -> outputs."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg import outputs, turtle
from kg.articles import Sources, sorted_skipped
from kg.build.extraction import Extracting
from kg.build.inputs import digest_of_inputs
from kg.build.rejections import Rejected
from kg.build.report import report_of, version
from kg.build.result import BuildResult, Traced, Work
from kg.build.spool import Texts
from kg.cache import cache_folder, open_store
from kg.copies import find_copies
from kg.errors import UsageError
from kg.model import Rejection, Skipped
from kg.ontology import load_ontology
from kg.resolve import ALIASES_FILE, contradictions, load_aliases, resolve
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.build.result import Progress
    from kg.cache import Store
    from kg.config import Config
    from kg.model import Article, Extraction, Graph, Statement
    from kg.ontology.schema import Ontology


@dataclass(slots=True)
class LeftOut:
    """What did not get into the graph."""

    rejected: Rejected
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(slots=True)
class Stages:
    """One build of everything, of sources that are found and not read yet.

    `setting` is the digest of all other inputs. `trace` names an article to keep whole.
    """

    config: Config
    sources: Sources
    setting: str | None
    progress: Progress
    timings: dict[str, float]
    caching: bool = True
    trace: str | None = None
    all_rejected: bool = False
    work: Work = field(default_factory=Work)
    articles: list[Article] = field(default_factory=list)
    traced: Article | None = None

    def run(self, *, with_page: bool) -> BuildResult:
        """Go through all stages; the caller holds the lock of the output folder."""
        left_out = LeftOut(Rejected(everything=self.all_rejected))
        with self._stage("ontology"):
            ontology = load_ontology(self.config.ontology)
            path = self.config.ontology / ALIASES_FILE
            aliases = load_aliases(path, base=self.config.base_iri, classes=ontology.classes)
        with Texts(self.config.out) as texts:
            with self._stage("extraction"):
                extractions, traced = self._extract(ontology, texts, left_out)
            with self._stage("resolution"):
                copies = find_copies(self.articles, texts)
                graph = resolve(self.articles, extractions, ontology, aliases=aliases, copies=copies)
                graph, refused = _sound(graph, ontology)
                left_out.rejected.add(refused)
                traced = _with_rejections(traced, refused)
            extractions.clear()
            report = self._write(graph, ontology, texts, left_out, with_page=with_page)
        return BuildResult(
            out=self.config.out,
            report=report,
            skipped=tuple(left_out.skipped),
            rejections=left_out.rejected.listed(),
            files=(*sorted(report["files"]), outputs.REPORT),
            timings=self.timings,
            work=self.work,
            load=lambda: (graph, ontology),
            traced=traced,
        )

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self.progress(name)
        start = time.perf_counter()
        yield
        self.timings[name] = time.perf_counter() - start

    def _extract(self, ontology: Ontology, texts: Texts, left_out: LeftOut) -> tuple[list[Extraction], Traced | None]:
        """All extractions, as far as later stages need them, and the whole one that was asked for."""
        extractions: list[Extraction] = []
        traced = None
        with self._store() as store:
            extracting = Extracting(
                ontology, self.config, store=store, work=self.work, progress=self._extracted, whole=self._is_traced
            )
            for each in extracting.run(self._articles(texts)):
                if isinstance(each, Skipped):
                    left_out.skipped.append(each)
                    continue
                if self.traced is not None and each.article == self.traced.id:
                    traced = Traced(self.traced, each)
                left_out.rejected.add(each.rejections)
                extractions.append(replace(each, rejections=()))
        if self.trace and self.traced is None:
            raise UsageError(_no_such_article(self.trace, self.articles))
        refused = {each.path for each in left_out.skipped}
        self.articles = [article for article in self.articles if article.path not in refused]
        left_out.skipped = sorted_skipped([*self.sources.skipped, *left_out.skipped])
        return extractions, traced

    @contextmanager
    def _store(self) -> Iterator[Store]:
        store = open_store(cache_folder() if self.caching else None)
        try:
            yield store
        finally:
            store.close()
            self.work.notes = tuple(store.notes)

    def _is_traced(self, article: Article) -> bool:
        return article is self.traced

    def _extracted(self, done: int) -> None:
        # A collection holds more articles than the one file that it is.
        self.progress("extraction", done, max(done, len(self.sources.files)))

    def _articles(self, texts: Texts) -> Iterator[Article]:
        """Each article as it is read; what stays of it is all but its text, which goes to disk."""
        for article in self.sources.articles():
            if self.traced is None and self.trace and _is_called(article, self.trace):
                self.traced = article
            texts.add(article.id, article.text)
            self.articles.append(replace(article, text=""))
            yield article

    def _write(
        self, graph: Graph, ontology: Ontology, texts: Texts, left_out: LeftOut, *, with_page: bool
    ) -> dict[str, Any]:
        """Write all files and put them in place; gives what `report.json` says."""
        base = self.config.base_iri
        with outputs.NewOutputs(self.config.out) as new:
            with self._stage("turtle"):
                new.write(outputs.GRAPH, lambda stream: turtle.write_graph(stream, graph, ontology, base=base))
                new.write(
                    outputs.EVIDENCE,
                    lambda stream: turtle.write_evidence(
                        stream, graph, ontology, texts=texts, version=version(), base=base
                    ),
                )
            if with_page:
                with self._stage("page"):
                    new.write(outputs.PAGE, _page(graph, ontology, texts, base))
            with self._stage("writing"):
                for article in graph.articles:
                    if article.extracted:
                        new.write(outputs.text_name(article.id), texts[article.id].encode(errors="replace"))
                report = report_of(
                    graph,
                    ontology,
                    self.config,
                    inputs=digest_of_inputs(self.sources.digests, self.setting),
                    texts=texts,
                    skipped=left_out.skipped,
                    rejected=left_out.rejected,
                    timings=self.timings,
                )
                return new.put_in_place(report)


def _page(graph: Graph, ontology: Ontology, texts: Texts, base: str) -> bytes:
    """The page, which holds texts, so that they are all in memory while it is made."""
    from kg import page  # noqa: PLC0415 - with networkx and pyvis, which a build without a page need not wait for

    articles = tuple(replace(article, text=texts[article.id]) for article in graph.articles)
    return page.render(replace(graph, articles=articles), ontology, base=base).encode(errors="replace")


def _is_called(article: Article, name: str) -> bool:
    wanted = name.replace("\\", "/")
    return wanted in {article.id, article.path, article.path.rsplit("/", 1)[-1], article.id.rsplit("/", 1)[-1]}


def _no_such_article(name: str, articles: list[Article]) -> str:
    return f'--trace: no article is called "{name}"{did_you_mean(name, [article.id for article in articles])}'


def _sound(graph: Graph, ontology: Ontology) -> tuple[Graph, list[Rejection]]:
    """The graph without statements that no file can hold or the gazetteer contradicts; and those, rejected."""
    misplaced = {id(statement): reason for statement, reason in contradictions(graph, ontology)}
    kept: list[Statement] = []
    refused: list[Rejection] = []
    for statement in graph.statements:
        unwritable = turtle.problem(statement)
        reason = unwritable or misplaced.get(id(statement))
        if reason is None:
            kept.append(statement)
        else:
            stage = "value" if unwritable else "gazetteer"
            refused += [Rejection(each.article, each.span, stage, reason) for each in statement.evidence]
    return replace(graph, statements=tuple(kept)), refused


def _with_rejections(traced: Traced | None, refused: list[Rejection]) -> Traced | None:
    """The traced article with those of its facts that were refused when all articles were known."""
    if traced is None:
        return None
    of_it = tuple(each for each in refused if each.article == traced.article.id)
    return replace(traced, extraction=replace(traced.extraction, rejections=(*traced.extraction.rejections, *of_it)))
