from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.errors import OutputError
from kg.export import FORMATS, export
from kg.export.graphs import by_article, read_triples
from kg.export.jsonld import document
from kg.export.networks import network
from kg.export.tables import ARRAY_DELIMITER, neo4j
from kg.model import Background, Entity, Graph
from kg.outputs import open_outputs, replace_outputs
from kg.vocabulary import BASE, PREFIXES
from tests import harbour
from tests.test_outputs import harbour_files

RDF = {"nt": "nt", "nq": "nquads", "trig": "trig", "ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
PUBLISHED = Path(__file__).parents[2] / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-made graph as outputs."""
    folder = tmp_path_factory.mktemp("export") / "out"
    folder.mkdir()
    replace_outputs(folder, harbour_files(), {})
    return folder


def exported(out: Path, name: str) -> dict[str, bytes]:
    """The files of a format."""
    return export(out, name, ontology=harbour.ontology, base=BASE)


def one(out: Path, name: str) -> bytes:
    """The one file of a format."""
    (content,) = exported(out, name).values()
    return content


def triples(out: Path) -> set[ox.Triple]:
    """What the Turtle says."""
    return set(read_triples(open_outputs(out)))


# RDF


@pytest.mark.parametrize("name", RDF)
def test_what_oxigraph_reads_back_are_the_very_triples(out: Path, name: str) -> None:
    """No format of RDF loses or adds one, whichever graphs they stand in."""
    formats = {"nt": "nt", "nq": "nq", "trig": "trig", "ttl": "ttl", "jsonld": "jsonld", "rdf": "rdf"}
    format_ = ox.RdfFormat.from_extension(formats[name])
    assert format_ is not None
    assert {quad.triple for quad in ox.parse(one(out, name), format=format_)} == triples(out)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's parsers use what rdflib has deprecated
@pytest.mark.parametrize("name", RDF)
def test_what_rdflib_reads_back_is_isomorphic(out: Path, name: str) -> None:
    """A second reader agrees."""
    found, expected = rdflib.Graph(), rdflib.Graph()
    quads = rdflib.Dataset(default_union=True)
    quads.parse(data=one(out, name), format=RDF[name])
    for triple in quads.triples((None, None, None)):
        found.add(triple)
    for file in ("graph.ttl", "evidence.ttl"):
        expected.parse(out / file)
    assert isomorphic(found, expected)


@pytest.mark.external
@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed")
@pytest.mark.parametrize(
    ("name", "syntax"), [("nt", "ntriples"), ("nq", "nquads"), ("trig", "trig"), ("ttl", "turtle"), ("rdf", "rdfxml")]
)
def test_rapper_reads_it(out: Path, tmp_path: Path, name: str, syntax: str) -> None:
    """A third one, strict in other ways."""
    (tmp_path / "file").write_bytes(one(out, name))
    command = ["rapper", "-q", "-c", "-i", syntax, str(tmp_path / "file"), BASE]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


def test_each_article_has_a_graph_of_what_it_states(out: Path) -> None:
    """Its facts with evidence, direct triples, values; not those of the other article."""
    graphs: dict[str, set[str]] = {}
    for quad in by_article(triples(out)):
        graphs.setdefault(str(quad.graph_name), set()).add(str(quad.triple))
    first, second = f"<{BASE}article/harbour/first>", f"<{BASE}article/second%20article>"
    assert set(graphs) == {"DEFAULT", first, second}
    bought = f"<{BASE}id/nordpay> <https://example.org/kg/ontology#acquired> <{BASE}id/dockside>"
    assert bought in graphs[second]
    assert bought not in graphs[first] | graphs["DEFAULT"]
    label = f'<{BASE}id/lisbon> <http://www.w3.org/2000/01/rdf-schema#label> "Lisbon"'
    assert label in graphs["DEFAULT"]
    assert any("schema.org/unitText" in triple for triple in graphs[first])
    assert any("ontology#role" in triple and "/position/" in triple for triple in graphs[first])


def test_what_two_articles_state_stands_in_both_graphs(out: Path) -> None:
    """Both directions of a symmetric property, each graph with its own evidence; the joint confidence in neither."""
    homes: dict[str, set[str]] = {}
    for quad in by_article(triples(out)):
        homes.setdefault(str(quad.triple), set()).add(str(quad.graph_name))
    partners = [triple for triple in homes if "ontology#partnersWith>" in triple and "/fact/" not in triple]
    assert len(partners) == 2
    assert all(len(homes[triple]) == 2 for triple in partners)
    assert all(homes[t] == {"DEFAULT"} for t in homes if "/fact/" in t.split()[0] and "ontology#confidence" in t)


def test_json_ld_has_short_names(out: Path) -> None:
    """It reads as JSON: a link is a string, a number a number."""
    found = json.loads(one(out, "jsonld"))
    nodes = {node["@id"]: node for node in found["@graph"]}
    assert nodes["id:nordpay"]["label"] == "Nordpay"
    assert nodes["id:nordpay"]["acquired"] == "id:dockside"
    assert nodes["id:harbour-alliance"]["memberCount"] == 12
    assert nodes["id:harbour-alliance"]["foundedOn"] == "2021-05-04"
    assert nodes["id:nordpay"]["@type"] == ["kg:Company", "kg:Organization"]


def test_json_ld_of_namesakes_and_mixed_values() -> None:
    """Two properties of one local name, values of several types, tags and odd names: all come back."""
    data = b"""
    @prefix : <http://a.example/> . @prefix kg: <https://example.org/kg/ontology#> . @prefix b: <http://b.example/x#> .
    :s kg:value 1, "1", "eins"@de, :o ; b:value "x" ; <http://c.example/> 2.50 ; <http://c.example/a%20b> true ;
      kg:when "2019"^^<http://www.w3.org/2001/XMLSchema#gYear> ,
        "2019-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> ;
      kg:count 7, 8 ; kg:big "007"^^<http://www.w3.org/2001/XMLSchema#integer> .
    """
    expected = {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}
    text = json.dumps(document(expected, PREFIXES)).encode()
    assert {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)} == expected


# Networks


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_come_back(out: Path, tmp_path: Path, name: str, read: object) -> None:
    """Every entity, every fact between two, and what is known of them."""
    (tmp_path / "n").write_bytes(one(out, name))
    found = read(tmp_path / "n")  # type: ignore[operator]
    graph = harbour.graph()
    assert set(found) == {entity.key for entity in graph.entities}
    expected = sorted((s.subject, str(s.object)) for s in graph.statements if isinstance(s.object, str))
    assert sorted((a, b) for a, b, *_ in found.edges) == expected
    assert found.nodes["harbour-alliance"]["label"] == "Harbour Alliance"
    assert found.nodes["harbour-alliance"]["foundedOn"] == "4 May 2021"
    assert found.nodes["lisbon"]["latitude"] == pytest.approx(38.71667)
    (edge,) = [data for a, b, data in found.edges(data=True) if (a, b) == ("nordpay", "quaypass")]
    assert (edge["property"], edge["modality"]) == ("launched", "Planned")
    assert edge["quote"] == "Nordpay will launch the QuayPass app."


def test_gexf_has_colours_by_class_and_sizes_by_facts(out: Path) -> None:
    """Gephi shows them as they are."""
    text = one(out, "gexf").decode()
    assert text.count("<viz:color") == text.count("<viz:size") == len(harbour.graph().entities)
    assert 'value="40.00"' in text
    assert "lastmodified" not in text


# Tables


def rows(content: bytes) -> list[dict[str, str]]:
    """A CSV with its header as keys."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_codes_of_countries_go_along() -> None:
    """What GeoNames knows of a country stands on its node, as table and as network."""
    portugal = Entity("portugal", "Portugal", ("Country", "Place"), background=Background(iso_code="PT"))
    graph = Graph((), (portugal,), ())
    (row,) = rows(neo4j(graph)["nodes.csv"])
    assert row["isoCode"] == "PT"
    nodes, _ = network(graph, harbour.ontology())
    assert nodes[0].attributes["isoCode"] == "PT"


def test_neo4j_pair_is_what_the_importer_takes(out: Path) -> None:
    """Ids are unique, every end is a node, every record has the header's columns and one line."""
    files = exported(out, "neo4j")
    nodes, links = rows(files["nodes.csv"]), rows(files["relationships.csv"])
    ids = [node["id:ID"] for node in nodes]
    assert len(ids) == len(set(ids)) == 9
    assert {link[":START_ID"] for link in links} | {link[":END_ID"] for link in links} <= set(ids)
    assert all(link[":TYPE"] for link in links)
    for content in files.values():
        lines = content.decode().splitlines()
        assert {len(row) for row in csv.reader(lines)} == {len(next(csv.reader(lines)))}
        assert len(list(csv.reader(lines))) == len(lines)
    lisbon = next(node for node in nodes if node["name"] == "Lisbon")
    assert lisbon[":LABEL"].split(ARRAY_DELIMITER) == ["City", "Place"]
    assert (lisbon["latitude:float"], lisbon["hasCount:string[]"]) == ("38.71667", "over 300 start-ups")
    (post,) = [link for link in links if link[":START_ID"] == "id/ana-reis" and link[":TYPE"] == "holdsPosition"]
    assert post["roles:string[]"].split(ARRAY_DELIMITER) == ["chief executive", "president"]
    assert sum(link[":TYPE"] == "MENTIONS" for link in links) == 9


def test_parquet_has_a_row_for_each_fact(out: Path) -> None:
    """With typed columns."""
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(io.BytesIO(one(out, "parquet")))
    found = {(row["subject"], row["property"], row["object"] or row["value"]): row for row in table.to_pylist()}
    assert len(found) == len(harbour.graph().statements)
    assert found["nordpay", "launched", "quaypass"]["modality"] == "Planned"
    assert found["lisbon", "hasCount", "over 300 start-ups"]["object"] is None
    assert str(found["harbour-alliance", "partnersWith", "nordpay"]["first_reported"]) == "2021-05-06"
    assert found["harbour-alliance", "partnersWith", "nordpay"]["articles"] == ["harbour/first", "second article"]


# All


@pytest.mark.parametrize("name", FORMATS)
def test_same_outputs_same_bytes(out: Path, name: str) -> None:
    """No clock, no order of a set."""
    if name == "parquet":
        pytest.importorskip("pyarrow")
    assert exported(out, name) == exported(out, name)


@pytest.mark.parametrize("name", ["nq", "jsonld"])
def test_the_published_graph_comes_back(name: str) -> None:
    """Not only ten facts made by hand."""
    format_ = ox.RdfFormat.from_extension(name)
    assert format_ is not None
    assert {quad.triple for quad in ox.parse(one(PUBLISHED, name), format=format_)} == triples(PUBLISHED)


def test_missing_outputs_are_named(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(OutputError, match=r"graph\.ttl: is missing"):
        exported(tmp_path, "nt")
