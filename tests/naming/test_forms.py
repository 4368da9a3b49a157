"""Normal forms, legal suffixes, acronyms, slugs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.naming import (
    Kind,
    NameInText,
    acronym_of,
    cluster_names,
    compare,
    content_tokens,
    initials,
    introduced_acronym_of,
    is_acronym,
    is_short_form,
    kinds_of,
    match_form,
    normal_form,
    slug,
    strip_legal_suffix,
    tokens,
)
from kg.naming.forms import reordered_key, romanized_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Xi\u2019nova Centre\u2019s", "xinova center"),
        ("J.P. Halden", "jp halden"),
        ("Halden & Söhne", "halden and sohne"),
        ("Data-Driven  Harbour", "data driven harbor"),
        ("Organisation for Digitisation", "organization for digitization"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("\uff2f\uff52\uff4c\uff4f", "orlo"),
        ("U.S.", "us"),
        ("Ledger 4.0", "ledger 4.0"),
        ("C++", "c++"),
        ("States'", "states"),
        ("the", "the"),
        ("…", "..."),
    ],
)
def test_normal_form(name: str, expected: str) -> None:
    """Case, accents, apostrophes, articles, possessives, punctuation and spelling do not count."""
    assert normal_form(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Orlo Freight Co., Ltd.", "Orlo Freight"),
        ("Orlo Freight, Inc.", "Orlo Freight"),
        ("Orlo GmbH & Co. KG", "Orlo"),
        ("Orlo S.p.A.", "Orlo"),
        ("Orlo S.A.", "Orlo"),
        ("Orlo N.V.", "Orlo"),
        ("Orlo Pte. Ltd.", "Orlo"),
        ("Orlo Group", "Orlo Group"),
        ("Orlo Holdings plc", "Orlo Holdings"),
        ("Orlo Limited Liability Company", "Orlo"),
        ("Orlo (Persero) Tbk", "Orlo"),
        ("Orlo Freight S.A. de C.V.", "Orlo Freight"),
        ("Orlo Joint Stock Bank", "Orlo Joint Stock Bank"),
        ("Private Limited", "Private Limited"),
        ("Such As", "Such As"),
        ("Ltd.", "Ltd."),
    ],
)
def test_strip_legal_suffix(name: str, expected: str) -> None:
    """Legal forms fall away, groups stay, and something always stays."""
    assert strip_legal_suffix(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hong Kong", "hong-kong"),
        ("People's Bank of Lunt", "peoples-bank-of-lunt"),
        ("The Orlo's", "orlo"),
        ("Société Générale", "societe-generale"),
        ("C++", "c-plus-plus"),
        ("Q.R. Halden", "qr-halden"),
        ("Москва", "moskva"),
        ("삼성", "samseong"),
        ("北京", "u5317-u4eac"),
        ("…", "u2026"),
        ("", "unnamed"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    """Slugs are ASCII, readable where a rule can make them so, and never empty."""
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("LSN", "Ledger-based Service Network"),
        ("LFLP", "Lunt Federation of Logistics & Purchasing"),
        ("PBoL", "People's Bank of Lunt"),
        ("CATL", "Consolidated Ampere Technology Co. Ltd."),
        ("CBUL", "Central Bank of the Upper Lunts"),
        ("RSC", "Hainan Resort Software Community"),
        ("U.N.", "United Nations"),
        ("AI", "Artificial Intelligence"),
    ],
)
def test_acronyms_by_initials(short: str, long: str) -> None:
    """Initials of content words make the acronym; small words, legal forms and a leading place may be skipped."""
    assert acronym_of(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Fed", "Federal Reserve"),
        ("LSN", "Global Ledger Service Network"),
        ("AI", "Artificial Intelligence Institute"),
        ("LUNT", "Lunt"),
        ("SN", "Ledger Service Network"),
        ("Lsn", "Ledger Service Network"),
    ],
)
def test_no_acronyms(short: str, long: str) -> None:
    """Words, partial initials and shortened words are no acronyms."""
    assert not acronym_of(short, long)


def test_brackets_introduce_looser_acronyms() -> None:
    """Leading letters of words do in brackets, other words do not."""
    assert introduced_acronym_of("FISCO", "Financial Ledger Sundsvall Consortium")
    assert introduced_acronym_of("AIMCo", "Alberta Investment Management")
    assert not introduced_acronym_of("XYZ", "Alberta Investment Management")


def test_initials_skip_small_words() -> None:
    """Function words lend no letter."""
    assert initials("Bank for the Trade of Lunt") == "BTL"


@pytest.mark.parametrize(
    ("text", "expected"), [("LSN", True), ("PBoC", True), ("Fed", False), ("A", False), ("LSN-2", False)]
)
def test_is_acronym(text: str, *, expected: bool) -> None:
    """Mostly capitals, two letters at least."""
    assert is_acronym(text) is expected


@pytest.mark.parametrize(
    ("short", "long", "class_", "expected"),
    [
        ("Oduya", "Ada Oduya", "Person", True),
        ("Minghe", "Luo Minghe", "Person", True),
        ("Tao", "Ada Oduya", "Person", False),
        ("Payments Council", "European Payments Council", "Association", True),
        ("Tiderun", "Tiderun Software", "Company", True),
        ("Brixa", "Brixa Bank", "Company", False),
        ("China", "China Granary", "Company", False),
        ("Ledger", "Ledger Service Network", "Platform", False),
        ("York", "New York", "City", False),
    ],
)
def test_is_short_form(short: str, long: str, class_: str, *, expected: bool) -> None:
    """A short form keeps what is distinctive, of a part or a place it is none."""
    assert is_short_form(short, long, class_) is expected


def test_content_tokens_drop_small_words() -> None:
    """Function words and legal forms are no content."""
    assert content_tokens("The Port of Sedge Co., Ltd.") == ("port", "sedge")
    assert tokens("The Port of Sedge") == ("port", "of", "sedge")


def test_romanizations_meet() -> None:
    """Pinyin and Wade-Giles spellings have one key."""
    assert romanized_key("Hsintung") == romanized_key("Xintong")


def test_reordered_names_meet_unless_the_head_differs() -> None:
    """Words in another order are the same name, another head is another thing."""
    assert reordered_key("Port of Sedge") == reordered_key("Sedge Port")
    assert reordered_key("Sedge Port Hotel") != reordered_key("Sedge Hotel Port")


def test_kinds_follow_superclasses() -> None:
    """A class of another ontology has the kind of its nearest known superclass, or none in particular."""
    found = kinds_of({"Clinic": ("Organization", "Agent"), "Gene": (), "City": ("Place",)})
    assert found == {"City": Kind.PLACE, "Clinic": Kind.ORGANIZATION, "Gene": Kind.THING}


TEXTS = st.text(max_size=30) | st.from_regex(
    r"[A-Z][a-z]{2,6}( (of|and|the|[A-Z][a-z]{2,6}|[A-Z]{2,4}|Co\.|Ltd\.)){0,4}", fullmatch=True
)


@given(TEXTS)
def test_normal_form_is_idempotent(name: str) -> None:
    """A normal form is its own normal form."""
    assert normal_form(normal_form(name)) == normal_form(name)


@given(TEXTS)
def test_slugs_are_safe(name: str) -> None:
    """A slug needs no escaping in an IRI or a file name."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))


@given(TEXTS)
def test_suffixes_fall_away_once(name: str) -> None:
    """Stripping twice strips no more."""
    once = strip_legal_suffix(name)
    assert strip_legal_suffix(once) == once


@given(TEXTS, TEXTS, st.sampled_from(["Company", "Person", "City", "Technology"]))
def test_comparison_is_symmetric(a: str, b: str, class_: str) -> None:
    """Evidence does not depend on the order of the two names."""
    assert compare(a, b, class_, class_).weight_bits == compare(b, a, class_, class_).weight_bits


@given(TEXTS.filter(lambda name: bool(match_form(name))))
def test_a_name_is_no_stranger_to_itself(name: str) -> None:
    """A name compared with itself has evidence for it."""
    assert compare(name, name, "Company", "Company").weight_bits > 0


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["Company", "Person", "City"])), max_size=8))
def test_clusters_are_a_partition(names: list[tuple[str, str]]) -> None:
    """Every name is in exactly one cluster."""
    found = cluster_names([NameInText(surface, class_, i) for i, (surface, class_) in enumerate(names)])
    assert sorted(i for cluster in found for i in cluster.members) == list(range(len(names)))
