"""How well examples alone teach a property: `python -m training.relations.unseen MODEL SAMPLES ... --properties ...`.

MODEL was trained `--without` these properties. Their weights are made as for any property that is new to a model, from
so many of the ontology's examples against those of all others, and tried on the annotated things of texts held out.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.relations.lessons import Lessons, read_examples
from kg.extract.relations.network import RelationNetwork
from kg.extract.relations.properties import PropertyScorer
from kg.extract.relations.scene import KIND_OF_VALUE, KINDS
from kg.ontology import load_ontology
from kg.reading import load_reader
from training.corpus.markup import is_held_out
from training.relations.measure import scores
from training.relations.prepare import ONTOLOGY
from training.relations.storage import read_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.relations.samples import Sample

# Numbers of examples that are tried; the last stands for all there are.
COUNTS = (0, 5, 15, 1000)


def with_few(lessons: Lessons, name: str, count: int) -> Lessons:
    """Leave only the first examples of one property, those of all others as they are."""
    own = [i for i, p in enumerate(lessons.properties) if p == name]
    kept = [i for i in range(len(lessons.properties)) if i not in set(own[count:])]
    return replace(
        lessons,
        properties=tuple(lessons.properties[i] for i in kept),
        sentences=tuple(lessons.sentences[i] for i in kept),
        vectors=lessons.vectors[kept],
    )


def found(sample: Sample, network: RelationNetwork, scorer: PropertyScorer) -> set[tuple[int, int]]:
    """Give the pairs of things between which the scorer sees its property."""
    scene, pairs = sample.scene, sample.scene.pairs()
    if not len(pairs):
        return set()
    judged = network.judge(scene, pairs)
    kinds = np.array([KINDS.index(scene.things[j].kind) for j in pairs[:, 1]])
    return {
        (int(pairs[row, 0]), int(pairs[row, 1])) for row, *_ in scorer.facts(judged.vectors, judged.properties, kinds)
    }


def measured(
    texts: Iterable[Sample], name: str, network: RelationNetwork, weights: Mapping[str, np.ndarray], kind: str
) -> tuple[float, float, float]:
    """Give precision, recall and F1 of one property on texts."""
    scorer = PropertyScorer(network.properties, {name: kind}, weights, least=0.0)
    right = said = wanted = 0
    for text in texts:
        facts = {(f.subject, f.object) for f in text.facts if name in f.properties}
        pairs = found(text, network, scorer) if name in weights else set()
        right, said, wanted = right + len(facts & pairs), said + len(pairs), wanted + len(facts)
    return scores(right, right, said, wanted)


def compare(samples: Sequence[Path], network: RelationNetwork, names: Sequence[str]) -> None:
    """Print a row for each property, with each number of examples."""
    ontology = load_ontology(ONTOLOGY)
    lessons = read_examples(ontology, load_reader(), network)
    texts = [gold for gold, _ in read_texts(samples) if is_held_out(gold.ident)]
    for name in names:
        row = []
        for count in COUNTS:
            weights = with_few(lessons, name, count).weights(name)
            kind = KIND_OF_VALUE[ontology.properties[name].kind]
            known = {} if weights is None else {name: weights}
            row.append("P {:.2f} R {:.2f} F {:.2f}".format(*measured(texts, name, network, known, kind)))
        print(name, lessons.properties.count(name), *row, sep=" | ", flush=True)


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("samples", type=Path, nargs="+", help="what training.relations.prepare wrote")
    parser.add_argument("--properties", nargs="+", required=True)
    options = parser.parse_args()
    compare(options.samples, RelationNetwork(options.model), options.properties)


if __name__ == "__main__":
    main()
