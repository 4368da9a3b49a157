"""Long names, and terms, of our own making put into treebank sentences, with their inner trees.

Treebanks hold few names of five words ("Guangzhou City Blockchain Industry Association"), news is full of them. A run
of proper nouns that is one branch of the tree gives way to a made-up name whose tags and heads are known. They hold
few terms of technology, too, which the corpus marks as names without a tree: in the same way a bare noun gives way to
"face recognition", so that its words are known as nouns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.reading.features import GAP_BLANK, GAP_NONE
from kg.reading.labels import NAME_TYPES
from training.documents import ROOT, Document, Parse
from training.made_names import MadeName, make_name, make_term
from training.schemes import NO_NAME

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

# Of the runs that can give way, so many do; the rest keep the text that annotators saw.
SWAP_SHARE = 0.3
MAX_RUN = 4
# Of the bare nouns, so many give way to a term, by what they are. Bare ones are phrases behind a preposition more often
# than objects: with one share for all, "opened platform" was read as "opened on platform".
TERM_SHARES = {"obj": 0.4, "nsubj": 0.4, "conj": 0.2, "compound": 0.2, "nmod": 0.15, "obl": 0.1}
# What may depend on a noun that gives way: with an article or a number it is no term.
_BESIDE_TERMS = frozenset(("case", "cc", "conj", "punct", "appos", "mark"))
_XPOS = {"PROPN": "NNP", "NOUN": "NN", "ADJ": "JJ", "ADP": "IN", "CCONJ": "CC", "PUNCT": ",", "DET": "DT"}
_FEATS = {"PROPN": "Number=Sing", "NOUN": "Number=Sing", "ADJ": "Degree=Pos", "DET": "Definite=Def|PronType=Art"}


def swapped(
    document: Document,
    rng: random.Random,
    share: float = SWAP_SHARE,
    term_shares: Mapping[str, float] = TERM_SHARES,
) -> Document:
    """The document with some runs of nouns, proper or bare, replaced; documents without trees come back as they are."""
    parse = document.parse
    if parse is None:
        return document
    made = {a: (b, top, make_name(rng)) for a, b, top in _runs(document, parse, "PROPN") if rng.random() < share}
    for start, end, top in _runs(document, parse, "NOUN"):
        if _is_bare(parse, range(start, end), top) and rng.random() < term_shares.get(parse.deps[top], 0.0):
            made[start] = (end, top, make_term(rng))
    return _rebuilt(document, parse, made) if made else document


def _is_bare(parse: Parse, run: range, top: int) -> bool:
    """Tell whether a run of nouns stands where a term may: one thing without article, number or owner."""
    beside = {
        dep for i, (dep, head) in enumerate(zip(parse.deps, parse.heads, strict=True)) if head == top and i not in run
    }
    return parse.xpos[top] == "NN" and beside <= _BESIDE_TERMS


def _runs(document: Document, parse: Parse, upos: str) -> list[tuple[int, int, int]]:
    """Runs of words of one kind that are one branch (start, end, top), free of names whose type is annotated."""
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
            and parse.upos[end] == upos
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
            xpos, feats = _XPOS[name.upos[k]], _FEATS.get(name.upos[k], "_")
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
