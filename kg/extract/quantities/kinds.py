"""What a sum of money is: a fund, a round, a price; said by the nouns beside it or the verb that moves it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.lexicon.measures import MONEY_NOUNS, MONEY_VERBS, NOUN_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Token

    from kg.extract.quantities.quantity import Quantity

_UNDER_MANAGEMENT = re.compile(r"\s+(?:(?:in|of)\s+)?(?:(?:client\s+)?assets\s+)?under\s+management\b", re.IGNORECASE)
_CARRIERS = frozenset("worth total totaling totalling amount value valued".split())
"""Words between a noun and its sum: "a fund worth 2 billion yuan"."""

NOUN_REACH = 3
"""Words behind a sum within which its noun stands."""

ANCESTORS = 3
"""How many words above the sum may say what it is; beyond, they speak of something else."""


def money_kind(doc: Doc, quantity: Quantity, hint: Callable[[Token], str | None] | None = None) -> str | None:
    """What the sum is, as the text says ("Series B round") or as its verb implies ("acquisition price").

    `hint` is asked first, of the words around the sum, nearest first; it may know more nouns and verbs.
    """
    if _UNDER_MANAGEMENT.match(doc.text, quantity.end_char):
        return "assets under management"
    if not doc.has_annotation("DEP"):
        return None
    root = doc[quantity.start : quantity.end].root
    for token in (*_right_behind(doc, quantity.end), *_around(root)):
        found = (hint(token) if hint else None) or _said_by(token)
        if found:
            return found
    return None


def _right_behind(doc: Doc, end: int) -> Iterator[Token]:
    """The noun that the sum stands before, whatever the parser made of the figures: "a $55m seed round"."""
    for token in doc[end : end + NOUN_REACH]:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return
        yield token


def _around(root: Token) -> Iterator[Token]:
    """The words that may name the sum: its "in" phrase, then what stands above it."""
    for child in root.rights:
        if child.dep_ in {"nmod", "obl"} and any(case.lower_ in {"in", "of", "for"} for case in child.lefts):
            yield child
    token = root
    for _ in range(ANCESTORS):
        if token.head == token:
            return
        token = token.head
        yield token
        if token.pos_ == "VERB" and token.lemma_.lower() not in _CARRIERS:
            return


def _said_by(token: Token) -> str | None:
    lemma = token.lemma_.lower()
    if token.pos_ in {"NOUN", "PROPN"} and lemma in MONEY_NOUNS:
        return NOUN_KINDS.get(lemma) or _phrase(token)
    if token.pos_ != "VERB":
        return None
    particles = [f"{lemma}_{child.lower_}" for child in token.children if child.dep_ in {"compound:prt", "advmod"}]
    return next((MONEY_VERBS[verb] for verb in (*particles, lemma) if verb in MONEY_VERBS), None)


def _phrase(token: Token) -> str:
    """The noun with the words before it that say more: "Series B round"."""
    modifiers = [left.i for left in token.lefts if left.dep_ in {"compound", "amod", "flat"} and left.text.isalpha()]
    first = token.i
    while first - 1 in modifiers:
        first -= 1
    return token.doc[first : token.i + 1].text
