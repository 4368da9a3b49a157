"""kg query, ask, explain, view, stats over the hand-made graph."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from tests.cli.conftest import ONTOLOGY

if TYPE_CHECKING:
    from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("outputs")

ALLIANCES = "SELECT ?name ?members { ?x a kg:Alliance ; rdfs:label ?name ; kg:memberCount ?members }"


# query


def test_select_prints_a_table(run: Run) -> None:
    """Columns, then the number of rows on stderr."""
    result = run("query", ALLIANCES)
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["name", "members"],
        ["----------------", "-------"],
        ["Harbour", "Alliance", "12"],
    ]
    assert result.stderr == "1 row\n"


@pytest.mark.parametrize("format_", ["csv", "tsv", "json"])
def test_formats_are_for_programs(run: Run, format_: str) -> None:
    """Nothing but the answer."""
    result = run("query", ALLIANCES, "--format", format_)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "Harbour Alliance" in result.stdout
    if format_ == "json":
        assert json.loads(result.stdout)["results"]["bindings"][0]["members"]["value"] == "12"


@pytest.mark.parametrize("way", ["file", "-", "nothing"])
def test_query_from_a_file_or_standard_input(run: Run, project: Path, way: str) -> None:
    """A byte order mark, which some editors leave, is no part of it."""
    (project / "q.rq").write_text(f"\ufeff{ALLIANCES}", encoding="utf-8")
    arguments = {"file": ["q.rq"], "-": ["-"], "nothing": []}[way]
    result = run("query", *arguments, "--format", "csv", stdin=ALLIANCES)
    assert result.exit_code == 0
    assert result.stdout == "name,members\nHarbour Alliance,12\n"


def test_an_empty_answer_says_which_names_are_unknown(run: Run) -> None:
    """Most empty answers are a misspelt class; a right query that finds nothing gets no hint."""
    wrong = run("query", "SELECT ?x { ?x a kg:Alliances ; kg:memberCount ?n . ?x rdfs:label 'kg:Nothing' }")
    assert wrong.exit_code == 0
    assert wrong.stderr.startswith("0 rows\nhint: the graph has no kg:Alliances; did you mean Alliance")
    assert wrong.stderr.count("hint:") == 1
    assert run("query", "ASK { id:nordpai a kg:Company }").stderr.startswith(
        "hint: the graph has no id:nordpai; did you mean nordpay"
    )
    assert run("query", "ASK { id:dockside kg:acquired id:nordpay }").stderr == ""
    assert run("query", "ASK { id:nordpai a kg:Company }", "-q").stderr == ""


def test_what_is_no_query_at_all(run: Run) -> None:
    """A name in place of a query."""
    result = run("query", "Nordpay")
    assert result.exit_code == 2
    assert 'line 1: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with "Nordpay"' in result.stderr


def test_missing_query_file(run: Run) -> None:
    """Named, exit status 2."""
    result = run("query", "nowhere.rq")
    assert (result.exit_code, result.stderr) == (2, "error: nowhere.rq: cannot be read (No such file or directory)\n")


def test_ask_and_exit_status(run: Run) -> None:
    """Yes or no; a no is 1 only where that is asked for."""
    yes, no = "ASK { id:nordpay kg:acquired id:dockside }", "ASK { id:dockside kg:acquired id:nordpay }"
    assert (run("query", yes, "--exit-status").stdout, run("query", yes, "--exit-status").exit_code) == ("yes\n", 0)
    assert (run("query", no).stdout, run("query", no).exit_code) == ("no\n", 0)
    assert run("query", no, "--exit-status").exit_code == 1


def test_construct_prints_turtle(run: Run) -> None:
    """Graphs come out as graphs, or as a table where asked for."""
    query = "CONSTRUCT { ?x rdfs:label ?n } WHERE { ?x a kg:Alliance ; rdfs:label ?n }"
    assert 'id:harbour-alliance rdfs:label "Harbour Alliance" .' in run("query", query).stdout
    assert run("query", query, "--format", "table").stdout.split()[:3] == ["subject", "predicate", "object"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {", "error: line 1: the query ends too early"),
        ("SELECT * { ?x foo:bar 1 }", "error: line 1: the prefix foo: is not declared"),
        ("DELETE WHERE { ?s ?p ?o }", "error: DELETE is not possible"),
        ("SELECT * { SERVICE <http://x/> {} }", "error: SERVICE asks the network, which is off"),
    ],
)
def test_what_cannot_be_answered_is_2(run: Run, query: str, message: str) -> None:
    """With the place and the reason."""
    result = run("query", query)
    assert result.exit_code == 2
    assert result.stderr.startswith(message)


# ask


def test_ask_lists_the_questions(run: Run) -> None:
    """Name and words."""
    result = run("ask")
    assert result.exit_code == 0
    assert "  alliances " in result.stdout
    assert "Which alliances are there" in result.stdout


def test_ask_answers(run: Run) -> None:
    """The question on stderr, the answer on stdout."""
    result = run("ask", "alliances", "--format", "csv")
    assert result.exit_code == 0
    assert result.stderr.startswith("Which alliances are there")
    assert result.stdout.splitlines()[1] == "Harbour Alliance,Lisbon,12"


def test_ask_an_unknown_question(run: Run) -> None:
    """A near one is offered."""
    result = run("ask", "aliances")
    assert result.exit_code == 2
    assert "did you mean alliances" in result.stderr


# explain


def test_explain_prints_facts_with_marked_sentences(run: Run) -> None:
    """Property, other end, modality, confidence, title, date, sentence."""
    result = run("explain", "nordpay")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:9] == [
        "Nordpay, company (also: Nordpay ASA)",
        "4 facts from 2 articles; key nordpay",
        "",
        "  acquired",
        "    Dockside  [0.90]",
        '      Nordpay plans "a bigger boat"',
        "        “[It] bought [Dockside] for €2.5 million.”",
        "",
        "  launched",
    ]
    assert "    QuayPass  [planned, 0.99]" in result.stdout
    assert "  ... holds a position at Nordpay\n    Jon Berg  [chairman, over, 0.90]" in result.stdout
    assert "      Port cities join hands, 2021-05-06" in result.stdout


def test_explain_between_two(run: Run) -> None:
    """Only what links them."""
    result = run("explain", "Lisbon", "Harbour Alliance")
    assert "1 fact with Harbour Alliance from 1 article" in result.stdout
    assert "  ... initiated by Lisbon\n    Harbour Alliance  [0.90]" in result.stdout


def test_explain_unknown(run: Run) -> None:
    """A near name is offered."""
    result = run("explain", "Nordpai")
    assert result.exit_code == 2
    assert result.stderr.startswith('error: no entity is called "Nordpai"; did you mean Nordpay')


def test_why_needs_the_articles(run: Run, project: Path) -> None:
    """Explanations are not kept in the outputs: the article is read again, and must be there."""
    (project / "sources" / "second.txt").unlink()
    result = run("explain", "Nordpay", "Dockside", "--why")
    assert result.exit_code == 2
    assert "second article: is not among the articles in sources; --why reads them again" in result.stderr


# view


def test_view_opens_the_page(run: Run, outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a file: address, which browsers take on every system."""
    opened: list[str] = []

    def note(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", note)
    result = run("view")
    assert result.exit_code == 0
    assert opened == [(outputs / "graph.html").as_uri()] == result.stdout.split()


def test_view_without_a_browser_says_where_the_page_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server, a container."""
    monkeypatch.setattr(webbrowser, "open", lambda _url: False)
    assert run("view").stdout.startswith("no browser could be started; open file:///")


def test_view_without_a_page_says_how_to_get_one(run: Run, outputs: Path) -> None:
    """After `kg build --no-page`."""
    (outputs / "graph.html").unlink()
    (outputs / "report.json").unlink()
    result = run("view")
    assert result.exit_code == 2
    assert "graph.html: is missing; `kg build` without --no-page makes it" in result.stderr


def test_focus_draws_a_part_into_a_file_of_its_own(run: Run, outputs: Path) -> None:
    """The outputs stay those of the build."""
    before = {p.name: p.read_bytes() for p in outputs.iterdir()}
    result = run("view", "--focus", "QuayPass", "--no-open")
    assert result.exit_code == 0, result.stderr
    text = Path(url2pathname(urlsplit(result.stdout.strip()).path)).read_text(encoding="utf-8")
    assert '"nordpay"' in text
    assert '"ana-reis"' not in text
    assert {p.name: p.read_bytes() for p in outputs.iterdir()} == before


# stats


def test_stats_count(run: Run) -> None:
    """A table with bars, or JSON."""
    result = run("stats")
    assert result.stdout.startswith("2 articles, 7 entities, 10 facts\n")
    assert json.loads(run("stats", "--json").stdout)["properties"]["holds a position at"] == 2


@pytest.mark.model
def test_why_tells_each_fact_of_a_list_by_its_own_words(run: Run, project: Path) -> None:
    """One sentence, one property, two investors: what led to the one fact is not told of the other."""
    for article in (project / "sources").iterdir():
        article.unlink()
    (project / "sources" / "round.txt").write_text(
        "Kestrel Pay Raises Money\n\nOrbit Bank and Summit Capital invested in Kestrel Pay, a payments company.\n"
    )
    assert run("build", "--no-page", "--ontology", str(ONTOLOGY)).exit_code == 0
    said = run("explain", "Summit Capital", "Kestrel Pay", "--why", "--ontology", str(ONTOLOGY)).stdout
    assert "- subject: 'Summit Capital' is Summit Capital" in said
    assert "subject: 'Orbit Bank'" not in said
