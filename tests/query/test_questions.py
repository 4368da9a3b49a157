from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.errors import ConfigError, OntologyError, QueryError, UsageError
from kg.outputs import open_outputs
from kg.query import Table, load_store, run
from kg.query.answerability import Expectation, failures, read_expectations, shortcoming
from kg.query.answers import short
from kg.query.entities import find_entity
from kg.query.parameters import bind, read_parameter
from kg.query.questions import find_question, read_questions
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.query.parameters import Parameter
    from kg.query.questions import Question

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
QUESTIONS = read_questions(ONTOLOGY)
HEAD = """
PREFIX kg: <https://example.org/kg/ontology#> PREFIX id: <https://example.org/kg/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX schema: <https://schema.org/>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def store_of(data: str) -> ox.Store:
    """A store with these triples and the default ontology."""
    store = ox.Store()
    for name in ("core.ttl", "classes.ttl", "properties.ttl"):
        store.bulk_load(path=ONTOLOGY / name, format=ox.RdfFormat.TURTLE)
    store.update(f"{HEAD} INSERT DATA {{ {data} }}")
    return store


def ask(store: ox.Store, name: str, **given: str) -> list[list[str]]:
    """The rows of a default question, as people see them."""
    question = find_question(QUESTIONS, name)
    query = bind(question.query, question.parameters, given, lambda n, c: find_entity(store, n, c, PREFIXES))
    answer = run(store, query)
    assert isinstance(answer, Table)
    return [[short(term, PREFIXES) for term in row] for row in answer.rows]


NAMES = """
id:acme a kg:Company, kg:Organization ; rdfs:label "Acme" ; skos:altLabel "Acme Labs", "The Labs" .
id:acme-2 a kg:Product ; rdfs:label "Acme" .
id:bay-alliance a kg:Alliance, kg:Organization ; rdfs:label "Bay Alliance" ; skos:altLabel "The Labs" .
id:lisbon a kg:City, kg:Place ; rdfs:label "Lisbon" . id:porto a kg:City, kg:Place ; rdfs:label "Porto" .
"""


@pytest.fixture(scope="module")
def named() -> ox.Store:
    """A graph of a few names, which no test changes."""
    return store_of(NAMES)


# Entities by name


@pytest.mark.parametrize("name", ["Bay Alliance", "bay alliance ", "bay-alliance", "id:bay-alliance", "BAY-ALLIANCE"])
def test_entity_is_found_by_label_or_key_in_any_case(name: str) -> None:
    """As `kg explain` finds them."""
    assert find_entity(store_of(NAMES), name, (), PREFIXES) == "https://example.org/kg/id/bay-alliance"


def test_classes_choose_between_namesakes() -> None:
    """A question about alliances needs no key where a company has the same name."""
    store = store_of(NAMES)
    assert find_entity(store, "The Labs", ("kg:Alliance",), PREFIXES).endswith("/bay-alliance")
    assert find_entity(store, "Acme", ("kg:Person", "kg:Product"), PREFIXES).endswith("/acme-2")
    assert find_entity(store, "acme", (), PREFIXES).endswith("/acme")  # a key is nobody else's


def test_name_of_several_is_refused_with_their_keys() -> None:
    """The person chooses."""
    with pytest.raises(UsageError, match='"The Labs" is the name of 2 entities; choose one by its key: acme, bay-al'):
        find_entity(store_of(NAMES), "The Labs", (), PREFIXES)


def test_unknown_name_offers_a_near_one() -> None:
    """Of the right class."""
    with pytest.raises(UsageError, match='no city is called "Lisbn"; did you mean Lisbon'):
        find_entity(store_of(NAMES), "Lisbn", ("kg:City",), PREFIXES)
    with pytest.raises(UsageError, match=r'no entity is called "<x> \} DROP"$'):
        find_entity(store_of(NAMES), "<x> } DROP", (), PREFIXES)


# Parameters


def parameter(text: str, query: str = "SELECT * { $x ?p $from_day }") -> Parameter:
    """One declared parameter."""
    return read_parameter(text, query, Path("q.rq"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x: a thing", "is not of the form"),
        ("x (thing): a thing", '"thing" is not entity, date, number, text, or classes'),
        ("y (entity): a thing", r"the query has no \$y for its parameter y"),
        ("limit (number): a thing", "which is an option of kg ask"),
    ],
)
def test_bad_declaration_is_named(text: str, problem: str) -> None:
    """With the file, for the author of the ontology."""
    with pytest.raises(OntologyError, match=rf"q\.rq: .*{problem}"):
        parameter(text)


def bound(declared: Sequence[str], query: str, given: Mapping[str, str]) -> str:
    """A query with its parameters filled in, entities by their slug."""
    parameters = [read_parameter(text, query, Path("q.rq")) for text in declared]
    return bind(query, parameters, given, lambda name, _classes: f"https://x.example/{name}")


def test_values_become_terms() -> None:
    """Entities, dates, numbers and text, each as SPARQL writes it."""
    query = "SELECT * { ?s ?p $thing FILTER (?d >= $from_day && ?l = $name) } LIMIT $most"
    declared = ["thing (entity): .", "from-day (date): .", "name (text): .", "most (number = 5): ."]
    given = {"thing": "acme", "from-day": "2020-05", "name": 'a "b"\\ } DROP ALL #'}
    assert bound(declared, query, given) == (
        "SELECT * { ?s ?p <https://x.example/acme> "
        'FILTER (?d >= "2020-05" && ?l = "a \\"b\\"\\\\ } DROP ALL #") } LIMIT 5'
    )


def test_optional_parameter_stays_a_variable() -> None:
    """So it matches everything."""
    query = "SELECT ?s { ?s a $x . $x a ?y } # $x"
    assert bound(["x (entity, optional): ."], query, {}) == query


def test_only_the_variable_is_replaced() -> None:
    """Neither strings, comments nor longer names."""
    query = "SELECT * { $x ?p '$x' , $xy , ?x } # $x"
    assert bound(["x (number): ."], query, {"x": "7"}) == "SELECT * { 7 ?p '$x' , $xy , ?x } # $x"


@pytest.mark.parametrize(
    ("declared", "given", "problem"),
    [
        ("x (entity): the thing", {}, "--x is missing: the thing"),
        ("x (entity): the thing", {"x": "a", "z": "b"}, "--z: the question has no such parameter; it has: --x"),
        ("x (number): n", {"x": "1; DROP"}, '--x: "1; DROP" is not a number, such as 20'),
        ("x (date): d", {"x": "last May"}, '--x: "last May" is not a year, month or day'),
    ],
)
def test_what_is_given_wrongly_is_refused(declared: str, given: dict[str, str], problem: str) -> None:
    """In the words of the command line."""
    with pytest.raises(UsageError, match=problem):
        bound([declared], "SELECT * { $x ?p ?o }", given)


# Expectations of a project


def test_expectations_are_read(tmp_path: Path) -> None:
    """Question, parameters, rows and result."""
    (tmp_path / "a.toml").write_text(
        '[[expect]]\nquestion = "members"\nwith = { alliance = "Bay", most = 3 }\n'
        'rows = [["a", 1]]\nresult = "2 rows"\n',
        encoding="utf-8",
    )
    expected = Expectation("members", {"alliance": "Bay", "most": "3"}, (("a", "1"),), "2 rows")
    assert read_expectations(tmp_path / "a.toml") == (expected,)
    assert expected.words == "members --alliance Bay --most 3"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[expect]]\n", "needs question"),
        ('[[expect]]\nquestion = "m"\nrow = []\n', 'unknown key "row"'),
        ('[[expect]]\nquestion = "m"\nrows = ["a"]\n', "is a list of rows"),
        ('[[expect]]\nquestion = "m"\nresult = "many"\n', '"result" is'),
        ('[[expect]]\nquestion = "m"\nwith = "a"\n', '"with" is a table'),
        ("expect = 3\n", "may hold"),
        ("[[expects]]\n", "not expects"),
        ("[[", "is not TOML"),
    ],
)
def test_bad_expectations_are_named(tmp_path: Path, text: str, problem: str) -> None:
    """With file and place."""
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=problem):
        read_expectations(tmp_path / "a.toml")


TABLE = Table(("a", "b"), ((ox.Literal("x"), ox.NamedNode(PREFIXES["id"] + "acme")), (ox.Literal("y"), None)))


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        (Expectation("q", {}), None),
        (Expectation("q", {}, (("x",), ("id:acme", "x"), ("y",))), None),
        (Expectation("q", {}, (("x",),), "2 rows"), None),
        (Expectation("q", {}, (("x",),), "3 rows"), "expected 3 rows, got 2 rows"),
        (Expectation("q", {}, (("y", "id:acme"),)), "no row with “y” and “id:acme” among 2"),
        (Expectation("q", {}, result="none"), "expected none, got 2 rows"),
    ],
)
def test_answer_is_held_against_what_is_expected(expected: Expectation, problem: str | None) -> None:
    """All cells of an expected row stand in one row of the answer."""
    assert shortcoming(expected, TABLE, PREFIXES) == problem


def test_a_failing_question_is_one_failure_among_others() -> None:
    """An error of one does not hide the rest."""

    def answer(question: Question, _given: object) -> Table:
        if question is QUESTIONS[0]:
            raise QueryError("no answer within 1 s")
        return TABLE

    expected = [Expectation(QUESTIONS[0].name, {}), Expectation(QUESTIONS[1].name, {}), Expectation("nobody", {})]
    found = failures(expected, QUESTIONS, answer, PREFIXES)
    assert found[0] == f"{QUESTIONS[0].name}: no answer within 1 s"
    assert found[1].startswith('nobody: no question is called "nobody"')
    assert len(found) == 2


# The questions of the default ontology


def test_there_are_questions_enough() -> None:
    """Those that people of the field have."""
    assert len(QUESTIONS) >= 40


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_runs_with_all_its_parameters(question: Question, named: ox.Store) -> None:
    """Over a graph that has what is asked for by name, each is SPARQL and answered."""
    found, store = question, named
    values = {"date": "2020", "number": "3", "text": "x"}
    ours = {"kg:City": "lisbon", "kg:Organization": "acme"}
    given = {p.name: values.get(p.kind) or ours.get((*p.classes, "")[0], "porto") for p in found.parameters}
    ask(store, found.name, **given)
    if not any(parameter.required for parameter in found.parameters):
        ask(store, found.name)


def post(who: str, role: str, modality: str, day: str) -> str:
    """A fact that somebody holds a post at Acme, with its evidence and article."""
    number = f"{who}{day}".replace("-", "")
    return f"""
    <x:f{number}> a rdf:Statement ; rdf:subject id:{who} ; rdf:predicate kg:holdsPosition ; rdf:object id:acme ;
      kg:modality kg:{modality} ; kg:evidence <x:e{number}> .
    <x:e{number}> kg:role "{role}" ; kg:modality kg:{modality} ; oa:hasSource <x:a{number}> .
    <x:a{number}> schema:datePublished "{day}"^^xsd:date . id:{who} rdfs:label "{who}" ; kg:holdsPosition id:acme .
    """


def test_successions() -> None:
    """Who is said to have left a post is followed by who holds it; of a chair, the later holder follows the earlier."""
    store = store_of(
        NAMES
        + post("ann", "former chief engineer", "Former", "2021-01-01")
        + post("bob", "chief engineer", "Asserted", "2021-03-01")
        + post("cat", "director", "Asserted", "2021-01-01")
        + post("dan", "director", "Asserted", "2021-03-01")
        + post("eve", "chairwoman", "Asserted", "2020-01-01")
        + post("fay", "chairwoman", "Planned", "2021-03-01")
    )
    assert ask(store, "successions", organization="Acme Labs") == [
        ["Acme", "chairwoman", "eve", "fay", "2021-03-01"],
        ["Acme", "chief engineer", "ann", "bob", "2021-03-01"],
    ]


def test_contradictions() -> None:
    """Two founding dates, mutual ownership; not a date that is only less exact."""
    store = store_of(
        NAMES
        + 'id:acme kg:foundedOn "2019"^^xsd:gYear, "2021-03"^^xsd:gYearMonth ; kg:acquired id:bay-alliance .'
        + 'id:bay-alliance kg:foundedOn "2019"^^xsd:gYear, "2019-05"^^xsd:gYearMonth ; kg:acquired id:acme .'
    )
    assert ask(store, "contradictions") == [
        ["Acme", "acquired", "Bay Alliance", "Acme"],
        ["Acme", "founded on", "2019", "2021-03"],
    ]


def test_paths_go_either_way_over_at_most_three_facts() -> None:
    """The shortest first; an arrow shows which way a fact points."""
    store = store_of(
        NAMES + "id:acme kg:memberOf id:bay-alliance . id:bay-alliance kg:locatedIn id:lisbon . "
        "id:porto kg:partnersWith id:lisbon ."
    )
    assert ask(store, "paths", **{"from": "Acme Labs", "to": "Porto"}) == [
        ["3", "Acme > member of > Bay Alliance > located in > Lisbon < partners with < Porto"]
    ]
    assert ask(store, "paths", **{"from": "Lisbon", "to": "Acme Labs"}) == [
        ["2", "Lisbon < located in < Bay Alliance < member of < Acme"]
    ]


def test_things_in_common() -> None:
    """What both point to, and what points to both."""
    store = store_of(NAMES + "id:acme kg:locatedIn id:lisbon . id:bay-alliance kg:locatedIn id:lisbon .")
    assert ask(store, "in-common", one="Acme Labs", other="Bay Alliance") == [["located in", "Lisbon"]]


def test_the_published_graph_answers_what_it_should() -> None:
    """The expectations of this project hold over out/, and speak of at least 25 questions."""
    outputs = open_outputs(ROOT / "out")
    store = load_store(outputs, ONTOLOGY)
    expected = read_expectations(ROOT / "answers.toml")

    def answer(found: Question, given: Mapping[str, str]) -> Table:
        query = bind(found.query, found.parameters, given, lambda n, c: find_entity(store, n, c, PREFIXES))
        table = run(store, query)
        assert isinstance(table, Table)
        return table

    assert failures(expected, QUESTIONS, answer, PREFIXES) == []
    assert len({each.question for each in expected}) >= 25
