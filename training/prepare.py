"""Bring the data sets into one form, ready to train on: `python -m training.prepare DATA --corpus DIR --out WORK`."""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading.tokens import blank_english
from training.documents import Document, write_documents
from training.retokenize import Tokenize, retokenize
from training.snippets import Snippet, is_held_out, name_pool, read_snippets, to_document, vary
from training.sources import DOCRED_HELD_OUT, read_columns, read_conllu, read_docred

if TYPE_CHECKING:
    from collections.abc import Iterable

TREEBANKS = ("ewt", "gum")
CROSSNER_DOMAINS = ("ai", "literature", "music", "politics", "science")
TRAINING_FILES = {
    "ewt": ("ewt/train.conllu",),
    "gum": ("gum/train.conllu",),
    "docred": ("re-docred/dev.json", "re-docred/test.json"),
    "uner": ("uner-ewt/dev.iob2",),
    "wikigold": ("wikigold/wikigold.txt",),
    "multiner": ("multiner/english.txt",),
    "crossner": tuple(f"crossner/{d}/{split}.txt" for d in CROSSNER_DOMAINS for split in ("train", "dev", "test")),
}
# A combination of morphological features must occur this often to become a class.
MIN_FEATS_COUNT = 3
# Varied copies of each snippet, beside the snippet itself.
CORPUS_VARIANTS = 11
SEED = 20


def english_tokens() -> Tokenize:
    """Give the run time's tokenizer as a function from a text to character spans."""
    nlp = blank_english()

    def tokenize(text: str) -> list[tuple[int, int]]:
        return [(t.idx, t.idx + len(t)) for t in nlp.make_doc(text) if not t.is_space]

    return tokenize


def read_training_sets(data: Path) -> dict[str, list[Document]]:
    """Read what is trained on: no test split, and not the last documents of Re-DocRED; sets not there are left out."""
    found = {
        name: [document for path in paths if (data / path).exists() for document in read_set(name, data / path)]
        for name, paths in TRAINING_FILES.items()
    }
    return {name: documents for name, documents in found.items() if documents}


def read_set(name: str, path: Path) -> list[Document]:
    """Read one file of a set."""
    if path.suffix == ".conllu":
        return read_conllu(path, name)
    if path.suffix == ".json":
        documents = read_docred(path)
        return documents[:-DOCRED_HELD_OUT] if path.name == "test.json" else documents
    if path.suffix == ".iob2":
        return read_columns(path, name, word_column=1, tag_column=2)
    return read_columns(path, name)


def count_labels(documents: Iterable[Document]) -> dict[str, list[str]]:
    """List the label inventories of the parsed documents, most frequent first."""
    counts: dict[str, Counter[str]] = {key: Counter() for key in ("upos", "xpos", "feats", "deps")}
    for document in documents:
        if document.parse:
            for key, counter in counts.items():
                counter.update(getattr(document.parse, key))
    floors = {"feats": MIN_FEATS_COUNT}
    return {
        key: [label for label, n in sorted(c.items(), key=lambda x: (-x[1], x[0])) if n >= floors.get(key, 1)]
        for key, c in counts.items()
    }


def lemma_counts(documents: Iterable[Document]) -> dict[str, dict[str, int]]:
    """Count lemmas by "form TAB UPOS TAB XPOS", forms and lemmas in lower case."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        parse = document.parse
        if parse:
            for word, upos, xpos, lemma in zip(document.words, parse.upos, parse.xpos, parse.lemmas, strict=True):
                counts[f"{word.lower()}\t{upos}\t{xpos}"][lemma.lower()] += 1
    return {key: dict(sorted(counter.items())) for key, counter in sorted(counts.items())}


def read_corpus(folders: Iterable[Path]) -> tuple[list[Snippet], list[Snippet]]:
    """Read every corpus file of the folders: snippets to train on, and the tenth held out."""
    snippets = [s for folder in folders for path in sorted(folder.glob("*.kg")) for s in read_snippets(path)]
    return [s for s in snippets if not is_held_out(s)], [s for s in snippets if is_held_out(s)]


def prepare(data: Path, corpora: list[Path], out: Path) -> None:
    """Write training documents, label inventories and lemma counts below `out`."""
    tokenize = english_tokens()
    sets = read_training_sets(data)
    parsed = [document for name in TREEBANKS for document in sets.get(name, [])]
    write_json(out / "vocabulary.json", count_labels(parsed))
    write_json(out / "lemmas.json", lemma_counts(parsed))
    for name in TREEBANKS:
        write_documents(out / f"train/{name}.raw.jsonl.gz", [retokenize(d, tokenize) for d in sets.get(name, [])])
    for name, documents in sets.items():
        write_documents(out / f"train/{name}.jsonl.gz", documents)
        print(f"{name}: {len(documents)} documents, {sum(len(d.words) for d in documents)} words")
    write_corpus(corpora, out, tokenize)


def write_corpus(corpora: list[Path], out: Path, tokenize: Tokenize) -> None:
    """Write the snippets and their variants, one file each."""
    train, held_out = read_corpus(corpora)
    pool = name_pool(train)
    rng = random.Random(SEED)
    write_documents(out / "train/corpus.jsonl.gz", [to_document(s, tokenize) for s in train])
    for k in range(CORPUS_VARIANTS):
        varied = [to_document(vary(s, pool, rng), tokenize) for s in train]
        write_documents(out / f"train/corpus.variant{k}.jsonl.gz", varied)
    print(f"corpus: {len(train)} snippets to train on, {len(held_out)} held out")


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON, keys in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and prepare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with ewt/, gum/, re-docred/, uner-ewt/, wikigold/, ...")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[], help="folders with annotated snippets (*.kg)")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    options = parser.parse_args()
    prepare(options.data, options.corpus, options.out)


if __name__ == "__main__":
    main()
