"""From Turtle to a checked ontology, and everything that can be wrong on the way."""

import pickle
import socket
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import Ontology, load_ontology

HEADER = """\
@prefix my: <https://zoo.example/terms#> .
@prefix kg: <https://example.org/kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
"""
ANIMALS = """\
my:Animal a owl:Class ; rdfs:label "animal"@en , "Tier"@de ; rdfs:comment "A beast." ; kg:headNoun "Animal" , "pet" .
my:Bird a owl:Class ; rdfs:label "bird" ; rdfs:subClassOf my:Animal , schema:Thing ; kg:readerLabel "Bird" .
my:Owl a owl:Class ; rdfs:label "owl" ; rdfs:subClassOf my:Bird .
my:Zoo a owl:Class ; rdfs:label "zoo" .
my:livesIn a owl:ObjectProperty ; rdfs:label "lives in" ; rdfs:domain my:Animal ; rdfs:range my:Zoo ;
    kg:example "[subject:Owl Olga] {lives|stays} in [object the Harbour Zoo]." ;
    kg:counterexample "[subject Olga] left [object the Harbour Zoo]." .
"""


def load(tmp_path: Path, turtle: str, *, header: str = HEADER) -> Ontology:
    """The ontology of one file."""
    (tmp_path / "zoo.ttl").write_text(header + turtle, encoding="utf-8")
    return load_ontology(tmp_path)


def refusal(tmp_path: Path, turtle: str, *, header: str = HEADER) -> str:
    """What the author reads."""
    with pytest.raises(OntologyError) as caught:
        load(tmp_path, turtle, header=header)
    return str(caught.value)


def test_classes_carry_what_the_stages_need(tmp_path: Path) -> None:
    """Labels in English, head nouns in lower case, superclasses nearest first, alignments apart."""
    ontology = load(tmp_path, ANIMALS)
    animal, owl = ontology.classes["Animal"], ontology.classes["Owl"]
    assert (animal.label, animal.labels, animal.comment, animal.heads) == (
        "animal",
        ("animal",),
        "A beast.",
        ("animal", "pet"),
    )
    assert owl.parents == ("Bird", "Animal")
    assert ontology.classes["Bird"].exact == ("https://schema.org/Thing",)
    assert ontology.classes["Bird"].reader_labels == ("Bird",)
    assert owl.iri == "https://zoo.example/terms#Owl"


def test_is_a_follows_superclasses(tmp_path: Path) -> None:
    """Subclasses are what their superclasses are, never the reverse; unknown classes only themselves."""
    ontology = load(tmp_path, ANIMALS)
    assert ontology.is_a("Owl", "Animal")
    assert ontology.is_a("Owl", "Owl")
    assert not ontology.is_a("Animal", "Owl")
    assert not ontology.is_a("Stone", "Animal")
    assert ontology.fits("Owl", frozenset({"Zoo", "Animal"}))
    assert not ontology.fits("Zoo", frozenset({"Animal"}))


def test_examples_are_expanded_in_order(tmp_path: Path) -> None:
    """Each alternative of a line is an example of the property."""
    lives_in = load(tmp_path, ANIMALS).properties["livesIn"]
    assert [example.text for example in lives_in.examples] == [
        "Olga lives in the Harbour Zoo.",
        "Olga stays in the Harbour Zoo.",
    ]
    assert [example.text for example in lives_in.counterexamples] == ["Olga left the Harbour Zoo."]


@pytest.mark.parametrize(
    ("range_", "kind"),
    [
        ("my:Zoo", "entity"),
        ("xsd:date", "date"),
        ("xsd:integer", "integer"),
        ("schema:QuantitativeValue", "quantity"),
        ("schema:MonetaryAmount", "money"),
    ],
)
def test_the_range_gives_the_kind(tmp_path: Path, range_: str, kind: str) -> None:
    """A value class or datatype makes the object a value; then there are no range classes."""
    prop = f'my:p a owl:ObjectProperty ; rdfs:label "p" ; rdfs:domain my:Animal ; rdfs:range {range_} .'
    loaded = load(tmp_path, ANIMALS + prop).properties["p"]
    assert loaded.kind == kind
    assert bool(loaded.range) == (kind == "entity")


def test_unions_are_written_with_includes(tmp_path: Path) -> None:
    """schema.org's domainIncludes and rangeIncludes list alternatives."""
    union = "schema:domainIncludes my:Owl , my:Zoo ; schema:rangeIncludes my:Zoo ."
    loaded = load(tmp_path, ANIMALS + PROPERTY + union).properties["p"]
    assert loaded.domain == {"Owl", "Zoo"}
    assert loaded.range == {"Zoo"}


def test_symmetric_and_qualified_properties(tmp_path: Path) -> None:
    """OWL says that a property is symmetric, kg:qualifiedBy that it has a role."""
    props = """
my:near a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "near" ; rdfs:domain my:Zoo ; rdfs:range my:Zoo .
my:keeps a owl:ObjectProperty ; rdfs:label "keeps" ; rdfs:domain my:Animal ; rdfs:range my:Zoo ;
    kg:qualifiedBy kg:Position ;
    kg:example "[subject Olga] is [role guest] of [object the Zoo]." .
"""
    properties = load(tmp_path, ANIMALS + props).properties
    assert (properties["near"].symmetric, properties["near"].qualified) == (True, False)
    assert (properties["keeps"].symmetric, properties["keeps"].qualified) == (False, True)


def test_a_property_may_be_checked_against_the_gazetteer(tmp_path: Path) -> None:
    """Only one that says so; nothing in Python names it."""
    props = """
my:livesIn a owl:ObjectProperty ; rdfs:label "lives in" ; rdfs:domain my:Animal ; rdfs:range my:Zoo ;
    kg:checkedAgainst kg:Gazetteer .
my:likes a owl:ObjectProperty ; rdfs:label "likes" ; rdfs:domain my:Animal ; rdfs:range my:Zoo .
"""
    properties = load(tmp_path, ANIMALS + props).properties
    assert [name for name, each in properties.items() if each.spatial] == ["livesIn"]


def test_concepts_know_their_class_and_their_names(tmp_path: Path) -> None:
    """The scheme says what its concepts are; all labels come in lower case, the preferred one first."""
    concepts = """
my:Kinds a skos:ConceptScheme ; kg:conceptClass my:Bird .
my:barn-owl a skos:Concept ; skos:inScheme my:Kinds ; skos:prefLabel "Barn Owl"@en , "Schleiereule"@de ;
    skos:altLabel "Screech Owl" , "BARN OWL" ; skos:broader my:owl ; kg:verb "screech" .
my:owl a skos:Concept ; skos:inScheme my:Kinds ; skos:prefLabel "owl" .
"""
    barn_owl, _ = load(tmp_path, ANIMALS + concepts).concepts
    assert (barn_owl.label, barn_owl.class_) == ("Barn Owl", "Bird")
    assert barn_owl.alternatives == ("barn owl", "screech owl")
    assert barn_owl.broader == ("https://zoo.example/terms#owl",)
    assert barn_owl.verbs == ("screech",)


def test_all_files_of_the_tree_are_read_save_shapes_and_questions(tmp_path: Path) -> None:
    """Sub-folders count; shapes.ttl, questions/ and hidden files do not, whatever stands in them."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "more.ttl").write_text(HEADER + 'my:Cage a owl:Class ; rdfs:label "cage" .', encoding="utf-8")
    for name in ("shapes.ttl", "questions/q.ttl", ".draft.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("this is no Turtle", encoding="utf-8")
    assert sorted(load(tmp_path, ANIMALS).classes) == ["Animal", "Bird", "Cage", "Owl", "Zoo"]


def test_the_digest_depends_on_content_alone(tmp_path: Path) -> None:
    """The same files in another folder have the same digest; one more space has another."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = load(tmp_path / "a", ANIMALS).digest, load(tmp_path / "b", ANIMALS).digest
    assert first == second
    assert load(tmp_path / "b", ANIMALS + " ").digest != first


def test_an_ontology_travels_between_processes(tmp_path: Path) -> None:
    """Workers get it pickled."""
    ontology = load(tmp_path, ANIMALS)
    assert pickle.loads(pickle.dumps(ontology)) == ontology  # noqa: S301 - our own bytes


def test_a_syntax_error_names_file_line_and_reason(tmp_path: Path) -> None:
    """What the parser says, where it stands."""
    message = refusal(tmp_path, "my:Animal a owl:Class ;\n    rdfs:label nothing:here .", header=HEADER)
    assert "zoo.ttl:9" in message
    assert "nothing:" in message


def test_every_broken_file_is_named(tmp_path: Path) -> None:
    """One run shows all files to repair."""
    (tmp_path / "other.ttl").write_text("@prefix", encoding="utf-8")
    message = refusal(tmp_path, "my:Animal a")
    assert "zoo.ttl" in message
    assert "other.ttl" in message


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    """A Latin-1 file is an error of the author, with a place."""
    (tmp_path / "zoo.ttl").write_bytes(HEADER.encode() + 'my:Z a owl:Class ; rdfs:label "Löwe" .'.encode("latin-1"))
    with pytest.raises(OntologyError, match=r"zoo\.ttl:8.*UTF-8"):
        load_ontology(tmp_path)


PROPERTY = 'my:p a owl:ObjectProperty ; rdfs:label "p" ; '
CONCEPT = "my:S a skos:ConceptScheme ; kg:conceptClass my:Owl . my:c a skos:Concept ; skos:inScheme my:S ; "
CYCLE = """
my:A a owl:Class ; rdfs:label "a" ; rdfs:subClassOf my:B .
my:B a owl:Class ; rdfs:label "b" ; rdfs:subClassOf my:A .
"""


@pytest.mark.parametrize(
    ("turtle", "what"),
    [
        ('my:Cat a owl:Class ; rdfs:label "c" ; rdfs:subClassOf my:Pet .', "superclass Pet, which is undeclared"),
        ('my:Cat a owl:Class ; rdfs:label "c" ; rdfs:subClassOf kg:Pet .', "superclass Pet, which is undeclared"),
        ("my:Cat a owl:Class .", "Cat has no rdfs:label"),
        ('my:Cat a owl:Class ; rdfs:label "Katze"@de .', "Cat has no rdfs:label in English"),
        (CYCLE, "A is a subclass of itself"),
        (PROPERTY + "rdfs:range my:Zoo .", "p has no domain"),
        (PROPERTY + "rdfs:domain my:Zoo .", "p has no range"),
        (PROPERTY + "rdfs:domain my:Zo ; rdfs:range my:Zoo .", "domain Zo, which is no declared class"),
        (PROPERTY + "rdfs:domain my:Zoo ; rdfs:range xsd:string .", "range string, which is no declared class"),
        (PROPERTY + "rdfs:domain my:Zoo , my:Owl ; rdfs:range my:Zoo .", "their intersection"),
        (PROPERTY + "rdfs:domain my:Zoo ; schema:rangeIncludes my:Zoo , xsd:date .", "mixes ranges"),
        ('kg:Owl a owl:Class ; rdfs:label "owl" .', "share the name Owl"),
        ('my:c a skos:Concept ; skos:prefLabel "c" .', "c needs one skos:inScheme"),
        (CONCEPT.replace("my:Owl", "my:Stone") + 'skos:prefLabel "c" .', "Stone, which is no class"),
        (CONCEPT + 'skos:altLabel "c" .', "exactly one skos:prefLabel"),
        (CONCEPT + 'skos:prefLabel "c" ; skos:broader my:d .', "broader concept d"),
        ('my:livesIn kg:example "Olga lives here." .', "no argument is marked: write [subject ...]"),
        ('my:livesIn kg:example "[subject Olga] lives here." .', "lacks [object ...]"),
        ('my:livesIn kg:example "[subject Olga] lives {in [object the Zoo]." .', "a '{' without '}'"),
        ('my:livesIn kg:example "[subject Olga] is [role guest] in [object the Zoo]." .', "has [role ...]"),
        ('my:livesIn kg:example "[subject Olga] lives in [value 2019]." .', "lacks [object ...]"),
        ('my:livesIn kg:example "[subject:Stone Olga] lives in [object the Zoo]." .', "Stone is no declared class"),
        ('my:livesIn kg:example "[subject:Zoo Olga] lives in [object the Zoo]." .', "Zoo lies outside the domain"),
        ('my:livesIn kg:counterexample "[subject:Owl Olga] lives in [object the Harbour Zoo]." .', "a counterexample"),
        ("<https://zoo.example/> owl:imports <http://unreachable.invalid/x> .", "is not followed"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, turtle: str, what: str) -> None:
    """Each mistake of an author has a message that names the term or line, in the file where it stands."""
    message = refusal(tmp_path, ANIMALS + turtle)
    assert what in message
    assert str(tmp_path / "zoo.ttl") + ":" in message


def test_mistakes_are_gathered(tmp_path: Path) -> None:
    """One run shows everything to repair."""
    message = refusal(
        tmp_path, ANIMALS + 'my:Cat a owl:Class .\nmy:livesIn kg:example "Olga." , "[subject Olga] left." .'
    )
    assert "Cat has no rdfs:label" in message
    assert "no argument is marked" in message
    assert "lacks [object ...]" in message


def test_a_mistake_has_its_line(tmp_path: Path) -> None:
    """The place is the line of the example, not only the file."""
    message = refusal(tmp_path, ANIMALS + '\nmy:livesIn kg:example "Olga lives here." .')
    line = (HEADER + ANIMALS).count("\n") + 2
    assert f"zoo.ttl:{line}: an example of livesIn" in message


def test_imports_within_the_folder_are_fine(tmp_path: Path) -> None:
    """An import of an ontology that is there says nothing new."""
    ours = "<https://zoo.example/a> a owl:Ontology . <https://zoo.example/b> owl:imports <https://zoo.example/a> ."
    assert load(tmp_path, ANIMALS + ours).classes


def test_loading_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are IRIs, never addresses to fetch."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert load(tmp_path, ANIMALS).classes


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The message names the folder and what should be in it."""
    with pytest.raises(OntologyError, match=r"nowhere is no folder.*\.ttl"):
        load_ontology(tmp_path / "nowhere")


def test_a_folder_without_turtle(tmp_path: Path) -> None:
    """An empty folder is not an empty ontology."""
    with pytest.raises(OntologyError, match=r"holds no \.ttl file"):
        load_ontology(tmp_path)


def test_turtle_without_classes(tmp_path: Path) -> None:
    """Valid Turtle about something else is refused."""
    assert "no class is declared" in refusal(tmp_path, 'my:x rdfs:label "x" .')
