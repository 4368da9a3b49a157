"""A service of the Reconciliation API, over HTTP: its manifest, and batches of queries."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import urllib3

from kg.errors import ServiceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ATTEMPTS: Final = 6
"""Tries of one request: with the pauses below, somewhat more than a minute of a service that is down."""
BACKOFF_SECONDS: Final = 1.0
"""First pause before a request is tried again; each further one doubles, unless the service says how long to wait."""
TIMEOUT: Final = urllib3.Timeout(connect=10.0, read=60.0)
BATCH: Final = 10
"""Queries in one request, where the service does not say how many it takes; Wikidata's asks for no more."""
_AGAIN: Final = (429, 500, 502, 503, 504)
_FAILED: Final = 400
_IRI_CHARACTERS: Final = "-._~:/?#[]@!$&'()*+,;=%"
_AGENT: Final = "kg-build (knowledge graph builder; urllib3)"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of one entity: a name, perhaps a type of the service's own, and how many candidates at most."""

    name: str
    type: str | None = None
    limit: int = 5

    def document(self) -> dict[str, Any]:
        """The query as the protocol writes it."""
        return {"query": self.name, "limit": self.limit, **({"type": self.type} if self.type else {})}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that the service knows: `score` on its own scale, `match` where it is sure."""

    id: str
    name: str
    score: float
    match: bool
    types: tuple[str, ...] = ()


class Service:
    """A service at an address. Requests keep `interval` seconds between them and are tried again when they fail."""

    def __init__(
        self,
        address: str,
        *,
        interval: float = 0.0,
        backoff: float = BACKOFF_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not address.startswith(("http://", "https://")):
            raise UsageError(f'"{address}" is no address of a service; it starts with http:// or https://')
        self.address = address
        self._interval, self._sleep, self._clock = interval, sleep, clock
        self._next = clock()
        retries = urllib3.Retry(
            total=ATTEMPTS - 1,
            backoff_factor=backoff / 2,  # urllib3 doubles it before the first pause that it makes
            status_forcelist=_AGAIN,
            allowed_methods=None,  # queries are sent by POST and change nothing
            respect_retry_after_header=True,
        )
        self._pool = urllib3.PoolManager(retries=retries, timeout=TIMEOUT, headers={"User-Agent": _AGENT})
        manifest = self._asked("GET")
        if not isinstance(manifest, dict) or "identifierSpace" not in manifest:
            raise ServiceError(f"{address}: is no reconciliation service; its manifest names no identifierSpace")
        self.name = str(manifest.get("name", address))
        self.space = str(manifest["identifierSpace"])
        size = manifest.get("batchSize")
        self.batch_size = size if isinstance(size, int) and size > 0 else BATCH

    def link(self, candidate: Candidate) -> str:
        """The IRI of a candidate; what no IRI may hold is escaped, since it goes into a file."""
        whole = candidate.id.startswith(("http://", "https://", "urn:"))
        parted = "" if whole or self.space.endswith(("/", "#", ":", "=")) else "/"
        return quote(candidate.id if whole else f"{self.space}{parted}{candidate.id}", safe=_IRI_CHARACTERS)

    def ask(self, queries: Sequence[Query]) -> list[tuple[Candidate, ...]]:
        """The candidates for each query, the best first, in the order of the queries; one request for all.

        Raises ServiceError where the service does not answer, or not as the protocol says.
        """
        document = {f"q{i}": query.document() for i, query in enumerate(queries)}
        answer = self._asked("POST", {"queries": json.dumps(document, ensure_ascii=False)})
        try:
            return [_candidates(answer[name]["result"]) for name in document]
        except (KeyError, TypeError, ValueError) as error:
            raise ServiceError(f"{self.address}: did not answer as the protocol says ({error!r})") from error

    def _asked(self, method: str, fields: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - any JSON
        self._wait()
        try:
            if fields is None:
                response = self._pool.request(method, self.address)
            else:
                response = self._pool.request_encode_body(method, self.address, fields, encode_multipart=False)
        except urllib3.exceptions.HTTPError as error:
            message = f"{self.address}: does not answer ({_cause(error)}); try again later, what was answered is kept"
            raise ServiceError(message) from error
        if response.status >= _FAILED:
            raise ServiceError(f"{self.address}: answered {response.status} {response.reason}; check the address")
        try:
            return response.json()
        except ValueError as error:
            raise ServiceError(f"{self.address}: did not answer in JSON; check the address") from error

    def _wait(self) -> None:
        pause = self._next - self._clock()
        if pause > 0:
            self._sleep(pause)
        self._next = self._clock() + self._interval


def _candidates(rows: Any) -> tuple[Candidate, ...]:  # noqa: ANN401 - any JSON
    found = [
        Candidate(
            id=str(row["id"]),
            name=str(row["name"]),
            score=float(row.get("score") or 0.0),
            match=row.get("match") is True,
            types=tuple(str(t["id"] if isinstance(t, dict) else t) for t in row.get("type") or ()),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, each.id)))


def _cause(error: Exception) -> str:
    """The innermost reason, which urllib3 wraps several times."""
    reason = getattr(error, "reason", None)
    return _cause(reason) if isinstance(reason, Exception) else str(reason or error)
