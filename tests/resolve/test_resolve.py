"""Resolution across articles: what becomes one entity, and what never does."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.model import ArticleEntity, Background, Extraction, Graph
from kg.resolve import Aliases, AliasNode, resolve
from kg.resolve.alias_tables import Pair
from kg.resolve.identities import combine
from tests.resolve.world import LEDGER, ONTOLOGY, Thing, article, clusters, extraction, fact, graph, names_of

TOGETHER: list[tuple[Thing, Thing]] = [
    (("Company", "Orlo Freight Co., Ltd."), ("Company", "Orlo Freight")),
    (("Company", "Orlo Freight", "Orlo"), ("Company", "Orlo")),
    (("Company", "Tiderun Software"), ("Company", "Tiderun")),
    (("Alliance", "Tarn Bay Ledger Alliance", "TBLA"), ("Alliance", "TBLA")),
    (("Platform", "Ledger-based Service Network"), ("Platform", "LSN")),
    (("Person", "Dr. Ada Oduya"), ("Person", "Ada Oduya")),
    (("Person", "Luo Minghe"), ("Person", "Minghe Luo")),
    (("University", "University of Sedge"), ("University", "Sedge University")),
    (("City", "Macao"), ("Region", "Macau")),
    (("Facility", "Lunt Ledger Park"), ("Facility", "China (Lunt) Ledger Park")),
    (("Company", "Petrovela Trading"), ("Company", "Petrovela Tarding")),
]
APART: list[tuple[Thing, Thing]] = [
    (("Company", "Brixa"), ("Company", "Brixa Bank")),
    (("Company", "Nimbus Mobile"), ("Company", "Nimbus Mobile Fujian")),
    (("Person", "Wang Tao"), ("Person", "Tom Wang")),
    (("Person", "Wang"), ("Person", "Wang Tao")),
    (("Person", "Wang"), ("Person", "Wang")),
    (("Company", "Lincoln"), ("City", "Lincoln")),
    (("University", "University of Lunt"), ("City", "Lunt")),
    (("Association", "Librum Association"), ("Product", "Librum")),
    (("Company", "Halcyon Electronics", "Halcyon"), ("Company", "Halcyon Motors", "Halcyon")),
    (("GovernmentBody", "Guangzhou Internet Court"), ("GovernmentBody", "Hangzhou Internet Court")),
]


@pytest.mark.parametrize(("left", "right"), TOGETHER, ids=lambda thing: thing[1])
def test_one_thing_in_two_articles(left: Thing, right: Thing) -> None:
    """Names that are one thing's become one entity that keeps them all."""
    assert clusters(extraction("a", left), extraction("b", right)) == [{*left[1:], *right[1:]}]


@pytest.mark.parametrize(("left", "right"), APART, ids=lambda thing: thing[1])
def test_two_things_in_two_articles(left: Thing, right: Thing) -> None:
    """Names of two things stay two entities."""
    assert len(clusters(extraction("a", left), extraction("b", right))) == 2


def test_neighbours_decide_a_family_name() -> None:
    """A family name alone is the person in whose company it stands, if that company is rare."""
    company, others = ("Company", "Orlo Freight"), [extraction(f"x{i}", ("Company", f"Quill{i}")) for i in range(40)]
    with_company = clusters(
        extraction("a", ("Person", "Wang Tao"), company), extraction("b", ("Person", "Wang"), company), *others
    )
    without = clusters(extraction("a", ("Person", "Wang Tao"), company), extraction("b", ("Person", "Wang")), *others)
    assert {"Wang", "Wang Tao"} in with_company
    assert {"Wang", "Wang Tao"} not in without


def test_an_ambiguous_acronym_joins_neither() -> None:
    """Two full names fit; nothing else speaks for one of them."""
    found = clusters(
        extraction("a", ("Alliance", "Northern Trade Network")),
        extraction("b", ("Alliance", "Nordic Tanker Network")),
        extraction("c", ("Alliance", "NTN")),
    )
    assert len(found) == 3


def test_an_ambiguous_acronym_follows_its_neighbours() -> None:
    """The one of two readings that shares its company wins."""
    others = [extraction(f"x{i}", ("Company", f"Quill{i}")) for i in range(40)]
    found = clusters(
        extraction("a", ("Alliance", "Northern Trade Network"), ("Company", "Orlo Freight")),
        extraction("b", ("Alliance", "Nordic Tanker Network"), ("Company", "Brixa")),
        extraction("c", ("Alliance", "NTN"), ("Company", "Orlo Freight")),
        *others,
    )
    assert {"Northern Trade Network", "NTN"} in found


def test_neighbours_within_one_article_say_nothing() -> None:
    """Two entities of one article share all its neighbours, which joins no description to a longer name."""
    company = ("Company", "Orlo Freight")
    council, short = ("Association", "European Payments Council"), ("Association", "Payments Council")
    others = [extraction(f"x{i}", ("Company", f"Quill{i}")) for i in range(40)]
    assert {council[1], short[1]} not in clusters(extraction("a", council, short, company), *others)
    assert {council[1], short[1]} in clusters(
        extraction("a", council, company), extraction("b", short, company), *others
    )


def test_no_chain_of_merges_crosses_a_conflict() -> None:
    """A short form that fits a part and its sibling does not weld the two together."""
    found = clusters(
        extraction("a", ("Company", "Halcyon Electronics")),
        extraction("b", ("Company", "Halcyon")),
        extraction("c", ("Company", "Halcyon Motors")),
    )
    assert not any({"Halcyon Electronics", "Halcyon Motors"} <= names for names in found)


def test_concepts_are_one_by_their_iri() -> None:
    """Things that the ontology lists are that concept, under its label, whatever the article calls them."""
    things = [
        Extraction(name, (ArticleEntity("e0", label, "Technology", (label,), (), {}, LEDGER.iri),), (
            fact(0, "locatedIn", 0, article=name),
        ))
        for name, label in (("a", "distributed ledgers"), ("b", "DLT"))
    ]  # fmt: skip
    (found,) = graph(*things).entities
    assert (found.key, found.label, found.aliases) == ("ledger", "ledger", ("DLT", "distributed ledgers"))


def test_merges_and_near_misses_are_told_with_reasons() -> None:
    """Each decision names its evidence in bits that add up."""
    found = graph(extraction("a", ("Company", "Tiderun Software")), extraction("b", ("Company", "Tiderun"))).decisions
    assert [(d.left, d.right, d.merged) for d in found] == [("b#e0", "a#e0", True)]
    assert sum(float(reason.rsplit(" ", 1)[1]) for reason in found[0].reasons) == pytest.approx(found[0].weight_bits)


def test_the_class_is_the_best_scored_and_brings_its_superclasses() -> None:
    """Scores of all articles add up; the superclasses follow."""
    things = [
        Extraction(name, (ArticleEntity("e0", "Orlo", class_, ("Orlo",), (), {class_: score}),), ())
        for name, class_, score in (("a", "Company", 0.5), ("b", "Alliance", 0.6), ("c", "Company", 0.4))
    ]
    (found,) = graph(*things).entities
    assert found.classes == ("Company", "Organization")


def test_the_label_is_the_usual_full_name() -> None:
    """Neither an acronym, nor a shouted name, nor a rare variant is the label."""
    found = graph(
        extraction("a", ("Company", "TIDERUN SOFTWARE", "TS")),
        extraction("b", ("Company", "Tiderun Software")),
        extraction("c", ("Company", "Tiderun Software")),
        extraction("d", ("Company", "Tiderun Software GmbH")),
    )
    assert [entity.label for entity in found.entities] == ["Tiderun Software"]


# Keys


def test_a_key_does_not_change_when_a_longer_name_turns_up() -> None:
    """The first article's name makes the key, later ones only add names."""
    dates = {"a": date(2020, 1, 1), "b": date(2021, 1, 1)}
    first = extraction("a", ("Company", "Tiderun"))
    later = extraction("b", ("Company", "Tiderun Software Co., Ltd."))
    keys = [graph(*found, dates=dates).entities[0].key for found in ((first,), (first, later))]
    assert keys == ["tiderun", "tiderun"]


def test_legal_forms_stay_out_of_keys() -> None:
    """ "Co., Ltd." is no part of a key."""
    assert graph(extraction("a", ("Company", "Orlo Freight Co., Ltd."))).entities[0].key == "orlo-freight"


def test_namesakes_get_keys_by_class_then_by_hash() -> None:
    """The first of several things of one name has the plain key, and every key is unique."""
    found = graph(
        extraction("a", ("Company", "Lincoln")),
        extraction("b", ("Document", "Lincoln"), ("Person", "Lincoln")),
        extraction("c", ("Person", "Lincoln")),
    )
    keys = [entity.key for entity in found.entities]
    assert len(set(keys)) == 4
    assert {"lincoln", "lincoln-person", "lincoln-document"} < set(keys)


# Places


def test_cities_are_linked_to_geonames_and_their_country() -> None:
    """A city has coordinates, a GeoNames link, and its country's link, which a country named beside it has as well."""
    found = {e.key: e for e in graph(extraction("a", ("City", "Lisbon"), ("Country", "Portugal"))).entities}
    background = found["lisbon"].background
    assert background is not None
    assert background.same_as == ("https://sws.geonames.org/2267057/",)
    assert background.country == "https://sws.geonames.org/2264397/"
    assert found["portugal"].background == Background(same_as=(background.country,), iso_code="PT")
    assert background.latitude == pytest.approx(38.7, abs=0.1)


@pytest.mark.parametrize(
    ("class_", "name", "code"),
    [
        ("Country", "Kenya", "KE"),
        ("Country", "Hong Kong", "HK"),
        ("City", "Singapore", "SG"),
        ("Region", "Oregon", "US-OR"),
        ("City", "Lisbon", None),
        ("Country", "Kosovo", None),
    ],
)
def test_countries_and_states_have_iso_codes(class_: str, name: str, code: str | None) -> None:
    """ISO 3166-1 for countries, city-states among them, ISO 3166-2 for states; cities have none, nor has Kosovo."""
    (found,) = graph(extraction("a", (class_, name))).entities
    assert found.background is not None
    assert found.background.iso_code == code


def test_the_country_is_known_where_no_article_names_it() -> None:
    """Background does not wait for an article to say it; a country lies in none."""
    background = [e.background for e in graph(extraction("a", ("City", "Lisbon"), ("Country", "Kenya"))).entities]
    assert [b and b.country for b in background] == [None, "https://sws.geonames.org/2264397/"]


@pytest.mark.parametrize(
    ("beside", "id_"),
    [(("Region", "Maine"), 4975802), (("Region", "Oregon"), 5746545), (("Country", "United States"), 5746545)],
    ids=str,
)
def test_the_right_portland(beside: Thing, id_: int) -> None:
    """The state named beside decides; without one, the greater city."""
    found = {e.key: e for e in graph(extraction("a", ("City", "Portland"), beside)).entities}
    assert found["portland"].background is not None
    assert found["portland"].background.same_as == (f"https://sws.geonames.org/{id_}/",)


@pytest.mark.parametrize(
    ("place", "beside", "id_"),
    [
        ("Portland", ("Bangor", "Lewiston"), 4975802),
        ("Portland", ("Seattle",), 5746545),
        ("Birmingham", ("Huntsville", "Montgomery"), 4049979),
        ("Birmingham", ("Manchester", "Leeds"), 2655603),
        ("Cambridge", ("Boston",), 4931972),
        ("Cambridge", ("London",), 2653941),
        ("London", ("Toronto", "Hamilton"), 6058560),
    ],
)
def test_cities_that_are_named_together_lie_together(place: str, beside: tuple[str, ...], id_: int) -> None:
    """Of several places of one name the one near the others of the article, whether or not these are clear alone."""
    found = graph(extraction("a", ("City", place), *(("City", name) for name in beside))).entities
    (background,) = (entity.background for entity in found if entity.label == place)
    assert background is not None
    assert background.same_as == (f"https://sws.geonames.org/{id_}/",)


def test_a_state_is_as_great_as_its_cities() -> None:
    """A region called like the city in it is the state; its cities are evidence for it where the reader doubts."""
    both = graph(extraction("a", ("Region", "New York"), ("City", "New York City"))).entities
    assert [(e.class_, e.background and e.background.same_as) for e in both] == [
        ("Region", ("https://sws.geonames.org/5128638/",)), ("City", ("https://sws.geonames.org/5128581/",)),
    ]  # fmt: skip
    georgia = ArticleEntity("e9", "Georgia", "Country", ("Georgia",), (), {"Country": 0.6, "Region": 0.4})
    for beside, id_ in ((("Atlanta", "Savannah"), 4197000), (("Tbilisi",), 614540), ((), 614540)):
        others = extraction("a", *(("City", name) for name in beside)).entities
        found = {e.label: e for e in graph(Extraction("a", (georgia, *others), ())).entities}["Georgia"]
        assert found.background is not None
        assert found.background.same_as == (f"https://sws.geonames.org/{id_}/",)


def test_a_region_is_no_town_of_its_name() -> None:
    """Ontario beside Canada is no town in California, though the table knows no other Ontario."""
    found = {e.label: e for e in graph(extraction("a", ("Region", "Ontario"), ("Country", "Canada"))).entities}
    assert found["Ontario"].background is None


def test_two_portlands_are_two_entities() -> None:
    """One name, two places: two nodes with keys that say where."""
    found = graph(
        extraction("a", ("City", "Portland"), ("Region", "Maine")),
        extraction("b", ("City", "Portland"), ("Region", "Oregon")),
    )
    assert [e.key for e in found.entities if e.label == "Portland"] == ["portland", "portland-us-or"]


@pytest.mark.parametrize("class_", ["City", "Region", "Country"])
def test_city_states_are_one_place(class_: str) -> None:
    """Singapore is a city, a region and a country, and one entity."""
    found = graph(extraction("a", (class_, "Singapore")), extraction("b", ("Country", "Singapore")))
    assert [(e.key, e.background and e.background.same_as) for e in found.entities] == [
        ("singapore", ("https://sws.geonames.org/1880251/",))
    ]


def test_a_place_unknown_to_the_table_has_no_link() -> None:
    """What is not listed is not guessed."""
    assert graph(extraction("a", ("City", "Luntsedge"))).entities[0].background is None


# What is kept


def test_things_without_a_name_need_a_fact() -> None:
    """A nominal entity stays out unless a statement holds it."""
    nominal = ArticleEntity("e1", "the park", "Facility", (), (), {"Facility": 1.0})
    named = extraction("a", ("Company", "Orlo")).entities[0]
    alone = graph(Extraction("a", (named, nominal), ()))
    stated = graph(Extraction("a", (named, nominal), (fact(0, "locatedIn", 1, article="a"),)))
    assert [e.key for e in alone.entities] == ["orlo"]
    assert [(e.key, e.articles) for e in stated.entities] == [("orlo", ("a",)), ("the-park", ())] or [
        e.key for e in stated.entities
    ] == ["orlo", "park"]


def test_a_common_noun_needs_a_fact_or_a_place_in_the_lists() -> None:
    """Of "ledger" and "matter", two technologies without a fact, the one that the ontology lists is kept."""
    technology = replace(ONTOLOGY.classes["Technology"], common_noun=True)
    ontology = replace(ONTOLOGY, classes={**ONTOLOGY.classes, "Technology": technology})
    things = (
        ArticleEntity("e0", "ledgers", "Technology", ("ledgers",), (), {}, LEDGER.iri),
        ArticleEntity("e1", "matter", "Technology", ("matter",), (), {"Technology": 1.0}),
        ArticleEntity("e2", "Orlo", "Company", ("Orlo",), (), {"Company": 1.0}),
    )
    alone = resolve([article("a")], [Extraction("a", things, ())], ontology)
    assert [e.key for e in alone.entities] == ["ledger", "orlo"]
    stated = Extraction("a", things, (fact(2, "locatedIn", 1, article="a"),))
    assert [e.key for e in resolve([article("a")], [stated], ontology).entities] == ["ledger", "matter", "orlo"]


# Aliases

ALIASES = Aliases(
    (
        AliasNode("brixa", ("Brixa", "Brixa Bank"), ("Company",), ("http://www.wikidata.org/entity/Q1",)),
        AliasNode("brixa-pay", ("Brixa Pay", "BrixaPay")),
        AliasNode("brixa-pay-hk", ("BrixaPayHK",)),
    )
)


def test_aliases_join_what_evidence_keeps_apart() -> None:
    """The user's node takes all its names, gives key, label and links."""
    found = graph(extraction("a", ("Company", "Brixa")), extraction("b", ("Company", "Brixa Bank")), aliases=ALIASES)
    assert [(e.key, e.label, e.aliases) for e in found.entities] == [("brixa", "Brixa", ("Brixa Bank",))]
    assert found.entities[0].background is not None
    assert found.entities[0].background.same_as == ("http://www.wikidata.org/entity/Q1",)


def test_aliases_part_what_evidence_joins() -> None:
    """Two nodes are two things, even where a spelling would have made them one."""
    apart = Aliases((AliasNode("orlo", ("Orlo Freight",)), AliasNode("orlo-ltd", ("Orlo Freight Ltd",))))
    things = extraction("a", ("Company", "Orlo Freight")), extraction("b", ("Company", "Orlo Freight Ltd"))
    assert [e.key for e in graph(*things).entities] == ["orlo-freight"]
    assert [e.key for e in graph(*things, aliases=apart).entities] == ["orlo", "orlo-ltd"]


def test_a_node_takes_names_of_its_kind_only() -> None:
    """A typed node leaves a namesake of a disjoint kind alone."""
    found = graph(extraction("a", ("Person", "Brixa")), extraction("b", ("Company", "Brixa")), aliases=ALIASES)
    assert sorted(e.key for e in found.entities) == ["brixa", "brixa-person"]


# Properties

FIRMS = "Orlo Freight|Orlo Freight Co., Ltd.|Orlo|Orlo Bank|OF|Halcyon Electronics|Halcyon Motors|Halcyon|Tiderun"
NETWORKS = "Tiderun Software|Tiderun Sfotware|Northern Trade Network|Nordic Tanker Network|NTN"
NAMES = st.sampled_from([*FIRMS.split("|"), *NETWORKS.split("|")])
PEOPLE = st.sampled_from(["Wang Tao", "Tom Wang", "Wang", "Dr. Wang", "Tao Wang", "Wang Jing", "Ada Oduya", "A. Oduya"])
THINGS = st.one_of(
    st.tuples(st.sampled_from(["Company", "Alliance", "Product"]), NAMES),
    st.tuples(st.just("Person"), PEOPLE),
    st.tuples(st.just("City"), st.sampled_from(["Lisbon", "Portland", "Macao", "Macau"])),
)
WORLDS = st.lists(st.lists(THINGS, min_size=1, max_size=4, unique=True), min_size=1, max_size=7)


def _world(things: list[list[Thing]]) -> list[Extraction]:
    return [extraction(f"{i:02d}", *found) for i, found in enumerate(things)]


@settings(max_examples=60, deadline=None)
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_articles_is_of_no_effect(things: list[list[Thing]], order: random.Random) -> None:
    """Shuffled articles give an identical graph, decisions included."""
    extractions = _world(things)
    articles = [article(e.article) for e in extractions]
    first = resolve(articles, extractions, ONTOLOGY)
    order.shuffle(articles)
    order.shuffle(extractions)
    assert resolve(articles, extractions, ONTOLOGY) == first


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_no_entity_holds_a_conflict(things: list[list[Thing]]) -> None:
    """Siblings, part and whole, two given names: never in one entity, by whatever chain."""
    for names in clusters(*_world(things)):
        assert not {"Orlo Bank", "Orlo Freight"} <= names
        assert not {"Halcyon Electronics", "Halcyon Motors"} <= names
        assert not {"Wang Tao", "Wang Jing"} <= names
        assert not {"Northern Trade Network", "Nordic Tanker Network"} <= names


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_keys_are_unique_and_no_name_is_lost(things: list[list[Thing]]) -> None:
    """Every entity has a key of its own, every name its entity."""
    found = graph(*_world(things)).entities
    assert len({entity.key for entity in found}) == len(found)
    assert {name for entity in found for name in names_of(entity)} == {name for row in things for _, name in row}


@settings(max_examples=40, deadline=None)
@given(WORLDS)
def test_aliases_are_always_honoured(things: list[list[Thing]]) -> None:
    """All records of one node's names are in its entity, those of another node's never."""
    aliases = Aliases((AliasNode("x", ("Orlo", "Halcyon Motors")), AliasNode("y", ("Orlo Freight", "Tom Wang"))))
    for names in clusters(*_world(things), aliases=aliases):
        mine, yours = names & {"Orlo", "Halcyon Motors"}, names & {"Orlo Freight", "Tom Wang"}
        assert not (mine and yours)
        if mine:
            assert {"Orlo", "Halcyon Motors"} <= names


@settings(max_examples=40, deadline=None)
@given(WORLDS)
def test_a_second_reading_changes_nothing(things: list[list[Thing]]) -> None:
    """Resolving the same input again gives an equal graph."""
    assert graph(*_world(things)) == graph(*_world(things))


def _told_again(found: Graph) -> Extraction:
    """One article that has every entity of a graph as one thing of its own, with all its names."""
    things = [(entity.class_, entity.label, *entity.aliases) for entity in found.entities]
    return extraction("zz", *things)


@settings(max_examples=40, deadline=None)
@given(WORLDS)
def test_what_is_resolved_stays_resolved(things: list[list[Thing]]) -> None:
    """Idempotence: an article that tells the result as it is adds no entity beyond it, and parts none of its names."""
    first = graph(*_world(things))
    again = graph(_told_again(first))
    assert len(again.entities) <= len(first.entities)
    kept = [names_of(entity) for entity in again.entities]
    assert all(any(names_of(entity) <= names for names in kept) for entity in first.entities)


CONFLICTS = [
    ("Orlo Bank", "Orlo Freight"), ("Halcyon Electronics", "Halcyon Motors"), ("Wang Tao", "Wang Jing"),
    ("Northern Trade Network", "Nordic Tanker Network"),
]  # fmt: skip
BRIDGES = {"Orlo": 0, "OF": 0, "Halcyon": 1, "Wang": 2, "Dr. Wang": 2, "NTN": 3}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(BRIDGES)), st.booleans()), min_size=1, max_size=8), st.data())
def test_no_bridge_joins_the_two_sides_of_a_conflict(bridges: list[tuple[str, bool]], data: st.DataObject) -> None:
    """However many short forms fit both sides, and whichever articles use them for which: the sides stay two."""
    extractions = []
    for i, (short, left) in enumerate(bridges):
        long = CONFLICTS[BRIDGES[short]][left]
        class_ = "Person" if "Wang" in short else "Company"
        names = data.draw(st.sampled_from([(short,), (long,), (long, short)]))
        extractions.append(extraction(f"{i:02d}", (class_, *names), ("City", "Lisbon")))
    for joined in clusters(*extractions):
        assert not any({a, b} <= joined for a, b in CONFLICTS)


@settings(max_examples=60, deadline=None)
@given(WORLDS, st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=4))
def test_tables_are_always_honoured(things: list[list[Thing]], pairs: list[tuple[str, str, bool]]) -> None:
    """Names said to be the same are one entity per kind, names said to differ never are; contradictions are errors."""
    said = [Pair(a, b, same, f"aliases.csv:{i}") for i, (a, b, same) in enumerate(pairs) if a != b]
    try:
        aliases = combine(Aliases(), "aliases.ttl", said, ())
    except OntologyError:
        assert {pair.same for pair in said} == {True, False}
        return
    found = clusters(*_world(things), aliases=aliases)
    for pair in said:
        if pair.same:
            assert all(names >= {pair.name, pair.other} for names in found if names & {pair.name, pair.other})
        else:
            assert not any(names >= {pair.name, pair.other} for names in found)


@settings(max_examples=40, deadline=None)
@given(WORLDS, WORLDS)
def test_later_articles_rename_nothing(earlier: list[list[Thing]], later: list[list[Thing]]) -> None:
    """An entity has its key still, unless evidence has joined it to another, whose key it has then."""
    old, new = _world(earlier), [extraction(f"n{i:02d}", *found) for i, found in enumerate(later)]
    dates = {e.article: date(2020, 1, 1) for e in old} | {e.article: date(2021, 1, 1) for e in new}
    before, after = graph(*old, dates=dates), graph(*old, *new, dates=dates)
    keys = {entity.key for entity in after.entities}
    for entity in before.entities:
        heirs = [other for other in after.entities if set(entity.articles) <= set(other.articles)]
        joined = [other for other in heirs if names_of(other) & names_of(entity) and other.key != entity.key]
        assert entity.key in keys or joined


# Doubtful kinds


def _doubtful(article: str, name: str, scores: dict[str, float], *beside: Thing) -> Extraction:
    """An article with one thing whose class the reader doubts, and others beside it."""
    others = extraction(article, ("City", "Luntsedge"), *beside).entities
    class_ = max(scores, key=lambda c: scores[c])
    return Extraction(article, (ArticleEntity("e9", name, class_, (name,), (), scores), *others), ())


def test_a_doubtful_kind_does_not_part_a_short_form_from_its_name() -> None:
    """A firm that a reader half took for a city is the firm of the same rare company; a sure city is not."""
    beside, others = ("Company", "Orlo"), [extraction(f"x{i}", ("Company", f"Quill{i}")) for i in range(40)]
    full = extraction("a", ("Company", "Tiderun Technology"), beside)
    doubtful = _doubtful("b", "Tiderun", {"City": 0.7, "Company": 0.2, "Region": 0.1}, beside)
    sure = _doubtful("b", "Tiderun", {"City": 0.99, "Company": 0.01}, beside)
    assert {"Tiderun", "Tiderun Technology"} in clusters(full, doubtful, *others)
    assert {"Tiderun", "Tiderun Technology"} not in clusters(full, sure, *others)


def test_a_name_of_common_words_is_no_person() -> None:
    """What the reader half took for a person, and whose words no person bears, meets bodies of that name."""
    body = extraction("a", ("Association", "Lunt Digital Economy Chamber"))
    doubtful = _doubtful("b", "Lunt Digital Economy Chamber", {"Person": 0.52, "Association": 0.48})
    assert len(clusters(body, doubtful)) == 2  # the body, and the city beside it


def test_two_names_of_one_thing_are_no_rivals() -> None:
    """A short form that fits two spellings of one firm is that firm."""
    things = [("Company", "Tiderun Technology"), ("Company", "Shenzhen Tiderun Technology"), ("Company", "Tiderun")]
    found = clusters(*(extraction(name, thing) for name, thing in zip("abc", things, strict=True)))
    assert found == [{"Tiderun Technology", "Shenzhen Tiderun Technology", "Tiderun"}]


def test_a_description_in_use_for_one_is_no_name_of_it() -> None:
    """What one article calls its alliance another calls its own: common words alone join nothing, an acronym does."""
    one, two = "Chengyu Blockchain Industry Alliance", "Silk Blockchain Industry Alliance"
    for short, expected in (
        ("Blockchain Industry Alliance", {"Blockchain Industry Alliance"}),
        ("CBIA", {"CBIA", one}),
    ):
        told = ("Alliance", one, short), ("Alliance", two), ("Alliance", short)
        found = graph(*(extraction(name, thing) for name, thing in zip("abc", told, strict=True))).entities
        (last,) = (entity for entity in found if "c" in entity.articles)
        assert names_of(last) == expected
