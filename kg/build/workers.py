"""Articles to extractions, in this process or in several; the result is the same for any number of them."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.extract import Extractor
    from kg.model import Article, Extraction
    from kg.ontology.schema import Ontology

CHUNK: Final = 20_000
"""Code points of text handed to a worker at a time: some seconds of work, so that progress shows and ends meet."""

WORTH_A_WORKER: Final = 60_000
"""Code points of text for which one more process pays: what is read in the seconds that it takes to start."""

_extractor: Extractor | None = None  # of a worker process, set once when it starts


def extract_all(
    articles: Sequence[Article],
    ontology: Ontology,
    *,
    reader: str | None,
    jobs: int,
    progress: Callable[[int], None],
) -> Iterator[Extraction]:
    """The extractions of all articles, in order. `jobs` 0 means as many processes as there are cores and work for.

    `progress` is told how many articles are done. Raises ModelError where the reading model is missing or damaged.
    """
    processes = min(_processes(articles, jobs), len(articles))
    chunks = list(_chunks(articles))
    results = _here(chunks, ontology, reader) if processes <= 1 else _aside(chunks, ontology, reader, processes)
    done = 0
    for extractions in results:
        yield from extractions
        done += len(extractions)
        progress(done)


def _processes(articles: Sequence[Article], jobs: int) -> int:
    if jobs:
        return jobs
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, sum(len(article.text) for article in articles) // WORTH_A_WORKER + 1)


def _chunks(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """Runs of articles of about `CHUNK` code points; each article in one."""
    chunk: list[Article] = []
    size = 0
    for article in articles:
        chunk.append(article)
        size += len(article.text)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _load(ontology: Ontology, reader: str | None) -> Extractor:
    # A parent that leaves the work to others, and a build that ends at its ontology, need not wait for spaCy.
    from kg.extract import Extractor  # noqa: PLC0415
    from kg.reading import load_reader  # noqa: PLC0415

    return Extractor(ontology, load_reader(threads=1, pipeline=reader))


def _here(chunks: Sequence[list[Article]], ontology: Ontology, reader: str | None) -> Iterator[list[Extraction]]:
    extractor = _load(ontology, reader)
    for chunk in chunks:
        yield list(extractor.extract(chunk))


def _aside(
    chunks: Sequence[list[Article]], ontology: Ontology, reader: str | None, processes: int
) -> Iterator[list[Extraction]]:
    # Spawned, not forked: a forked child inherits threads' locks, and neither macOS nor Windows forks.
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_start, initargs=(ontology, reader)
    )
    try:
        with _interrupts_held_back():  # a worker that is half started would complain of it in its own words
            results = pool.map(_work, chunks)
        yield from results
    except BrokenProcessPool as error:
        message = "a worker process died, perhaps for want of memory; try again with --jobs 1"
        raise KgError(message) from error
    except BaseException:
        for process in list(vars(pool)["_processes"].values()):  # Python 3.14 has terminate_workers() for this
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block; threads other than the main one never see it anyway."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _start(ontology: Ontology, reader: str | None) -> None:
    """Make ready a worker process; Ctrl-C is for the parent, which ends its workers itself."""
    global _extractor  # noqa: PLW0603 - a process pool's workers have no other place for what they start with
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _extractor = _load(ontology, reader)


def _work(chunk: list[Article]) -> list[Extraction]:
    assert _extractor is not None
    return list(_extractor.extract(chunk))
