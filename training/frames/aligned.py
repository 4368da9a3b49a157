"""A text with known facts as the frames see it: its candidates, each right or wrong where both ends are annotated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.analysis import analyse
from kg.extract.denotation import Denotation, Denoted
from kg.extract.facts import FactFinder
from kg.extract.relations.scene import make_scene
from training.corpus.markup import corpus_files, is_held_out, read_blocks
from training.relations.samples import alignment, annotated_scene, as_article, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.extract.analysis import Analysis
    from kg.extract.facts import Candidate
    from kg.extract.pipeline import Extractor
    from kg.ontology.schema import Ontology, Property
    from training.corpus.markup import Block

Pair = tuple[str, str]
"""Two annotated entities, subject and object, by their keys."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate of the frames, the annotated entities that it speaks of, and whether the text states it."""

    candidate: Candidate
    pair: Pair
    right: bool


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text that the frames have read: `who` is the annotated entity that each draft is."""

    block: Block
    known: Analysis
    finder: FactFinder
    who: dict[str, str]
    stated: dict[Pair, set[str]]

    def judged(self) -> Iterator[Judged]:
        """Give the candidates between annotated entities of classes that their properties admit."""
        for candidate in self.finder.candidates():
            if not isinstance(candidate.object, Denoted):
                continue
            subject, obj = self.who.get(candidate.subject.draft), self.who.get(candidate.object.draft)
            if subject is None or obj is None or not self.admits(candidate.property, (subject, obj)):
                continue
            said = self.stated.get((subject, obj), set())
            yield Judged(candidate, (subject, obj), candidate.property.name in said)

    def admits(self, prop: Property, pair: Pair) -> bool:
        """Tell whether a property may hold between two annotated entities, by their classes."""
        ontology = self.finder.ontology
        subject, obj = (self.block.classes[key] for key in pair)
        return ontology.fits(subject, prop.domain) and ontology.fits(obj, prop.range)

    def sentence(self, node: int) -> str:
        """The words of the sentence of a node."""
        span = self.finder.sentence(node)
        return self.known.doc.text[span.start : span.end]


def aligned(block: Block, extractor: Extractor) -> Aligned:
    """Read a text by grammar alone and find the annotated entities among its drafts."""
    text, offsets = spaced(block)
    known = analyse(as_article(block, text), extractor.nlp(text), extractor.ontology, extractor.taught.lexicon)
    posts = extractor.taught.frames.post_nouns
    scene = make_scene(known, posts)
    annotated, _ = annotated_scene(block, offsets, known.doc, scene)
    who = {scene.things[i].key: key for i, key in alignment(annotated, scene).items()}
    finder = FactFinder(known, extractor.taught.frames, Denotation(known, posts), extractor.taught.verbs)
    return Aligned(block, known, finder, who, _stated(block, extractor.ontology))


def _stated(block: Block, ontology: Ontology) -> dict[Pair, set[str]]:
    stated: dict[Pair, set[str]] = defaultdict(set)
    for statement in block.facts:
        for name in statement.properties:
            stated[statement.subject, statement.value].add(name)
            if ontology.properties[name].symmetric:
                stated[statement.value, statement.subject].add(name)
    return stated


def texts(files: Sequence[Path], extractor: Extractor) -> Iterator[Aligned]:
    """Read the texts to train on of some files, all of the corpus if none is named; none of those held out."""
    for block in _blocks(files or corpus_files()):
        if not is_held_out(block.ident):
            yield aligned(block, extractor)


def _blocks(files: Iterable[Path]) -> Iterator[Block]:
    for path in files:
        yield from read_blocks(path.read_text(encoding="utf-8"))
