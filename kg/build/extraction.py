"""Articles to extractions: from the cache where nothing has changed, else by the workers, and then kept."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.build.parts import parts_of
from kg.build.task import Done, Setting, Task
from kg.build.workers import perform, the_performer
from kg.cache import Keys, decode_extraction, decode_grounded
from kg.cache.codec import DamagedError
from kg.cache.grounds import decode_answers, encode_answers
from kg.model import Skipped
from kg.ontology.digest import digest_without_examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.build.result import Work
    from kg.cache import Answers, Store
    from kg.config import Config
    from kg.model import Article, Extraction
    from kg.ontology.schema import Ontology

    Wanted = Callable[[Article], bool]

_LOOKED_UP: Final = 64
"""Articles whose keys are looked up together."""
_KEPT_AFTER: Final = 4_000_000
"""Bytes after which results are written to the cache: a stopped build loses the work of some seconds."""


class Extracting:
    """The extraction of many articles, in any order, or why there is none of one.

    Extractions are without mentions and explanations but for articles that are wanted `whole`. `progress` is told how
    many articles are done, `work` counts what was done. What is new is in the store, however the iteration ends.
    """

    def __init__(
        self,
        ontology: Ontology,
        config: Config,
        *,
        store: Store,
        work: Work,
        progress: Callable[[int], None] = lambda _done: None,
        whole: Wanted = lambda _article: False,
    ) -> None:
        self._setting = Setting(ontology, config.extractors, config.reader, bool(store) and config.reader is None)
        keeps = self._setting.keeps
        self._keys = Keys(digest_without_examples(ontology), config.extractors) if keeps else None
        self._performer = the_performer(self._setting)
        self._answers: Answers | None = None
        self._jobs = config.jobs
        self._store = store
        self._work = work
        self._progress = progress
        self._whole = whole
        self._whole_ids: set[str] = set()
        self._kept: list[tuple[bytes, bytes]] = []

    def run(self, articles: Iterable[Article]) -> Iterator[Extraction | Skipped]:
        """Yield each article's extraction, or its refusal."""
        try:
            for each in perform(self._tasks(articles), self._setting, self._jobs, performer=self._performer):
                self._work.articles += 1
                yield self._finished(each) if isinstance(each, Done) else each
                self._progress(self._work.articles)
        finally:
            self._store.keep(self._kept)
            self._kept.clear()

    def _tasks(self, articles: Iterable[Article]) -> Iterator[Task | Extraction]:
        """What there is to do, or what is found done."""
        stream = iter(articles)
        while batch := list(islice(stream, _LOOKED_UP)):
            self._whole_ids.update(article.id for article in batch if self._whole(article))
            yield from self._looked_up(batch, self._keys) if self._keys else map(Task, batch)

    def _looked_up(self, batch: list[Article], keys: Keys) -> Iterator[Task | Extraction]:
        by_key = {keys.extraction(article): article for article in batch}
        found = self._store.find(list(by_key))
        for key, article in by_key.items():
            extraction = self._decoded(article.id, found[key], keys) if key in found else None
            if extraction is not None:
                self._work.kept += 1
                yield extraction
                continue
            readings = [keys.reading(part.text) for _, part in parts_of(article)]
            stored = self._store.find(readings)
            yield Task(article, (key, *readings), tuple(stored.get(each) for each in readings))

    def _finished(self, done: Done) -> Extraction | Skipped:
        self._kept += done.keep
        if sum(len(value) for _, value in self._kept) >= _KEPT_AFTER:
            self._store.keep(self._kept)
            self._kept.clear()
        if done.extraction is None:
            return Skipped(done.path, done.refused or "")
        self._work.extracted += 1
        self._work.read += done.read
        return decode_extraction(done.extraction, done.article, whole=done.article in self._whole_ids)

    def _decoded(self, article: str, data: bytes, keys: Keys) -> Extraction | None:
        """A kept extraction, where it still stands; explanations only do with the ontology that they were made with."""
        whole = article in self._whole_ids
        try:
            grounds, extraction = decode_grounded(data)
            if grounds.ontology != self._setting.ontology.digest and (
                whole or self._answered(keys).to(grounds.asked) != grounds.answer
            ):
                return None
            return decode_extraction(extraction, article, whole=whole)
        except DamagedError:
            return None

    def _answered(self, keys: Keys) -> Answers:
        """What the examples of this ontology answer, from the cache, or worked out here and kept."""
        if self._answers is None:
            key = keys.answers(self._setting.ontology.digest)
            kept = self._store.find([key]).get(key)
            self._answers = decode_answers(kept) if kept else None
            if self._answers is None:
                self._answers = self._performer().answers()
                self._store.keep([(key, encode_answers(self._answers))])
        return self._answers
