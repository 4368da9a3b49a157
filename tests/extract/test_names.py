"""Names beside each other, the ontology's words in them, and nouns that stand for what is beside them."""

from __future__ import annotations

import pytest
import spacy

from kg.extract.denotation.carriers import bodies_of_unit, carried, is_carrier
from kg.extract.names.lexicon import Lexicon
from kg.extract.names.mentions import NameSpan, has_capital, likeliest
from kg.extract.names.neighbours import (
    with_acronyms,
    with_editions,
    with_listed_places,
    with_owners,
    with_titles,
    with_wholes,
)
from kg.model import Article, Span
from kg.ontology.schema import Class, Concept, Ontology
from tests.extract.trees import tree_of

BLANK = spacy.blank("en")


def named(text: str, **classes: str) -> tuple[spacy.tokens.Doc, list[NameSpan]]:
    """A document with the surfaces named in it, underscores for spaces, each wholly of one class."""
    doc = BLANK(text)
    found = []
    for surface, class_ in classes.items():
        start = text.index(surface.replace("_", " "))
        span = doc.char_span(start, start + len(surface))
        assert span is not None
        found.append(NameSpan.of(span, {class_: 1.0}))
    return doc, sorted(found, key=lambda name: name.start)


def ontology() -> Ontology:
    """Banks, central banks among them, ministries, and a technology of two words."""

    def class_(name: str, *heads: str) -> Class:
        return Class(name, f"https://x.example/{name}", (name,), "", (), heads, (name.upper(),), ())

    classes = [class_("Bank", "bank"), class_("Regulator", "central bank", "ministry"), class_("Technology")]
    classes.append(class_("Place", "bay area"))
    smart = Concept("https://x.example/smart", "smart", "Technology", "smart contract", ("smart contract",), ())
    return Ontology({c.name: c for c in classes}, {}, (smart,), "digest")


def test_the_longest_head_noun_counts() -> None:
    """ "Central bank" is more than "bank"; before "of" stands the head of what has none at its end."""
    lexicon = Lexicon(ontology())
    assert lexicon.from_head(["harbour", "banks"]) == {"Bank": 1.0}
    assert lexicon.from_head(["the", "Central", "Bank"]) == {"Regulator": 1.0}
    assert lexicon.from_head(["Ministry", "of", "Tides"]) == {"Regulator": 1.0}
    assert lexicon.from_head(["Of", "Tides"]) == {}


def test_a_name_in_the_plural_is_none_of_what_it_deals_with() -> None:
    """ "Harbour Banks" may be a firm, a law, a boat."""
    assert Lexicon(ontology()).from_head(["Harbour", "Banks"]) == {}


def test_a_concept_may_end_in_the_plural() -> None:
    """The last of its words alone is inflected."""
    lexicon = Lexicon(ontology())
    size, concept = lexicon.concept_at(["smart", "contracts"], ["smart", "contract"], 0)
    assert (size, concept and concept.name) == (2, "smart")
    assert lexicon.concept_at(["smarts", "contract"], ["smart", "contract"], 0) == (0, None)


def test_labels_of_several_classes_are_split() -> None:
    """The reader's weight is shared; labels that no class has count for nothing."""
    assert Lexicon(ontology()).from_labels({"BANK": 0.5, "PERSON": 0.5}) == {"Bank": 0.5}
    assert likeliest({"Bank": 0.5, "Alliance": 0.5}) == "Alliance"


def test_listed_places_belong_to_the_name_behind_them() -> None:
    """Where the name itself begins with a place; two places listed are two places."""
    text = "The Dunmore, Selby and Harrow Bay Alliance met. Harrow was host."
    lexicon = Lexicon(ontology())
    doc, names = named(text, Dunmore="City", Selby="City", Harrow_Bay_Alliance="Alliance")
    assert [n.surface for n in with_listed_places(doc, names, lexicon)] == ["Dunmore", "Selby", "Harrow Bay Alliance"]
    host = doc.char_span(text.rindex("Harrow"), text.rindex("Harrow") + len("Harrow"))
    assert host is not None
    joined = with_listed_places(doc, [*names, NameSpan.of(host, {"City": 1.0})], lexicon)
    assert [n.surface for n in joined] == ["Dunmore, Selby and Harrow Bay Alliance", "Harrow"]


def test_listed_places_are_one_area_behind_an_article() -> None:
    """Where the last of them ends in a noun of places; without an article they are places each of its own."""
    lexicon = Lexicon(ontology())
    text = "Trade in the Dunmore, Selby, and Harrow Bay Area grew."
    places = {"Dunmore": "Place", "Selby": "Place", "Harrow_Bay_Area": "Place"}
    doc, names = named(text, **places)
    assert [n.surface for n in with_listed_places(doc, names, lexicon)] == ["Dunmore, Selby, and Harrow Bay Area"]
    doc, names = named(text.replace("the ", ""), **places)
    assert len(with_listed_places(doc, names, lexicon)) == len(places)


def test_the_year_of_an_event_belongs_to_its_name() -> None:
    """Before it or behind it; a date is none, nor does the year of a product belong to it."""
    text = "She opened the 2021 Canal Forum after Web Summit 2023. In 2020 Tidefest moved; the 2019 Nimbus sells."
    doc, names = named(text, Canal_Forum="Event", Web_Summit="Event", Tidefest="Event", Nimbus="Product")
    found = [name.surface for name in with_editions(doc, names)]
    assert found == ["2021 Canal Forum", "Web Summit 2023", "Tidefest", "Nimbus"]


@pytest.mark.parametrize("date", ["May 2021", "4 May 2021", "May 4, 2021", "Sept. 2021", "early 2021", "summer 2021"])
def test_the_year_of_a_date_is_no_edition(date: str) -> None:
    """What ends a date belongs to it, not to the event behind it."""
    doc, names = named(f"By {date} Web Summit had moved.", Web_Summit="Event")
    assert [name.surface for name in with_editions(doc, names)] == ["Web Summit"]


def test_a_short_name_in_brackets_is_an_acronym() -> None:
    """Also behind an article and in quotes; without brackets it is none."""
    doc, names = named(
        'Bay Trade Network (the "BTN") met Orbit Union OU.',
        Bay_Trade_Network="Alliance", BTN="Alliance", Orbit_Union="Alliance", OU="Alliance",
    )  # fmt: skip
    assert [n.acronym_of for n in with_acronyms(doc, names)] == [None, "Bay Trade Network", None, None]


def test_a_unit_carries_its_owner() -> None:
    """Behind "of" alone, and only what can be owned."""
    doc, names = named(
        "Tide Centre of the University of Selby and Jane Roe of Amber",
        Tide_Centre="Organization", University_of_Selby="University", Jane_Roe="Person", Amber="Company",
    )  # fmt: skip
    assert [n.full for n in with_owners(doc, names)] == ["Tide Centre of the University of Selby", None, None, None]


def test_a_whole_stands_behind_what_is_part_of_it() -> None:
    """Or behind what came from it, with an article or without; who is only spoken of is none."""
    doc, names = named(
        "An arm of the Orlo firm met part of Amber and Tarn.", Orlo="Company", Amber="Company", Tarn="Company"
    )
    for token in doc:
        token.lemma_ = token.lower_
    assert [n.is_whole for n in with_wholes(doc, names)] == [True, True, False]


def test_names_of_a_title_stand_in_the_body_too() -> None:
    """Headline case makes names of common words."""
    text = "Amber Joins Forces\n\nAmber said so."
    doc, (forces,) = named(text, Joins_Forces="Company")
    first, second = (doc.char_span(i, i + len("Amber")) for i in (0, text.rindex("Amber")))
    assert first is not None
    assert second is not None
    names = [NameSpan.of(first, {"Company": 1.0}), forces, NameSpan.of(second, {"Company": 1.0})]
    article = Article("a", "a.md", "Amber Joins Forces", text, "0" * 64, title_span=Span(0, 18))
    assert [(n.surface, n.in_title) for n in with_titles(article, names)] == [("Amber", True), ("Amber", False)]


def test_names_have_capitals_anywhere() -> None:
    """As "eKuna" does, and descriptions do not."""
    assert has_capital("eKuna")
    assert not has_capital("payment platform 2.0")


def test_carriers_pass_on_their_phrase() -> None:
    """ "The development of Amber" is about Amber; "a branch" of it has its posts in it, other nouns have neither."""
    tree = tree_of("""
        development development NOUN ROOT 0
        of of ADP case 3
        Amber Amber PROPN nmod 1
    """)
    assert is_carrier(tree.nodes[0])
    assert [n.text for n in carried(tree, tree.nodes[0], {2})] == ["Amber"]
    assert bodies_of_unit(tree, tree.nodes[0], {2}) == []
    unit = tree_of("""
        Amber Amber PROPN nmod:poss 3
        's 's PART case 1
        branch branch NOUN ROOT 0
    """)
    assert not is_carrier(unit.nodes[2])
    assert [n.text for n in bodies_of_unit(unit, unit.nodes[2], {0})] == ["Amber"]
