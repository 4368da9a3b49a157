"""Pages and linked data: for people and programs under the same addresses; in Chromium as people see them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.serve.conftest import harbour_outputs, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from tests.serve.conftest import Service

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
NORDPAY = "https://example.org/kg/id/nordpay"


# Linked data


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "text/turtle"),
    ],
)
def test_programs_get_triples_of_a_thing(service: Service, accept: str, media: str) -> None:
    """Its own, those that name it, and its facts with their evidence; every format says the same."""
    response = service.get("/kg/id/nordpay", accept)
    assert response.headers["Content-Type"].startswith(media)
    assert response.headers["Link"] == f'<{NORDPAY}>; rel="about"'
    format_ = ox.RdfFormat.from_media_type(media)
    assert format_ is not None
    found = {str(quad.triple) for quad in ox.parse(response.content, format=format_)}
    nt = service.get("/kg/id/nordpay?format=nt").content
    assert found == {str(quad.triple) for quad in ox.parse(nt, format=ox.RdfFormat.N_TRIPLES)}
    assert any('"Nordpay will launch the QuayPass app."' in triple for triple in found)
    assert any(f"partnersWith> <{NORDPAY}>" in triple for triple in found)
    assert not any("lisbon> <https://schema.org" in triple for triple in found)


def test_json_ld_of_a_thing_has_short_names(service: Service) -> None:
    """It reads as JSON."""
    document = json.loads(service.get("/kg/id/nordpay", "application/ld+json").content)
    (node,) = [node for node in document["@graph"] if node["@id"] == "id:nordpay"]
    assert (node["label"], node["acquired"]) == ("Nordpay", "id:dockside")


def test_people_get_a_page(service: Service) -> None:
    """Facts both ways with their sentences and articles, and links to the other formats."""
    response = service.get("/kg/id/nordpay", BROWSER)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Vary"].startswith("Accept")
    page = response.text
    assert "<h1>Nordpay</h1>" in page
    assert "also: Nordpay ASA" in page
    assert '<a href="/kg/id/quaypass">QuayPass</a>' in page
    assert "It bought Dockside for €2.5 million." in page
    assert "… holds a position at Nordpay" in page
    assert '<a href="/kg/article/second%20article">Nordpay plans &#34;a bigger boat&#34;</a>' in page
    assert 'type="application/ld+json" href="/kg/id/nordpay?format=jsonld"' in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/kg/article/harbour/first", "Port cities join hands"),
        ("/kg/article/second%20article", "Nordpay plans"),
        ("/describe?iri=https://example.org/kg/ontology%23Company", "company"),
        ("/describe?iri=https://example.org/kg/id/lisbon", "Lisbon"),
    ],
)
def test_everything_has_a_page(service: Service, path: str, words: str) -> None:
    """Articles with any name, terms of the ontology."""
    response = service.get(path, BROWSER)
    assert response.status_code == 200
    assert words in response.text


def test_every_link_between_things_leads_somewhere(service: Service) -> None:
    """Facts, evidence, values and posts too."""
    paths = set(re.findall(r'href="(/kg/[^"?]+)"', service.get("/kg/id/lisbon", BROWSER).text))
    for row in service.get("/sparql", params={"query": "SELECT DISTINCT ?s { ?s a ?c }"}).json()["results"]["bindings"]:
        iri = row["s"]["value"]
        if iri.startswith("https://example.org/kg/") and "#" not in iri and "/kg/ontology/" not in iri:
            paths.add(iri.removeprefix("https://example.org"))
    assert len(paths) > 25
    assert {path: service.get(path, BROWSER).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/kg/id/nobody", 404),
        ("/kg/nonsense/x", 404),
        ("/elsewhere", 404),
        ("/describe?iri=not%20an%20iri", 400),
        ("/describe", 400),
        ("/assets/..%2Fapp.py", 404),
        ("/assets/nothing.js", 404),
        ("/ask/nonsense", 400),
        ("/ask/about?format=csv", 400),
    ],
)
def test_what_is_not_there_is_said(service: Service, path: str, status: int) -> None:
    """As text, with its status."""
    response = service.get(path)
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("text/plain")


def test_a_format_nobody_has_is_406(service: Service) -> None:
    """With those that there are."""
    assert service.get("/kg/id/nordpay", "image/png").status_code == 406


def test_saved_questions_answer_by_address(service: Service) -> None:
    """Parameters are fields."""
    response = service.get("/ask/about", params={"entity": "QuayPass", "format": "csv"})
    assert response.text.splitlines()[1].startswith("Nordpay,launched,QuayPass,planned,")


def test_void_counts_what_there_is(service: Service) -> None:
    """The data set's own description, in any format of graphs."""
    text = service.get("/.well-known/void", "text/turtle").text
    assert "void:documents 2" in text
    assert "void:entities 7" in text
    assert f"void:sparqlEndpoint <{service.url}/sparql>" in text
    assert "void:classPartition" in text


@pytest.mark.parametrize("path", ["/", "/query", "/search?q=nord", "/kg/id/nordpay"])
def test_pages_let_nothing_foreign_in(service: Service, path: str) -> None:
    """A policy that allows their own files alone."""
    response = service.get(path, BROWSER)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert set(re.findall(r'(?:src|href)="(https?:[^"]+)"', response.text)) <= {"https://sws.geonames.org/2267057/"}


def test_base_without_a_path_of_its_own(tmp_path: Path) -> None:
    """A base that ends in # is described by whole IRIs."""
    server = serving(harbour_outputs(tmp_path / "out"), base="https://data.example/things#")
    service = next(server)
    assert service.get("/", BROWSER).status_code == 200
    assert service.get("/describe?iri=https://example.org/kg/id/lisbon", BROWSER).status_code == 200
    assert next(server, None) is None


def test_names_cannot_become_markup(tmp_path: Path) -> None:
    """What an article says is text on every page."""
    out = harbour_outputs(tmp_path / "out")
    (out / "report.json").unlink()
    for name in ("graph.ttl", "evidence.ttl"):
        text = (out / name).read_text(encoding="utf-8")
        (out / name).write_text(text.replace('"QuayPass"', '"<script>alert(1)</script>"'), encoding="utf-8")
    server = serving(out)
    service = next(server)
    for path in ("/kg/id/quaypass", "/kg/id/nordpay", "/search?q=%3Cscript", "/search?q=%22%3E%3Cscript%3E"):
        page = service.get(path, BROWSER).text
        assert "<script" not in page.lower(), path
    assert next(server, None) is None


# In the browser


@pytest.fixture
def page(service: Service, browser: Browser) -> Iterator[Page]:
    """A page in Chromium that can reach this server alone; errors of scripts and of policies fail the test."""
    problems: list[str] = []

    def only_ours(route: Route) -> None:
        if route.request.url.startswith((service.url, "data:")):
            route.continue_()
        else:
            problems.append(f"asked for {route.request.url}")
            route.abort()

    tab = browser.new_page()
    tab.route("**/*", only_ours)
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on(
        "console",
        lambda said: problems.append(said.text) if said.type == "error" and "status of 4" not in said.text else None,
    )
    yield tab
    tab.close()
    assert problems == []


def ready(page: Page, service: Service, path: str = "/query") -> None:
    """Open the query page and wait for its editor."""
    page.goto(service.url + path)
    page.wait_for_selector("body[data-ready]")


def write(page: Page, text: str) -> None:
    """Replace the editor's text."""
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


@pytest.mark.browser
def test_query_page_asks_and_links(page: Page, service: Service) -> None:
    """Ctrl-Enter asks; a thing in the answer leads to its page."""
    ready(page, service)
    write(page, "SELECT ?thing ?name { ?thing a kg:Company ; rdfs:label ?name } ORDER BY ?name")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer td")
    assert page.locator("#answer td").all_inner_texts() == ["id:dockside", "Dockside", "id:nordpay", "Nordpay"]
    assert page.inner_text("#status").startswith("2 rows, ")
    page.click("text=id:nordpay")
    page.wait_for_selector("h1")
    assert page.inner_text("h1") == "Nordpay"


@pytest.mark.browser
def test_query_page_completes_names(page: Page, service: Service) -> None:
    """Of the ontology's properties, with what they are called."""
    ready(page, service)
    write(page, "")
    page.keyboard.type("SELECT * { ?x kg:acq")
    page.wait_for_selector(".cm-tooltip-autocomplete li")
    assert page.locator(".cm-tooltip-autocomplete li").first.inner_text().startswith("kg:acquired")
    page.wait_for_timeout(300)  # CodeMirror takes no key for 75 ms, so that nobody completes by surprise
    page.keyboard.press("Enter")
    assert "kg:acquired" in page.inner_text(".cm-content")


@pytest.mark.browser
def test_query_page_shows_where_an_error_is(page: Page, service: Service) -> None:
    """The reason below, the line marked."""
    ready(page, service)
    write(page, "SELECT *\n{ ?x foo:bar ?y }")
    page.click("#run")
    page.wait_for_selector("#problem:not([hidden])")
    assert "the prefix foo: is not declared" in page.inner_text("#problem")
    assert page.inner_text(".error-line") == "{ ?x foo:bar ?y }"


@pytest.mark.browser
def test_query_page_asks_saved_questions_with_parameters(page: Page, service: Service) -> None:
    """By name in the address; what must be given is asked for, names of people do."""
    ready(page, service, "/query#about")
    page.fill("#parameters input", "quaypass")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer td")
    assert page.locator("#answer td").all_inner_texts()[:3] == ["Nordpay", "launched", "QuayPass"]
    href = page.get_attribute("#as-csv", "href")
    assert href is not None
    assert service.get(href).text.startswith("subject,property,object,modality,confidence\r\nNordpay,")


@pytest.mark.browser
def test_query_page_shows_graphs_and_verdicts(page: Page, service: Service) -> None:
    """CONSTRUCT as Turtle, ASK as a word; a query in the address is asked at once."""
    ready(page, service, "/query?query=ASK%20%7B%20id%3Anordpay%20kg%3Aacquired%20id%3Adockside%20%7D")
    page.wait_for_selector(".verdict")
    assert page.inner_text(".verdict") == "yes"
    write(page, "CONSTRUCT { ?x rdfs:label ?n } WHERE { ?x a kg:City ; rdfs:label ?n }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer pre")
    assert 'id:lisbon rdfs:label "Lisbon"' in page.inner_text("#answer pre")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/search?q=nord", "/kg/id/nordpay", "/stats", "/graph"])
def test_pages_open_without_an_error(page: Page, service: Service, path: str) -> None:
    """And without asking any other host."""
    page.goto(service.url + path)
    page.wait_for_load_state("load")
    assert page.title()
