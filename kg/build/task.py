"""One article from its text, or from its stored reading, to its encoded extraction: what a worker does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.build.limits import TooMuchTimeError, limited, seconds_for
from kg.build.parts import joined, parts_of
from kg.cache import Answers, Grounds, encode_extraction, encode_grounded

if TYPE_CHECKING:
    from kg.model import Article, Extraction
    from kg.ontology.schema import Ontology


@dataclass(frozen=True, slots=True)
class Setting:
    """What all tasks of a build share; `keeps` says whether readings are wanted back."""

    ontology: Ontology
    extractors: tuple[str, ...]
    reader: str | None
    keeps: bool


@dataclass(frozen=True, slots=True)
class Task:
    """An article to extract from. `keys` are those of its extraction, then of the readings of its parts, if kept.

    `readings` are the stored readings of its parts, None for those that are not kept; it may be shorter than the parts.
    """

    article: Article
    keys: tuple[bytes, ...] = ()
    readings: tuple[bytes | None, ...] = ()

    @property
    def size(self) -> int:
        """Code points: what time it takes grows with."""
        return len(self.article.text)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task: an encoded extraction, or why there is none, and what is worth keeping, by key.

    An extraction is kept with its grounds, a reading as it is.
    """

    article: str
    path: str
    extraction: bytes | None = None
    keep: tuple[tuple[bytes, bytes], ...] = ()
    refused: str | None = None
    read: bool = False


class Performer:
    """Reads and extracts, with the model and the compiled ontology at hand."""

    def __init__(self, setting: Setting) -> None:
        """Load what is needed. Raises ModelError where the reading model is missing or damaged."""
        # A parent that leaves the work to others, and a build that ends at its ontology, need not wait for spaCy.
        from kg.build.performing import Tools  # noqa: PLC0415

        self._setting = setting
        self._tools = Tools(setting)

    def answers(self) -> Answers:
        """What the ontology's examples answer."""
        return self._tools.answers

    def perform(self, task: Task) -> Done:
        """Do a task within the limits of an article."""
        article = task.article
        try:
            with limited(seconds_for(task.size)):
                return self._perform(task)
        except TooMuchTimeError:
            reason = f"takes more than {seconds_for(task.size):.0f} seconds to read; split it or leave it out"
        except MemoryError:
            reason = "takes more memory to read than an article may; split it or leave it out"
        return Done(article.id, article.path, refused=reason)

    def _perform(self, task: Task) -> Done:
        found: list[tuple[int, Extraction]] = []
        keep: list[tuple[bytes, bytes]] = []
        read = False
        self._tools.asked()  # what an article asked that was given up is none of this one's
        for i, (offset, part) in enumerate(parts_of(task.article)):
            stored = task.readings[i] if i < len(task.readings) else None
            done = self._tools.extract(part, stored, keep=self._setting.keeps)
            read = read or not done.from_stored
            if done.reading is not None:
                keep.append((task.keys[1 + i], done.reading))
            found.append((offset, done.extraction))
        extraction = encode_extraction(joined(task.article, found))
        if self._setting.keeps:
            asked = self._tools.asked()
            grounds = Grounds(self._setting.ontology.digest, asked, self._tools.answers.to(asked))
            keep.append((task.keys[0], encode_grounded(grounds, extraction)))
        return Done(task.article.id, task.article.path, extraction, tuple(keep), read=read)
