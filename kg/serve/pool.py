"""Worker processes: as many as may answer at once, ended when a query takes too long, renewed with the outputs."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
import time
from typing import TYPE_CHECKING, Final

from kg.errors import OutputError
from kg.outputs import EVIDENCE, GRAPH, REPORT
from kg.serve.worker import Job, Place, Reply, work

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

START_SECONDS: Final = 600.0
"""How long a worker may take to open its store: a large one is loaded once, at a million triples in ten seconds."""

_RETRY_SECONDS: Final = 2.0  # after outputs that could not be opened, such as those of a build under way

Fingerprint = tuple[tuple[int, int, int], ...]


class Worker:
    """One process with an open store."""

    def __init__(self, place: Place) -> None:
        context = multiprocessing.get_context("spawn")  # the server has threads, which a fork would not survive
        self._connection: Connection
        self._connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=work, args=(theirs, place), daemon=True, name="kg-worker")
        self._process.start()
        theirs.close()
        opened = self._receive(START_SECONDS)
        if opened is None or opened.status != "ok":
            self.end()
            raise OutputError(opened.reason if opened else f"{place.out}: the store could not be opened")

    def answer(self, job: Job, seconds: float) -> Reply | None:
        """The reply, or None where there is none in time or the process has died; it is then of no more use."""
        try:
            self._connection.send(job)
        except OSError:
            return None
        return self._receive(seconds)

    def _receive(self, seconds: float) -> Reply | None:
        with contextlib.suppress(EOFError, OSError):
            if self._connection.poll(seconds):
                reply: Reply = self._connection.recv()
                return reply
        return None

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.is_alive()

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._connection.close()


class Pool:
    """Workers for the outputs in one folder. `answer` may be called from any number of threads."""

    def __init__(self, place: Place, *, size: int, seconds: float) -> None:
        """Start the workers; raises OutputError where the outputs cannot be opened."""
        self.place = place
        self.size = size
        self.seconds = seconds
        self.generation = 0
        self._fingerprint = self._look()
        self._lock = threading.Lock()
        self._refused_until = 0.0
        self._idle: queue.SimpleQueue[tuple[int, Worker | None]] = queue.SimpleQueue()
        for _ in range(size):  # one after the other: the first one keeps the store that the others open
            self._idle.put((0, Worker(place)))
        self._closed = False

    def answer(self, job: Job, *, seconds: float | None = None) -> Reply:
        """The reply of some worker, after waiting for one to be free."""
        limit = self.seconds if seconds is None else min(seconds, self.seconds)
        generation, worker = self._idle.get()
        try:
            generation, worker = self._current(generation, worker)
            reply = worker.answer(job, limit)
            if reply is not None:
                return reply
            died = not worker.is_alive
            worker.end()
            worker = None
            reason = (
                "the query needs more memory than it may have; ask for less"
                if died
                else f"no answer within {limit:g} s; narrow the query"
            )
            return Reply("too large", reason=reason)
        except OutputError as error:
            return Reply("failed", reason=str(error))
        finally:
            if self._closed and worker is not None:
                worker.end()
            self._idle.put((generation, worker))

    def close(self) -> None:
        """End all workers that are idle; the others end with what they do."""
        self._closed = True
        for _ in range(self.size):
            with contextlib.suppress(queue.Empty):
                _, worker = self._idle.get(timeout=1.0)
                if worker is not None:
                    worker.end()

    def refresh(self) -> int:
        """Notice outputs that a build has replaced; gives the number of replacements so far."""
        found = self._look()
        with self._lock:
            if found != self._fingerprint and time.monotonic() >= self._refused_until:
                self._fingerprint = found
                self.generation += 1
            return self.generation

    def _current(self, generation: int, worker: Worker | None) -> tuple[int, Worker]:
        """A worker over the outputs of now; over the last ones while the new cannot be opened."""
        wanted = self.refresh()
        if worker is not None and generation == wanted and worker.is_alive:
            return generation, worker
        try:
            fresh = Worker(self.place)
        except OutputError:
            if worker is None or not worker.is_alive:
                raise
            with self._lock:  # a build is under way: look again soon
                self._fingerprint = ()
                self._refused_until = time.monotonic() + _RETRY_SECONDS
            return wanted, worker
        if worker is not None:
            worker.end()
        return wanted, fresh

    def _look(self) -> Fingerprint:
        """What tells one set of outputs from the next: replaced files are new files."""
        found = []
        for name in (GRAPH, EVIDENCE, REPORT):
            try:
                status = (self.place.out / name).stat()
            except OSError:
                continue
            found.append((status.st_ino, status.st_size, status.st_mtime_ns))
        return tuple(found)
