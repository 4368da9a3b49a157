"""Noise on the words and the white space of training windows: case, quotes, dashes, line breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.reading.features import GAP_BLANK, GAP_LINE, GAP_NONE, GAP_PARAGRAPH

if TYPE_CHECKING:
    import random

LOWER_SHARE, CAPITALS_SHARE, TITLE_SHARE = 0.03, 0.03, 0.03
SIGNS_SHARE = 0.25
HARD_WRAP_SHARE = 0.04
# At a paragraph of the source: still a blank line, or a line break, or a mere blank.
PARAGRAPH_KEPT, PARAGRAPH_AS_LINE = 0.75, 0.15
LINE_AS_PARAGRAPH = 0.6
# At any other sentence boundary: a blank line or a line break put in.
BREAK_PUT_IN = 0.06

_CURLY = {"'": "’", '"': "“", "``": "“", "''": "”", "-": "–", "...": "…", "'s": "’s", "n't": "n’t", "'re": "’re"}
_CURLY |= {"'ve": "’ve", "'ll": "’ll", "'m": "’m", "'d": "’d", "`": "‘"}
_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "``": '"', "''": '"', "–": "-", "—": "-", "’s": "'s", "n’t": "n't"}
_SMALL_WORDS = frozenset("a an the of to in on at by for with and or as from 's n't".split())


def noisy_words(words: list[str], rng: random.Random) -> list[str]:
    """Give the words in other case or with other signs, mostly as they are."""
    draw = rng.random()
    if draw < LOWER_SHARE:
        words = [w.lower() for w in words]
    elif draw < LOWER_SHARE + CAPITALS_SHARE:
        words = [w.upper() for w in words]
    elif draw < LOWER_SHARE + CAPITALS_SHARE + TITLE_SHARE:
        words = [w if w in _SMALL_WORDS else w[:1].upper() + w[1:] for w in words]
    if rng.random() < SIGNS_SHARE:
        table = rng.choice((_CURLY, _STRAIGHT))
        words = [table.get(w, w) for w in words]
    return words


def noisy_gaps(gaps: list[int], starts: list[int], rng: random.Random) -> list[int]:
    """Give the white space with paragraphs and line breaks moved about at sentence boundaries."""
    wrap_every = rng.randint(8, 16) if rng.random() < HARD_WRAP_SHARE else 0
    out = []
    for i, (gap, start) in enumerate(zip(gaps, starts, strict=True)):
        draw, new = rng.random(), gap
        if gap == GAP_PARAGRAPH:
            kept = draw < PARAGRAPH_KEPT
            new = GAP_PARAGRAPH if kept else GAP_LINE if draw < PARAGRAPH_KEPT + PARAGRAPH_AS_LINE else GAP_BLANK
        elif gap == GAP_LINE and start == 1:
            # Sources of one paragraph a line: articles come with blank lines between paragraphs more often.
            new = GAP_PARAGRAPH if draw < LINE_AS_PARAGRAPH else GAP_LINE
        elif start == 1 and i and draw < BREAK_PUT_IN and gap != GAP_NONE:
            new = GAP_PARAGRAPH if draw < BREAK_PUT_IN / 2 else GAP_LINE
        elif wrap_every and i % wrap_every == 0 and gap == GAP_BLANK:
            new = GAP_LINE
        out.append(new)
    return out
