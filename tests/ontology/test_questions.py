"""The saved questions: each says in words what it asks, and answers on a small graph as those words promise."""

import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

FOLDER = Path(__file__).parents[2] / "ontology"
QUESTIONS = sorted((FOLDER / "questions").glob("*.rq"))
SMALL_GRAPH = Path(__file__).parent / "small_graph.ttl"
FILES = [SMALL_GRAPH, *(FOLDER / name for name in ("core.ttl", "classes.ttl", "properties.ttl"))]

ANSWERS: dict[str, list[tuple[str, ...]]] = {
    "alliances": [("Tidal Alliance", "Quay Pay", "12")],
    "cities": [("Porto", "Portugal", "3")],
    "connections": [("Coral", "Shellcard")],
    "corroborated": [("Quay Pay", "launched", "Coral", "2")],
    "counts": [("Porto", "over", "80", "start-ups")],
    "doubtful": [
        ("0.61", "North Bank", "uses", "Coral", "two.md", "North Bank plans to use Coral."),
        ("0.94", "Quay Pay", "launched", "Coral", "one.md", "Quay Pay launched Coral."),
        ("0.94", "Quay Pay", "launched", "Coral", "two.md", "Quay's Coral went live."),
    ],
    "groups": [("North Bank", "Pebble")],
    "investments": [("North Bank", "Quay Pay", "", "", "")],
    "launches": [("2020-02-11", "Coral", "Quay Pay")],
    "leaders": [("Quay Pay", "chief executive", "Ada Moore"), ("Tidal Alliance", "president", "Ada Moore")],
    "members": [("Tidal Alliance", "North Bank"), ("Tidal Alliance", "Quay Pay")],
    "partners-in-alliance": [("North Bank", "Quay Pay", "Tidal Alliance")],
    "plans": [("North Bank", "uses", "Coral", "North Bank plans to use Coral.")],
    "rules": [("Harbour Charter", "regulates", "Coral"), ("Tidal Alliance", "issued", "Harbour Charter")],
    "sectors": [("trade finance", "Quay Pay", "company"), ("trade finance", "blockchain", "technology")],
    "several-posts": [("Ada Moore", "2", "Quay Pay, Tidal Alliance")],
    "takeovers": [("North Bank", "Pebble", "20000000", "EUR")],
    "technologies": [("blockchain", "1", "Coral")],
}
"""Every question's answer on the small graph, in order."""


def rows_of_oxigraph(query: str) -> list[tuple[str, ...]]:
    """The solutions in order, unbound variables empty."""
    store = pyoxigraph.Store()
    for path in FILES:
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [tuple(term.value if term is not None else "" for term in solution) for solution in solutions]


def rows_of_rdflib(query: str) -> list[tuple[str, ...]]:
    """The same from the other engine."""
    graph = Graph()
    for path in FILES:
        graph.parse(path, format="turtle")
    return [tuple(str(term) if term is not None else "" for term in row) for row in graph.query(query)]  # type: ignore[union-attr]


ASKED_HERE = [path for path in QUESTIONS if path.stem in ANSWERS and "# parameter:" not in path.read_text("utf-8")]
"""Questions that stand without parameters, which rdflib can answer as they are."""


def normalised(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows with joined names sorted: SPARQL leaves the order within GROUP_CONCAT open."""
    return [tuple(", ".join(sorted(cell.split(", "))) for cell in row) for row in rows]


def test_there_are_enough_questions_and_each_has_an_answer() -> None:
    """A question without an expected answer would be one that nobody tried.

    Some are answered here, some over the samples (answers.toml), some over graphs of their own in tests/query.
    """
    assert len(QUESTIONS) >= 25
    elsewhere = Path("answers.toml").read_text("utf-8") + Path("tests/query/test_questions.py").read_text("utf-8")
    assert [p.stem for p in QUESTIONS if p.stem not in ANSWERS and f'"{p.stem}"' not in elsewhere] == []


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_says_in_words_what_it_asks(path: Path) -> None:
    """The first line is the question, for menus and for readers; the prefixes are written out."""
    text = path.read_text("utf-8")
    assert re.match(r"# question: [A-Z][^\n]+\?\n", text)
    assert "PREFIX kg: <https://example.org/kg/ontology#>" in text


@pytest.mark.parametrize("path", ASKED_HERE, ids=lambda path: path.stem)
def test_a_question_is_answered(path: Path) -> None:
    """Oxigraph gives the expected rows in the expected order, and rdflib the same ones."""
    query = path.read_text("utf-8")
    found = rows_of_oxigraph(query)
    assert normalised(found) == ANSWERS[path.stem]
    assert sorted(normalised(rows_of_rdflib(query))) == sorted(ANSWERS[path.stem])
