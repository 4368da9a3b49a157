"""Read all texts with known facts and write them as samples: `python -m training.relations.prepare --out FILE`.

With `--renamed SEED` the texts to train on are told of other things (`training.corpus.renaming`), none of those held
out is among them, nor the ontology's examples: one more file for the training beside that of the texts as they are.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract import Extractor
from kg.ontology import load_ontology
from kg.reading import load_reader
from training.corpus.markup import corpus_files, is_held_out, read_blocks
from training.corpus.renaming import inventory, renamed
from training.relations.samples import samples
from training.relations.storage import Twice, write_texts
from training.relations.taught import taught

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.corpus.markup import Block

ONTOLOGY = Path("ontology")
"""The ontology whose names and examples the pipeline knows, in the repository."""
REPORT_EVERY = 500
"""Texts between two words on how far it is."""


def prepare(blocks: Iterable[Block], extractor: Extractor) -> list[Twice]:
    """Read every text, and say how far it is."""
    made = list[Twice]()
    for block in blocks:
        made.append(samples(block, extractor))
        if len(made) % REPORT_EVERY == 0:
            print(block.ident, len(made), file=sys.stderr, flush=True)
    return made


def told_of_others(blocks: Iterable[Block], seed: int) -> list[Block]:
    """Give the texts to train on with other names, all drawn from texts to train on."""
    known = [block for block in blocks if not is_held_out(block.ident)]
    names = inventory(known)
    return [renamed(block, names, random.Random(f"{seed}/{block.ident}")) for block in known]


def main() -> None:
    """Read the command line and write the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--renamed", type=int, metavar="SEED", help="tell the texts of other things")
    parser.add_argument("files", nargs="*", type=Path, help="default: the corpus and the ontology's examples")
    options = parser.parse_args()
    extractor = Extractor(load_ontology(ONTOLOGY), load_reader())
    files = options.files or corpus_files()
    blocks = [block for path in files for block in read_blocks(path.read_text(encoding="utf-8"))]
    examples = list[Twice]()
    if options.renamed is not None:
        blocks = told_of_others(blocks, options.renamed)
    elif not options.files:
        examples += taught(extractor.ontology, extractor.nlp)
    write_texts(options.out, examples + prepare(blocks, extractor))


if __name__ == "__main__":
    main()
