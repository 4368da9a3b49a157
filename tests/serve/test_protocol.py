"""The SPARQL protocol, as clients speak it."""

from __future__ import annotations

import concurrent.futures
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from tests.serve.conftest import CLIENT

if TYPE_CHECKING:
    import httpx

    from tests.serve.conftest import Service

COMPANIES = "SELECT ?name { ?x a kg:Company ; rdfs:label ?name } ORDER BY ?name"
NAMES = ["Dockside", "Nordpay"]
GRAPH = "CONSTRUCT { ?x rdfs:label ?name } WHERE { ?x a kg:Company ; rdfs:label ?name }"
MANY = 200  # requests at once


def names(response: httpx.Response) -> list[str]:
    """The names of a JSON answer."""
    assert response.status_code == 200, response.text
    return [row["name"]["value"] for row in response.json()["results"]["bindings"]]


def test_query_by_get_and_both_posts(service: Service) -> None:
    """The three ways of the protocol give the same."""
    endpoint = f"{service.url}/sparql"
    direct = CLIENT.post(endpoint, content=COMPANIES, headers={"Content-Type": "application/sparql-query"})
    assert names(CLIENT.get(endpoint, params={"query": COMPANIES})) == NAMES
    assert names(CLIENT.post(endpoint, data={"query": COMPANIES})) == NAMES
    assert names(direct) == NAMES


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("application/sparql-results+json", '{"head":{"vars":["name"]}'),
        ("application/sparql-results+xml", '<?xml version="1.0"?><sparql'),
        ("text/csv", "name\r\nDockside\r\nNordpay\r\n"),
        ("text/tab-separated-values", '?name\n"Dockside"\n"Nordpay"\n'),
    ],
)
def test_solutions_in_all_formats(service: Service, accept: str, start: str) -> None:
    """Type and body agree."""
    response = service.get("/sparql", accept, params={"query": COMPANIES})
    assert response.headers["Content-Type"].startswith(accept)
    assert response.headers["Vary"].startswith("Accept")
    assert response.text.startswith(start)


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig"]
)
def test_graphs_in_all_formats(service: Service, accept: str) -> None:
    """What comes back is the graph."""
    response = service.get("/sparql", accept, params={"query": GRAPH})
    assert response.headers["Content-Type"].startswith(accept)
    format_ = ox.RdfFormat.from_media_type(accept)
    assert format_ is not None
    found = {getattr(quad.object, "value", None) for quad in ox.parse(response.content, format=format_)}
    assert found == set(NAMES)


def test_ask_in_all_formats(service: Service) -> None:
    """Yes and no have formats too."""
    query = {"query": "ASK { id:nordpay kg:acquired id:dockside }"}
    assert service.get("/sparql", params=query).json() == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in service.get("/sparql", "application/xml", params=query).text


def test_columns_of_select_all_stand_as_the_query_names_them(service: Service) -> None:
    """Whatever the engine makes of it."""
    query = "SELECT DISTINCT * { ?zoo a kg:Company . ?zoo rdfs:label ?about }"
    assert service.get("/sparql", params={"query": query}).json()["head"]["vars"] == ["zoo", "about"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * {", "line 1: the query ends too early"),
        ("SELECT *\n{ ?x foo:bar 1 }", "line 2: the prefix foo: is not declared"),
        ("", "line 1: the query ends too early"),
        ("SELECT * { SERVICE <http://127.0.0.1/> {} }", "SERVICE asks the network, which is off"),
        ("{" * 9000, "brackets, operators and keywords"),
    ],
)
def test_what_is_no_query_is_400(service: Service, query: str, reason: str) -> None:
    """With line and reason, as text."""
    response = service.get("/sparql", params={"query": query})
    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert reason in response.text


def test_updates_are_refused(service: Service) -> None:
    """By whatever way they come; the graph stays as it was."""
    endpoint, update = f"{service.url}/sparql", "DELETE WHERE { ?s ?p ?o }"
    typed = CLIENT.post(endpoint, content=update, headers={"Content-Type": "application/sparql-update"})
    assert typed.status_code == 403
    assert CLIENT.post(endpoint, data={"update": update}).status_code == 403
    assert CLIENT.get(endpoint, params={"update": update}).status_code == 403
    assert CLIENT.post(endpoint, data={"query": update}).status_code == 400
    assert CLIENT.post(endpoint, data={"query": "LOAD <file:///etc/hostname>"}).status_code == 400
    assert names(CLIENT.get(endpoint, params={"query": COMPANIES})) == NAMES


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "POST", "content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"method": "POST", "data": {"other": "x"}}, 400),
        ({"method": "GET", "params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ({"method": "GET", "params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406),
        ({"method": "GET", "params": {"query": "ASK {}"}, "headers": {"Accept": "text/turtle"}}, 406),
        ({"method": "PUT"}, 405),
        ({"method": "POST", "content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ({"method": "POST", "content": b" " * 1_000_001, "headers": {"Content-Type": "application/sparql-query"}}, 413),
    ],
)
def test_wrong_requests_have_their_status(service: Service, request_: dict[str, object], status: int) -> None:
    """As HTTP and the protocol have it."""
    response = CLIENT.request(url=f"{service.url}/sparql", timeout=30, **request_)  # type: ignore[arg-type]
    assert response.status_code == status, response.text


def test_a_request_too_large_is_told_so_by_clients_that_send_all_first(service: Service) -> None:
    """Ten megabytes from a plain client: the reason comes back, not a broken connection."""
    request = urllib.request.Request(f"{service.url}/sparql", data=b"query=" + b"x" * 10_000_000)  # noqa: S310 - own server
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(request, timeout=60)  # noqa: S310
    assert raised.value.code == 413
    assert "larger than 1,000,000 bytes" in raised.value.read().decode()


def test_dataset_of_the_protocol_is_honoured(service: Service) -> None:
    """A graph that is not there is empty; it is not taken for the default graph."""
    parameters = {"query": COMPANIES, "default-graph-uri": "https://example.org/other"}
    assert names(service.get("/sparql", params=parameters)) == []


def test_service_description(service: Service) -> None:
    """At the endpoint's own address, in any format of graphs."""
    response = service.get("/sparql", "text/turtle")
    text = response.text
    assert "sd:supportedLanguage sd:SPARQL11Query" in text
    assert f"<{service.url}/sparql>" in text
    assert service.get("/sparql", "application/rdf+xml").text.startswith("<?xml")


def test_a_browser_at_the_endpoint_is_sent_to_the_query_page(service: Service) -> None:
    """With the query it brought."""
    response = service.get("/sparql?query=ASK%20%7B%7D", "text/html")
    assert (response.status_code, response.headers["Location"]) == (303, "query?query=ASK%20%7B%7D")


def test_pages_of_other_origins_may_ask_only_where_that_is_allowed(service: Service) -> None:
    """CORS is an option."""
    for origin, allowed in (("https://pages.example", "https://pages.example"), ("https://other.example", None)):
        response = CLIENT.get(f"{service.url}/sparql", params={"query": "ASK {}"}, headers={"Origin": origin})
        assert response.headers.get("Access-Control-Allow-Origin") == allowed


def test_a_foreign_host_name_is_refused(service: Service) -> None:
    """A page of the web that points its own name at this machine reads nothing."""
    response = CLIENT.get(f"{service.url}/sparql", params={"query": "ASK {}"}, headers={"Host": "evil.example"})
    assert response.status_code == 400


# Clients


def converted(client: SPARQLWrapper) -> Any:  # noqa: ANN401 - as each format has it
    """What a client makes of the answer."""
    return client.queryAndConvert()


def test_sparqlwrapper(service: Service) -> None:
    """The client that Python people use, in four formats and by POST."""
    client = SPARQLWrapper(f"{service.url}/sparql")
    client.setQuery(COMPANIES)
    client.setReturnFormat(JSON)
    assert [row["name"]["value"] for row in converted(client)["results"]["bindings"]] == NAMES
    client.setReturnFormat(CSV)
    assert converted(client).decode().split() == ["name", *NAMES]
    client.setReturnFormat(XML)
    assert "Nordpay" in converted(client).toxml()
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    assert len(converted(client)["results"]["bindings"]) == 2
    client.setQuery(GRAPH)
    client.setReturnFormat(TURTLE)
    assert b'"Nordpay"' in converted(client)


@pytest.mark.external
@pytest.mark.skipif(shutil.which("roqet") is None, reason="roqet is not installed")
def test_roqet(service: Service) -> None:
    """Rasqal's client of the protocol."""
    query = "PREFIX kg: <https://example.org/kg/ontology#> SELECT ?x WHERE { ?x a kg:Company } ORDER BY ?x"
    command = ["roqet", "-q", "-p", f"{service.url}/sparql", "-r", "csv", "-e", query]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.split() == [
        *("x", "https://example.org/kg/id/dockside", "https://example.org/kg/id/nordpay"),
    ]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(service: Service) -> None:
    """As the help shows it."""
    command = ["curl", "-sS", f"{service.url}/sparql", "--data-urlencode", "query=ASK { ?x a kg:Alliance }"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(result.stdout)["boolean"] is True


# Load


def test_many_requests_at_once_are_all_answered_rightly(service: Service) -> None:
    """Each gets the answer to its own question."""

    def ask(number: int) -> bool:
        query = f"SELECT (STRLEN(?name) + {number} AS ?n) {{ id:nordpay rdfs:label ?name }}"
        response = service.get("/sparql", params={"query": query})
        rows = response.json()["results"]["bindings"]
        return [row["n"]["value"] for row in rows] == [str(7 + number)]

    with concurrent.futures.ThreadPoolExecutor(MANY) as threads:
        assert all(threads.map(ask, range(MANY)))
