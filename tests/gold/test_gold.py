"""The gold articles are well-formed: what they cite stands in them, and what they state the ontology can say."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import OWL

GOLD: Final = Path(__file__).parent
ONTOLOGY: Final = GOLD.parents[1] / "ontology"
KG: Final = Namespace("https://example.org/kg/ontology#")
SCHEMA: Final = Namespace("https://schema.org/")
STEMS: Final = sorted(path.stem for path in GOLD.glob("*.json") if path.with_suffix(".txt").exists())
DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
MONEY: Final = re.compile(r"[1-9]\d* [A-Z]{3}")
MODALITIES: Final = {None, "planned", "past"}
FACT_KEYS: Final = {
    "s", "p", "o", "value", "sentence", "role", "kind", "qualifier", "also", "also_triples", "modality", "optional",
    "s_in", "o_in",
}  # fmt: skip
CONTRACT: Final = {
    "locatedIn", "partOf", "memberOf", "initiatedBy", "develops", "launched", "uses", "offers", "integratesWith",
    "participatesIn", "partnersWith", "investsIn", "acquired", "holdsPosition", "focusesOn", "promotes", "regulates",
    "issued", "foundedOn", "launchedOn", "memberCount", "hasCount", "amount",
}  # fmt: skip
DATED: Final = {"foundedOn", "launchedOn"}
COUNTED: Final = {"memberCount", "hasCount"}

each_article = pytest.mark.parametrize("stem", STEMS)


@cache
def ontology() -> Graph:
    """The classes and properties that the articles may use."""
    graph = Graph()
    for name in ("classes.ttl", "properties.ttl"):
        graph.parse(ONTOLOGY / name, format="turtle")
    return graph


@cache
def gold(stem: str) -> dict[str, Any]:
    """The annotations of one article."""
    loaded: dict[str, Any] = json.loads((GOLD / f"{stem}.json").read_text("utf-8"))
    return loaded


def body(stem: str) -> str:
    """The text of one article, without its front matter."""
    text = (GOLD / f"{stem}.txt").read_text("utf-8")
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def classes_of(entity: dict[str, Any]) -> set[URIRef]:
    """The classes that are right for an entity, with all their superclasses."""
    wanted = {KG[name] for name in (entity["class"], *entity.get("classAlt", ()))}
    return {URIRef(str(up)) for name in wanted for up in ontology().transitive_objects(name, RDFS.subClassOf)}


def allowed(prop: str, side: str) -> set[URIRef]:
    """The classes that the ontology admits as subject (`domain`) or object (`range`) of a property."""
    predicates = (RDFS[side], SCHEMA[f"{side}Includes"])
    return {URIRef(str(o)) for p in predicates for o in ontology().objects(KG[prop], p)}


def statements(stem: str) -> list[dict[str, Any]]:
    """Facts, weaker facts and nonfacts together."""
    return [*gold(stem)["facts"], *gold(stem)["acceptable"], *gold(stem)["nonfacts"]]


def test_number_of_articles_and_facts() -> None:
    """The gate's basis may grow, never shrink unnoticed."""
    facts = [fact for stem in STEMS for fact in gold(stem)["facts"]]
    assert len(STEMS) == 16
    assert len(facts) == 616
    assert sum(not fact.get("optional") for fact in facts) == 329
    assert sum(len(gold(stem)["nonfacts"]) for stem in STEMS) == 24


def test_every_property_of_the_contract_is_asked_for() -> None:
    """No property goes unmeasured, and none is asked for that the contract does not name."""
    assert {fact["p"] for stem in STEMS for fact in gold(stem)["facts"]} == CONTRACT


@each_article
def test_text_is_as_long_as_news(stem: str) -> None:
    """Between 150 and 350 words stand under the front matter."""
    assert 150 <= len(body(stem).split()) <= 350


@each_article
def test_front_matter_and_gold_agree_on_the_date(stem: str) -> None:
    """`published` is the same date in both files, or absent from both."""
    text = (GOLD / f"{stem}.txt").read_text("utf-8")
    found = re.match(r"---\npublished: (\S+)\n---\n", text)
    assert (found[1] if found else None) == gold(stem)["published"]


@each_article
def test_sentences_stand_in_the_text_in_order(stem: str) -> None:
    """The segmentation leaves nothing out and changes nothing."""
    assert " ".join(body(stem).split()) == " ".join(gold(stem)["sentences"])


@each_article
def test_entities_are_named_as_the_text_names_them(stem: str) -> None:
    """Ids are unique, classes known, mentions and coreferent phrases verbatim."""
    entities = gold(stem)["entities"]
    assert len({entity["id"] for entity in entities}) == len(entities)
    for entity in entities:
        for name in (entity["class"], *entity.get("classAlt", ())):
            assert (KG[name], RDF.type, OWL.Class) in ontology(), name
        for mention in (*entity["mentions"], *entity.get("coref", ())):
            assert re.search(rf"(?<!\w){re.escape(mention)}(?!\w)", body(stem)), mention
        assert bool(entity["mentions"]) != bool(entity.get("unnamed")), entity["name"]


@each_article
def test_no_two_entities_share_a_name(stem: str) -> None:
    """A mention belongs to one entity, else no scorer could tell which of them a node stands for."""
    names = [mention for entity in gold(stem)["entities"] for mention in entity["mentions"]]
    assert len(names) == len(set(names))


@each_article
def test_statements_resolve(stem: str) -> None:
    """Subjects and objects are entities of the article, properties are declared, sentences exist."""
    ids = {entity["id"] for entity in gold(stem)["entities"]}
    for fact in statements(stem):
        assert fact["s"] in ids
        assert ("o" in fact) != ("value" in fact)
        assert fact.get("o", fact["s"]) in ids
        for prop in (fact["p"], *(also.removeprefix("inv:") for also in fact.get("also", ()))):
            assert (KG[prop], RDF.type, None) in ontology(), prop
        assert 0 <= fact["sentence"] < len(gold(stem)["sentences"])


@each_article
def test_facts_keep_domain_and_range(stem: str) -> None:
    """What gold asks for, also in its equally right forms, the ontology can express."""
    classes = {entity["id"]: classes_of(entity) for entity in gold(stem)["entities"]}
    for fact in (*gold(stem)["facts"], *gold(stem)["nonfacts"]):
        for prop in (fact["p"], *fact.get("also", ())):
            ends = (fact.get("o"), fact["s"]) if prop.startswith("inv:") else (fact["s"], fact.get("o"))
            name = prop.removeprefix("inv:")
            assert classes[ends[0]] & allowed(name, "domain"), (stem, fact)
            assert ends[1] is None or classes[ends[1]] & allowed(name, "range"), (stem, fact)


@each_article
def test_facts_are_well_formed(stem: str) -> None:
    """Known keys only; dates, counts and money in their notation; positions have a role."""
    for fact in gold(stem)["facts"]:
        assert set(fact) <= FACT_KEYS
        assert fact.get("modality") in MODALITIES
        assert ("role" in fact) == (fact["p"] == "holdsPosition")
        if fact["p"] in DATED:
            assert DATE.fullmatch(fact["value"])
        elif fact["p"] in COUNTED:
            assert isinstance(fact["value"], int)
        elif fact["p"] == "amount":
            assert MONEY.fullmatch(fact["value"])
        else:
            assert "o" in fact


@each_article
def test_former_facts_are_optional(stem: str) -> None:
    """Former posts and memberships cost nothing when they are missed."""
    assert all(fact.get("optional") for fact in gold(stem)["facts"] if fact.get("modality") == "past")


@each_article
def test_no_fact_is_stated_twice_or_denied(stem: str) -> None:
    """A fact appears once, and neither as a weaker fact nor as a nonfact beside it."""

    def key(fact: dict[str, Any]) -> tuple[str, str, str, str]:
        return fact["s"], fact["p"], str(fact.get("o", fact.get("value"))), fact.get("role", "")

    facts = [key(fact) for fact in gold(stem)["facts"]]
    others = {key(fact)[:3] for fact in (*gold(stem)["acceptable"], *gold(stem)["nonfacts"])}
    assert len(facts) == len(set(facts))
    assert not others & {fact[:3] for fact in facts}


@each_article
def test_every_nonfact_says_why(stem: str) -> None:
    """A nonfact names its reason: denied, negated, rumour and so on."""
    assert all(fact["why"] for fact in gold(stem)["nonfacts"])
