"""Names and terms of our own making, with their inner trees, for `training.swap`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.documents import ROOT
from training.names import MAKERS

if TYPE_CHECKING:
    import random

_FIELDS = (
    "Blockchain Finance Trade Energy Data Logistics Shipping Industry Innovation Technology Development Payment "
    "Research Information Investment Health Education Securities Commerce Science Battery Quantum Maritime "
    "Agricultural Digital Smart"
).split()
_BODIES = (
    "Association Alliance Consortium Council Commission Bureau Institute University Center Centre Bank Group "
    "Corporation Federation Authority Administration Committee Agency Foundation Exchange Platform Network Fund "
    "Park Forum Society"
).split()
_HEADS_OF = (
    "Ministry Bank University Bureau Institute Department Chamber Academy Association Commission Port Office".split()
)
_AREAS = "City Province Municipal National Central Bay District Regional International Provincial East North".split()


@dataclass(frozen=True, slots=True)
class MadeName:
    """A name with its inner tree: `heads` count from 0 within the name, `top` is its head."""

    words: tuple[str, ...]
    upos: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    top: int


def make_name(rng: random.Random) -> MadeName:
    """Make an organisation, a person or a place, long ones more often than in any treebank."""
    draw = rng.random()
    if draw < 0.5:  # noqa: PLR2004  half of them chains of compounds
        return _chain(rng)
    if draw < 0.75:  # noqa: PLR2004  a quarter with "of"
        return _with_of(rng)
    if draw < 0.9:  # noqa: PLR2004  persons: the first name is the head, the rest lies flat
        return _flat(MAKERS["Person"](rng).split())
    return _compound(_place(rng))


def _place(rng: random.Random) -> list[str]:
    return MAKERS["City"](rng).split()


def _chain(rng: random.Random) -> MadeName:
    words = _place(rng) if rng.random() < 0.6 else MAKERS["Company"](rng).replace(",", "").split()[:2]  # noqa: PLR2004
    if rng.random() < 0.4:  # noqa: PLR2004
        words.append(rng.choice(_AREAS))
    words += rng.sample(_FIELDS, rng.randint(0, 3))
    if rng.random() < 0.1:  # noqa: PLR2004
        return _coordinated(rng, [*words, rng.choice(_BODIES)])
    return _compound([*words, rng.choice(_BODIES)])


def _compound(words: list[str]) -> MadeName:
    last = len(words) - 1
    return MadeName(tuple(words), ("PROPN",) * len(words), ("compound",) * last + ("",), (last,) * last + (ROOT,), last)


def _flat(words: list[str]) -> MadeName:
    rest = len(words) - 1
    return MadeName(tuple(words), ("PROPN",) * len(words), ("", *("flat",) * rest), (ROOT, *(0,) * rest), 0)


def _coordinated(rng: random.Random, words: list[str]) -> MadeName:
    """Make "Guangdong, Hong Kong and Macao Bay Alliance": three places, the first one holds the others."""
    first, second = _place(rng)[-1:], _place(rng)[-1:]
    row = [*first, ",", *second, "and", *words]
    last = len(row) - 1
    heads = [last, 2, 0, 4, 0, *(last,) * (len(row) - 6), ROOT]
    deps = ["compound", "punct", "conj", "cc", "conj", *("compound",) * (len(row) - 6), ""]
    upos = ["PROPN", "PUNCT", "PROPN", "CCONJ", *("PROPN",) * (len(row) - 4)]
    if len(row) < 6:  # noqa: PLR2004  too short to hold a third place and a head
        return _compound(words)
    return MadeName(tuple(row), tuple(upos), tuple(deps), tuple(heads), last)


def _with_of(rng: random.Random) -> MadeName:
    """Make "Bank of Ningbo", "Ministry of Industry and Information Technology"."""
    front = [*(_place(rng) if rng.random() < 0.3 else []), rng.choice(_HEADS_OF)]  # noqa: PLR2004
    top = len(front) - 1
    of_place = rng.random() < 0.5  # noqa: PLR2004
    tail = _place(rng) if of_place else rng.sample(_FIELDS, rng.randint(1, 2))
    article = of_place and rng.random() < 0.1  # noqa: PLR2004
    words = [*front, "of", *(["the"] if article else []), *tail]
    end = len(words) - 1
    heads = [*(top,) * top, ROOT, end, *([end] if article else []), *(end,) * (len(tail) - 1), top]
    deps = [*("compound",) * top, "", "case", *(["det"] if article else []), *("compound",) * (len(tail) - 1), "nmod"]
    upos = [*("PROPN",) * (top + 1), "ADP", *(["DET"] if article else []), *("PROPN",) * len(tail)]
    if not of_place and rng.random() < 0.5:  # noqa: PLR2004
        more = rng.choice(_FIELDS)
        words += ["and", more]
        heads += [end + 2, end]
        deps += ["cc", "conj"]
        upos += ["CCONJ", "PROPN"]
    return MadeName(tuple(words), tuple(upos), tuple(deps), tuple(heads), top)


# Terms of technology and trade, as adjectives or nouns before the last noun.
_TERM_ADJECTIVES = (
    "artificial digital autonomous renewable distributed additive synthetic predictive decentralised".split()
)
_TERM_NOUNS = (
    "machine cloud edge data speech image face voice quantum battery fuel sensor language graph network chip laser "
    "satellite gene plasma signal fraud risk identity payment container ledger hydrogen wafer drone supply crop"
).split()
_TERM_HEADS = (
    "learning computing recognition mining processing storage sensing encryption analytics printing sequencing sharing "
    "trading tracing modelling charging recycling imaging tracking intelligence technology software finance "
    "translation insurance logistics farming"
).split()
_SINGLE_TERMS = (
    "blockchain fintech biometrics robotics photonics telemedicine 5G AI IoT cryptography nanotechnology logistics "
    "healthcare education insurance tourism agriculture retail shipping"
).split()


def make_term(rng: random.Random) -> MadeName:
    """Make a term: one word, or a noun with nouns or an adjective before it ("face recognition", "digital finance")."""
    draw = rng.random()
    if draw < 0.25:  # noqa: PLR2004  a quarter of one word
        return _term([rng.choice(_SINGLE_TERMS)], 0)
    words = rng.sample(_TERM_NOUNS, 2 if draw > 0.85 else 1)  # noqa: PLR2004
    adjectives = [rng.choice(_TERM_ADJECTIVES)] if rng.random() < 0.35 else []  # noqa: PLR2004
    if adjectives and rng.random() < 0.5:  # noqa: PLR2004  half of these without a noun between
        words = []
    return _term([*adjectives, *words, rng.choice(_TERM_HEADS)], len(adjectives))


def _term(words: list[str], adjectives: int) -> MadeName:
    last = len(words) - 1
    upos = ("ADJ",) * adjectives + ("NOUN",) * (last + 1 - adjectives)
    deps = ("amod",) * adjectives + ("compound",) * (last - adjectives) + ("",)
    return MadeName(tuple(words), upos, deps, (last,) * last + (ROOT,), last)
