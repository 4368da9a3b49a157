from __future__ import annotations

import io
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from kg import vocabulary as v
from kg.model import Article, Background, DateValue, Entity, MoneyValue, QuantityValue, Span, Statement
from kg.model import Graph as Built
from kg.turtle import evidence_turtle, graph_turtle, problem, serializer
from kg.turtle.terms import confidence, decimal, is_date, number, string, web_address
from tests import harbour

KG = Namespace(v.KG)
ID = Namespace(v.PREFIXES["id"])
OA = Namespace(v.OA)
ONTOLOGY = harbour.ontology()


def graph_of(built: Built) -> Graph:
    """`graph.ttl`, parsed."""
    return Graph().parse(data=graph_turtle(built, ONTOLOGY), format="turtle")


def evidence_of(built: Built) -> Graph:
    """`evidence.ttl`, parsed."""
    return Graph().parse(data=evidence_turtle(built, ONTOLOGY, version="1"), format="turtle")


def test_entity_has_all_its_names_and_classes() -> None:
    """The class, its superclasses, one label, every other name."""
    graph = graph_of(harbour.graph())
    assert set(graph.objects(ID.nordpay, RDF.type)) == {KG.Company, KG.Organization}
    assert list(graph.objects(ID.nordpay, RDFS.label)) == [Literal("Nordpay")]
    assert list(graph.objects(ID.nordpay, URIRef(v.SKOS_ALT_LABEL))) == [Literal("Nordpay ASA")]


def test_asserted_and_planned_facts_have_their_triple_and_former_ones_have_none() -> None:
    """The direct triple says what is so, or intended; what is over is only evidence."""
    graph = graph_of(harbour.graph())
    assert (ID.nordpay, KG.acquired, ID.dockside) in graph
    assert (ID.nordpay, KG.launched, ID.quaypass) in graph
    assert (ID["jon-berg"], KG.holdsPosition, ID.nordpay) not in graph
    assert "chairman" not in graph_turtle(harbour.graph(), ONTOLOGY).decode()


def test_symmetric_property_stands_in_both_directions_and_is_stated_once() -> None:
    """Either partner can be asked; the evidence is not doubled."""
    graph, evidence = graph_of(harbour.graph()), evidence_of(harbour.graph())
    assert (ID.nordpay, KG.partnersWith, ID["harbour-alliance"]) in graph
    assert (ID["harbour-alliance"], KG.partnersWith, ID.nordpay) in graph
    assert len(list(evidence.subjects(RDF.predicate, KG.partnersWith))) == 1


def test_position_has_one_node_per_role() -> None:
    """Two posts of one person at one place are two positions, beside one direct triple."""
    graph = graph_of(harbour.graph())
    positions = list(graph.subjects(RDF.type, KG.Position))
    assert {str(graph.value(p, KG.role)) for p in positions} == {"president", "chief executive"}
    assert {graph.value(p, KG.holder) for p in positions} == {ID["ana-reis"]}
    assert {graph.value(p, KG.organization) for p in positions} == {ID["harbour-alliance"]}
    assert (ID["ana-reis"], KG.holdsPosition, ID["harbour-alliance"]) in graph


def test_values_keep_unit_kind_and_qualifier() -> None:
    """A count says of what, money says in which currency and for what."""
    graph = graph_of(harbour.graph())
    schema = Namespace(v.SCHEMA)
    count, price = graph.value(ID.lisbon, KG.hasCount), graph.value(ID.dockside, KG.amount)
    assert graph.value(count, schema.value) == Literal(300)
    assert graph.value(count, schema.unitText) == Literal("start-ups")
    assert graph.value(count, KG.qualifier) == Literal("over")
    assert graph.value(price, schema.value) == Literal(2500000)
    assert graph.value(price, schema.currency) == Literal("EUR")
    assert graph.value(price, KG.kind) == Literal("acquisition price")
    assert graph.value(ID["harbour-alliance"], KG.memberCount) == Literal(12)


@pytest.mark.parametrize(
    ("lexical", "datatype"), [("2021", XSD.gYear), ("2021-05", XSD.gYearMonth), ("2021-05-04", XSD.date)]
)
def test_date_is_as_exact_as_the_text(lexical: str, datatype: URIRef) -> None:
    """A year stays a year."""
    built = harbour.graph()
    statements = tuple(
        replace(s, object=DateValue(lexical)) if s.property == "foundedOn" else s for s in built.statements
    )
    graph = graph_of(replace(built, statements=statements))
    found = graph.value(ID["harbour-alliance"], KG.foundedOn)
    assert isinstance(found, Literal)
    assert (str(found), found.datatype) == (lexical, datatype)


def test_background_stands_apart_from_facts_and_names_its_source_once() -> None:
    """Coordinates and links are in graph.ttl, have no statement, and evidence.ttl says where they come from."""
    graph, evidence = graph_of(harbour.graph()), evidence_of(harbour.graph())
    assert graph.value(ID.lisbon, URIRef(v.GEO_LAT)) == Literal(Decimal("38.71667"))
    assert graph.value(ID.lisbon, URIRef(v.OWL_SAME_AS)) == URIRef("https://sws.geonames.org/2267057/")
    assert not list(evidence.subjects(RDF.predicate, URIRef(v.GEO_LAT)))
    assert len(list(evidence.objects(None, URIRef(v.DCTERMS + "license")))) == 1


def test_country_is_a_link_and_no_triple_between_entities() -> None:
    """A triple between two entities would look like a fact that no article states."""
    portugal = "https://sws.geonames.org/2264397/"
    place = Entity("porto", "Porto", ("City", "Place"), background=Background(country=portugal))
    country = Entity("portugal", "Portugal", ("Place",), background=Background(same_as=(portugal,)))
    graph = graph_of(Built((), (place, country), ()))
    assert graph.value(ID.porto, KG.country) == URIRef(portugal) == graph.value(ID.portugal, URIRef(v.OWL_SAME_AS))
    assert graph_of(Built((), (place,), ())).value(ID.porto, KG.country) == URIRef(portugal)


def test_iso_codes_of_countries_and_regions() -> None:
    """Each part of ISO 3166 has its property; the file says so with the usual prefix."""
    oregon = Entity("oregon", "Oregon", ("Region", "Place"), background=Background(iso_code="US-OR"))
    portugal = Entity("portugal", "Portugal", ("Country", "Place"), background=Background(iso_code="PT"))
    written = graph_turtle(Built((), (oregon, portugal), ()), ONTOLOGY).decode()
    assert 'dbo:isoCodeRegion "US-OR"' in written
    assert 'dbo:iso31661Code "PT"' in written


def test_country_that_is_no_web_address_is_left_out() -> None:
    """What comes from elsewhere never makes the file unreadable."""
    place = Entity("porto", "Porto", ("City", "Place"), background=Background(country="a b>"))
    assert graph_of(Built((), (place,), ())).value(ID.porto, KG.country) is None


def test_statement_is_complete() -> None:
    """What is stated, how sure, by which articles, with which evidence."""
    evidence = evidence_of(harbour.graph())
    (fact,) = set(evidence.subjects(RDF.predicate, KG.partnersWith))
    assert evidence.value(fact, RDF.type) == RDF.Statement
    assert evidence.value(fact, RDF.subject) == ID["harbour-alliance"]
    assert evidence.value(fact, RDF.object) == ID.nordpay
    assert evidence.value(fact, KG.modality) == KG.Asserted
    assert evidence.value(fact, KG.confidence) == Literal(Decimal("0.9"))
    articles = {str(a) for a in evidence.objects(fact, URIRef(v.PROV_WAS_DERIVED_FROM))}
    assert articles == {v.article_iri(v.BASE, "harbour/first"), v.article_iri(v.BASE, "second article")}
    assert len(list(evidence.objects(fact, KG.evidence))) == 2


def test_quote_is_what_stands_at_the_offsets() -> None:
    """text[oa:start:oa:end] == oa:exact, for every piece of evidence."""
    evidence = evidence_of(harbour.graph())
    texts = {URIRef(v.article_iri(v.BASE, a.id)): a.text for a in harbour.ARTICLES}
    nodes = list(evidence.subjects(RDF.type, KG.Evidence))
    assert len(nodes) == 11
    for node in nodes:
        start, end = (int(str(evidence.value(node, p))) for p in (OA.start, OA.end))
        assert texts[evidence.value(node, OA.hasSource)][start:end] == str(evidence.value(node, OA.exact))  # type: ignore[index]


def test_evidence_stays_lean() -> None:
    """At most ten triples for a fact in a sentence, and eight for the fact, two links for each further sentence."""
    evidence = evidence_of(harbour.graph())
    size = Counter(evidence.subjects())
    for node in evidence.subjects(RDF.type, KG.Evidence):
        assert size[node] <= 10
    for fact in evidence.subjects(RDF.type, RDF.Statement):
        further = len(list(evidence.objects(fact, KG.evidence))) - 1
        assert size[fact] <= 8 + 2 * further


def test_two_readings_of_a_sentence_are_one_piece_of_evidence() -> None:
    """Two posts in one sentence share its node, which names both."""
    evidence = evidence_of(harbour.graph())
    (fact,) = set(evidence.subjects(RDF.subject, ID["ana-reis"]))
    (node,) = set(evidence.objects(fact, KG.evidence))
    assert {str(role) for role in evidence.objects(node, KG.role)} == {"president", "chief executive"}


def test_places_of_the_arguments_are_kept() -> None:
    """A pronoun that stands for an argument can be marked later."""
    evidence = evidence_of(harbour.graph())
    (fact,) = set(evidence.subjects(RDF.predicate, KG.acquired))
    node = evidence.value(fact, KG.evidence)
    places = dict(part.split("=") for part in str(evidence.value(node, KG.arguments)).split())
    start, end = map(int, places["subject"].split(","))
    assert harbour.SECOND[start:end] == "It"


def test_article_is_described_and_names_what_it_mentions() -> None:
    """Path, headline, date, address, entities; an address that is none is left out."""
    evidence = evidence_of(harbour.graph())
    first, second = (URIRef(v.article_iri(v.BASE, a.id)) for a in harbour.ARTICLES)
    assert evidence.value(first, URIRef(v.DCTERMS_IDENTIFIER)) == Literal("harbour/first.md")
    assert evidence.value(first, URIRef(v.SCHEMA_HEADLINE)) == Literal("Port cities join hands")
    assert evidence.value(first, URIRef(v.SCHEMA_DATE_PUBLISHED)) == Literal(date(2021, 5, 6))
    assert str(evidence.value(first, URIRef(v.SCHEMA_URL))) == "https://news.example/first?a=1&b=%3C2%3E"
    assert evidence.value(second, URIRef(v.SCHEMA_URL)) is None
    assert ID.lisbon in set(evidence.objects(first, URIRef(v.SCHEMA_MENTIONS)))
    assert ID.lisbon not in set(evidence.objects(second, URIRef(v.SCHEMA_MENTIONS)))


def test_build_is_described_without_a_clock() -> None:
    """Who made the graph with which version from which ontology; nothing that differs from run to run."""
    evidence = evidence_of(harbour.graph())
    prov = Namespace(v.PROV)
    (activity,) = set(evidence.subjects(RDF.type, prov.Activity))
    agent = evidence.value(activity, prov.wasAssociatedWith)
    assert evidence.value(agent, URIRef(v.SCHEMA + "softwareVersion")) == Literal("1")
    assert not list(evidence.objects(activity, prov.startedAtTime))


def test_no_blank_nodes() -> None:
    """Every node can be pointed at from outside."""
    for graph in (graph_of(harbour.graph()), evidence_of(harbour.graph())):
        assert not [node for triple in graph for node in triple if isinstance(node, BNode)]


def test_base_iri_moves_nodes_and_not_the_vocabulary() -> None:
    """A project with a domain of its own changes one setting."""
    text = graph_turtle(harbour.graph(), ONTOLOGY, base="https://data.example/g/").decode()
    assert "@prefix id: <https://data.example/g/id/> ." in text
    assert f"@prefix kg: <{v.KG}> ." in text


# Text


def test_blocks_are_sorted_and_facts_stand_with_their_evidence() -> None:
    """One block per subject; a statement is followed by the sentences that make it."""
    text = evidence_turtle(harbour.graph(), ONTOLOGY, version="1").decode()
    kinds = [line.split(":")[0] for line in text.splitlines() if line.startswith(("fact:", "evidence:"))]
    assert kinds[:2] == ["fact", "evidence"]
    stated = [line for line in text.splitlines() if line.startswith("    rdf:subject")]
    assert stated == sorted(stated)


def test_only_prefixes_in_use_are_declared() -> None:
    """The head of a file says what is in it."""
    text = graph_turtle(Built((), (Entity("x", "X", ("Product",)),), ()), ONTOLOGY).decode()
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == ["id:", "kg:", "rdfs:"]


def test_one_more_alias_is_two_lines_of_diff() -> None:
    """What changed is what a diff shows: the new line, and the end of the one before."""
    built = harbour.graph()
    entities = tuple(
        replace(e, aliases=(*e.aliases, "Nordpay Group")) if e.key == "nordpay" else e for e in built.entities
    )
    before = graph_turtle(built, ONTOLOGY).decode().splitlines()
    after = graph_turtle(replace(built, entities=entities), ONTOLOGY).decode().splitlines()
    assert len(set(after) - set(before)) == 2
    assert len(set(before) - set(after)) == 1


def test_order_of_input_does_not_matter() -> None:
    """The same graph in another order is the same file."""
    built = harbour.graph()
    other = Built(built.articles[::-1], built.entities[::-1], built.statements[::-1])
    assert graph_turtle(built, ONTOLOGY) == graph_turtle(other, ONTOLOGY)
    assert evidence_turtle(built, ONTOLOGY, version="1") == evidence_turtle(other, ONTOLOGY, version="1")


def test_serializer_is_a_plug_in_of_rdflib() -> None:
    """Any graph of any store can be written so, blank nodes, languages and types included."""
    graph = Graph()
    graph.bind("kg", KG)
    graph.add((KG.a, KG.says, Literal("bom dia", lang="pt")))
    graph.add((KG.a, KG.knows, BNode("b1")))
    graph.add((BNode("b1"), KG.since, Literal("2020-01-01T00:00:00Z", datatype=XSD.dateTime)))
    text = graph.serialize(format=serializer.FORMAT)
    assert isomorphic(Graph().parse(data=text, format="turtle"), graph)
    assert '"bom dia"@pt' in text


@pytest.mark.parametrize("text", ['"', "\\", "a\nb", "a\rb", "tab\t", "\u2028", "\x0b", "\x7f", "\x01", "'''", "é漢😀"])
def test_any_text_survives(text: str) -> None:
    """Quotation marks, line ends of every kind and control characters come back as they were."""
    data = graph_turtle(Built((), (Entity("x", text, ("Product",)),), ()), ONTOLOGY)
    (triple,) = [
        q for q in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE) if q.predicate.value == v.RDFS_LABEL
    ]
    assert triple.object.value == text
    assert str(Graph().parse(data=data, format="turtle").value(ID.x, RDFS.label)) == text


def test_lone_surrogate_becomes_a_replacement_character() -> None:
    """RDF cannot hold it; offsets stay right, for it is one code point either way."""
    assert str(graph_of(Built((), (Entity("x", "a\ud800b", ("Product",)),), ())).value(ID.x, RDFS.label)) == "a\ufffdb"


@given(st.text(min_size=1, max_size=30), st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_any_key_and_label_can_be_written(key: str, label: str) -> None:
    """Both engines read what is written, whatever an entity is called."""
    data = graph_turtle(Built((), (Entity(key, label, ("Product",)),), ()), ONTOLOGY)
    assert len(Graph().parse(data=data, format="turtle")) == 2
    assert len(list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE))) == 2


@given(st.text(max_size=40))
def test_any_address_is_an_iri_or_nothing(text: str) -> None:
    """Addresses come from strangers: what is written is always an IRI."""
    article = Article(id="a", path="a.txt", title="A", text="", sha256="", url=f"https://news.example/{text}")
    data = evidence_turtle(Built((article,), (), ()), ONTOLOGY, version="1")
    Graph().parse(data=data, format="turtle")
    list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%C3%A9", "https://a.example/%C3%A9"),
        ("https://a.example/é", "https://a.example/%C3%A9"),
        ("https://a.example/?q[]=1", "https://a.example/?q%5B%5D=1"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("javascript:alert(1)", None),
        ("//a.example", None),
        ("http://[::1/", None),
    ],
)
def test_address_is_escaped_or_left_out(url: str, iri: str | None) -> None:
    """What does not belong in an IRI is percent-encoded; what is no web address is no link."""
    node = web_address(url)
    assert node == (iri and f"<{iri}>")


# Numbers, dates


def test_numbers_are_canonical() -> None:
    """Oxigraph and rdflib agree on what is written, since neither has anything to change in it."""
    assert [plain(confidence(c)) for c in (0.0, 0.9, 0.90001, 0.856, 1.0, 7.0, -1.0)] == [
        *("0", "0.9", "0.9", "0.86", "0.99", "0.99", "0"),
    ]
    assert [plain(number(Decimal(n))) for n in ("1E+3", "2.50", "0.10", "-3.0")] == ["1000", "2.5", "0.1", "-3"]
    assert plain(decimal(-0.000001, 5)) == "0"


def plain(literal: str) -> str:
    """What stands between the quotation marks."""
    return literal.split('"')[1]


def test_strings_are_canonical() -> None:
    """Every code point is written as Oxigraph writes it, so that each string has one form in all files."""
    for code in [*range(0xD800), *range(0xE000, 0x110000)]:
        assert string(chr(code)) == str(pyoxigraph.Literal(chr(code)))


@pytest.mark.parametrize("lexical", ["2019-02-30", "2019-13", "20190903", "0000", "19", "", "2019-9-3", "２０１９"])
def test_what_is_no_date_is_told(lexical: str) -> None:
    """Such a statement is left out of the files, and named."""
    assert not is_date(lexical)
    assert problem(Statement("a", "foundedOn", DateValue(lexical), *(_MODALITY, 0.5, ()))) == f'"{lexical}" is no date'


_MODALITY = harbour.graph().statements[0].modality


@pytest.mark.parametrize("value", [QuantityValue(Decimal("NaN"), "members"), MoneyValue(Decimal("Infinity"), "EUR")])
def test_what_is_no_amount_is_told(value: QuantityValue | MoneyValue) -> None:
    """Numbers that RDF's decimals do not have."""
    assert problem(Statement("a", "amount", value, _MODALITY, 0.5, ())) is not None


def test_good_statements_have_no_problem() -> None:
    """All of the hand-made graph can be written."""
    assert [problem(s) for s in harbour.graph().statements] == [None] * 10


# Other readers, other processes, speed


def test_engines_agree() -> None:
    """Rdflib and Oxigraph read the same triples."""
    for data in (graph_turtle(harbour.graph(), ONTOLOGY), evidence_turtle(harbour.graph(), ONTOLOGY, version="1")):
        nt = pyoxigraph.serialize(
            pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE), format=pyoxigraph.RdfFormat.N_TRIPLES
        )
        assert isomorphic(Graph().parse(data=data, format="turtle"), Graph().parse(data=nt, format="nt"))


@pytest.mark.external
def test_rapper_reads_it(tmp_path: Path) -> None:
    """A parser of another family accepts both files and counts the same triples."""
    for name, data in (
        ("graph.ttl", graph_turtle(harbour.graph(), ONTOLOGY)),
        ("evidence.ttl", evidence_turtle(harbour.graph(), ONTOLOGY, version="1")),
    ):
        (tmp_path / name).write_bytes(data)
        command = ["rapper", "-i", "turtle", "-c", str(tmp_path / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert f"returned {len(Graph().parse(data=data, format='turtle'))} triples" in done.stderr


def test_hash_seed_does_not_matter() -> None:
    """Two processes with other hash seeds write the same bytes."""
    code = (
        "import sys; from tests import harbour; from kg.turtle import *; o = harbour.ontology(); g = harbour.graph();"
        "sys.stdout.buffer.write(graph_turtle(g, o) + evidence_turtle(g, o, version='1'))"
    )
    root = Path(__file__).parents[1]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


@pytest.mark.slow
def test_ten_times_as_fast_as_rdflib_at_100k_triples() -> None:
    """The same graph, the two serializers, in one run."""
    built = large_graph(facts=5_500)
    store = Graph("Oxigraph")
    store.parse(data=evidence_turtle(built, ONTOLOGY, version="1"), format="ox-turtle")
    assert len(store) > 90_000
    seconds = {
        name: min(timed(store, name) for _ in range(rounds)) for name, rounds in (("kg-turtle", 3), ("turtle", 1))
    }
    assert seconds["turtle"] / seconds["kg-turtle"] >= 10, seconds


def timed(graph: Graph, name: str) -> float:
    """Seconds of this process to write the graph."""
    start = time.process_time()
    graph.serialize(io.BytesIO(), format=name)
    return time.process_time() - start


def large_graph(facts: int) -> Built:
    """A graph of companies that use products, one sentence each."""
    sentence = "Company number {0} said that it uses product {1} in all of its offices."
    text = "\n".join(sentence.format(i, i * 7 % facts) for i in range(facts))
    article = replace(harbour.FIRST_ARTICLE, text=text)
    statements, at = [], 0
    for i, line in enumerate(text.split("\n")):
        piece = replace(harbour.graph().statements[1].evidence[0], article=article.id, span=Span(at, at + len(line)))
        statements.append(harbour.statement(f"company-{i}", "launched", f"product-{i * 7 % facts}", piece))
        at += len(line) + 1
    return Built((article,), (), tuple(statements))
