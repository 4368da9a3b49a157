"""The ontology's example sentences as samples: each says of its marked pair what it teaches, and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.relations.lessons import marked_scene
from kg.extract.relations.scene import KIND_OF_VALUE
from training.corpus.markup import is_held_out
from training.relations.samples import UNKNOWN, Label, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

    from kg.ontology.schema import Example, Ontology, Property
    from training.relations.storage import Twice


def taught(ontology: Ontology, nlp: Language) -> Iterator[Twice]:
    """Give every wording of every example, and of every counterexample, which states nothing.

    What the corpus is held out for is measured on the corpus alone: a tenth of the sentences is left out.
    """
    for name, prop in sorted(ontology.properties.items()):
        for kind, examples in (("example", prop.examples), ("counterexample", prop.counterexamples)):
            for number, example in enumerate(examples):
                ident = f"{kind} {name} {number}"
                sample = None if is_held_out(ident) else _sample(ident, prop, example, nlp, stated=kind == "example")
                if sample is not None:
                    yield sample, sample


def _sample(ident: str, prop: Property, example: Example, nlp: Language, *, stated: bool) -> Sample | None:
    scene = marked_scene(nlp(example.text), example, KIND_OF_VALUE[prop.kind])
    if scene is None:
        return None
    pairs = [(0, 1), (1, 0)] if prop.symmetric else [(0, 1)]
    facts = [Label(*pair, (prop.name,), UNKNOWN) for pair in pairs] if stated else []
    return Sample(ident, scene, [None, None], facts, [])
