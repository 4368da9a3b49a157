"""Read all texts with known facts and write them as samples: `python -m training.relations.prepare --out FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract import Extractor
from kg.ontology import load_ontology
from kg.reading import load_reader
from training.corpus.markup import corpus_files, read_blocks
from training.relations.samples import samples
from training.relations.storage import Twice, write_texts
from training.relations.taught import taught

if TYPE_CHECKING:
    from collections.abc import Iterable

ONTOLOGY = Path("ontology")
"""The ontology whose names and examples the pipeline knows, in the repository."""


def prepare(files: Iterable[Path], extractor: Extractor) -> list[Twice]:
    """Read every text of files of the corpus, those held out among them, and say how far it is."""
    made = list[Twice]()
    for path in files:
        made += [samples(block, extractor) for block in read_blocks(path.read_text(encoding="utf-8"))]
        print(path.name, len(made), file=sys.stderr, flush=True)
    return made


def main() -> None:
    """Read the command line and write the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("files", nargs="*", type=Path, help="default: the corpus and the ontology's examples")
    options = parser.parse_args()
    extractor = Extractor(load_ontology(ONTOLOGY), load_reader())
    examples = [] if options.files else list(taught(extractor.ontology, extractor.nlp))
    write_texts(options.out, examples + prepare(options.files or corpus_files(), extractor))


if __name__ == "__main__":
    main()
