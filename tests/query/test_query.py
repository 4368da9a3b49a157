from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph

from kg.errors import OntologyError, QueryError, UsageError
from kg.outputs import open_outputs, replace_outputs
from kg.query import Answer, Table, Triples, load_store, run
from kg.query.answers import short
from kg.query.formats import serialise
from kg.query.guard import check_allowed
from kg.query.questions import find_question, read_questions, shortfall
from kg.vocabulary import PREFIXES
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    """The hand-made graph, loaded as `kg query` loads it."""
    folder = tmp_path_factory.mktemp("out")
    replace_outputs(folder, harbour_files(), {})
    return load_store(open_outputs(folder))


def rows(answer: Answer) -> list[list[str]]:
    """A table with terms as people read them."""
    assert isinstance(answer, Table)
    return [[short(term, PREFIXES) for term in row] for row in answer.rows]


def test_select_joins_facts_and_evidence_without_prefix_lines(store: pyoxigraph.Store) -> None:
    """One query sees both files; the project's prefixes need no declaration."""
    query = """SELECT ?what ?quote { ?fact rdf:subject id:nordpay ; rdf:predicate kg:launched ;
               rdf:object/rdfs:label ?what ; kg:evidence/oa:exact ?quote }"""
    assert rows(run(store, query)) == [["QuayPass", "Nordpay will launch the QuayPass app."]]


def test_ontology_is_part_of_what_is_asked(tmp_path: Path) -> None:
    """Labels of classes can be joined in; shapes are no part of it."""
    out, ontology = tmp_path / "out", tmp_path / "ontology"
    out.mkdir()
    ontology.mkdir()
    replace_outputs(out, harbour_files(), {})
    head = "@prefix kg: <https://example.org/kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    (ontology / "classes.ttl").write_text(head + 'kg:City rdfs:label "city" .')
    (ontology / "shapes.ttl").write_text(head + 'kg:City rdfs:label "a shape" .')
    loaded = load_store(open_outputs(out), ontology)
    assert rows(run(loaded, "SELECT ?c { id:lisbon a/rdfs:label ?c }")) == [["city"]]


def test_ask_says_yes_or_no(store: pyoxigraph.Store) -> None:
    """ASK gives a truth value."""
    assert run(store, "ASK { id:nordpay kg:acquired id:dockside }") is True
    assert run(store, "ASK { id:dockside kg:acquired id:nordpay }") is False


def test_construct_and_describe_give_triples(store: pyoxigraph.Store) -> None:
    """Graphs come out as graphs."""
    constructed = run(store, "CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a kg:Person ; rdfs:label ?l }")
    described = run(store, "DESCRIBE id:nordpay")
    assert isinstance(constructed, Triples)
    assert len(constructed.triples) == 2
    assert isinstance(described, Triples)
    assert len(described.triples) == 7


def test_select_all_has_its_columns_in_the_order_of_the_query(store: pyoxigraph.Store) -> None:
    """Whatever the engine makes of it."""
    answer = run(store, "SELECT DISTINCT * { ?who kg:holdsPosition ?at . $at rdfs:label ?a_name }")
    assert isinstance(answer, Table)
    assert answer.variables == ("who", "at", "a_name")


# What is refused


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:b> <a:c> 1 }",
        "PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/hostname>",
        "# SELECT\nCLEAR ALL",
        "with <a:b> delete { ?s ?p ?o } where { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(query: str) -> None:
    """The graph says what the articles say."""
    with pytest.raises(QueryError, match="is not possible: the graph says what the articles say"):
        check_allowed(query)


@pytest.mark.parametrize(
    "query",
    ["SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "ASK {service\tSILENT ?x {}}", "SELECT * {{SERVICE ex:a {}}}"],
)
def test_service_is_refused_and_shown(query: str) -> None:
    """No query opens a connection; the error points at the word."""
    with pytest.raises(QueryError, match=r"SERVICE asks the network.*--allow-service\n.*\n.*\^"):
        check_allowed(query)
    check_allowed(query, allow_service=True)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "SERVICE INSERT" }',
        "SELECT * { ?s ?p '''it's a\nSERVICE''' }",
        "SELECT ?service ?insert { ?service kg:insert ?insert } # SERVICE",
        "SELECT * { <http://x/#SERVICE> ex:service <http://x/INSERT> }",
        'SELECT * { ?s ?p "a \\" SERVICE" }',
    ],
)
def test_words_within_strings_names_and_comments_are_no_keywords(query: str) -> None:
    """What only looks like an update or a call runs."""
    check_allowed(query)


def test_syntax_error_shows_line_and_caret(store: pyoxigraph.Store) -> None:
    """The author sees where it went wrong."""
    with pytest.raises(QueryError) as raised:
        run(store, "SELECT ?n\nWHERE { ?x a kg:City  rdfs:label ?n }")
    assert str(raised.value).splitlines()[1:] == [
        "  2 | WHERE { ?x a kg:City  rdfs:label ?n }",
        "    |                       ^",
    ]
    assert '"rdfs:label" cannot stand here' in str(raised.value)


def test_unknown_prefix_is_named(store: pyoxigraph.Store) -> None:
    """The parser's own words for this are hard to find."""
    with pytest.raises(QueryError, match=r"line 1: the prefix foo: is not declared"):
        run(store, "SELECT * { ?x foo:bar ?y }")


@pytest.mark.parametrize(
    "query", ["", "   ", "SELECT * {", "hello", "SELECT ?x ?y { ?x a ?y } GROUP BY ?x", "\x00", "{" * 500]
)
def test_whatever_is_no_sparql_is_a_query_error(store: pyoxigraph.Store, query: str) -> None:
    """Nothing that a user types shows a traceback."""
    with pytest.raises(QueryError):
        run(store, query)


def test_slow_query_is_given_up(store: pyoxigraph.Store) -> None:
    """A time limit holds even where the engine cannot be interrupted."""
    product = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(3))  # some seconds of work
    with pytest.raises(QueryError, match=r"no answer within 0\.1 s"):
        run(
            store,
            f"SELECT (COUNT(*) AS ?n) {{ {product} FILTER(CONCAT(STR(?a0), STR(?a1), STR(?a2)) = 'x') }}",
            seconds=0.1,
        )


# Formats


@pytest.fixture
def table(store: pyoxigraph.Store) -> Answer:
    """One row of every kind of term, one of them unbound."""
    return run(
        store,
        "SELECT ?iri ?text ?number ?tagged ?none { VALUES (?iri ?text ?number ?tagged) "
        '{ (id:lisbon "a, \\"b\\"\\n" 12 "olá"@pt) } OPTIONAL { ?none a kg:Nothing } }',
    )


def test_csv_has_bare_values(table: Answer) -> None:
    """As SPARQL's CSV wants it: no brackets, no types, quotation marks where CSV needs them."""
    found = list(csv.reader(io.StringIO(serialise(table, "csv", PREFIXES), newline="")))
    assert found == [
        ["iri", "text", "number", "tagged", "none"],
        ["https://example.org/kg/id/lisbon", 'a, "b"\n', "12", "olá", ""],
    ]
    assert serialise(table, "csv", PREFIXES).startswith("iri,text,number,tagged,none\r\n")


def test_tsv_has_terms(table: Answer) -> None:
    """As SPARQL's TSV wants it: terms of Turtle, one row a line."""
    lines = serialise(table, "tsv", PREFIXES).splitlines()
    assert lines[0] == "?iri\t?text\t?number\t?tagged\t?none"
    assert lines[1].split("\t") == [
        "<https://example.org/kg/id/lisbon>",
        '"a, \\"b\\"\\n"',
        '"12"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"olá"@pt',
        "",
    ]


def test_json_follows_the_specification(table: Answer, store: pyoxigraph.Store) -> None:
    """Types and languages where there are any, unbound variables absent; ASK as a boolean."""
    document = json.loads(serialise(table, "json", PREFIXES))
    assert document["head"] == {"vars": ["iri", "text", "number", "tagged", "none"]}
    assert document["results"]["bindings"] == [
        {
            "iri": {"type": "uri", "value": "https://example.org/kg/id/lisbon"},
            "text": {"type": "literal", "value": 'a, "b"\n'},
            "number": {"type": "literal", "value": "12", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
            "tagged": {"type": "literal", "value": "olá", "xml:lang": "pt"},
        }
    ]
    assert json.loads(serialise(run(store, "ASK {}"), "json", PREFIXES)) == {"head": {}, "boolean": True}


def test_turtle_of_a_construct_can_be_parsed(store: pyoxigraph.Store) -> None:
    """Sorted, with the prefixes in use."""
    text = serialise(run(store, "DESCRIBE id:nordpay"), "ttl", PREFIXES)
    assert len(Graph().parse(data=text, format="turtle")) == 7
    assert "sector:" not in text


@pytest.mark.parametrize(
    ("query", "format_", "cure"),
    [("SELECT * {}", "ttl", "take csv, tsv or json"), ("DESCRIBE id:nordpay", "json", "take ttl, csv or tsv")],
)
def test_format_that_cannot_hold_an_answer_says_which_can(
    store: pyoxigraph.Store, query: str, format_: str, cure: str
) -> None:
    """An error with its cure rather than an empty file."""
    with pytest.raises(QueryError, match=cure):
        serialise(run(store, query), format_, PREFIXES)  # type: ignore[arg-type]


# Saved questions


def test_questions_are_read_with_words_and_expectation(tmp_path: Path) -> None:
    """The comments at the head of a file."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "who.rq").write_text("# question: Who is there?\n# expect: 2 rows\nSELECT * { ?x a kg:Person }\n")
    (question,) = read_questions(tmp_path)
    assert (question.name, question.words, question.expected) == ("who", "Who is there?", "2 rows")


@pytest.mark.parametrize(
    ("text", "message"),
    [("ASK {}", "does not say what it asks"), ("# question: x\n# expect: lots\nASK {}", "expect: lots")],
)
def test_broken_question_is_named(tmp_path: Path, text: str, message: str) -> None:
    """The file, and what it lacks."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "x.rq").write_text(text)
    with pytest.raises(OntologyError, match=rf"x\.rq: .*{message}"):
        read_questions(tmp_path)


@pytest.mark.parametrize(
    ("expected", "query", "difference"),
    [
        ("some", "SELECT * { ?x a kg:Person }", None),
        ("2", "SELECT * { ?x a kg:Person }", None),
        ("3 rows", "SELECT * { ?x a kg:Person }", "expected 3 rows, got 2 rows"),
        ("none", "SELECT * { ?x a kg:Person }", "expected none, got 2 rows"),
        ("none", "SELECT * { ?x a kg:Nothing }", None),
        ("some", "SELECT * { ?x a kg:Nothing }", "expected some, got 0 rows"),
        ("true", "ASK { ?x a kg:Person }", None),
        ("false", "ASK { ?x a kg:Person }", "expected false, got true"),
        ("7", "DESCRIBE id:nordpay", None),
    ],
)
def test_expectations(
    store: pyoxigraph.Store, tmp_path: Path, expected: str, query: str, difference: str | None
) -> None:
    """What an answer must be like to be the expected one."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "x.rq").write_text(f"# question: x\n# expect: {expected}\n{query}")
    (question,) = read_questions(tmp_path)
    assert shortfall(question, run(store, question.query)) == difference


def test_unknown_question_suggests_a_near_one(tmp_path: Path) -> None:
    """A slip of the finger is met with the right name."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "members.rq").write_text("# question: Who?\nASK {}")
    with pytest.raises(UsageError, match=r'no question is called "membres"; did you mean members\?'):
        find_question(read_questions(tmp_path), "membres")


# Limits


def test_rows_beyond_the_limit_are_left_out_and_said(store: pyoxigraph.Store) -> None:
    """The first rows, and that there are more; exactly as many as there are is all of them."""
    query = "SELECT ?x { ?x a kg:Person } ORDER BY ?x"
    cut, exact = run(store, query, rows=1), run(store, query, rows=2)
    assert isinstance(cut, Table)
    assert isinstance(exact, Table)
    assert (rows(cut), cut.complete) == ([["id:ana-reis"]], False)
    assert (len(exact.rows), exact.complete) == (2, True)


def test_triples_beyond_the_limit_are_left_out_and_said(store: pyoxigraph.Store) -> None:
    """The same for graphs."""
    answer = run(store, "DESCRIBE id:nordpay", rows=3)
    assert isinstance(answer, Triples)
    assert (len(answer.triples), answer.complete) == (3, False)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 9_000 + "?s ?p ?o" + "}" * 9_000,
        "SELECT * { ?s ?p ?o FILTER(" + "(" * 9_000 + "1" + ")" * 9_000 + ") }",
        "SELECT * {" + "?s <a:b> ?o . " * 9_000 + "}",
        "SELECT * { ?s <a:b>" + "/<a:b>" * 9_000 + " ?o }",
        "SELECT (1" + "+1" * 9_000 + " AS ?x) {}",
    ],
    ids=["groups", "brackets", "patterns", "path", "sum"],
)
def test_a_query_too_deep_for_the_engine_is_refused(store: pyoxigraph.Store, query: str) -> None:
    """Oxigraph recurses; unchecked, each of these ends the process."""
    with pytest.raises(QueryError, match="brackets, operators and keywords, where 5,000 is the most"):
        run(store, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 2_000 + "?s ?p ?o" + "}" * 2_000,
        "SELECT * {" + "{?s ?p ?o} UNION " * 200 + "{}}",
        "SELECT (1" + "+1" * 4_000 + " AS ?x) {}",
        "SELECT (STRLEN(" + "CONCAT(" * 1_500 + "'a'" + ")" * 1_500 + ") AS ?x) {}",
    ],
    ids=["groups", "union", "sum", "calls"],
)
def test_a_deep_query_is_answered(store: pyoxigraph.Store, query: str) -> None:
    """What the limit lets through, the engine survives."""
    assert isinstance(run(store, query), Table)


def test_long_lists_of_values_are_no_depth(store: pyoxigraph.Store) -> None:
    """Whoever asks about ten thousand things may."""
    things = " ".join(f"id:thing-{number} 'thing ({number})'" for number in range(10_000))
    answer = run(store, f"SELECT ?x {{ VALUES ?x {{ {things} id:nordpay }} ?x a kg:Company }}")
    assert rows(answer) == [["id:nordpay"]]
