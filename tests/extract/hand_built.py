"""Documents built by hand: every word with its tag, relation and head, so that no model is needed."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span

VOCAB = spacy.blank("en").vocab
"""Without it, words would have no lower-case form."""


def tree(text: str, *, ents: dict[str, str] | None = None) -> Doc:
    """A parsed document from lines of `word|POS|relation|head|features`, heads counted from 1 within their sentence.

    Sentences are parted by " // ". A word that begins with "~" follows the one before without a space. `ents` maps
    surfaces to labels.
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    morphs: list[str] = []
    for sentence in text.split(" // "):
        offset = len(words)
        for item in sentence.split():
            word, tag, dep, head, *features = item.split("|")
            if word.startswith("~") and spaces:
                spaces[-1] = False
                word = word[1:]
            words.append(word)
            spaces.append(True)
            tags.append(tag)
            deps.append(dep)
            heads.append(offset + int(head) - 1)
            morphs.append("|".join(features[0].split(",")) if features else "")
    doc = Doc(VOCAB, words, spaces, pos=tags, deps=deps, heads=heads, morphs=morphs, lemmas=[_lemma(w) for w in words])
    doc.set_ents([span for surface, label in (ents or {}).items() for span in _spans(doc, surface, label)])
    return doc


def _spans(doc: Doc, surface: str, label: str) -> list[Span]:
    found, start = [], doc.text.find(surface)
    while start >= 0:
        span = doc.char_span(start, start + len(surface), label=label)
        if span is not None:
            found.append(span)
        start = doc.text.find(surface, start + 1)
    return found


_IRREGULAR = {"companies": "company", "has": "have", "was": "be", "is": "be", "are": "be", "were": "be", "said": "say"}
_IRREGULAR |= {
    "founded": "found",
    "parties": "party",
    "cities": "city",
    "built": "build",
    "bought": "buy",
    "its": "its",
}
_IRREGULAR |= {"raised": "raise", "reached": "reach", "passed": "pass", "acquired": "acquire", "units": "unit"}
_IRREGULAR |= {"planned": "plan", "rose": "rise", "closed": "close", "called": "call", "joined": "join"}


def _lemma(word: str) -> str:
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    return lower.removesuffix("s") if len(lower) > 3 and not lower.endswith("ss") else lower
