"""Long names of our own making put into treebank sentences, with their inner trees.

Treebanks hold few names of five words ("Guangzhou City Blockchain Industry Association"), news is full of them. A run
of proper nouns that is one branch of the tree gives way to a made-up name whose tags and heads are known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.reading.features import GAP_BLANK, GAP_NONE
from kg.reading.labels import NAME_TYPES
from training.documents import ROOT, Document, Parse
from training.names import MAKERS
from training.schemes import NO_NAME

if TYPE_CHECKING:
    import random

# Of the runs that can give way, so many do; the rest keep the text that annotators saw.
SWAP_SHARE = 0.3
MAX_RUN = 4

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


def swapped(document: Document, rng: random.Random, share: float = SWAP_SHARE) -> Document:
    """The document with some runs of proper nouns replaced; documents without trees come back as they are."""
    parse = document.parse
    if parse is None:
        return document
    runs = [run for run in _runs(document, parse) if rng.random() < share]
    if not runs:
        return document
    return _rebuilt(document, parse, {start: (end, top, make_name(rng)) for start, end, top in runs})


def _runs(document: Document, parse: Parse) -> list[tuple[int, int, int]]:
    """Runs of proper nouns that are one branch (start, end, top), free of names whose type is annotated."""
    annotated = {i for a, b, _ in document.names or [] for i in range(a, b)}
    outside: dict[int, set[int]] = {}
    for i, head in enumerate(parse.heads):
        outside.setdefault(head, set()).add(i)
    found, start = [], 0
    units = set(document.units)
    while start < len(document.words):
        end = start
        while (
            end < len(document.words)
            and parse.upos[end] == "PROPN"
            and not (end > start and document.starts[end] == 1)
            and not (end > start and end in units)
        ):
            end += 1
        run = range(start, end)
        tops = [i for i in run if parse.heads[i] not in run]
        closed = all(outside.get(i, set()) <= set(run) for i in run if i not in tops)
        if (
            0 < len(run) <= MAX_RUN
            and len(tops) == 1
            and closed
            and not annotated.intersection(run)
            and parse.heads[tops[0]] >= ROOT
        ):
            found.append((start, end, tops[0]))
        start = max(end, start + 1)
    return found


def _with_made(
    names: list[tuple[int, int, list[int]]], place: dict[int, int], made: list[tuple[int, int, MadeName]]
) -> list[tuple[int, int, list[int]]]:
    """Move the annotated names along; a made-up one is a name of any type or, as what it replaced, none."""
    moved = [(place[a], place[b - 1] + 1, types) for a, b, types in names]
    return sorted([*moved, *((a, b, [NO_NAME, *range(len(NAME_TYPES))]) for a, b, _ in made)])


def _rebuilt(document: Document, parse: Parse, swaps: dict[int, tuple[int, int, MadeName]]) -> Document:
    """Copy the document word by word with the swaps made, all indices moved along."""
    place: dict[int, int] = {}
    rows: list[tuple[str, int, int, str, str, str, str, int, str]] = []
    made: list[tuple[int, int, MadeName]] = []
    i = 0
    while i < len(document.words):
        swap = swaps.get(i)
        if swap is None:
            place[i] = len(rows)
            rows.append((document.words[i], document.gaps[i], document.starts[i], parse.upos[i], parse.xpos[i],
                         parse.feats[i], parse.lemmas[i], parse.heads[i], parse.deps[i]))  # fmt: skip
            i += 1
            continue
        end, top, name = swap
        base = len(rows)
        for k in range(i, end):
            place[k] = base + name.top
        for k, word in enumerate(name.words):
            gap = document.gaps[i] if k == 0 else GAP_NONE if word == "," else GAP_BLANK
            proper = name.upos[k] == "PROPN"
            xpos = {"PROPN": "NNP", "ADP": "IN", "CCONJ": "CC", "PUNCT": ",", "DET": "DT"}[name.upos[k]]
            feats = "Number=Sing" if proper else "Definite=Def|PronType=Art" if word == "the" else "_"
            head, dep = (parse.heads[top], parse.deps[top]) if k == name.top else (0, name.deps[k])
            rows.append((word, gap, document.starts[i] if k == 0 else 0, name.upos[k], xpos, feats, word, head, dep))
        made.append((base, base + len(name.words), name))
        i = end
    place[len(document.words)] = len(rows)
    heads = [row[7] if row[7] < 0 else place[row[7]] for row in rows]
    for base, stop, name in made:
        for k in range(stop - base):
            if k != name.top:
                heads[base + k] = base + name.heads[k]
    columns = list(zip(*rows, strict=True))
    return replace(
        document,
        words=list(columns[0]), gaps=list(columns[1]), starts=list(columns[2]),
        units=[place[u] if u not in swaps else place[u] - swaps[u][2].top for u in document.units],
        names=None if document.names is None else _with_made(document.names, place, made),
        parse=Parse(list(columns[3]), list(columns[4]), list(columns[5]), list(columns[6]), heads, list(columns[8])),
    )  # fmt: skip
