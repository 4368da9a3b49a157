"""Example sentences of the ontology teach the network, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from kg.ontology import load_ontology
from kg.reading import load_reader
from training.corpus.markup import is_held_out
from training.relations.samples import UNKNOWN
from training.relations.taught import taught

if TYPE_CHECKING:
    from training.relations.samples import Sample

HEADER: Final = """@prefix my: <https://my.example/> .
@prefix kg: <https://example.org/kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my: a owl:Ontology .
my:Firm a owl:Class ; rdfs:label "firm" .
my:supplies a owl:ObjectProperty ; rdfs:label "supplies" ; rdfs:domain my:Firm ; rdfs:range my:Firm ;
    kg:example "[subject Corvid] {supplies|provides} [object Orbit Mills]." ,
        "[object Orbit Mills] {buys|obtains} flour from [subject Corvid]." ,
        "[subject Corvid] {delivers|sells|ships} flour to [object Orbit Mills]." ;
    kg:counterexample "[subject Corvid] {sued|envies|praised|visited|left} [object Orbit Mills]." .
"""


pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    """The samples of an ontology with one property."""
    folder = tmp_path_factory.mktemp("ontology")
    (folder / "trade.ttl").write_text(HEADER, encoding="utf-8")
    return [sample for sample, _ in taught(load_ontology(folder), load_reader())]


def test_an_example_states_its_property_of_its_marks(made: list[Sample]) -> None:
    """From the subject mark to the object mark, whichever stands first."""
    stated = [s for s in made if s.ident.startswith("example")]
    assert len(stated) >= 4
    for sample in stated:
        (fact,) = sample.facts
        assert (fact.subject, fact.object, fact.properties, fact.modality) == (0, 1, ("supplies",), UNKNOWN)
    backwards = [s for s in stated if s.scene.things[0].places[0].start > s.scene.things[1].places[0].start]
    assert 0 < len(backwards) < len(stated)


def test_a_counterexample_states_nothing(made: list[Sample]) -> None:
    """Its marked things are there, and no fact."""
    others = [s for s in made if s.ident.startswith("counterexample")]
    assert others
    for sample in others:
        assert len(sample.scene.things) == 2
        assert sample.facts == []


def test_nothing_more_is_known_of_an_example(made: list[Sample]) -> None:
    """Classes of its things and its references are unknown, and it is never among the texts held out."""
    for sample in made:
        assert sample.classes == [None, None]
        assert sample.references is None
        assert not is_held_out(sample.ident)
