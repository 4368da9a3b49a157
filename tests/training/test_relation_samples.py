"""Texts of the corpus become samples: what is annotated is brought together with what the pipeline finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from kg.extract.relations.scene import Place, Scene, Thing
from tests.training.texts import TEXT
from training.corpus.markup import read_blocks
from training.relations.samples import MODALITIES, UNHELD, alignment, samples, spaced

if TYPE_CHECKING:
    from training.relations.samples import Label, Sample

ONTOLOGY: Final = Path(__file__).parents[2] / "ontology"


def words(sample: Sample, thing: int, texts: list[str]) -> set[str]:
    """The names of a thing as the text has them."""
    places = sample.scene.things[thing].places
    return {" ".join(texts[p.start : p.end]) for p in places if p.is_name}


def scene(*things: Thing) -> Scene:
    """A scene of ten words, of which only the things matter."""
    import numpy as np

    return Scene(tuple(range(10)), np.zeros((10, 2), dtype=np.float16), (0,) * 10, tuple(range(10)), things)


def named(key: str, *places: tuple[int, int]) -> Thing:
    """An entity with names."""
    return Thing(key, "entity", tuple(Place(*p) for p in places))


@pytest.fixture(scope="module")
def made() -> tuple[Sample, Sample, list[str]]:
    """The text as annotated and as found by the real pipeline, and its words."""
    from kg.extract import Extractor
    from kg.ontology import load_ontology
    from kg.reading import load_reader

    extractor = Extractor(load_ontology(ONTOLOGY), load_reader())
    (block,) = read_blocks(TEXT.format(ident="toy-1"))
    gold, found = samples(block, extractor)
    doc = extractor.nlp(spaced(block)[0])
    return gold, found, [doc[t].text for t in gold.scene.tokens]


def said(sample: Sample, labels: list[Label], texts: list[str]) -> set[tuple[str, str, str]]:
    """Labels with the first of the names of their ends."""
    return {
        (min(words(sample, f.subject, texts)), f.properties[0], min(words(sample, f.object, texts))) for f in labels
    }


def test_paragraphs_are_parted_by_blank_lines() -> None:
    """Offsets go with their characters when line breaks double."""
    (block,) = read_blocks(TEXT.format(ident="toy-1"))
    text, offsets = spaced(block)
    assert "Lagos\n\nVeridia" in text
    assert all(text[offsets[m.start] : offsets[m.end - 1] + 1] == block.text[m.start : m.end] for m in block.mentions)


def test_most_names_decide_whose_a_found_thing_is() -> None:
    """Two names of one against one of another, and half a name that overlaps too little."""
    annotated = scene(named("e1", (0, 2), (4, 6)), named("e2", (8, 9)))
    found = scene(named("a", (0, 2), (4, 6), (8, 9)), named("b", (5, 10)))
    assert alignment(annotated, found) == {0: "e1"}


@pytest.mark.model
def test_annotated_facts_are_between_annotated_things(made: tuple[Sample, Sample, list[str]]) -> None:
    """Facts between entities, a date, and the noun of the post."""
    gold, _, texts = made
    assert said(gold, gold.facts, texts) == {
        ("Veridia Tea", "locatedIn", "Lagos"),
        ("Veridia Tea", "foundedOn", "2014"),
        ("Veridia Tea", "acquired", "Orchard Mills"),
        ("Amina Juma", "holdsPosition", "Veridia Tea"),
        ("Amina Juma", "hasPost", "executive"),
    }


@pytest.mark.model
def test_what_is_denied_is_unheld(made: tuple[Sample, Sample, list[str]]) -> None:
    """An `N` line between entities gives labels of the last modality."""
    gold, _, texts = made
    assert said(gold, gold.denied, texts) == {("Orchard Mills", "locatedIn", "Lagos")}
    assert {MODALITIES[f.modality] for f in gold.denied} == {UNHELD}


@pytest.mark.model
def test_references_point_to_their_things(made: tuple[Sample, Sample, list[str]]) -> None:
    """Pronouns and descriptions are known as words, and by what they stand for."""
    gold, _, texts = made
    assert gold.references is not None
    assert {(" ".join(texts[a:b]), min(words(gold, e, texts))) for a, b, e in gold.references} == {
        ("The company", "Veridia Tea"),
        ("its", "Veridia Tea"),
    }


@pytest.mark.model
def test_found_things_get_the_annotated_classes(made: tuple[Sample, Sample, list[str]]) -> None:
    """What the pipeline finds carries the class of what it is, and its references are not taken for annotated."""
    _, found, texts = made
    classes = {min(words(found, i, texts)): c for i, c in enumerate(found.classes) if c}
    assert classes["Lagos"] == "City"
    assert classes["Amina Juma"] == "Person"
    assert found.references is None
    assert ("Amina Juma", "hasPost", "executive") in said(found, found.facts, texts)
