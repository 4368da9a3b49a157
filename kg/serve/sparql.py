"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): queries by GET and POST, read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import anyio
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.serve.formats import GRAPHS, SOLUTIONS, choose, media_type, prefers_html
from kg.serve.worker import Job, Reply

if TYPE_CHECKING:
    from starlette.datastructures import FormData, QueryParams
    from starlette.requests import Request

    from kg.serve.pool import Pool

MOST_QUERY_BYTES: Final = 1_000_000
"""Bytes of a request's body: a query of ten thousand values has half of that."""

_MOST_DRAINED: Final = 64_000_000
"""Bytes of a body too large that are still received, and thrown away: most clients read no answer before they have sent
all, and would see a broken connection in place of the reason."""

MOST_WAITING: Final = 1_000
"""Requests that wait for a worker; more are told to come again, so that a flood takes no memory."""

_STATUS: Final = {"malformed": 400, "unacceptable": 406, "too large": 503, "failed": 500}
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_READ_ONLY: Final = "this endpoint is read-only: the graph says what the articles say; change them and build again"


class Asker:
    """Puts jobs to the pool without holding up the server."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._limiter: anyio.CapacityLimiter | None = None
        self._waiting = 0

    async def ask(self, job: Job) -> Reply:
        """The reply of a worker; at once a refusal where too many wait already."""
        if self._waiting >= MOST_WAITING:
            return Reply("too large", reason="too many requests are waiting; come again later")
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self.pool.size)
        self._waiting += 1
        try:
            return await anyio.to_thread.run_sync(self.pool.answer, job, limiter=self._limiter)
        finally:
            self._waiting -= 1


class Refusal(Exception):  # noqa: N818 - an answer to the client, not a failure here
    """A request that gets no answer: the status and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def read_job(request: Request) -> Job | None:
    """What a request of the protocol asks; None for a GET without a query, which wants the service's description."""
    parameters: QueryParams | FormData = request.query_params
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    query = None
    if request.method == "POST":
        if kind == _UPDATE:
            raise Refusal(403, _READ_ONLY)
        if kind not in {_FORM, _QUERY}:
            raise Refusal(415, f"send a query as {_FORM} or {_QUERY}")
        body = await read_body(request)
        if kind == _QUERY:
            query = _decoded(body)
        else:
            parameters = form(body)
    if "update" in parameters:
        raise Refusal(403, _READ_ONLY)
    if query is None:
        queries = parameters.getlist("query")
        if not queries and request.method == "GET":
            return None
        if len(queries) != 1:
            raise Refusal(400, "send exactly one query")
        query = str(queries[0])
    wanted = request.query_params.get("format") or parameters.get("format")
    return Job(
        query,
        choose(request.headers.get("accept"), str(wanted) if wanted else None),
        default_graphs=_graphs(parameters, "default-graph-uri"),
        named_graphs=_graphs(parameters, "named-graph-uri"),
    )


async def read_body(request: Request) -> bytes:
    """The body of a request, up to the most that is taken."""
    body, received = bytearray(), 0
    async for chunk in request.stream():
        received += len(chunk)
        if received <= MOST_QUERY_BYTES:
            body += chunk
        elif received > _MOST_DRAINED:
            break
    if received > MOST_QUERY_BYTES:
        raise Refusal(413, f"the request is larger than {MOST_QUERY_BYTES:,} bytes")
    return bytes(body)


def form(body: bytes) -> QueryParams:
    """The fields of a form; raises Refusal where it is not UTF-8."""
    from starlette.datastructures import QueryParams  # noqa: PLC0415 - beside its only use at run time

    return QueryParams(_decoded(body))


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the request is not UTF-8 at byte {error.start}") from error


def _graphs(parameters: QueryParams | FormData, name: str) -> tuple[str, ...] | None:
    iris = tuple(str(iri) for iri in parameters.getlist(name))
    return iris or None


def to_response(reply: Reply) -> Response:
    """A reply over HTTP."""
    headers = {"Vary": "Accept"}
    if reply.status == "ok":
        return Response(reply.body, media_type=media_type(reply.format), headers=headers)
    reason = reply.reason
    if reply.status == "unacceptable":
        reason = f"solutions come as {', '.join(SOLUTIONS.values())}; graphs as {', '.join(GRAPHS.values())}"
    if reply.status == "too large":
        headers["Retry-After"] = "10"
    return PlainTextResponse(f"{reason}\n", _STATUS[reply.status], headers)


def wants_page(request: Request) -> bool:
    """Whether a person in a browser came to the endpoint's address."""
    return (
        request.method in {"GET", "HEAD"}
        and "format" not in request.query_params
        and prefers_html(request.headers.get("accept"))
    )


def to_page(request: Request) -> Response:
    """Send a browser to the query page, with the query it came with."""
    query = request.url.query
    return RedirectResponse(f"query?{query}" if query else "query", 303)
