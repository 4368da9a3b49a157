"""Whether a date without a year lies back or ahead: told by the verb that it depends on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.dates.moments import Direction

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

AHEAD_AUXILIARIES = frozenset({"will", "shall", "'ll", "’ll", "would", "wo", "may", "might", "could", "should"})
AHEAD_WORDS = frozenset(
    [
        "plan",
        "expect",
        "schedule",
        "slate",
        "aim",
        "intend",
        "due",
        "set",
        "ready",
        "hope",
        "target",
        "forecast",
        "propose",
        "promise",
        "upcoming",
        "likely",
        "want",
        "anticipate",
        "bound",
    ]
)
"""Lemmas that put what depends on them into the future: "planned for May", "due in June"."""

AHEAD_TEXT = re.compile(
    r"\b(?:will|shall|(?:plan|aim|hope|intend|want)s?\s+to|(?:is|are)\s+to|to\s+be|expected|scheduled|planned|due|"
    r"slated|set\s+to|going\s+to|upcoming)\b|[’']ll\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?;]\s|\n")


def direction_at(doc: Doc, start_char: int, end_char: int) -> Direction:
    """Where the clause around the stretch looks: ahead after "will" and plans, else back.

    A verb in the present tense is a timetable or a headline ("opens on May 3"): then the nearest date is meant.
    """
    span = doc.char_span(start_char, end_char, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return _direction_in_text(doc.text, start_char)
    token = span.root
    for head in (token, *token.ancestors):
        found = _direction_of(head)
        if found is not None:
            return found
    return Direction.PAST


def _direction_in_text(text: str, start_char: int) -> Direction:
    clause = SENTENCE_END.split(text[:start_char])[-1]
    return Direction.AHEAD if AHEAD_TEXT.search(clause) else Direction.PAST


def _direction_of(head: Token) -> Direction | None:
    """What this word says of time, or None where the word above it has to say."""
    lemma = head.lemma_.lower() or head.lower_
    auxiliaries = [child for child in head.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    if lemma in AHEAD_WORDS or any(child.lower_ in AHEAD_AUXILIARIES for child in auxiliaries):
        return Direction.AHEAD
    if head.pos_ not in {"VERB", "AUX"} and not auxiliaries:
        return None
    finite = next((word for word in (*auxiliaries, head) if "Fin" in word.morph.get("VerbForm", [])), None)
    if finite is None:
        # "Google to open ... in May" is a headline's future; "decided to open in May" is settled by the verb above.
        infinitive = any(child.dep_ == "mark" and child.lower_ == "to" for child in head.children)
        return Direction.AHEAD if infinitive and head.head == head else None
    if "Past" in finite.morph.get("Tense", []):
        return Direction.PAST
    if finite.lemma_ == "be" and any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in head.children):
        return Direction.AHEAD
    # The perfect ("has opened", "has been opened") reports what is done.
    perfect = any(child.lemma_ == "have" for child in auxiliaries)
    return Direction.PAST if perfect else Direction.NEAREST
