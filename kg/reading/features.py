"""What the reading model sees of a word: pieces, case shapes, and the white space before it.

Training and run time share this module, so that the two can never drift apart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# White space before a word.
GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH = range(4)
# Given to the second and later pieces of a word and to the special pieces.
GAP_INSIDE = 4
GAP_CODES = 5

# Case shapes of a word or of a piece of one.
(
    SHAPE_SYMBOL,
    SHAPE_LOWER,
    SHAPE_TITLE,
    SHAPE_UPPER,
    SHAPE_MIXED_UPPER,
    SHAPE_DIGITS,
    SHAPE_INITIAL,
    SHAPE_MIXED_LOWER,
    SHAPE_ALPHANUMERIC,
    SHAPE_SPECIAL,
) = range(10)
SHAPE_CODES = 10

# A word of more pieces (an address, a hash) keeps its first and last ones: a window stays bounded, and what such a
# word is shows at its ends.
MAX_HEAD_PIECES = 12
MAX_TAIL_PIECES = 4
# Characters of a word that are looked at: WordPiece gives up at 100 anyway.
MAX_WORD_CHARS = 400
# Distinct words whose pieces are remembered; about 30 MB when full.
CACHED_WORDS = 50_000


class Pieces(NamedTuple):
    """Vocabulary ids of a word's pieces and the case shape of each."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]


@lru_cache(maxsize=CACHED_WORDS)
def case_shape(text: str) -> int:
    """Give the case shape code of a word or of a part of one."""
    return _plain_shape(text) if text.isascii() and text.isalpha() else _shape(text)


def _plain_shape(text: str) -> int:
    """Give what `_shape` gives, sooner, for a word of nothing but the letters of ASCII."""
    if text.islower():
        return SHAPE_LOWER
    if text.isupper():
        return SHAPE_UPPER if len(text) > 1 else SHAPE_INITIAL
    if text[0].isupper():
        return SHAPE_TITLE if text[1:].islower() else SHAPE_MIXED_UPPER
    return SHAPE_MIXED_LOWER


def _shape(text: str) -> int:
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return SHAPE_DIGITS if any(c.isdigit() for c in text) else SHAPE_SYMBOL
    if any(c.isdigit() for c in text):
        return SHAPE_ALPHANUMERIC
    if all(not c.isupper() for c in letters):
        return SHAPE_LOWER
    if all(not c.islower() for c in letters):
        return SHAPE_UPPER if len(letters) > 1 else SHAPE_INITIAL
    if letters[0].isupper():
        return SHAPE_TITLE if all(not c.isupper() for c in letters[1:]) else SHAPE_MIXED_UPPER
    return SHAPE_MIXED_LOWER


def gap_code(white_space: str) -> int:
    """Give the code of the white space between two words: none, blank, line break or blank line."""
    if white_space in ("", " "):
        return GAP_BLANK if white_space else GAP_NONE
    breaks = white_space.count("\n") or white_space.count("\r") or white_space.count("\u2028")
    if breaks > 1 or "\u2029" in white_space:
        return GAP_PARAGRAPH
    return GAP_LINE if breaks else GAP_BLANK


class PieceTable:
    """Cut words into pieces, one word at a time and remembering the frequent ones."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take over the tokenizer; its padding and truncation are switched off."""
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self.start_id, self.end_id, self.unknown_id = (
            _special_id(tokenizer, special) for special in ("[CLS]", "[SEP]", "[UNK]")
        )
        self._cut = lru_cache(maxsize=CACHED_WORDS)(self._cut_word)

    def __call__(self, word: str) -> Pieces:
        """Give the pieces of a word: at least one, at most `MAX_HEAD_PIECES + MAX_TAIL_PIECES`."""
        return self._cut(word)

    def _cut_word(self, word: str) -> Pieces:
        if word.isascii() and word.isalpha() and (whole := self._tokenizer.token_to_id(word.lower())) is not None:
            # The longest piece is tried first, so a word of the vocabulary is one piece.
            return Pieces((whole,), (case_shape(word),))
        encoding = self._tokenizer.encode(word[:MAX_WORD_CHARS], add_special_tokens=False)
        ids, spans = list(encoding.ids), list(encoding.offsets)
        if not ids:
            return Pieces((self.unknown_id,), (SHAPE_SYMBOL,))
        if len(ids) > MAX_HEAD_PIECES + MAX_TAIL_PIECES:
            ids = ids[:MAX_HEAD_PIECES] + ids[-MAX_TAIL_PIECES:]
            spans = spans[:MAX_HEAD_PIECES] + spans[-MAX_TAIL_PIECES:]
        return Pieces(tuple(ids), tuple(case_shape(word[start:end]) for start, end in spans))


def _special_id(tokenizer: Tokenizer, special: str) -> int:
    number = tokenizer.token_to_id(special)
    if number is None:
        raise ModelError(f"the vocabulary of the reading model lacks {special}: it is of another model")
    return number
