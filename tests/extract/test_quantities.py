from __future__ import annotations

from decimal import Decimal

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.lexicon.currencies import currencies
from kg.extract.lexicon.numerals import parse_number
from kg.extract.quantities import QuantityKind, find_quantities, money_kind
from tests.extract.hand_built import tree

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("54", 54),
        ("2,000", 2000),
        ("1.5 million", 1_500_000),
        ("fifty-four", 54),
        ("a dozen", 12),
        ("two dozen", 24),
        ("two hundred and six", 206),
        ("half a million", 500_000),
        ("two and a half million", 2_500_000),
        ("4,000 million", 4_000_000_000),
        ("500 crore", 5_000_000_000),
        ("20-million", 20_000_000),
    ],
)
def test_numerals(text: str, value: int) -> None:
    """Numbers are read from figures, words, and both."""
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "hello", "million dollars", "one hello"])
def test_no_numerals(text: str) -> None:
    """What is no numeral has no value."""
    assert parse_number(text) is None or "million" in text


@pytest.mark.parametrize(
    ("text", "value", "currency", "qualifier"),
    [
        ("13.4 trillion yuan", 13_400_000_000_000, "CNY", None),
        ("US$1.91 billion", 1_910_000_000, "USD", None),
        ("$20m", 20_000_000, "USD", None),
        ("€5 million", 5_000_000, "EUR", None),
        ("RMB 300 million", 300_000_000, "CNY", None),
        ("RMB300 million yuan", 300_000_000, "CNY", None),
        ("S$12 million", 12_000_000, "SGD", None),
        ("HK$5.2 billion", 5_200_000_000, "HKD", None),
        ("Rs 500 crore", 5_000_000_000, "INR", None),
        ("300 mln yuan", 300_000_000, "CNY", None),
        ("20-million-dollar", 20_000_000, "USD", None),
        ("£1.2bn", 1_200_000_000, "GBP", None),
        ("GBP 210 million", 210_000_000, "GBP", None),
        ("6.4 billion won", 6_400_000_000, "KRW", None),
        ("5 million Hong Kong dollars", 5_000_000, "HKD", None),
        ("30 million Swedish crowns", 30_000_000, "SEK", None),
        ("more than $22 million", 22_000_000, "USD", "over"),
        ("up to $135 million", 135_000_000, "USD", "up to"),
        ("nearly 5bn euros", 5_000_000_000, "EUR", "nearly"),
        ("about 3 million rand", 3_000_000, "ZAR", "about"),
        ("at least 3 million baht", 3_000_000, "THB", "at least"),
        ("$1 billion-plus", 1_000_000_000, "USD", "over"),
        ("4,000 million pesos", 4_000_000_000, None, None),
    ],
)
def test_money(text: str, value: int, currency: str | None, qualifier: str | None) -> None:
    """A sum has its value in full, its ISO code where the text tells, and how exact it is."""
    [sum_] = find_quantities(NLP(f"It cost {text} in all."))
    assert (sum_.kind, int(sum_.value), sum_.currency, sum_.qualifier) == (
        QuantityKind.MONEY,
        value,
        currency,
        qualifier,
    )


def test_shared_noun_at_home() -> None:
    """Pesos are of the one country with pesos that the text speaks of."""
    [sum_] = find_quantities(NLP("Mexico spent 40 million pesos."))
    assert sum_.currency == "MXN"


def test_yuan_sign() -> None:
    """The sign that yen and yuan share follows the words of the text."""
    values = find_quantities(NLP("It paid ¥500 million, in yuan."))
    assert [value.currency for value in values] == ["CNY"]


def test_converted_sums() -> None:
    """A sum in brackets behind another is the same money in another currency."""
    values = find_quantities(NLP("It got 6.4 billion won ($4.5 million), and 20 million yuan (about US$3 million)."))
    assert [value.converted for value in values] == [False, True, False, True]


def test_ranges_of_money() -> None:
    """Both ends of a range share scale and currency."""
    values = find_quantities(NLP("It wants $20-30 million."))
    assert [(int(v.value), v.currency, v.qualifier) for v in values] == [
        (20_000_000, "USD", "at least"),
        (30_000_000, "USD", "up to"),
    ]


@pytest.mark.parametrize("text", ["over 30 percent", "5%", "1.2 pct", "200 basis points", "30 per cent"])
def test_percentages(text: str) -> None:
    """Shares are a kind of their own."""
    [share] = find_quantities(NLP(f"It holds {text}."))
    assert share.kind is QuantityKind.PERCENT


COUNTS = [
    (
        (
            "It|PRON|nsubj|2 runs|VERB|ROOT|2 8|NUM|nummod|6 major|ADJ|amod|6 blockchain|NOUN|compound|6 "
            "alliances|NOUN|obj|2|Number=Plur"
        ),
        8,
        "major blockchain alliances",
        None,
    ),
    (
        (
            "More|ADJ|advmod|3 than|ADP|fixed|1 fifty-four|NUM|nummod|5 member|NOUN|compound|5 "
            "companies|NOUN|nsubj|6|Number=Plur joined|VERB|ROOT|6"
        ),
        54,
        "member companies",
        "over",
    ),
    (
        "some|DET|advmod|2 2,000|NUM|nummod|4 other|ADJ|amod|4 users|NOUN|nsubj|5|Number=Plur came|VERB|ROOT|5",
        2000,
        "users",
        "about",
    ),
    (
        "It|PRON|nsubj|2 has|VERB|ROOT|2 1.5|NUM|compound|4 million|NUM|nummod|5 users|NOUN|obj|2|Number=Plur",
        1_500_000,
        "users",
        None,
    ),
    (
        (
            "It|PRON|nsubj|2 keeps|VERB|ROOT|2 54|NUM|compound|4 million|NUM|nummod|5 pieces|NOUN|obj|2|Number=Plur "
            "of|ADP|case|7 evidence|NOUN|nmod|5"
        ),
        54_000_000,
        "pieces of evidence",
        None,
    ),
    (
        "Membership|NOUN|nsubj|3 has|AUX|aux|3 passed|VERB|ROOT|3 100|NUM|obj|3",
        100,
        "Membership",
        "over",
    ),
    (
        (
            "The|DET|det|2 number|NOUN|nsubj|5 of|ADP|case|4 shops|NOUN|nmod|2|Number=Plur rose|VERB|ROOT|5 "
            "to|ADP|case|7 9,000|NUM|obl|5"
        ),
        9000,
        "shops",
        None,
    ),
]


@pytest.mark.parametrize(("words", "value", "unit", "qualifier"), COUNTS)
def test_counts(words: str, value: int, unit: str, qualifier: str | None) -> None:
    """A count has its value, the phrase that it counts, and how exact it is."""
    [count] = find_quantities(tree(words))
    assert (count.kind, int(count.value), count.unit, count.qualifier) == (QuantityKind.COUNT, value, unit, qualifier)


def test_shared_noun() -> None:
    """A number without a noun shares that of the number before it."""
    doc = tree(
        "Bonn|PROPN|nsubj|2 has|VERB|ROOT|2 9|NUM|nummod|4 parks|NOUN|obj|2|Number=Plur ,|PUNCT|punct|6 "
        "Ulm|PROPN|conj|2 4|NUM|orphan|6"
    )
    assert [(int(count.value), count.unit) for count in find_quantities(doc)] == [(9, "parks"), (4, "parks")]


def test_value_behind_a_colon() -> None:
    """A number behind a colon counts the plural before it."""
    doc = tree("Corporate|ADJ|amod|2 members|NOUN|ROOT|2|Number=Plur :|PUNCT|punct|4 63|NUM|appos|2")
    assert [(int(count.value), count.unit) for count in find_quantities(doc)] == [(63, "members")]


def test_founding_members() -> None:
    """A participle may stand between number and noun."""
    doc = tree(
        "It|PRON|nsubj|2 has|VERB|ROOT|2 28|NUM|nummod|5 founding|VERB|amod|5|VerbForm=Ger "
        "members|NOUN|obj|2|Number=Plur"
    )
    assert [(int(count.value), count.unit) for count in find_quantities(doc)] == [(28, "founding members")]


def test_members_in_an_adjective() -> None:
    """The adjective of "a 54-member alliance" counts members."""
    [count] = find_quantities(NLP("It is a 54-member alliance."))
    assert (int(count.value), count.unit) == (54, "members")


def test_definite_counts() -> None:
    """Words like "the six bodies" take up a count; they state none."""
    doc = tree("The|DET|det|3 six|NUM|nummod|3 bodies|NOUN|nsubj|4|Number=Plur met|VERB|ROOT|4")
    assert [count.definite for count in find_quantities(doc)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds of firms came.",
        "The 5G and Web3 people of 3M met.",
        "Call +86 10 6554 2200 or 010-65542200.",
        "It began at 10:30 on May 3, 2019 in Room 12.",
        "The first and the 2nd of them, in 2019.",
        "Phase 2 of version 2.0 and Fortune 500.",
    ],
)
def test_no_quantities(text: str) -> None:
    """Dates, times, labels, ordinals, phones and names with figures count nothing."""
    assert find_quantities(NLP(text)) == []


def test_measures() -> None:
    """What is measured is not counted."""
    doc = tree("It|PRON|nsubj|2 covers|VERB|ROOT|2 20|NUM|nummod|4 hectares|NOUN|obj|2|Number=Plur")
    assert [quantity.kind for quantity in find_quantities(doc)] == [QuantityKind.MEASURE]
    assert [quantity.kind for quantity in find_quantities(NLP("a 30-day trial"))] == [QuantityKind.MEASURE]


def test_numbers_in_names() -> None:
    """A number within a name counts nothing."""
    doc = tree(
        "Six|NUM|nummod|3 Domain|PROPN|compound|3 Chain|PROPN|nsubj|4 grew|VERB|ROOT|4",
        ents={"Six Domain Chain": "Company"},
    )
    assert find_quantities(doc) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (
            (
                "It|PRON|nsubj|2 closed|VERB|ROOT|2 a|DET|det|6 Series|NOUN|compound|6 B|PROPN|compound|6 "
                "round|NOUN|obj|2 "
                "of|ADP|case|10 $|SYM|nmod|6 85|NUM|compound|10 million|NUM|nummod|8"
            ),
            "Series B round",
        ),
        (
            (
                "Acme|PROPN|nsubj|2 acquired|VERB|ROOT|2 Bolt|PROPN|obj|2 for|ADP|case|5 $|SYM|obl|2 5|NUM|compound|7 "
                "million|NUM|nummod|5"
            ),
            "acquisition price",
        ),
        ("a|DET|det|4 $|SYM|compound|4 20m|NUM|nummod|2 fund|NOUN|ROOT|4", "fund size"),
        (
            (
                "It|PRON|nsubj|2 runs|VERB|ROOT|2 $|SYM|obj|2 4|NUM|compound|5 billion|NUM|nummod|3 under|ADP|case|7 "
                "management|NOUN|nmod|3"
            ),
            "assets under management",
        ),
    ],
)
def test_money_kind(words: str, kind: str) -> None:
    """The noun beside a sum, or the verb that moves it, says what it is."""
    doc = tree(words)
    [sum_] = [quantity for quantity in find_quantities(doc) if quantity.kind is QuantityKind.MONEY]
    assert money_kind(doc, sum_) == kind


def test_money_kind_hint() -> None:
    """A caller may know more verbs."""
    doc = tree("It|PRON|nsubj|2 splurged|VERB|ROOT|2 $|SYM|obj|2 5|NUM|nummod|3")
    [sum_] = find_quantities(doc)
    assert money_kind(doc, sum_) is None
    assert money_kind(doc, sum_, lambda token: "treat" if token.text == "splurged" else None) == "treat"


def test_currency_table() -> None:
    """Codes are ISO 4217 in form, and no symbol is empty."""
    table = currencies()
    codes = {*table.symbols.values(), *table.codes.values(), *table.qualified.values()}
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert all(table.symbols)
    assert all(table.nouns)


@given(
    st.lists(
        st.sampled_from(
            "$ 5 20 1.5 million bn yuan (US$3 m) pesos more than about a dozen fifty four percent % RMB 2019 - to won "
            "members companies 5G 10:30 of".split()
        ),
        max_size=12,
    ),
    st.sampled_from(["", " "]),
)
def test_offsets_are_true(words: list[str], glue: str) -> None:
    """Whatever the words: spans in order, without overlap, on the tokens that they claim, with finite values."""
    text = glue.join(words)
    doc, end = NLP(text), 0
    for quantity in find_quantities(doc):
        assert end <= quantity.start_char < quantity.end_char <= len(text)
        end = quantity.end_char
        tokens = doc[quantity.start : quantity.end]
        assert tokens.start_char <= quantity.start_char
        assert quantity.end_char <= tokens.end_char
        assert quantity.value >= Decimal(0)
        assert quantity.value.is_finite()
