"""Names of one article: which clusters they fall into."""

import pytest

from kg.naming import NameInText, cluster_names


def clusters(*names: str | tuple[str, str]) -> list[set[str]]:
    """Cluster names in text order; a bare name is a company."""
    pairs = [(name, "Company") if isinstance(name, str) else name for name in names]
    texts = [NameInText(surface, class_, i) for i, (surface, class_) in enumerate(pairs)]
    return [{texts[i].surface for i in cluster.members} for cluster in cluster_names(texts)]


TOGETHER = [
    ["Aurelia Capital", "Aurelia"],
    ["Lumen Freight Co., Ltd.", "Lumen Freight"],
    ["Lumen Freight Co., Ltd.", "Lumen"],
    ["Tiderun Software Limited", "Tiderun Software", "Tiderun"],
    ["Brixa Insurance Group", "Brixa"],
    ["Shenzhen Ledgerly Technology Co., Ltd.", "Ledgerly Technology", "Ledgerly"],
    ["Xi'nova", "Xinova", "Xi\u2019nova"],
    ["Grupo Pérez Lanza", "Grupo Perez Lanza"],
    ["Otterline Centre", "the Otterline Center's"],
    ["Halm & Roth", "Halm and Roth"],
    ["Tellus Optics", "TELLUS OPTICS"],
    ["Kestrel Photonics", "Kestrel"],
    ["Mobius-Wehr", "Mobius"],
    ["Banco Albarán", "Albarán"],
    ["Quillon", "Quillon SE"],
    ["Vantora Robotics", "Vanotra Robotics"],
    ["BERTIO graphics cards", "BERTIO"],
    ["Advanced Marine Devices", "AMD"],
    ["Consolidated Ampere Technology Co. Ltd.", "CATL"],
    ["China Granary", "China Granary Logistics Group"],
]


@pytest.mark.parametrize("names", TOGETHER, ids=" / ".join)
def test_variants_of_one_company(names: list[str]) -> None:
    """All spellings and later short forms of one company make one cluster."""
    assert clusters(*names) == [set(names)]


APART = [
    ["Brixa", "Brixa Bank"],
    ["Brixa Insurance Group", "Brixa Bank"],
    ["Brixa Asset Management", "Brixa Bank"],
    ["Otterline Cloud", "Otterline"],
    ["Otterline Research Institute", "Otterline"],
    ["Aurelia Capital", "Aurelia Asia"],
    ["Nimbus Mobile", "Nimbus Mobile Fujian"],
    ["Corvane Shipping Lines", "Corvane Shipping Ports"],
    ["Halcyon Electronics", "Halcyon SDI"],
    ["Halcyon", "Halcyon Pharma"],
    ["Sable", "Sable Info"],
    ["SableHK", "Sable"],
    ["Bank of Lunt", "People's Bank of Lunt"],
    ["Global Freight Business Network", "BFN"],
]


@pytest.mark.parametrize("names", APART, ids=" / ".join)
def test_parts_and_siblings_stay_apart(names: list[str]) -> None:
    """A unit is not its parent, a branch not its head office, a sibling not its sister."""
    assert clusters(*names) == [{name} for name in names]


def test_acronym_in_brackets_needs_no_perfect_initials() -> None:
    """Brackets right after a name introduce an acronym whose letters only mostly fit."""
    names = [
        NameInText("Financial Ledger Sundsvall Consortium", "Alliance", 0),
        NameInText("FISUCO", "Alliance", 40, acronym_of="Financial Ledger Sundsvall Consortium"),
        NameInText("FISUCO CORA", "Platform", 90),
    ]
    assert [cluster.members for cluster in cluster_names(names)] == [(0, 1), (2,)]


def test_acronym_by_initials_skips_small_words() -> None:
    """The words "of" and "and" and the second half of a hyphenated word lend no letter."""
    found = clusters(("Ledger-based Service Network", "Platform"), ("LSN", "Platform"), ("LSN alliance", "Alliance"))
    assert found == [{"Ledger-based Service Network", "LSN"}, {"LSN alliance"}]


def test_an_acronym_of_two_names_joins_neither() -> None:
    """Where initials fit two names, nothing is guessed."""
    found = clusters("Northern Trade Network", "Nordic Tanker Network", "NTN")
    assert found == [{"Northern Trade Network"}, {"Nordic Tanker Network"}, {"NTN"}]


def test_a_family_name_follows_its_full_name() -> None:
    """A family name after the full name is that person, title or not, in either order of names."""
    people = [(name, "Person") for name in ("Luo Minghe", "Prof. Luo", "Minghe Luo", "Luo")]
    assert clusters(*people) == [{"Luo Minghe", "Prof. Luo", "Minghe Luo", "Luo"}]


def test_a_family_name_before_any_full_name_stays_alone() -> None:
    """A later namesake does not claim an earlier family name."""
    assert clusters(("Prof. Luo", "Person"), ("Luo Xi", "Person")) == [{"Prof. Luo"}, {"Luo Xi"}]


def test_a_shared_family_name_goes_to_the_nearer_person_before() -> None:
    """Each mention of a family name that two persons share is read as the one named last."""
    names = ["Hu Yufei", "Hu", "Hu Bo", "Hu"]
    found = cluster_names([NameInText(name, "Person", i) for i, name in enumerate(names)])
    assert [cluster.members for cluster in found] == [(0, 1), (2, 3)]


def test_persons_of_one_family_name_stay_apart() -> None:
    """Different given names are different persons."""
    people = [(name, "Person") for name in ("Wang Tao", "Tom Wang", "Wang Jing")]
    assert clusters(*people) == [{"Wang Tao"}, {"Tom Wang"}, {"Wang Jing"}]


def test_a_middle_name_may_be_left_out() -> None:
    """First and last name identify within an article; a knighthood adds nothing."""
    people = [
        (name, "Person") for name in ("Ingrid Sol Haug", "Ingrid Haug", "Sir Howard Pryce", "Howard Pryce", "H. Pryce")
    ]
    assert clusters(*people) == [{"Ingrid Sol Haug", "Ingrid Haug"}, {"Sir Howard Pryce", "Howard Pryce", "H. Pryce"}]


def test_a_place_is_no_organisation_that_carries_its_name() -> None:
    """Disjoint kinds never merge, whatever words they share."""
    found = clusters(("Lunt", "City"), ("University of Lunt", "University"), ("Lunt Internet Court", "GovernmentBody"))
    assert found == [{"Lunt"}, {"University of Lunt"}, {"Lunt Internet Court"}]


def test_one_name_with_doubtful_classes_is_one_thing() -> None:
    """A name that the reader takes for a company here and a product there is one thing in one article."""
    scores = {"Company": 0.6, "Product": 0.4}
    names = [
        NameInText("Orlo", "Company", 0, scores),
        NameInText("Orlo", "Product", 9, {"Product": 0.7, "Company": 0.3}),
    ]
    assert len(cluster_names(names)) == 1


def test_one_name_of_a_person_and_a_place_is_two_things() -> None:
    """Where the reader is sure of both kinds, one spelling names two things."""
    assert len(clusters(("Lincoln", "Person"), ("Lincoln", "City"))) == 2


def test_places_known_from_the_article_tell_branches() -> None:
    """A tail that the article uses as a place makes a branch."""
    found = clusters(("Qarth", "City"), "Sable Ledger", "Sable Ledger Qarth")
    assert found == [{"Qarth"}, {"Sable Ledger"}, {"Sable Ledger Qarth"}]


def test_a_place_keeps_its_name_without_the_word_for_its_kind() -> None:
    """The words "province" and "District" fall away; another word does not."""
    found = clusters(("Guizhou", "Region"), ("Guizhou province", "Region"), ("New Guizhou", "Region"))
    assert found == [{"Guizhou", "Guizhou province"}, {"New Guizhou"}]


def test_descriptions_with_the_head_follow_the_full_name() -> None:
    """A description like "the Payments Council" follows "European Payments Council", not before it."""
    after = clusters(("European Payments Council", "Association"), ("the Payments Council", "Association"))
    before = clusters(("the Payments Council", "Association"), ("European Payments Council", "Association"))
    assert (len(after), len(before)) == (1, 2)


def test_titles_may_be_short_before_the_text() -> None:
    """A headline uses the short form that the text explains later."""
    names = [NameInText("Haug", "Person", 0, in_title=True), NameInText("Ingrid Haug", "Person", 50)]
    assert len(cluster_names(names)) == 1


def test_the_label_is_the_full_name() -> None:
    """Neither the acronym, nor the short form, nor the possessive becomes the label."""
    names = ["LSN's", "Ledger Service Network's", "LSN", "Service Network"]
    found = cluster_names([NameInText(name, "Platform", i) for i, name in enumerate(names)])
    assert [cluster.label for cluster in found] == ["Ledger Service Network"]


def test_every_merge_has_a_reason() -> None:
    """As many reasons as merges beyond equal names."""
    names = ["Lumen Freight Co., Ltd.", "Lumen Freight", "Lumen", "Lumen"]
    (found,) = cluster_names([NameInText(name, "Company", i) for i, name in enumerate(names)])
    assert len(found.reasons) == 2


def test_concepts_drop_technology_and_the_plural() -> None:
    """The forms "battery" and "batteries" are one concept, "green hydrogen" is not "hydrogen"."""
    names = ["blockchain", "Blockchain technology", "batteries", "battery", "hydrogen", "green hydrogen"]
    found = clusters(*((name, "Technology") for name in names))
    assert found == [
        {"blockchain", "Blockchain technology"},
        {"batteries", "battery"},
        {"hydrogen"},
        {"green hydrogen"},
    ]
