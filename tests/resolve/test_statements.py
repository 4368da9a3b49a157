"""Facts of several articles, joined into statements."""

from decimal import Decimal

import pytest

from kg.model import CountValue, DateValue, Modality, MoneyValue, QuantityValue, Span, Value
from tests.resolve.world import Thing, extraction, fact, graph

ORLO: Thing = ("Company", "Orlo Freight")
SEDGE: Thing = ("Company", "Sedge Port")
QUAY: Thing = ("Facility", "Eastern Quay")


def test_one_fact_in_two_articles_is_one_statement() -> None:
    """Evidence of all articles stands under one statement, sorted."""
    (found,) = graph(
        extraction("b", ORLO, QUAY, facts=[fact(0, "locatedIn", 1, article="b")]),
        extraction("a", ORLO, QUAY, facts=[fact(0, "locatedIn", 1, article="a")]),
    ).statements
    assert (found.subject, found.property, found.object) == ("orlo-freight", "locatedIn", "eastern-quay")
    assert [item.article for item in found.evidence] == ["a", "b"]


def test_confidence_is_noisy_or_over_articles() -> None:
    """Two articles leave the product of their doubts; two sentences of one article only the lesser doubt."""
    (found,) = graph(
        extraction(
            "a",
            ORLO,
            QUAY,
            facts=[
                fact(0, "locatedIn", 1, article="a", confidence=0.8),
                fact(0, "locatedIn", 1, article="a", confidence=0.6, span=Span(20, 30)),
            ],
        ),
        extraction("b", ORLO, QUAY, facts=[fact(0, "locatedIn", 1, article="b", confidence=0.5)]),
    ).statements
    assert found.confidence == pytest.approx(1 - 0.2 * 0.5)


def test_confidence_stays_below_certainty() -> None:
    """However many articles agree, .99 is the most."""
    things = [extraction(n, ORLO, QUAY, facts=[fact(0, "locatedIn", 1, article=n, confidence=0.9)]) for n in "abcd"]
    assert graph(*things).statements[0].confidence == 0.99


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([Modality.FORMER, Modality.PLANNED, Modality.ASSERTED], Modality.ASSERTED),
        ([Modality.FORMER, Modality.PLANNED], Modality.PLANNED),
        ([Modality.FORMER], Modality.FORMER),
    ],
)
def test_the_firmest_modality_wins(stated: list[Modality], expected: Modality) -> None:
    """Asserted before planned before former."""
    things = [
        extraction(f"a{i}", ORLO, QUAY, facts=[fact(0, "locatedIn", 1, article=f"a{i}", modality=m)])
        for i, m in enumerate(stated)
    ]
    assert graph(*things).statements[0].modality is expected


def test_symmetric_facts_are_stated_once() -> None:
    """Both directions are one statement, the lesser key first."""
    found = graph(
        extraction("a", ORLO, SEDGE, facts=[fact(1, "partnersWith", 0, article="a")]),
        extraction("b", ORLO, SEDGE, facts=[fact(0, "partnersWith", 1, article="b")]),
    ).statements
    assert [(s.subject, s.object, len(s.evidence)) for s in found] == [("orlo-freight", "sedge-port", 2)]


def test_a_fact_of_a_thing_with_itself_is_dropped() -> None:
    """What two names of one article turn out to be, by the other articles, may be one thing: then nothing is said."""
    found = graph(
        extraction("a", ORLO, ("Company", "Orlo Freight"), facts=[fact(0, "partnersWith", 1, article="a")]),
    )
    assert found.statements == ()


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2019", "2019-09"], ["2019-09"]),
        (["2019", "2019-09", "2019-09-03"], ["2019-09-03"]),
        (["2019", "2020-01"], ["2019", "2020-01"]),
        (["2019", "2019-09", "2019-10"], ["2019", "2019-09", "2019-10"]),
        (["2019-09", "2019-09"], ["2019-09"]),
    ],
)
def test_the_finer_of_two_agreeing_dates_stays(dates: list[str], expected: list[str]) -> None:
    """A year says nothing beside a month in it; two months in it leave it open which is meant."""
    things = [
        extraction(f"a{i}", ORLO, facts=[fact(0, "foundedOn", DateValue(d), article=f"a{i}")])
        for i, d in enumerate(dates)
    ]
    found = graph(*things).statements
    assert [s.object for s in found] == [DateValue(d) for d in expected]
    assert sum(len(s.evidence) for s in found) == len(dates)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([QuantityValue(Decimal(8), "Quays"), QuantityValue(Decimal(8), "quays")], 1),
        ([CountValue(5), CountValue(5, "over")], 1),
        ([CountValue(5), CountValue(6)], 2),
        ([MoneyValue(Decimal(7), "EUR", "price", "over"), MoneyValue(Decimal(7), "EUR", "price", "nearly")], 2),
        ([MoneyValue(Decimal(7), "EUR", "price"), MoneyValue(Decimal(7), "USD", "price")], 2),
    ],
)
def test_one_value_in_other_words_is_one(values: list[Value], expected: int) -> None:
    """Units in another case, a value with and without "over" are one; "over" and "nearly" contradict each other."""
    things = [
        extraction(f"a{i}", ORLO, facts=[fact(0, "hasCount", value, article=f"a{i}")]) for i, value in enumerate(values)
    ]
    assert len(graph(*things).statements) == expected


def test_one_sentence_states_a_fact_once() -> None:
    """Two extractors on one sentence are one evidence, the more confident."""
    facts = [fact(0, "locatedIn", 1, article="a", confidence=c, extractor=e) for c, e in ((0.6, "x"), (0.7, "y"))]
    (found,) = graph(extraction("a", ORLO, QUAY, facts=facts)).statements
    assert [(item.extractor, item.confidence) for item in found.evidence] == [("y", 0.7)]
