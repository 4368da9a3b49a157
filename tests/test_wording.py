from __future__ import annotations

from decimal import Decimal

import pytest

from kg.model import CountValue, DateValue, MoneyValue, QuantityValue, Value
from kg.wording import did_you_mean, in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (DateValue("2019-09-03"), "3 September 2019"),
        (DateValue("2019-09"), "September 2019"),
        (DateValue("2019"), "2019"),
        (DateValue("2019-13"), "2019-13"),
        (CountValue(1054, "over"), "over 1,054"),
        (QuantityValue(Decimal(8), "blockchain alliances"), "8 blockchain alliances"),
        (QuantityValue(Decimal("1.5"), "hectares", "nearly"), "nearly 1.5 hectares"),
        (QuantityValue(Decimal("2.50"), "hectares"), "2.5 hectares"),
        (MoneyValue(Decimal(13450000000000), "CNY", "fund size"), "13.45 trillion CNY (fund size)"),
        (MoneyValue(Decimal(1234000), "EUR"), "1.234 million EUR"),
        (MoneyValue(Decimal(2500001), "EUR"), "2,500,001 EUR"),
        (MoneyValue(Decimal(0), "EUR"), "0 EUR"),
        (MoneyValue(Decimal(950), "USD"), "950 USD"),
    ],
)
def test_values_in_words(value: Value, words: str) -> None:
    """As people write them: months by name, grouped digits, a scale word only where it is exact."""
    assert in_words(value) == words


def test_near_names_are_suggested_and_far_ones_are_not() -> None:
    """An error ends with a question, or as it was."""
    assert did_you_mean("nordpai", ["Nordpay", "Dockside"]) == "; did you mean Nordpay?"
    assert did_you_mean("zzzz", ["Nordpay", "Dockside"]) == ""


def test_names_that_hold_the_given_one_are_suggested_before_others() -> None:
    """Whoever gives a part of a name is nearer to it than spelling can tell; the shortest first, three at most."""
    known = ["Harbour Alliance", "Old Harbour Bank", "Harbours", "The Harbour Trust of Portham", "Arbour"]
    assert did_you_mean(" HARBOUR", known) == "; did you mean Harbours or Harbour Alliance or Old Harbour Bank?"
    assert did_you_mean("", known) == ""
