"""The ontology's examples as tests: every example extracts itself, no counterexample does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.compiling import compile_frames, stating
from kg.extract.examples import AMID, READINGS, reworded
from kg.extract.frames import ExampleFailure
from kg.extract.names import Lexicon
from kg.extract.predication import Truth
from kg.extract.sentences import read_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.examples import Reading
    from kg.extract.frames import FrameSet
    from kg.ontology.schema import Example, Ontology, Property

_Pair = tuple["Property", "Example"]


def check_examples(ontology: Ontology, nlp: Language) -> list[ExampleFailure]:
    """The example lines that do not extract themselves and the counterexamples that do, in the order of the ontology.

    A line with alternatives passes if one of its sentences does. Sentences are read as when frames are compiled: with
    their own names, then with others, so that a name the parser stumbles over is no fault of the ontology.
    """
    frames, lexicon = compile_frames(ontology, nlp), Lexicon(ontology)
    unread = {(f.property, f.text): f.reason for f in frames.failures}
    pairs = [(p, e) for p in ontology.properties.values() for e in p.examples]
    passed: set[tuple[str, str]] = set()
    for reading in READINGS:
        left = [(p, e) for p, e in pairs if (p.name, e.source) not in passed]
        found = _read(frames, lexicon, nlp, left, reading, Truth.FORMER)
        passed |= {(p.name, e.source) for (p, e), states in found if states}
    failures: dict[tuple[str, str], ExampleFailure] = {}
    for prop, example in pairs:
        if (prop.name, example.source) not in passed:
            reason = unread.get((prop.name, example.text), "the sentence does not state its own fact")
            failures.setdefault((prop.name, example.source), ExampleFailure(prop.name, example.text, reason))
    wrong = [(p, e) for p in ontology.properties.values() for e in p.counterexamples]
    for reading in (*READINGS[:2], AMID):
        wrong = [pair for pair, states in _read(frames, lexicon, nlp, wrong, reading, Truth.PLANNED) if states]
    return [
        *failures.values(),
        *(ExampleFailure(p.name, e.text, "a counterexample states the fact") for p, e in wrong),
    ]


def _read(
    frames: FrameSet, lexicon: Lexicon, nlp: Language, pairs: list[_Pair], reading: Reading, held: Truth
) -> Iterator[tuple[_Pair, bool]]:
    """Each pair with whether its sentence, read in this way, states the property between its marks."""
    examples = [reworded(example, reading) for _, example in pairs]
    docs = read_sentences(nlp, [example.text for example in examples], company=reading.company)
    for pair, example, doc in zip(pairs, examples, docs, strict=True):
        yield pair, _states(frames, lexicon, pair[0], example, doc, held)


def _states(frames: FrameSet, lexicon: Lexicon, prop: Property, example: Example, doc: Doc, held: Truth) -> bool:
    """Whether some frame of the property links the marked words, in this direction, as something that holds."""
    return next(stating(frames, prop, example, doc, lexicon, held), None) is not None
