"""The pages for people: home, query page, entities, search. Templates escape everything that they are given."""

from __future__ import annotations

import secrets
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import jinja2
from starlette.responses import HTMLResponse, Response

from kg.serve.linked_data import rows

if TYPE_CHECKING:
    from kg.serve.sparql import Asker

ASSETS: Final = {
    "editor.js": "text/javascript",
    "query.js": "text/javascript",
    "page.css": "text/css",
    "editor.LICENSES.txt": "text/plain",
}
"""Files that the pages load; nothing comes from another host."""

MOST_FOUND: Final = 100
"""Entities that a search lists."""

_SEARCH: Final = """
SELECT ?e ?label (SAMPLE(?k) AS ?class) (COUNT(DISTINCT ?a) AS ?articles) WHERE {
  { ?e rdfs:label ?name } UNION { ?e skos:altLabel ?name }
  FILTER (STRSTARTS(STR(?e), STR(id:)) && CONTAINS(LCASE(STR(?name)), LCASE(%s)))
  ?e rdfs:label ?label ; a ?c . ?c rdfs:label ?k .
  FILTER NOT EXISTS { ?e a ?narrower . ?narrower rdfs:subClassOf ?c }
  OPTIONAL { ?a schema:mentions ?e }
}
GROUP BY ?e ?label ORDER BY DESC(?articles) ?label LIMIT %d
"""


def environment() -> jinja2.Environment:
    """The templates, with escaping on and undefined names an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("kg.serve"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(templates: jinja2.Environment, name: str, *, status: int = 200, **values: Any) -> Response:  # noqa: ANN401 - the template's
    """A page, under a policy that lets nothing run but its own files."""
    nonce = secrets.token_urlsafe(16)  # for the styles that the editor makes as it runs
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
        "style-src-attr 'unsafe-inline'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    text = templates.get_template(name).render(nonce=nonce, **values)
    return HTMLResponse(text, status, {"Content-Security-Policy": policy, "Vary": "Accept"})


def asset(name: str) -> Response:
    """A file that the pages load."""
    content = resources.files("kg.serve").joinpath("assets", name).read_bytes()
    return Response(content, media_type=ASSETS[name], headers={"Cache-Control": "no-cache"})


async def search(asker: Asker, text: str) -> list[dict[str, str]]:
    """Entities with these words in a name, those that the most articles name first; without words the best known."""
    import pyoxigraph as ox  # noqa: PLC0415 - to write one literal

    found = await rows(asker, _SEARCH.replace("%s", str(ox.Literal(text))).replace("%d", str(MOST_FOUND)))
    return [{name: term["value"] for name, term in row.items()} for row in found]


async def completions(asker: Asker, prefixes: dict[str, str]) -> list[list[str]]:
    """What the editor offers: classes, properties and prefixes as [name, what it is called, kind]."""
    query = """
    SELECT ?term ?label ?kind WHERE {
      { ?term a owl:Class . BIND ("class" AS ?kind) }
      UNION {
        VALUES ?t { owl:ObjectProperty owl:DatatypeProperty rdf:Property }
        ?term a ?t . BIND ("property" AS ?kind)
      }
      UNION { SELECT DISTINCT ?term ("property" AS ?kind) { ?s ?term ?o } }
      OPTIONAL { ?term rdfs:label ?label }
    } ORDER BY ?term ?label
    """
    offered: dict[str, list[str]] = {}
    for row in await rows(asker, query):
        iri = row["term"]["value"]
        best = max(
            (n for n, space in prefixes.items() if iri.startswith(space)), key=lambda n: len(prefixes[n]), default=""
        )
        rest = iri.removeprefix(prefixes.get(best, ""))
        if best and rest.replace("-", "").replace("_", "").isalnum():
            offered.setdefault(
                f"{best}:{rest}", [f"{best}:{rest}", row.get("label", {}).get("value", ""), row["kind"]["value"]]
            )
    return [*offered.values(), *([f"{name}:", space, "namespace"] for name, space in prefixes.items())]
