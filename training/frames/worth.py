"""Say what each example of the ontology finds in the corpus, right and wrong: `python -m training.frames.worth`.

An example that is wrong more often than right is too loose for its words, read askew, or says another property. Texts
that are held out are not read, so that the figures of the calibration stay honest.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract import Extractor
from kg.ontology import load_ontology
from kg.reading import load_reader
from training.frames.aligned import texts
from training.relations.prepare import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.frames.aligned import Aligned, Judged

# Sentences that are kept to show what went wrong.
_SHOWN = 3


@dataclass(slots=True)
class Worth:
    """How often what an example found was right, and wrong, and some sentences where it was wrong."""

    right: int = 0
    wrong: int = 0
    astray: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what it found that is right."""
        return self.right / (self.right + self.wrong)


def worths(read: Iterable[Aligned]) -> dict[tuple[str, str], Worth]:
    """Count for each property and example what it finds between annotated entities; each pair of a text once."""
    found: dict[tuple[str, str], Worth] = defaultdict(Worth)
    for text in read:
        seen = set[tuple[str, str, tuple[str, str]]]()
        for judged in text.judged():
            example = judged.candidate.property.name, judged.candidate.match.frame.example
            if (*example, judged.pair) not in seen:
                seen.add((*example, judged.pair))
                _count(found[example], judged, text)
    return dict(found)


def _count(worth: Worth, judged: Judged, text: Aligned) -> None:
    worth.right += judged.right
    worth.wrong += not judged.right
    if not judged.right and len(worth.astray) < _SHOWN:
        said = text.sentence(judged.candidate.match.predication.node)
        worth.astray.append(f"{text.block.ident}: {said}")


def main() -> None:
    """Read the command line and print the examples that find too much, the worst first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="default: every .kg of the corpus")
    parser.add_argument("--least", type=int, default=5, help="findings below which nothing is said of an example")
    parser.add_argument("--below", type=float, default=0.4, help="precision below which an example is shown")
    options = parser.parse_args()
    extractor = Extractor(load_ontology(ONTOLOGY), load_reader())
    found = worths(texts(options.files, extractor))
    shown = [(k, w) for k, w in found.items() if w.right + w.wrong >= options.least and w.precision < options.below]
    for (name, example), worth in sorted(shown, key=lambda x: (x[1].precision, -x[1].wrong, x[0])):
        print(f"{name}: {example} {worth.right} right, {worth.wrong} wrong")
        for sentence in worth.astray:
            print(f"    {sentence}")


if __name__ == "__main__":
    main()
