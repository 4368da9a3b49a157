"""Words that refer back, and what they agree with."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

THIRD_NEUTER = frozenset({"it", "its", "itself"})
THIRD_MALE = frozenset({"he", "him", "his", "himself"})
THIRD_FEMALE = frozenset({"she", "her", "hers", "herself"})
THIRD_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
REFLEXIVE = frozenset({"itself", "himself", "herself", "themselves"})
POSSESSIVE = frozenset({"its", "his", "her", "their", "whose", "my", "our"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
PERSONAL_RELATIVE = frozenset({"who", "whom"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
INDEFINITE = frozenset({"a", "an"})
NAMING = frozenset(
    {"call", "name", "dub", "know", "term", "christen", "title", "brand", "baptise", "label", "codename"}
)
"""Verbs whose participle gives a noun its name: "a platform called Amber"."""

SPEECH = frozenset(
    "say tell add explain note state announce declare argue recall reckon comment stress claim write warn promise "
    "remark insist observe reply conclude believe think joke admit concede".split()
)

MALE_TITLES = frozenset({"mr", "mr.", "sir", "lord", "king", "prince", "emir", "sheikh", "chairman", "sheik"})
FEMALE_TITLES = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "queen", "princess", "chairwoman"})

PARTIES = frozenset({"party", "side", "partner"})
"""Nouns of a group that take whatever organisations, people or places were named together."""

SYNONYMS = (
    frozenset({"company", "firm", "business", "enterprise", "corporation"}),
    frozenset({"start-up", "startup"}),
    frozenset({"alliance", "consortium", "coalition", "group", "grouping", "body", "club", "bloc"}),
    frozenset({"association", "society", "council", "union", "federation", "chamber", "body", "organisation", "group"}),
    frozenset({"organisation", "organization"}),
    frozenset({"centre", "center"}),
    frozenset({"programme", "program"}),
    frozenset({"fund", "vehicle"}),
    frozenset({"network", "chain", "ledger", "blockchain"}),
    frozenset({"bank", "lender"}),
    frozenset({"plan", "blueprint", "scheme", "roadmap"}),
    frozenset({"plant", "factory", "site"}),
    frozenset({"school", "university", "college", "institution"}),
    frozenset({"forum", "conference", "summit", "meeting", "event"}),
    frozenset({"app", "application"}),
    frozenset({"trial", "pilot", "test", "experiment"}),
    frozenset({"carmaker", "automaker"}),
    frozenset({"law", "act", "bill", "regulation", "rules"}),
)
"""Nouns that may take each other up: "the consortium" for what was called an alliance."""


@functools.cache
def genders() -> Mapping[str, str]:
    """Given names of one gender, lower-case, with "m" or "f"; from `given_names.tsv`."""
    table = {}
    for line in files(__package__).joinpath("given_names.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            gender, names = line.split("\t")
            table.update(dict.fromkeys(names.lower().split(), gender))
    return table


@functools.cache
def related(noun: str) -> frozenset[str]:
    """The noun and those that take it up."""
    return frozenset({noun}).union(*(group for group in SYNONYMS if noun in group))
