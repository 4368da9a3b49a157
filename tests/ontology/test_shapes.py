"""The SHACL shapes accept what kg writes and refuse what it must never write."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from kg.ontology import load_ontology
from kg.vocabulary import KG, PREFIXES, local_name

FOLDER = Path(__file__).parents[2] / "ontology"
SMALL_GRAPH = (Path(__file__).parent / "small_graph.ttl").read_text("utf-8")
SHAPE = Namespace("https://example.org/kg/shape#")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes as shipped."""
    return Graph().parse(FOLDER / "shapes.ttl", format="turtle")


@pytest.fixture(scope="module")
def declarations() -> Graph:
    """What the shapes ask of the ontology: which classes and properties there are, and the hierarchy."""
    graph, wanted = Graph(), Graph()
    for name in ("core.ttl", "classes.ttl", "properties.ttl"):
        graph.parse(FOLDER / name, format="turtle")
    for predicate in (RDF.type, RDFS.subClassOf):
        for triple in graph.triples((None, predicate, None)):
            wanted.add(triple)
    return wanted


def violations(turtle: str, shapes: Graph, declarations: Graph) -> list[str]:
    """Paths of the violations, prefixed; "" for those of a node as such."""
    data = Graph().parse(data=turtle, format="turtle") + declarations
    _, report, _ = validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    paths = [report.value(result, SH.resultPath) for result in report.subjects(RDF.type, SH.ValidationResult)]
    return [prefixed(str(path)) if path else "" for path in paths]


def prefixed(iri: str) -> str:
    """The IRI as people write it."""
    return next((f"{name}:{iri[len(start) :]}" for name, start in PREFIXES.items() if iri.startswith(start)), iri)


@pytest.mark.slow
def test_the_shapes_are_valid_shacl(shapes: Graph) -> None:
    """SHACL's own shapes for shapes accept them."""
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_the_small_graph_conforms(shapes: Graph, declarations: Graph) -> None:
    """Entities, facts, values, positions, statements, evidence and articles as kg writes them."""
    assert violations(SMALL_GRAPH, shapes, declarations) == []


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('rdfs:label "Quay Pay" ;', "", "rdfs:label"),
        ('rdfs:label "Quay Pay"', 'rdfs:label "Quay Pay" , "Quay"', "rdfs:label"),
        ("id:pebble a kg:Company , kg:Organization", "id:pebble a kg:Company", "rdf:type"),
        ("kg:locatedIn id:porto ; kg:memberOf", "kg:locatedIn id:coral ; kg:memberOf", "kg:locatedIn"),
        ("kg:locatedIn id:porto ; kg:memberOf", "kg:locatedIn id:nowhere ; kg:memberOf", "kg:locatedIn"),
        ("kg:integratesWith id:shellcard", "kg:integratesWith id:porto", "kg:integratesWith"),
        ('"2012"^^xsd:gYear', '"2012"', "kg:foundedOn"),
        ('"2020-02-11"^^xsd:date .\nid:shellcard', '"long ago" .\nid:shellcard', "kg:launchedOn"),
        ("kg:memberCount 12", "kg:memberCount -1", "kg:memberCount"),
        ("kg:memberCount 12", 'kg:memberCount "twelve"', "kg:memberCount"),
        ("kg:amount value:b1", "kg:amount value:a1", "kg:amount"),
        ('schema:unitText "start-ups" ;', "", "schema:unitText"),
        ('schema:currency "EUR"', 'schema:currency "euros"', "schema:currency"),
        ("schema:value 80", 'schema:value "80"', "schema:value"),
        ("kg:holder id:ada-moore ; kg:organization id:quay-pay", "kg:organization id:quay-pay", "kg:holder"),
        ('kg:role "president"', 'kg:role "president" , "chair"', "kg:role"),
        ("kg:organization id:tidal-alliance", "kg:organization id:coral", "kg:organization"),
        ("rdf:predicate kg:uses", "rdf:predicate kg:enjoys", "rdf:predicate"),
        ("rdf:object id:coral ;\n    kg:modality kg:Planned", "kg:modality kg:Planned", "rdf:object"),
        (
            "kg:modality kg:Planned ; kg:confidence 0.61 ; prov",
            "kg:modality kg:Hoped ; kg:confidence 0.61 ; prov",
            "kg:modality",
        ),
        ("kg:confidence 0.94", "kg:confidence 1.5", "kg:confidence"),
        ("prov:wasDerivedFrom article:two ; ", "", "prov:wasDerivedFrom"),
        ("; kg:evidence evidence:e3", "", "kg:evidence"),
        ("oa:start 0 ; oa:end 24", "oa:start 24 ; oa:end 0", "oa:start"),
        ('oa:exact "Quay Pay launched Coral."', 'oa:exact ""', "oa:exact"),
        ("oa:start 0 ; oa:end 24 ;", 'oa:start 0 ; oa:end 24 ; kg:arguments "the subject" ;', "kg:arguments"),
        ("oa:hasSource article:one", "oa:hasSource id:coral", "oa:hasSource"),
        ('dcterms:identifier "one.md" ; ', "", "dcterms:identifier"),
        ('"2020-02-11"^^xsd:date ; schema:url', '"11 February" ; schema:url', "schema:datePublished"),
        ("schema:mentions id:quay-pay , id:coral .", "schema:mentions id:quay-pay , id:ghost .", "schema:mentions"),
        ("geo:lat 41.15", "geo:lat 141.15", "geo:lat"),
        ('dbo:iso31661Code "PT"', 'dbo:iso31661Code "Portugal"', "dbo:iso31661Code"),
        ('dbo:isoCodeRegion "US-OR"', 'dbo:isoCodeRegion "OR"', "dbo:isoCodeRegion"),
        ("id:portugal a kg:Country , kg:Place", "id:portugal a kg:Country", "rdf:type"),
    ],
)
def test_a_broken_graph_does_not_conform(old: str, new: str, path: str, shapes: Graph, declarations: Graph) -> None:
    """One change, one violation at the path where it was made."""
    assert old in SMALL_GRAPH
    assert path in violations(SMALL_GRAPH.replace(old, new, 1), shapes, declarations)


def test_a_subject_outside_the_domain_does_not_conform(shapes: Graph, declarations: Graph) -> None:
    """A person cannot acquire companies, and a blank node is no entity."""
    assert violations(SMALL_GRAPH + "id:ada-moore kg:acquired id:pebble .", shapes, declarations) == [""]
    assert violations(SMALL_GRAPH + '[] a kg:Sector ; rdfs:label "x" .', shapes, declarations) == [""]


def test_shapes_say_what_the_ontology_says(shapes: Graph) -> None:
    """Domain and range of every property stand in its shape, and nothing else does."""

    def classes(node: Node | None) -> set[str]:
        union = shapes.value(node, SH["or"])
        members = list(Collection(shapes, union)) if union else [node]
        return {local_name(str(c)) for m in members for c in shapes.objects(m, SH["class"])}

    for name, prop in load_ontology(FOLDER).properties.items():
        shape = SHAPE[name]
        assert (shape, RDF.type, SH.NodeShape) in shapes
        assert str(shapes.value(shape, SH.targetSubjectsOf)) == KG + name
        assert classes(shape) == prop.domain
        values = {"quantity": {"QuantitativeValue"}, "money": {"MonetaryAmount"}}
        assert classes(shapes.value(shape, SH.property)) == values.get(prop.kind, prop.range)
