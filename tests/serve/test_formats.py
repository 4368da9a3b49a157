from __future__ import annotations

import pytest

from kg.serve.formats import Choice, choose, media_type, prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "solutions", "graphs"),
    [
        (None, "json", "ttl"),
        ("*/*", "json", "ttl"),
        ("application/sparql-results+xml", "xml", None),
        ("text/csv", "csv", None),
        ("text/csv;q=0.5, text/tab-separated-values", "tsv", None),
        ("application/json", "json", "jsonld"),
        ("application/xml", "xml", "rdf"),
        ("text/*", "csv", "ttl"),
        ("application/*", "json", "nt"),
        ("text/turtle, application/sparql-results+json;q=0.9", "json", "ttl"),
        ("application/rdf+xml;q=0.5, text/turtle;q=0.4, */*;q=0.1", "json", "rdf"),
        ("application/ld+json", None, "jsonld"),
        ("text/turtle;q=0, */*", "json", "nt"),
        ("image/png", None, None),
        ("text/csv;q=nonsense", None, None),
        (";;,,", "json", "ttl"),
    ],
)
def test_the_best_that_the_client_takes(accept: str | None, solutions: str | None, graphs: str | None) -> None:
    """Weights first, then the client's order, then ours."""
    assert choose(accept) == Choice(solutions, graphs)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("csv", Choice("csv", None)),
        ("json", Choice("json", "jsonld")),
        ("ttl", Choice(None, "ttl")),
        ("x", Choice(None, None)),
    ],
)
def test_a_format_in_the_address_has_precedence(name: str, expected: Choice) -> None:
    """For links, and for clients that cannot set a header."""
    assert choose("text/html", name) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [(BROWSER, True), ("text/html", True), (None, False), ("*/*", False), ("text/turtle, text/html;q=0.5", False)],
)
def test_people_are_told_from_programs(accept: str | None, *, expected: bool) -> None:
    """A browser names HTML before all else; curl takes anything."""
    assert prefers_html(accept) is expected


def test_text_says_its_encoding() -> None:
    """CSV and Turtle are UTF-8, and say so."""
    assert media_type("csv") == "text/csv; charset=utf-8"
    assert media_type("json") == "application/sparql-results+json"
