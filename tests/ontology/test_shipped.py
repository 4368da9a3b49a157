"""The ontology that comes with kg: it holds what the contract names, enough of it, and nothing twice."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDFS, Graph

from kg import vocabulary
from kg.ontology import Ontology, load_ontology

FOLDER = Path(__file__).parents[2] / "ontology"

CLASSES = """Place City Region Country Facility Organization Company Alliance Association GovernmentBody University
Person Technology Product Platform Sector Project Document Event""".split()

PROPERTIES = {
    "locatedIn": ("Organization Facility Place Platform Project Event", "Place Facility University"),
    "partOf": ("Organization Place Facility Project Product", "Organization Place Facility Project"),
    "memberOf": ("Organization Person Place", "Alliance Association GovernmentBody University"),
    "initiatedBy": ("Organization Product Project Facility Event Document", "Organization Person Place Facility"),
    "develops": ("Organization Person Place Facility", "Product Technology Project Facility"),
    "launched": ("Organization Person Place Facility", "Product Project Facility Organization"),
    "uses": ("Organization Product Place Project Facility", "Technology Product"),
    "offers": ("Organization Product", "Product"),
    "integratesWith": ("Product", "Product Organization Technology"),
    "participatesIn": ("Organization Person Place Facility", "Product Project Event"),
    "partnersWith": ("Organization Facility Place", "Organization Place Facility"),
    "investsIn": ("Organization Person Place Project", "Organization Product Technology Project Facility Sector"),
    "acquired": ("Organization", "Organization Product"),
    "holdsPosition": ("Person", "Organization Place Project Facility"),
    "focusesOn": ("Organization Facility Product Technology Project Place Document Event", "Sector Technology"),
    "promotes": ("Person Organization Place Facility Document Project Product", "Technology Sector"),
    "regulates": ("Organization Place Document", "Sector Technology Organization Product"),
    "issued": ("Organization Place Person", "Document"),
    "foundedOn": ("Organization", ""),
    "launchedOn": ("Product Project Facility Event Document", ""),
    "memberCount": ("Alliance Association Project Platform", ""),
    "hasCount": ("Place Organization Facility", ""),
    "amount": ("Organization Project Sector Facility Product", ""),
}
"""The contract: domain and range of every property; an empty range is a value."""

KINDS = {"foundedOn": "date", "launchedOn": "date", "memberCount": "integer", "hasCount": "quantity", "amount": "money"}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """The ontology as shipped."""
    return load_ontology(FOLDER)


def lines(ontology: Ontology, what: str) -> list[tuple[str, str]]:
    """The distinct source lines of all properties, with their property."""
    return [
        (name, source)
        for name, prop in ontology.properties.items()
        for source in dict.fromkeys(example.source for example in getattr(prop, what))
    ]


def test_every_class_of_the_contract_is_there(ontology: Ontology) -> None:
    """Exactly the classes that outputs may name, each described and aligned with schema.org."""
    assert sorted(ontology.classes) == sorted(CLASSES)
    for class_ in ontology.classes.values():
        assert class_.comment.endswith(".")
        assert class_.heads, class_.name
        assert class_.reader_labels, class_.name
        assert any(iri.startswith("https://schema.org/") for iri in class_.exact), class_.name


def test_the_hierarchy_of_the_contract(ontology: Ontology) -> None:
    """Cities are places, companies organizations, platforms products."""
    parents = {name: class_.parents for name, class_ in ontology.classes.items() if class_.parents}
    assert parents == {
        **dict.fromkeys(("City", "Region", "Country"), ("Place",)),
        **dict.fromkeys(("Company", "Alliance", "Association", "GovernmentBody", "University"), ("Organization",)),
        "Platform": ("Product",),
    }


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_every_property_of_the_contract_is_there(ontology: Ontology, name: str) -> None:
    """Domain, range and kind are the contract's."""
    prop = ontology.properties[name]
    domain, range_ = PROPERTIES[name]
    assert prop.domain == set(domain.split())
    assert prop.range == set(range_.split())
    assert prop.kind == KINDS.get(name, "entity")
    assert prop.symmetric == (name == "partnersWith")
    assert prop.qualified == (name == "holdsPosition")
    assert prop.comment.endswith(".")


def test_no_property_beyond_the_contract(ontology: Ontology) -> None:
    """A new property belongs into the contract first."""
    assert set(ontology.properties) == set(PROPERTIES)


def test_there_are_enough_examples(ontology: Ontology) -> None:
    """Lines as authors count them, before alternatives: enough in all, and for each property."""
    examples, counterexamples = lines(ontology, "examples"), lines(ontology, "counterexamples")
    assert len(examples) >= 330
    assert len(counterexamples) >= 110
    assert min(Counter(name for name, _ in examples).values()) >= 10
    assert min(Counter(name for name, _ in counterexamples).values()) >= 4


def test_no_example_stands_twice(ontology: Ontology) -> None:
    """Within a property, no sentence comes out of two lines with the same arguments."""
    for prop in ontology.properties.values():
        said = Counter((e.text, tuple(sorted(e.marks.items()))) for e in (*prop.examples, *prop.counterexamples))
        assert [text for (text, _), count in said.items() if count > 1] == []


def test_examples_are_single_clauses(ontology: Ontology) -> None:
    """One short sentence each: what a reader parses without doubt."""
    for prop in ontology.properties.values():
        for example in (*prop.examples, *prop.counterexamples):
            assert re.fullmatch(r"[A-Z0-9][^.;!?]*\.", example.text), example.text
            assert len(example.text.split()) <= 20, example.text


def test_there_are_enough_technologies_and_sectors(ontology: Ontology) -> None:
    """Schemes large enough for news of all trades."""
    count = Counter(concept.class_ for concept in ontology.concepts)
    assert count["Technology"] >= 180
    assert count["Sector"] >= 100
    assert count["Position"] >= 50


def test_a_label_names_one_concept(ontology: Ontology) -> None:
    """No text can mean two technologies, two sectors, or a technology and a sector."""
    named = Counter(label for c in ontology.concepts if c.class_ != "Position" for label in c.alternatives)
    assert [label for label, count in named.items() if count > 1] == []
    roles = Counter(label for c in ontology.concepts if c.class_ == "Position" for label in c.alternatives)
    assert [label for label, count in roles.items() if count > 1] == []


def test_labels_are_no_everyday_words(ontology: Ontology) -> None:
    """Lower-cased, an abbreviation must not read like a word of every text."""
    everyday = {
        "it",
        "did",
        "pos",
        "ran",
        "us",
        "pay",
        "lot",
        "are",
        "or",
        "an",
        "as",
        "he",
        "car",
        "may",
        "will",
        "law",
    }
    labels = {label for c in ontology.concepts for label in c.alternatives}
    assert labels & everyday == set()


def test_broader_concepts_have_no_cycle(ontology: Ontology) -> None:
    """The schemes are hierarchies."""
    broader = {concept.iri: concept.broader for concept in ontology.concepts}

    def above(iri: str, seen: tuple[str, ...]) -> None:
        assert iri not in seen
        for each in broader[iri]:
            above(each, (*seen, iri))

    for iri in broader:
        above(iri, ())


def test_head_nouns_are_lower_case_and_single(ontology: Ontology) -> None:
    """A head noun stands once per class, as texts are compared with it."""
    for class_ in ontology.classes.values():
        assert list(class_.heads) == [head.lower() for head in dict.fromkeys(class_.heads)]


def test_every_term_in_use_is_declared_and_explained() -> None:
    """What the ontology, the shapes and the questions say in kg: has a declaration with a comment."""
    declared = Graph()
    for path in sorted(FOLDER.rglob("*.ttl")):
        declared.parse(path, format="turtle")
    query = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?term WHERE { ?term rdfs:label ?label }
    """
    known = {str(row[0]).rsplit("#", 1)[-1] for row in declared.query(query)}  # type: ignore[index]
    text = "\n".join(p.read_text("utf-8") for p in sorted(FOLDER.rglob("*")) if p.suffix in {".ttl", ".rq"})
    used = set(re.findall(r"(?<![\w:])kg:([A-Za-z]+)", text))
    assert used <= known


def test_every_term_that_kg_writes_is_declared() -> None:
    """The terms of `kg.vocabulary` stand in core.ttl, each with a label."""
    core = Graph().parse(FOLDER / "core.ttl", format="turtle")
    written = {value for name, value in vars(vocabulary).items() if name.startswith("KG_")}
    assert written - {str(term) for term in core.subjects(RDFS.label)} == set()
