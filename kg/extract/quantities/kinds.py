"""What a sum of money is: a fund, a round, a price; said by the nouns beside it or the verb that moves it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.lexicon.measures import MONEY_NOUNS, MONEY_VERBS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Token

    from kg.extract.quantities.quantity import Quantity

_UNDER_MANAGEMENT = re.compile(r"\s+(?:(?:in|of)\s+)?(?:(?:client\s+)?assets\s+)?under\s+management\b", re.IGNORECASE)
_CARRIERS = frozenset("worth total totaling totalling amount value valued".split())
"""Words between a noun and its sum: "a fund worth 2 billion yuan"."""

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
    for token in _around(root):
        found = (hint(token) if hint else None) or _said_by(token)
        if found:
            return found
    return None


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
    if token.pos_ == "NOUN" and token.lemma_.lower() in MONEY_NOUNS:
        modifiers = [
            left.i for left in token.lefts if left.dep_ in {"compound", "amod", "flat"} and left.text.isalpha()
        ]
        first = token.i
        while first - 1 in modifiers or (
            first - 1 > 0 and first - 2 in modifiers and token.doc[first - 1].dep_ == "flat"
        ):
            first -= 1
        return token.doc[first : token.i + 1].text
    return MONEY_VERBS.get(token.lemma_.lower()) if token.pos_ == "VERB" else None
