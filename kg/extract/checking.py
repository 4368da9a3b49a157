"""The ontology's examples as tests: every example extracts itself, no counterexample does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.frames import (
    STAND_INS,
    ExampleFailure,
    compile_frames,
    marked_tree,
    matches,
    read_sentences,
    with_names,
)
from kg.extract.grammar import predications
from kg.extract.names import Lexicon
from kg.extract.predication import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.frames import FrameSet
    from kg.ontology.schema import Example, Ontology, Property

_Pair = tuple["Property", "Example"]


def check_examples(ontology: Ontology, nlp: Language) -> list[ExampleFailure]:
    """The examples that do not extract themselves and the counterexamples that do, in the order of the ontology."""
    frames, lexicon = compile_frames(ontology, nlp), Lexicon(ontology)
    unread = {(f.property, f.text) for f in frames.failures}
    failures = list(frames.failures)
    pairs = [(p, e) for p in ontology.properties.values() for e in p.examples if (p.name, e.text) not in unread]
    for names in STAND_INS:
        # as when frames are compiled: an example may be read with other names than its own
        pairs = [pair for pair, states in _read(frames, lexicon, nlp, pairs, names) if not states]
    failures += [ExampleFailure(p.name, e.text, "the sentence does not state its own fact") for p, e in pairs]
    against = [(p, e) for p in ontology.properties.values() for e in p.counterexamples]
    stating = [pair for pair, states in _read(frames, lexicon, nlp, against, STAND_INS[0]) if states]
    return failures + [ExampleFailure(p.name, e.text, "a counterexample states the fact") for p, e in stating]


def _read(
    frames: FrameSet, lexicon: Lexicon, nlp: Language, pairs: list[_Pair], names: tuple[str, str]
) -> Iterator[tuple[_Pair, bool]]:
    """Each pair with whether its sentence, read with these names, states the property between its marks."""
    examples = [with_names(example, names) for _, example in pairs]
    docs = read_sentences(nlp, [example.text for example in examples])
    for pair, example, doc in zip(pairs, examples, docs, strict=True):
        yield pair, _states(frames, lexicon, pair[0], example, doc)


def _states(frames: FrameSet, lexicon: Lexicon, prop: Property, example: Example, doc: Doc) -> bool:
    """Whether some frame of the property links the marked words, in this direction, as something that holds."""
    tree, ends = marked_tree(doc, prop, example, lexicon)
    subject, other = ends.get("subject"), ends.get("object", ends.get("value"))
    for predication in predications(tree):
        if predication.truth > Truth.FORMER:
            continue
        for match in matches(frames, tree, predication):
            pair = (match.subject.node, match.object.node)
            wanted = {(subject, other), (other, subject)} if prop.symmetric else {(subject, other)}
            if match.frame.property == prop.name and pair in wanted:
                return True
    return False
