"""Processes that read and extract: tasks in, results out in any order, each the same whoever did it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import chain
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, TypeVar

from kg.build.limits import limit_memory
from kg.build.task import Done, Performer, Task
from kg.reading.lean import spare_unused_libraries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from kg.build.task import Setting

CHUNK: Final = 20_000
"""Code points of text handed to a worker at a time: some seconds of work, so that progress shows and ends meet."""
WORTH_A_WORKER: Final = 60_000
"""Code points of text for which one more process pays: what is read in the seconds that it takes to start."""
_CHUNKS_AHEAD: Final = 4
"""Chunks that wait for each worker: enough that none is idle, few enough that memory stays small."""
_PRELOADED: Final = "kg.build.preloaded"
_PRELOADED_FOR_OTHERS: Final = "kg.build.performing"
"""Modules that the server process of workers imports: for the reader of kg, and for other pipelines of spaCy."""
_DIED: Final = "the process that read it died, for want of memory or by a defect of a library; split it or leave it out"

_Other = TypeVar("_Other")
_performer: Performer | None = None  # of a worker process, set once when it starts


def perform(
    tasks: Iterable[Task | _Other], setting: Setting, jobs: int, *, performer: Callable[[], Performer] | None = None
) -> Iterator[Done | _Other]:
    """Do all tasks, in any order; what is no task is passed on.

    `jobs` 0 means as many processes as there are cores and work for. `performer` gives the one of this process, where
    the caller has use for it too. Raises ModelError where the reading model is missing or damaged.
    """
    tasks = iter(tasks)
    wanted = jobs or _cores()
    # Until it is known that there is work for all, tasks are held back; a build of few articles starts no process.
    first: list[Task] = []
    size = 0
    while len(first) < wanted or size < (wanted - 1) * WORTH_A_WORKER:
        task = next(tasks, None)
        if task is None:
            break
        if isinstance(task, Task):
            first.append(task)
            size += task.size
        else:
            yield task
    processes = min(wanted, len(first) if jobs else size // WORTH_A_WORKER + 1)
    everything = chain(first, tasks)
    if processes <= 1:
        yield from _here(everything, performer or the_performer(setting))
    else:
        yield from _Crew(processes, setting).perform(everything)


def the_performer(setting: Setting) -> Callable[[], Performer]:
    """One that is made when it is asked for first, and then kept: it holds a model."""
    return cache(lambda: Performer(setting))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _here(tasks: Iterable[Task | _Other], performer: Callable[[], Performer]) -> Iterator[Done | _Other]:
    for task in tasks:
        yield performer().perform(task) if isinstance(task, Task) else task


def chunks_of(tasks: Iterable[Task | _Other]) -> Iterator[list[Task] | _Other]:
    """Runs of tasks of about `CHUNK` code points, each task in one; what is no task is passed on."""
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        if not isinstance(task, Task):
            yield task
            continue
        chunk.append(task)
        size += task.size
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Crew:
    """A pool of worker processes that is mended when one of them dies."""

    def __init__(self, processes: int, setting: Setting) -> None:
        self._processes = processes
        self._setting = setting
        self._waiting: dict[Future[list[Done]], list[Task]] = {}
        self._pool = self._new_pool()

    def perform(self, tasks: Iterable[Task | _Other]) -> Iterator[Done | _Other]:
        """Do all tasks; what is no task is passed on."""
        try:
            for chunk in chunks_of(tasks):
                if not isinstance(chunk, list):
                    yield chunk
                    continue
                self._submit(chunk)
                while len(self._waiting) > self._processes * _CHUNKS_AHEAD:
                    yield from self._collect()
            while self._waiting:
                yield from self._collect()
        except BaseException:
            self._stop()
            raise
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._processes, mp_context=_context(self._setting), initializer=_start, initargs=(self._setting,)
        )

    def _submit(self, chunk: list[Task]) -> None:
        with _interrupts_held_back():  # a worker that is half started would complain of it in its own words
            try:
                future = self._pool.submit(_work, chunk)
            except BrokenProcessPool:
                self._waiting[_broken()] = chunk
            else:
                self._waiting[future] = chunk

    def _collect(self) -> Iterator[Done]:
        """Results of what is done; at least one chunk."""
        finished, _ = wait(self._waiting, return_when=FIRST_COMPLETED)
        for future in finished:
            if isinstance(future.exception(), BrokenProcessPool):
                yield from self._mend()
                return
            yield from future.result()
            del self._waiting[future]

    def _mend(self) -> Iterator[Done]:
        """A worker died, and with it all that was under way: do each task of that alone, to find whose fault it was."""
        lost = [task for chunk in self._waiting.values() for task in chunk]
        self._waiting.clear()
        self._pool.shutdown(cancel_futures=True)
        alive = False
        for task in lost:
            if not alive:
                self._pool = self._new_pool()
            try:
                yield from self._pool.submit(_work, [task]).result()
                alive = True
            except BrokenProcessPool:
                alive = False
                yield Done(task.article.id, task.article.path, refused=_DIED)
        if not alive:
            self._pool = self._new_pool()

    def _stop(self) -> None:
        for process in list((vars(self._pool)["_processes"] or {}).values()):  # Python 3.14: terminate_workers()
            process.terminate()


def _context(setting: Setting) -> BaseContext:
    """How workers are started: never forked from a process that has threads, whose locks a child would inherit.

    On Linux a server process loads the libraries once and is forked; its memory is shared until it is written to.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED_FOR_OTHERS if setting.reader else _PRELOADED])
    return context


def _broken() -> Future[list[Done]]:
    from concurrent.futures import Future  # noqa: PLC0415 - at runtime here alone

    future: Future[list[Done]] = Future()
    future.set_exception(BrokenProcessPool())
    return future


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


def _start(setting: Setting) -> None:
    """Make ready a worker process; Ctrl-C is for the parent, which ends its workers itself."""
    global _performer  # noqa: PLW0603 - a process pool's workers have no other place for what they start with
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if setting.reader is None:
        spare_unused_libraries()
    _performer = Performer(setting)
    limit_memory()


def _work(tasks: list[Task]) -> list[Done]:
    assert _performer is not None
    return [_performer.perform(task) for task in tasks]
