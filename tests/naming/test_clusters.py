"""Names of one article: which clusters they fall into."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    ["China Granary Logistics Group", "China Granary"],
    ["Hsintung Energy", "Xintong Energy"],
    ["Sedge Digital Economy Chamber of Commerce", "Sedge Chamber of Digital Economy"],
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
    ["Bank of Lunt", "Bank of Lunt (Hong Kong)"],
    ["Bank of Lunt (Asia)", "Bank of Lunt"],
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


# Two things that share a name


def in_sentences(*sentences: str | list[str], class_: str = "Company") -> list[set[str]]:
    """Cluster names that stand in sentences: one name, or several in one."""
    rows = [[sentence] if isinstance(sentence, str) else sentence for sentence in sentences]
    names = [(name, number) for number, row in enumerate(rows) for name in row]
    texts = [NameInText(name, class_, i, sentence=number) for i, (name, number) in enumerate(names)]
    return [{texts[i].surface for i in cluster.members} for cluster in cluster_names(texts)]


def test_a_short_form_takes_up_a_name_of_an_earlier_sentence() -> None:
    """Named in full first, then by its first words: one company."""
    assert in_sentences("Orlo Freight", "Orlo") == [{"Orlo Freight", "Orlo"}]


@pytest.mark.parametrize(
    "sentences",
    [
        [["Orlo", "Orlo Freight"]],
        [["Orlo Freight", "Orlo"]],
        ["Orlo", "Orlo Freight"],
        ["Orlo Freight", "Orlo", ["Orlo", "Orlo Freight"]],
        ["Orlo", "Orlo Freight", "Orlo"],
        ["Grupo Tarn", "Grupo Tarn Music", "Tarn Group"],
    ],
    ids=str,
)
def test_a_parent_and_its_unit_are_two(sentences: list[str | list[str]]) -> None:
    """Who names both in one sentence, or the shorter name first, means two companies."""
    long = max((name for row in sentences for name in ([row] if isinstance(row, str) else row)), key=len)
    assert {long} in in_sentences(*sentences)


def test_what_something_split_from_is_no_short_form_of_it() -> None:
    """Though it comes later, in a sentence of its own."""
    names = [
        NameInText("Orlo Freight", "Company", 0, sentence=0),
        NameInText("Orlo", "Company", 60, sentence=1, is_whole=True),
    ]
    assert [cluster.members for cluster in cluster_names(names)] == [(0,), (1,)]


@pytest.mark.parametrize("whole", ["Orlo Group", "Orlo Holdings", "Orlo Holding Group"])
def test_a_group_is_none_of_its_firms(whole: str) -> None:
    """A name with the word for a whole group is no short form, even where it comes later."""
    assert in_sentences("Orlo Music", whole) == [{"Orlo Music"}, {whole}]
    assert in_sentences("Orlo Insurance Group", whole) == [{"Orlo Insurance Group", whole}]


def test_a_capital_and_its_country_are_two() -> None:
    """The word for the kind falls away only between places of one class."""
    found = clusters(("Tarn", "Country"), ("Tarn City", "City"), ("Sedge", "Region"), ("Sedge province", "Region"))
    assert found == [{"Tarn"}, {"Tarn City"}, {"Sedge", "Sedge province"}]


def test_brackets_between_things_of_one_kind_need_no_letters() -> None:
    """The letters of an acronym may come from another language; a place in brackets is another thing."""
    names = [
        NameInText("Central Bank of Tarn", "GovernmentBody", 0),
        NameInText("BZQ", "GovernmentBody", 25, acronym_of="Central Bank of Tarn"),
        NameInText("Orlo Freight", "Company", 50),
        NameInText("Luntsedge", "City", 70, acronym_of="Orlo Freight"),
        NameInText("BZQ", "GovernmentBody", 90),
    ]
    assert [cluster.members for cluster in cluster_names(names)] == [(0, 1, 4), (2,), (3,)]


def test_last_words_take_up_a_name() -> None:
    """A firm may go by its last words, or by its head with a capital; a common word in small letters is no name."""
    assert in_sentences("Silicon Mimosa", "Mimosa") == [{"Silicon Mimosa", "Mimosa"}]
    assert in_sentences("Baltic Small Ports League", "League") == [{"Baltic Small Ports League", "League"}]
    assert in_sentences("Rail Suppliers Forum", "the Forum") == [{"Rail Suppliers Forum", "the Forum"}]
    assert in_sentences("People's Bank of Lunt", "Bank of Lunt") == [{"People's Bank of Lunt"}, {"Bank of Lunt"}]


def test_a_city_and_its_club_are_two() -> None:
    """One spelling, two kinds that the reader is sure of: each keeps its own mentions."""
    names = [
        NameInText("Tarnova", class_, i) for i, class_ in enumerate(["City", "Association", "City", "Association"])
    ]
    assert [cluster.members for cluster in cluster_names(names)] == [(0, 2), (1, 3)]


# Persons of one family name

RIVALS = [
    ("Mr. Haug", "Mrs. Haug"),
    ("Sir Howard Pryce", "Lady Pryce"),
    ("Anton Reyes Sr.", "Anton Reyes Jr."),
    ("Anton Reyes", "Anton Reyes Jr."),
    ("Leopold Marsh II", "Leopold Marsh III"),
    ("Jane Marsh", "John Marsh"),
]


@pytest.mark.parametrize("names", RIVALS, ids=" / ".join)
def test_relatives_stay_apart(names: tuple[str, str]) -> None:
    """Man and woman, father and son, two given names: two persons."""
    assert clusters(*((name, "Person") for name in names)) == [{name} for name in names]


def test_initials_that_fit_two_persons_join_neither() -> None:
    """ "J. Marsh" is Jane or John."""
    people = [(name, "Person") for name in ("Jane Marsh", "John Marsh", "J. Marsh")]
    assert clusters(*people) == [{"Jane Marsh"}, {"John Marsh"}, {"J. Marsh"}]


def test_a_title_tells_which_of_two_is_meant() -> None:
    """The professor is the one who was called so, though another of the name was mentioned since."""
    names = ["Prof. Luo Minghe", "Luo Xia", "Prof. Luo", "Luo Xia", "Luo"]
    found = cluster_names([NameInText(name, "Person", i) for i, name in enumerate(names)])
    assert [cluster.members for cluster in found] == [(0, 2), (1, 3, 4)]


GIVEN = st.sampled_from(["Minghe", "Xia", "Bo", "Yufei"])
FAMILY = st.sampled_from(["Luo", "Hu", "Marsh"])
PEOPLE = st.lists(st.tuples(GIVEN, FAMILY, st.booleans()), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(PEOPLE)
def test_no_cluster_holds_two_given_names(people: list[tuple[str, str, bool]]) -> None:
    """Whatever family names stand between them, and however many share one."""
    names = [f"{given_name} {family}" if full else family for given_name, family, full in people]
    for cluster in cluster_names([NameInText(name, "Person", i) for i, name in enumerate(names)]):
        assert len({names[i] for i in cluster.members if " " in names[i]}) <= 1


STEMS = st.sampled_from(["Orlo", "Tarn Bay", "Halcyon"])
TAILS = st.sampled_from(["", "Bank", "Freight", "Music", "Group", "Institute", "Asia", "Holdings"])
TEXT = st.lists(st.lists(st.tuples(STEMS, TAILS), min_size=1, max_size=3), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_names_of_one_sentence_stay_apart(text: list[list[tuple[str, str]]]) -> None:
    """A firm and what else begins with its name: never one thing where one sentence has both; nor two of its units."""
    rows = [[f"{stem} {tail}".strip() for stem, tail in row] for row in text]
    groups = {stem: {stem, f"{stem} Group", f"{stem} Holdings"} for stem in ("Orlo", "Tarn Bay", "Halcyon")}
    for found in in_sentences(*rows):
        for stem, whole in groups.items():
            units = {name for name in found if name.startswith(stem)} - whole
            assert len(units) <= 1
            for row in rows:
                assert not (units & set(row) and {stem} & found & set(row))
