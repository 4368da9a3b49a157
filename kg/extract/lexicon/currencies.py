"""Names, symbols and codes of currencies (ISO 4217), read from `currencies.tsv`."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULTS = {"dirham": "AED", "dollar": "USD", "franc": "CHF", "krona": "SEK", "kronor": "SEK", "pound": "GBP"} | {
    "riyal": "SAR",
    "rupee": "INR",
}
"""What a noun that several currencies share means in news when no nationality stands before it. Pesos, dinars, crowns
and shillings mean nothing certain then."""


@dataclass(frozen=True, slots=True)
class Currencies:
    """Ways of writing currencies, each with its code; a noun has None where only its nationality tells.

    `qualified` maps "nationality noun" to the code ("mexican pesos" -> "MXN"). `homes` maps
    a noun that means nothing alone to the nationalities and countries that use it. Keys are lower-case, but for
    `symbols` and the names in `homes`.
    """

    symbols: Mapping[str, str]
    codes: Mapping[str, str]
    nouns: Mapping[str, str | None]
    qualified: Mapping[str, str]
    homes: Mapping[str, Mapping[str, str]]


@functools.cache
def currencies() -> Currencies:
    """The table of currencies that comes with the package."""
    symbols: dict[str, str] = {}
    codes: dict[str, str] = {}
    holders: dict[str, set[str]] = defaultdict(set)
    qualified: dict[str, str] = {}
    homes: dict[str, dict[str, str]] = defaultdict(dict)
    for line in files(__package__).joinpath("currencies.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, *rest = line.split("\t")
        cells = ([part for part in cell.split(",") if part] for cell in (*rest, "", "", "", "")[:5])
        marks, names, nouns, nations, countries = cells
        symbols.update(dict.fromkeys(marks, code))
        codes.update(dict.fromkeys((name.lower() for name in names), code))
        for noun in (noun.lower() for noun in nouns):
            holders[noun].add(code)
            qualified.update({f"{nation.lower()} {noun}": code for nation in nations})
            homes[noun].update(dict.fromkeys((*nations, *countries), code))
    meanings = {noun: _meaning(noun, holders[noun]) for noun in sorted(holders)}
    return Currencies(symbols, codes, meanings, qualified, homes)


def _meaning(noun: str, codes: set[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else DEFAULTS.get(noun) or DEFAULTS.get(noun.removesuffix("s"))
