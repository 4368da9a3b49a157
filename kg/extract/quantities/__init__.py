"""Numbers in running text: sums of money, shares in percent, measures, and counts with what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.dates import find_dates
from kg.extract.quantities.counts import find_counts
from kg.extract.quantities.kinds import money_kind
from kg.extract.quantities.money import find_money, find_percentages
from kg.extract.quantities.quantity import Quantity, QuantityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kg.extract.dates import DateMention

__all__ = ["Quantity", "QuantityKind", "find_quantities", "money_kind"]


def find_quantities(doc: Doc, dates: Sequence[DateMention] | None = None) -> list[Quantity]:
    """All quantities of the text, in order, none overlapping, none inside a date.

    `dates` are those of the same text, where they are known already.
    """
    taken = [(date.start_char, date.end_char) for date in (find_dates(doc) if dates is None else dates)]
    found: list[Quantity] = []
    text = doc.text
    for find in (find_money, find_percentages, find_counts):
        fresh = [
            quantity
            for quantity in find(doc, text)
            if all(quantity.end_char <= start or end <= quantity.start_char for start, end in taken)
        ]
        found.extend(fresh)
        taken.extend((quantity.start_char, quantity.end_char) for quantity in fresh)
    return sorted(found, key=lambda quantity: quantity.start_char)
