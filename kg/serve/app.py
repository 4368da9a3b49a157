"""The web application: routes, headers, limits."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import KgError
from kg.outputs import PAGE
from kg.query.questions import find_question, read_questions
from kg.serve import pages
from kg.serve.about import service_description, void
from kg.serve.formats import choose, media_type, prefers_html
from kg.serve.linked_data import Addresses, describe, rows, triples
from kg.serve.pool import Pool
from kg.serve.sparql import Asker, Refusal, form, read_body, read_job, to_page, to_response, wants_page
from kg.serve.worker import Job, Place
from kg.stats import QUERIES, figures, render
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOSTS: Final = ("localhost", "127.0.0.1")
"""Names under which the server answers where it is bound to this machine: others are a page that means harm."""

_OVERVIEW: Final = """
SELECT ?class ?label (COUNT(DISTINCT ?e) AS ?n) WHERE {
  ?e a ?class . ?class rdfs:label ?label . FILTER (STRSTARTS(STR(?e), STR(id:)))
  FILTER NOT EXISTS { ?e a ?narrower . ?narrower rdfs:subClassOf ?class }
} GROUP BY ?class ?label ORDER BY DESC(?n) ?label
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for a query, `workers` that answer at once, `memory_bytes` for each, `answer_bytes` for an answer."""

    seconds: float = 30.0
    workers: int = 2
    memory_bytes: int = 2_000_000_000
    answer_bytes: int = 50_000_000


class Server:
    """The routes over one pool of workers."""

    def __init__(self, place: Place, limits: Limits) -> None:
        self.pool = Pool(place, size=limits.workers, seconds=limits.seconds)
        self.asker = Asker(self.pool)
        self.addresses = Addresses(place.base)
        self.prefixes = prefixes(place.base)
        self.templates = pages.environment()
        self.templates.globals["local"] = self.addresses.local

    def routes(self) -> list[Route]:
        """All addresses; what lies under the base IRI's path comes last."""
        routes = [
            Route("/", self.home),
            Route("/sparql", self.sparql, methods=["GET", "POST"]),
            Route("/query", self.query_page),
            Route("/completions.json", self.completions),
            Route("/ask/{name}", self.saved, methods=["GET", "POST"]),
            Route("/graph", self.graph),
            Route("/search", self.search),
            Route("/stats", self.stats),
            Route("/describe", self.described),
            Route("/.well-known/void", self.void),
            Route("/assets/{name}", self.asset),
        ]
        if self.addresses.path is not None:
            routes.append(Route(f"{self.addresses.path}{{rest:path}}", self.thing))
        return routes

    async def home(self, _request: Request) -> Response:
        """What there is."""
        return pages.page(
            self.templates,
            "home.html",
            classes=await rows(self.asker, _OVERVIEW),
            questions=read_questions(self.pool.place.ontology),
            has_graph=(self.pool.place.out / PAGE).is_file(),
        )

    async def sparql(self, request: Request) -> Response:
        """The endpoint."""
        if wants_page(request):
            return to_page(request)
        job = await read_job(request)
        if job is None:
            wanted = choose(request.headers.get("accept"), request.query_params.get("format")).graphs or "ttl"
            return Response(service_description(_address(request), wanted), media_type=media_type(wanted))
        return to_response(await self.asker.ask(job))

    async def query_page(self, request: Request) -> Response:
        """The editor."""
        questions = [
            {
                "name": question.name,
                "words": question.words,
                "query": question.query,
                "parameters": [
                    {"name": p.name, "words": p.words, "kind": p.kind, "default": p.default, "optional": p.optional}
                    for p in question.parameters
                ],
            }
            for question in read_questions(self.pool.place.ontology)
        ]
        values = {"questions": questions, "base": self.addresses.base, "path": self.addresses.path}
        return pages.page(self.templates, "query.html", values=values, query=request.query_params.get("query", ""))

    async def completions(self, _request: Request) -> Response:
        """What the editor offers."""
        return JSONResponse(await pages.completions(self.asker, self.prefixes))

    async def saved(self, request: Request) -> Response:
        """A saved question, its parameters as fields of the address or of a form."""
        question = find_question(read_questions(self.pool.place.ontology), request.path_params["name"])
        fields = form(await read_body(request)) if request.method == "POST" else request.query_params
        given = {name: value for name, value in fields.items() if name != "format" and value}
        choice = choose(request.headers.get("accept"), fields.get("format"))
        return to_response(await self.asker.ask(Job(question.query, choice, question.parameters, given)))

    async def graph(self, _request: Request) -> Response:
        """The page that the build drew."""
        path = self.pool.place.out / PAGE
        if not path.is_file():
            raise Refusal(404, "there is no graph.html; `kg build` without --no-page draws it")
        return Response(path.read_bytes(), media_type="text/html; charset=utf-8")

    async def search(self, request: Request) -> Response:
        """Entities by words of their names."""
        words = request.query_params.get("q", "").strip()
        return pages.page(self.templates, "search.html", words=words, found=await pages.search(self.asker, words))

    async def stats(self, _request: Request) -> Response:
        """The figures, in pictures."""
        answers = {}
        for name, query in QUERIES.items():
            found = await rows(self.asker, query)
            answers[name] = [
                [row["label"]["value"], row["n"]["value"]] if "label" in row else [row["n"]["value"]] for row in found
            ]
        return HTMLResponse(render(figures(answers), home="/"))

    async def thing(self, request: Request) -> Response:
        """Whatever stands behind one of the graph's own IRIs."""
        iri = self.addresses.iri(request.scope.get("raw_path", b"").decode("latin-1").partition("?")[0])
        if iri is None:
            raise Refusal(404, "there is nothing here")
        return await self._describe(request, iri)

    async def described(self, request: Request) -> Response:
        """Whatever an IRI means, also those of the ontology and of others."""
        return await self._describe(request, request.query_params.get("iri", ""))

    async def void(self, request: Request) -> Response:
        """The data set's description."""
        wanted = choose(request.headers.get("accept"), request.query_params.get("format")).graphs or "ttl"
        endpoint = str(request.url.replace(path="/sparql", query=""))
        return Response(await void(self.asker, endpoint, wanted), media_type=media_type(wanted))

    async def asset(self, request: Request) -> Response:
        """A file of the pages."""
        name = request.path_params["name"]
        if name not in pages.ASSETS:
            raise Refusal(404, "there is nothing here")
        return pages.asset(name)

    async def _describe(self, request: Request, iri: str) -> Response:
        accept, wanted = request.headers.get("accept"), request.query_params.get("format")
        try:
            if wanted == "html" or (not wanted and prefers_html(accept)):
                found = await describe(self.asker, iri)
                if found is not None:
                    return pages.page(self.templates, "thing.html", thing=found, formats=("ttl", "jsonld", "nt", "rdf"))
            else:
                format_ = choose(accept, wanted).graphs
                if format_ is None:
                    raise Refusal(406, "descriptions come as HTML, Turtle, JSON-LD, N-Triples and RDF/XML")
                body = await triples(self.asker, iri, format_)
                if body is not None:
                    links = f'<{iri}>; rel="about"'
                    return Response(body, media_type=media_type(format_), headers={"Vary": "Accept", "Link": links})
        except ValueError as error:
            raise Refusal(400, f'"{iri}" is no IRI') from error
        raise Refusal(404, f"the graph knows nothing of {iri}")


def create_app(
    place: Place, limits: Limits | None = None, *, cors: Sequence[str] = (), hosts: Sequence[str] = LOCAL_HOSTS
) -> Starlette:
    """The application; its first worker is up when this returns. Raises OutputError where it cannot open the outputs.

    `cors` are origins whose pages may ask ("*": all), `hosts` names under which the server answers ("*": any).
    """
    server = Server(place, limits or Limits())

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        server.pool.close()

    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        Middleware(_Headers),
    ]
    if cors:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "POST"], allow_headers=["*"])
        )
    app = Starlette(
        routes=server.routes(),
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={Refusal: _refused, KgError: _failed, HTTPException: _plain},
    )
    app.state.server = server
    return app


class _Headers:
    """What every answer says: its type is what it claims to be, and no other page may frame or follow it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await self._app(scope, receive, with_headers)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return PlainTextResponse(f"{error.reason}\n", error.status)


async def _failed(_request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 400)


async def _plain(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


def _address(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))
