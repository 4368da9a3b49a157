"""The process that a query runs in: it holds the store, answers one question at a time, and may be ended at any moment.

Oxigraph cannot be told to stop, and a query can ask for any amount of memory. A process can be ended, and the system
can refuse it memory; the server goes on.
"""

from __future__ import annotations

import contextlib
import io
import re
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import pyoxigraph as ox

from kg.errors import KgError
from kg.query import Source, open_source
from kg.query.entities import find_entity
from kg.query.evaluation import STACK_BYTES, columns
from kg.query.guard import check_allowed
from kg.query.parameters import bind
from kg.query.syntax import explained
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from multiprocessing.connection import Connection

    from kg.query.parameters import Parameter
    from kg.serve.formats import Choice

if sys.platform != "win32":
    import resource

Status = Literal["ok", "malformed", "unacceptable", "too large", "failed"]

_FIRST_SELECT: Final = re.compile(r"\bSELECT\b(?P<kind>\s+(?:DISTINCT|REDUCED))?(?P<all>\s*\*)?", re.IGNORECASE)
_SOLUTIONS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "n3": ox.RdfFormat.N3,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the outputs are, and what a worker may take: bytes of memory beyond the store, bytes of an answer."""

    out: Path
    ontology: Path
    base: str
    memory_bytes: int
    answer_bytes: int


@dataclass(frozen=True, slots=True)
class Job:
    """A query and the formats that its answer may have; `given` fills the parameters of a saved question.

    `default_graphs` and `named_graphs` are the IRIs of the protocol's dataset; None where the request names none.
    """

    query: str
    choice: Choice
    parameters: tuple[Parameter, ...] = ()
    given: Mapping[str, str] | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in `format`, or with another status the reason in words."""

    status: Status
    body: bytes = b""
    format: str = ""
    reason: str = ""


class _TooLargeError(Exception):
    """The answer has outgrown what may be sent."""


class _Capped(io.BytesIO):
    """A buffer that refuses to grow beyond a size."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._most:
            raise _TooLargeError
        return super().write(data)


def work(connection: Connection, place: Place) -> None:
    """Open the store, say so, and answer jobs until the connection closes: what a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends its workers
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_answer_all, args=(connection, place))
    thread.start()
    thread.join()


def _answer_all(connection: Connection, place: Place) -> None:
    with contextlib.suppress(EOFError, OSError):
        try:
            source = open_source(place.out, place.ontology)
        except KgError as error:
            connection.send(Reply("failed", reason=str(error)))
            return
        _limit_memory(place.memory_bytes)
        connection.send(Reply("ok"))
        while True:
            job: Job = connection.recv()
            connection.send(_reply(source, job, place))


def _limit_memory(most: int) -> None:
    """Let the process take this much more address space than it has now; where there is no such limit, nothing."""
    if sys.platform != "linux":
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + most
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _reply(source: Source, job: Job, place: Place) -> Reply:
    """The answer to a job, or why there is none."""
    query = job.query
    try:
        query = _filled(source, job, prefixes(place.base))
        check_allowed(query, cure=" here; `kg query --allow-service` may")
        return _answered(source, query, job, place)
    except SyntaxError as error:
        return Reply("malformed", reason=explained(query, str(error)))
    except KgError as error:  # what is not allowed, or a parameter of a saved question
        return Reply("malformed", reason=str(error))
    except _TooLargeError:
        most = f"{place.answer_bytes / 1e6:,.0f} MB"
        return Reply("too large", reason=f"the answer is larger than {most}; ask for less, with LIMIT or FILTER")
    except MemoryError:
        return Reply("too large", reason="the query needs more memory than it may have; ask for less")
    except (OSError, RuntimeError, ValueError) as error:
        return Reply("failed", reason=f"the query failed: {error}")


def _filled(source: Source, job: Job, known: Mapping[str, str]) -> str:
    """The query with what is given in place of its parameters."""
    if job.given is None:
        return job.query

    def find(name: str, classes: Sequence[str]) -> str:
        return find_entity(source.store, name, classes, known)

    return bind(job.query, job.parameters, job.given, find)


def _answered(source: Source, query: str, job: Job, place: Place) -> Reply:
    known = prefixes(place.base)
    try:
        return _serialised(source.store, query, job, known, place.answer_bytes)
    except (OSError, RuntimeError):
        if not source.is_kept:
            raise
    source.reload()  # the kept store is damaged
    return _serialised(source.store, query, job, known, place.answer_bytes)


def _serialised(store: ox.Store, query: str, job: Job, known: Mapping[str, str], most: int) -> Reply:
    result = _evaluated(store, query, job, known)
    buffer = _Capped(most)
    if isinstance(result, ox.QueryTriples):
        if job.choice.graphs is None:
            return Reply("unacceptable")
        triples: Iterable[ox.Triple] = sorted(result, key=str) if job.choice.graphs == "ttl" else result
        ox.serialize(triples, buffer, format=_GRAPHS[job.choice.graphs], prefixes=dict(known))
        return Reply("ok", buffer.getvalue(), job.choice.graphs)
    if job.choice.solutions is None:
        return Reply("unacceptable")
    result.serialize(buffer, format=_SOLUTIONS[job.choice.solutions])
    return Reply("ok", buffer.getvalue(), job.choice.solutions)


def _evaluated(
    store: ox.Store, query: str, job: Job, known: Mapping[str, str]
) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    result = _asked(store, query, job, known)
    star = _FIRST_SELECT.search(query)
    if isinstance(result, ox.QuerySolutions) and star and star["all"]:
        # Oxigraph has no order of columns for SELECT *; people expect that of the query.
        names = " ".join(f"?{name}" for name in columns(query, result))
        if names:
            listed = f"{query[: star.start()]}SELECT{star['kind'] or ''} {names} {query[star.end() :]}"
            return _asked(store, listed, job, known)
    return result


def _asked(
    store: ox.Store, query: str, job: Job, known: Mapping[str, str]
) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    def nodes(iris: tuple[str, ...] | None) -> list[ox.NamedNode] | None:
        return None if iris is None else [ox.NamedNode(iri) for iri in iris]

    return store.query(
        query,
        prefixes=dict(known),
        default_graph=nodes(job.default_graphs),  # type: ignore[arg-type] # a list of one kind is a list of any
        named_graphs=nodes(job.named_graphs),  # type: ignore[arg-type]
    )
