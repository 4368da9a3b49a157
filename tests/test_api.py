"""Python use: `import kg`."""

from __future__ import annotations

import doctest
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

import kg
import kg.api
from kg.api import KnowledgeGraph, Result, python_value
from kg.errors import OutputError, QueryError, UsageError
from kg.model import Modality
from kg.outputs import replace_outputs
from tests.test_outputs import harbour_files

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def g(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The hand-made graph, opened."""
    folder = tmp_path_factory.mktemp("api") / "out"
    folder.mkdir()
    replace_outputs(folder, harbour_files(), {})
    return kg.open(folder, ontology=ROOT / "ontology")


def rows(result: object) -> list[dict[str, object]]:
    """Rows as plain dictionaries."""
    assert isinstance(result, Result)
    return [dict(row) for row in result]


def test_examples_of_the_documentation_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the published graph, as they stand."""
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testmod(kg.api)
    assert tried >= 8
    assert failed == 0


def test_import_is_light() -> None:
    """Nothing is loaded before it is asked for."""
    code = "import sys, kg; print(sorted({m.split('.')[0] for m in sys.modules} & {'pyoxigraph', 'rdflib', 'spacy'}))"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "[]\n"


@pytest.mark.parametrize("first", ["", "import kg.build; ", "from kg.build import BuildResult; "])
def test_build_is_a_function_however_it_was_imported(first: str) -> None:
    """`kg.build` is a package too, and either way it can be called."""
    code = f"{first}import kg; print(callable(kg.build), kg.build.__name__)"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "True kg.build\n"


def test_build_takes_what_the_command_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources, ontology and outputs reach the build; what is wrong with them is said as there."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="nowhere"):
        kg.api.build("nowhere", out=tmp_path / "out", ontology=ROOT / "ontology")
    assert not (tmp_path / "out" / "graph.ttl").exists()


def test_no_such_name() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nonsense'"):
        kg.nonsense  # noqa: B018


def test_missing_outputs_are_said_at_once(tmp_path: Path) -> None:
    """Not at the first question."""
    with pytest.raises(OutputError, match=r"graph\.ttl: is missing"):
        kg.open(tmp_path)


def test_query_gives_rows_of_python_values(g: KnowledgeGraph) -> None:
    """Numbers, dates and text as such; IRIs as text; terms for who wants them."""
    result = g.query("SELECT ?a ?n ?day { ?a kg:memberCount ?n ; kg:foundedOn ?day }")
    iri = "https://example.org/kg/id/harbour-alliance"
    assert rows(result) == [{"a": iri, "n": 12, "day": date(2021, 5, 4)}]
    assert isinstance(result, Result)
    assert result[0].terms[0] == ox.NamedNode(iri)
    assert (len(result), repr(result)) == (1, "<1 row of a, n, day>")


def test_query_gives_truth_and_graphs(g: KnowledgeGraph) -> None:
    """ASK and CONSTRUCT."""
    assert g.query("ASK { id:nordpay kg:acquired id:dockside }") is True
    described = g.query("DESCRIBE id:nordpay")
    assert isinstance(described, rdflib.Graph)
    assert len(described) == 7


def test_query_errors_show_the_place(g: KnowledgeGraph) -> None:
    """As on the command line."""
    with pytest.raises(QueryError, match=r"line 1: the query ends too early.*\n.*\n.*\^"):
        g.query("SELECT * {")


def test_saved_questions_take_names(g: KnowledgeGraph) -> None:
    """Parameters are keywords."""
    assert [row["property"] for row in rows(g.ask("about", entity="QuayPass"))] == ["launched"]
    with pytest.raises(UsageError, match="--entity is missing"):
        g.ask("about")


def test_facts_and_entities_are_filtered(g: KnowledgeGraph) -> None:
    """By name, property, modality, class."""
    assert len(g.facts()) == 10
    about = {fact.property for fact in g.facts("Nordpay ASA")}
    assert about == {"acquired", "launched", "holdsPosition", "partnersWith"}
    assert [fact.object for fact in g.facts(modality="Planned")] == ["quaypass"]
    assert [fact.subject for fact in g.facts(property="memberCount")] == ["harbour-alliance"]
    assert [each.key for each in g.entities("Organization")] == ["dockside", "harbour-alliance", "nordpay"]
    for wrong in ({"property": "nonsense"}, {"about": "Nobody"}):
        with pytest.raises(UsageError):
            g.facts(**wrong)
    with pytest.raises(UsageError, match='no class "Nonsense"; it has: Alliance, '):
        g.entities("Nonsense")


def test_names_are_taken_in_any_case_and_mistakes_are_said(g: KnowledgeGraph) -> None:
    """A modality that there is not gives no empty answer."""
    assert g.facts(modality="planned") == g.facts(modality=Modality.PLANNED) != ()
    assert g.facts(property="MemberCount") == g.facts(property="memberCount") != ()
    assert g.entities("organization") == g.entities("Organization") != ()
    with pytest.raises(UsageError, match='no modality "maybe"; there are: Asserted, Planned, Former'):
        g.facts(modality="maybe")
    with pytest.raises(UsageError, match='no property "launches"; did you mean launched'):
        g.facts(property="launches")


def test_nothing_to_build_from_is_no_default() -> None:
    """An empty list is a mistake of the caller's, not a wish for `sources/`."""
    with pytest.raises(UsageError, match="sources is an empty list"):
        kg.api.build([])


def test_a_parameter_called_as_a_word_of_python(g: KnowledgeGraph) -> None:
    """`from_` is what can be written for `from`."""
    assert rows(g.ask("paths", from_="Nordpay", to="Lisbon")) == rows(
        g.ask("paths", **{"from": "Nordpay", "to": "Lisbon"})
    )


def test_facts_read_as_sentences_and_as_rows(g: KnowledgeGraph) -> None:
    """In words, with the surest quote; parts of them too."""
    facts = g.facts("Nordpay", property="acquired")
    (row,) = facts.rows()
    assert (row["subject"], row["property"], row["object"], row["articles"]) == ("Nordpay", "acquired", "Dockside", 1)
    assert "Dockside" in str(row["quote"])
    assert repr(facts).startswith("<1 fact>\n  Nordpay acquired Dockside [Asserted, 0.")
    assert repr(g.facts()[2:4]).startswith("<2 facts>\n")
    assert g.facts()[0] is g.graph.statements[0]
    assert "<td>Nordpay</td><td>acquired</td><td>Dockside</td>" in facts._repr_html_()


def test_entities_read_as_lines_and_as_rows(g: KnowledgeGraph) -> None:
    """With their classes."""
    found = g.entities("Alliance")
    assert repr(found) == "<1 entity>\n  Harbour Alliance (Alliance)"
    assert [row["key"] for row in found.rows()] == ["harbour-alliance"]
    assert repr(g.entities()[:2]).startswith("<2 entities>\n")
    assert "<td>Harbour Alliance</td>" in g.entities()._repr_html_()


def test_version_is_the_packages() -> None:
    """As any package has it."""
    assert isinstance(kg.__version__, str)
    assert kg.__version__


def test_graph_for_other_libraries(g: KnowledgeGraph, tmp_path: Path) -> None:
    """networkx, rdflib, files."""
    network = g.networkx()
    assert isinstance(network, nx.MultiDiGraph)
    assert network.has_edge("nordpay", "quaypass", key="launched")
    assert len(g.rdflib()) > 100
    assert [path.name for path in g.export("neo4j", tmp_path)] == ["nodes.csv", "relationships.csv"]
    assert g.export("nt", tmp_path / "deep" / "x.nt")[0].stat().st_size > 1000
    with pytest.raises(UsageError, match='no format "xls"'):
        g.export("xls", tmp_path)


def test_difference_and_figures(g: KnowledgeGraph) -> None:
    """As the commands have them."""
    assert not g.diff(g)
    assert g.stats().facts == 10
    assert g.explain("Nordpay", "Dockside").entity.key == "nordpay"


def test_notebooks_show_tables_and_figures(g: KnowledgeGraph) -> None:
    """Escaped; long answers are cut."""
    table = g.query("SELECT ?t ?a { VALUES (?t ?a) { ('<b>&' id:lisbon) } }")
    assert isinstance(table, Result)
    assert "<td>&lt;b&gt;&amp;</td>" in table._repr_html_()
    assert '<a href="https://example.org/kg/id/lisbon">' in table._repr_html_()
    everything = g.query("SELECT * { ?s ?p ?o }")
    assert isinstance(everything, Result)
    assert everything._repr_html_().count("<tr>") == 51
    assert "more rows" in everything._repr_html_()
    assert "2 articles, 7 entities, 10 facts" in g._repr_html_()
    assert repr(g).endswith("7 entities, 10 facts>")


XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (ox.Literal("x", language="en"), "x"),
        (ox.Literal("2.50", datatype=ox.NamedNode(f"{XSD}decimal")), Decimal("2.50")),
        (ox.Literal("1e3", datatype=ox.NamedNode(f"{XSD}double")), 1000.0),
        (ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean")), True),
        (ox.Literal("2021-05", datatype=ox.NamedNode(f"{XSD}gYearMonth")), "2021-05"),
        (ox.Literal("2021-05-04", datatype=ox.NamedNode(f"{XSD}date")), date(2021, 5, 4)),
        (ox.Literal("2021-99-04", datatype=ox.NamedNode(f"{XSD}date")), "2021-99-04"),
        (ox.Literal("many", datatype=ox.NamedNode(f"{XSD}integer")), "many"),
    ],
)
def test_terms_as_python_has_them(term: ox.Literal | None, value: object) -> None:
    """What is no value of its type stays text."""
    found = python_value(term)
    assert (found, type(found)) == (value, type(value))
