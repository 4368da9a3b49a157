"""Which words an extraction asks the examples for, so that it can be kept as long as these say the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeVar, overload

from kg.cache.grounds import EVERYTHING, Answers
from kg.extract.frame_cache import row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.frames import Frame
    from kg.extract.pipeline import Extractor

_Default = TypeVar("_Default")
_DIGEST: Final = 16
"""Hexadecimal digits that stand for the frames of a word."""


class AskedFrames(Mapping[str, "tuple[Frame, ...]"]):
    """Frames by the lemma of their predicate; `asked` are the lemmas looked up since it was last emptied."""

    def __init__(self, by_lemma: Mapping[str, tuple[Frame, ...]]) -> None:
        self._by_lemma = by_lemma
        self.asked: set[str] = set()

    def __getitem__(self, lemma: str) -> tuple[Frame, ...]:
        self.asked.add(lemma)
        return self._by_lemma[lemma]

    @overload
    def get(self, lemma: str, /) -> tuple[Frame, ...] | None: ...

    @overload
    def get(self, lemma: str, /, default: tuple[Frame, ...] | _Default) -> tuple[Frame, ...] | _Default: ...

    def get(
        self, lemma: str, /, default: tuple[Frame, ...] | _Default | None = None
    ) -> tuple[Frame, ...] | _Default | None:
        """The frames of a lemma; that there are none is an answer too."""
        self.asked.add(lemma)
        return self._by_lemma.get(lemma, default)

    def __iter__(self) -> Iterator[str]:
        self.asked.add(EVERYTHING)
        return iter(self._by_lemma)

    def __len__(self) -> int:
        self.asked.add(EVERYTHING)
        return len(self._by_lemma)


def answers_of(extractor: Extractor) -> Answers:
    """What the examples answer to each word, and what the network has learnt of them for all articles.

    Which example is most like a pair is no part of it: explanations are as good as the ontology they were made with.
    """
    frames = extractor.taught.frames
    by_word = {lemma: _digest([row(each) for each in found]) for lemma, found in frames.by_lemma.items()}
    learnt = [(name, weights.tobytes().hex()) for name, weights in sorted(extractor.lessons.new.items())]
    return Answers(by_word, _digest(learnt))


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:_DIGEST]
