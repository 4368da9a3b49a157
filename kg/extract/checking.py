"""The ontology's examples as tests: every example extracts itself, no counterexample does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.frames import ExampleFailure, compile_frames, marked_tree, matches, read_sentences
from kg.extract.grammar import predications
from kg.extract.names import Lexicon
from kg.extract.predication import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.frames import FrameSet
    from kg.ontology.schema import Example, Ontology, Property


def check_examples(ontology: Ontology, nlp: Language) -> list[ExampleFailure]:
    """The examples that do not extract themselves and the counterexamples that do, in the order of the ontology."""
    frames, lexicon = compile_frames(ontology, nlp), Lexicon(ontology)
    unread = {(f.property, f.text) for f in frames.failures}
    failures = list(frames.failures)
    for prop, example, doc in _read(ontology, nlp, counter=False):
        if (prop.name, example.text) not in unread and not _states(frames, lexicon, prop, example, doc):
            failures.append(ExampleFailure(prop.name, example.text, "the sentence does not state its own fact"))
    for prop, example, doc in _read(ontology, nlp, counter=True):
        if _states(frames, lexicon, prop, example, doc):
            failures.append(ExampleFailure(prop.name, example.text, "a counterexample states the fact"))
    return failures


def _read(ontology: Ontology, nlp: Language, *, counter: bool) -> Iterator[tuple[Property, Example, Doc]]:
    pairs = [(p, e) for p in ontology.properties.values() for e in (p.counterexamples if counter else p.examples)]
    for (prop, example), doc in zip(pairs, read_sentences(nlp, [e.text for _, e in pairs]), strict=True):
        yield prop, example, doc


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
