"""Trees built by hand: a word a line, `form lemma UPOS deprel head [feats]`; capitals joined by `_` are one node."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg.extract.grammar import predications
from kg.extract.tree import Tree, Unit, UnitKind

_VOCAB = spacy.blank("en").vocab
_VALUES: dict[str, UnitKind] = {"DATE": "date", "MONEY": "money", "NUM": "count"}
_TAGS = {"VERB": "VB", "NOUN": "NN", "PROPN": "NNP", "AUX": "MD"}


def tree_of(lines: str) -> Tree:
    """The contracted tree of one sentence; heads count from 1, 0 is the root."""
    rows = [line.split() for line in lines.strip().splitlines()]
    doc = Doc(
        _VOCAB,
        words=[r[0].replace("_", " ") for r in rows],
        lemmas=[r[1] for r in rows],
        pos=["NUM" if r[2] in _VALUES else r[2] for r in rows],
        tags=[_tag(r) for r in rows],
        deps=["ROOT" if r[4] == "0" else r[3] for r in rows],
        heads=[i if r[4] == "0" else int(r[4]) - 1 for i, r in enumerate(rows)],
        morphs=[r[5] if len(r) > 5 else "" for r in rows],
        sent_starts=[i == 0 for i in range(len(rows))],
    )
    units = [
        Unit(i, i + 1, _VALUES.get(r[2], "name"), str(i))
        for i, r in enumerate(rows)
        if r[2] == "PROPN" or r[2] in _VALUES
    ]
    return Tree(doc, units)


def _tag(row: list[str]) -> str:
    feats = row[5] if len(row) > 5 else ""
    if "VerbForm=Part" in feats:
        return "VBN" if "Tense=Past" in feats or "Voice=Pass" in feats else "VBG"
    return _TAGS.get(row[2], "")


def said(lines: str) -> dict[str, dict[str, list[str]]]:
    """Every predication as {lemma: {role: [words]}}; the truth stands under the role "truth"."""
    tree = tree_of(lines)
    result: dict[str, dict[str, list[str]]] = {}
    for predication in predications(tree):
        roles = result.setdefault(predication.lemma, {})
        for argument in predication.arguments:
            roles.setdefault(argument.role, []).append(tree.nodes[argument.node].text)
        roles["truth"] = [predication.truth.name]
    return result
