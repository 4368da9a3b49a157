"""The words of a document as plain objects.

spaCy makes a Python object anew each time that a token is asked for, and looks up each of its attributes; the rules of
coreference ask for each token a hundred times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

NOUNS = frozenset({"NOUN", "PROPN"})


@dataclass(slots=True, eq=False)
class Word:
    """A token with its place in the tree; `lower` and `lemma` are lower-case, `spaced` where white space follows.

    `children` are in the order of the text; `left_edge` and `right_edge` are the first and the last token below it.
    `head` is the word itself at a root.
    """

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    dep: str
    spaced: bool
    plural: bool
    is_alpha: bool
    is_punct: bool
    left_edge: int
    right_edge: int
    head: Word = field(init=False, repr=False)
    children: list[Word] = field(default_factory=list, repr=False)

    @property
    def lefts(self) -> list[Word]:
        """The children before the word."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Word]:
        """The children behind the word."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above it, the nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it, a branch at a time, from left to right."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    def is_ancestor(self, other: Word) -> bool:
        """Whether the word stands above another."""
        return any(word is self for word in other.ancestors)


class Words(list[Word]):
    """The words of a parsed document, with its text, where each word begins in it, and the number of its sentence."""

    def __init__(self, doc: Doc) -> None:
        super().__init__(_word(token) for token in doc)
        self.doc = doc
        self.text: str = doc.text
        self.starts: list[int] = [token.idx for token in doc]
        self.sentences: list[int] = [n for n, sentence in enumerate(doc.sents) for _ in range(len(sentence))]
        for word, token in zip(self, doc, strict=True):
            word.head = self[token.head.i]
            if word.head is not word:
                word.head.children.append(word)

    def between(self, start: int, end: int) -> str:
        """The text of a run of words, half-open."""
        return self.text[self.starts[start] : self.end_of(end - 1)]

    def end_of(self, word: int) -> int:
        """The code point behind a word."""
        return self.starts[word] + len(self[word].text)

    def root(self, start: int, end: int) -> int:
        """The word of a run on which the others depend."""
        return start if end == start + 1 else self.doc[start:end].root.i


def is_plural(token: Token) -> bool:
    """Whether a noun stands in the plural."""
    number = token.morph.get("Number", [])
    return "Plur" in number if number else token.tag_ in {"NNS", "NNPS"}


def _word(token: Token) -> Word:
    text, pos = token.text, token.pos_
    return Word(
        token.i, text, token.lower_, token.lemma_.lower(), pos, token.dep_, bool(token.whitespace_),
        pos in NOUNS and is_plural(token), text.isalpha(), token.is_punct, token.left_edge.i, token.right_edge.i,
    )  # fmt: skip
