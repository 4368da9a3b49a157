from __future__ import annotations

from kg.page.palette import HUES, SHAPES, looks
from tests.page.synthetic import small_ontology


def test_no_two_classes_look_alike() -> None:
    """As many classes as there are pairs of colour and shape each get one of their own."""
    names = [f"Class{number:03}" for number in range(sum(map(len, HUES)) * len(SHAPES))]
    found = looks(names, small_ontology())
    assert len(set(found.values())) == len(names)


def test_classes_of_one_family_share_a_shape() -> None:
    """Organizations have one shape, places another."""
    found = looks(["Company", "Alliance", "University", "City", "Country"], small_ontology())
    assert found["Company"].shape == found["Alliance"].shape == found["University"].shape
    assert found["City"].shape == found["Country"].shape != found["Company"].shape


def test_the_order_of_the_classes_does_not_matter() -> None:
    """The legend does not change from build to build."""
    names = ["Person", "City", "Company", "Technology"]
    assert looks(names, small_ontology()) == looks(names[::-1], small_ontology())


def test_every_class_gets_a_look_even_unknown_ones() -> None:
    """A class that the ontology does not hold is drawn all the same."""
    assert set(looks(["Unheard", "City"], small_ontology())) == {"Unheard", "City"}
