"""Nouns after a numeral that are measured rather than counted, and what sums of money are called."""

from __future__ import annotations

TIME_UNITS = frozenset("second minute hour day night week weekend month quarter year decade century".split())
MEASURES = frozenset(
    "metre meter kilometre kilometer km mile foot inch centimetre centimeter millimetre hectare acre mu sqm "
    "gram kilogram kg tonne ton pound ounce litre liter barrel gallon watt kilowatt megawatt gigawatt mw gw kw "
    "mwh gwh kwh twh volt degree byte kilobyte megabyte gigabyte terabyte petabyte gb tb mb teu bit mbps gbps hertz "
    "megahertz mhz ghz nanometre nanometer nm point pt times time fold carat knot".split()
)
PARTITIVES = frozenset(
    "piece kind type sort set pair batch copy item unit series group class category form variety number bottle "
    "case share set head seat".split()
)
"""Heads that count something only together with their "of": "pieces of evidence"."""

TOTALS = frozenset("number total count tally headcount membership workforce staff roll roster rank register".split())
"""Nouns that a bare number is the value of: "membership has passed 100"."""

VALUE_VERBS = frozenset(
    "be reach hit total number pass exceed top surpass stand grow rise increase climb swell fall drop bring put "
    "expand take come amount consist raise lift put swell".split()
)
"""Verbs between a total and its value: "the number of members rose to 54", "brings its membership to 41"."""

MONEY_VERBS = {
    "acquire": "acquisition price",
    "buy": "acquisition price",
    "purchase": "acquisition price",
    "sell": "acquisition price",
    "snap": "acquisition price",
    "take_over": "acquisition price",
    "set_aside": "budget",
    "put": "investment",
    "sink": "investment",
    "contribute": "contribution",
    "commit": "commitment",
    "offer": "offer",
    "invest": "investment",
    "inject": "investment",
    "pour": "investment",
    "plough": "investment",
    "raise": "funding",
    "secure": "funding",
    "fund": "funding",
    "finance": "funding",
    "spend": "spending",
    "lend": "loan",
    "borrow": "loan",
    "donate": "donation",
    "grant": "grant",
    "award": "grant",
    "allocate": "budget",
    "earmark": "budget",
    "budget": "budget",
    "value": "valuation",
    "fine": "fine",
    "pay": "payment",
    "cost": "cost",
    "manage": "assets under management",
}
"""What the money is that a verb moves; particles are joined by "_"."""

NOUN_KINDS = {"fund": "fund size", "merger": "acquisition price", "takeover": "acquisition price"} | {
    "acquisition": "acquisition price",
    "purchase": "acquisition price",
    "buyout": "acquisition price",
}
"""Nouns beside a sum that are not themselves what it is."""

MONEY_NOUNS = frozenset(
    "fund round investment price loan grant budget valuation deal acquisition takeover funding financing capital "
    "revenue profit sale asset turnover stake debt bond project contract subsidy cost fee fine donation credit "
    "payment contribution spending prize venture package programme program facility injection transaction "
    "consideration income loss offer bid order award aid pilot merger buyout purchase outlay commitment".split()
)
"""Nouns that say what a sum is, where they stand beside it."""
