"""The tools of a worker: reading model and extractor. Importing this imports spaCy and the runtime of the model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract import Extractor
from kg.extract.asked import AskedFrames, answers_of
from kg.extract.relations.network import RelationNetwork
from kg.reading.component import load_reader
from kg.reading.stored import dump_doc, load_doc

if TYPE_CHECKING:
    from kg.build.task import Setting
    from kg.cache import Answers
    from kg.model import Article, Extraction


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of a text; `reading` is how the model read it, encoded, where that was asked for and is new."""

    extraction: Extraction
    reading: bytes | None
    from_stored: bool


class Tools:
    """A loaded pipeline and an extractor."""

    def __init__(self, setting: Setting) -> None:
        """Load them. Raises ModelError where a model is missing or damaged."""
        self._nlp = load_reader(threads=1, pipeline=setting.reader)
        relations = RelationNetwork() if "relations" in setting.extractors else None
        extractor = Extractor(setting.ontology, self._nlp, relations, grammar="frames" in setting.extractors)
        self.answers: Answers = answers_of(extractor)
        frames = extractor.taught.frames
        self._asked = AskedFrames(frames.by_lemma)
        extractor.taught = replace(extractor.taught, frames=replace(frames, by_lemma=self._asked))
        self._extractor = extractor

    def asked(self) -> tuple[str, ...]:
        """The words that the examples were asked for since this was asked last, sorted."""
        words = tuple(sorted(self._asked.asked))
        self._asked.asked.clear()
        return words

    def extract(self, article: Article, stored: bytes | None, *, keep: bool) -> Extracted:
        """Extract from an article, from its stored reading where there is one that fits; `keep` a new one."""
        if stored is not None:
            try:
                doc = load_doc(stored, article.text, self._nlp.vocab)
            except ValueError:
                pass
            else:
                return Extracted(self._extractor.extract_doc(article, doc), None, from_stored=True)
        doc = self._nlp(article.text)
        reading = dump_doc(doc) if keep else None
        return Extracted(self._extractor.extract_doc(article, doc), reading, from_stored=False)
