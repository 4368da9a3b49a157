"""Re-DocRED as samples: `python -m training.relations.docred DATA --out FILE`; its last test documents are kept out."""

from __future__ import annotations

import argparse
import json
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from kg.extract.relations.scene import Place, Thing, ThingKind, numbered_words, scene_of
from kg.reading import load_reader
from training.relations.samples import Label, Sample
from training.relations.storage import write_foreign
from training.sources import DOCRED_HELD_OUT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.language import Language

FOLDER, SPLITS = "re-docred", ("dev.json", "test.json")
# Of the set's types of names, those that are no entities to us; all others are.
_KINDS: dict[str, ThingKind] = {"TIME": "date", "NUM": "count"}
_NO_SPACE_BEFORE = frozenset(".,;:!?)]'%’”") | {"'s", "’s", "n't"}
_NO_SPACE_AFTER = frozenset("([")
# Stands in for a thing none of whose mentions has words.
_NOWHERE = (Place(0, 1),)


def sample(record: Mapping[str, Any], nlp: Language) -> Sample:
    """Read one document of the set's JSON; its modalities, classes and references are unknown."""
    doc = _read([w for sent in record["sents"] for w in sent], nlp)
    number = numbered_words(doc)
    sentences = [k for k, sent in enumerate(record["sents"]) for _ in sent]
    bases = [0, *accumulate(map(len, record["sents"]))]
    things = tuple(_thing(str(k), mentions, bases, number) for k, mentions in enumerate(record["vertexSet"]))
    scene = scene_of(doc, number, sentences, things)
    facts = [Label(f["h"], f["t"], (f["r"],), 0) for f in record.get("labels", ())]
    return Sample(record["title"], scene, [""] * len(things), facts, [])


def _read(words: list[str], nlp: Language) -> Doc:
    following = [*words[1:], "."]
    spaces = [b not in _NO_SPACE_BEFORE and a not in _NO_SPACE_AFTER for a, b in zip(words, following, strict=True)]
    read: Doc = nlp.get_pipe("kg_reader")(Doc(nlp.vocab, words=words, spaces=spaces))
    return read


def _thing(key: str, mentions: Sequence[Mapping[str, Any]], bases: Sequence[int], number: Mapping[int, int]) -> Thing:
    """Give one entity of the set; `bases` are the first words of the sentences, `number` counts words but no space."""
    places = []
    for mention in mentions:
        base, (start, end) = bases[mention["sent_id"]], mention["pos"]
        first, last = number.get(base + start), number.get(base + end - 1)
        if first is not None and last is not None:
            places.append(Place(first, last + 1))
    return Thing(key, _KINDS.get(mentions[0]["type"], "entity"), tuple(places) or _NOWHERE)


def read_records(data: Path) -> list[dict[str, Any]]:
    """Read the documents of the set below a folder, without those that names are measured on."""
    dev, test = (json.loads((data / FOLDER / split).read_text(encoding="utf-8")) for split in SPLITS)
    records: list[dict[str, Any]] = [*dev, *test[:-DOCRED_HELD_OUT]]
    return records


def main() -> None:
    """Read the command line and write the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder that holds re-docred/")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    nlp = load_reader()
    made = [sample(record, nlp) for record in read_records(options.data)]
    properties = ("", *sorted({f.properties[0] for s in made for f in s.facts}))
    write_foreign(options.out, properties, made)
    print(len(made), "documents", len(properties) - 1, "relations")


if __name__ == "__main__":
    main()
