"""Measure a model on the test sets: `python -m training.evaluate DATA --corpus DIR --json`."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.reading.component import Reader, load_reader
from kg.reading.features import GAP_NONE, GAP_PARAGRAPH
from kg.reading.labels import NAME_TYPES
from training.documents import ROOT, Document
from training.prepare import english_tokens, read_corpus
from training.schemes import CORPUS_TYPES, NO_NAME, ORGANISATIONS, PLACES, THINGS
from training.scores import NameScores, ParseScores, Row, Span
from training.snippets import to_document
from training.sources import DOCRED_HELD_OUT, read_columns, read_conllu, read_docred

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from kg.reading.names import Name

TREEBANKS = ("ewt", "gum", "pud")

_COARSE = {
    **dict.fromkeys(ORGANISATIONS, "ORG"),
    **dict.fromkeys(PLACES, "LOC"),
    **dict.fromkeys(THINGS, "MISC"),
    "Person": "PER",
    "Date": "TIME",
    "Number": "NUM",
    "Sector": "",
}


def raw_text(document: Document) -> tuple[str, list[Span]]:
    """Give the text of a document with blank lines at paragraphs, and the character span of each word."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for word, gap in zip(document.words, document.gaps, strict=True):
        if gap != GAP_NONE and length:
            parts.append("\n\n" if gap == GAP_PARAGRAPH else " ")
            length += len(parts[-1])
        spans.append((length, length + len(word)))
        parts.append(word)
        length += len(word)
    return "".join(parts), spans


def gold_rows(document: Document, spans: list[Span]) -> list[Row]:
    """Give the annotation of a treebank document as rows."""
    parse = document.parse
    assert parse is not None
    return [
        Row(
            spans[i],
            parse.upos[i],
            parse.xpos[i],
            parse.feats[i],
            parse.lemmas[i],
            None if parse.heads[i] == ROOT else spans[parse.heads[i]],
            parse.deps[i],
        )
        for i in range(len(document.words))
    ]


def sentence_spans(starts: list[int], spans: list[Span]) -> set[Span]:
    """Give the character spans of sentences that start at the words marked 1."""
    firsts = [i for i, start in enumerate(starts) if start == 1]
    return {(spans[a][0], spans[b - 1][1]) for a, b in zip(firsts, [*firsts[1:], len(starts)], strict=True)}


def read_gold_tokens(reader: Reader, document: Document, spans: list[Span]) -> list[Row]:
    """Parse a document with its own words and sentences."""
    labels = reader.network.labels
    sentences, _ = reader.read(document.words, document.gaps, starts=document.starts)
    rows = []
    for sentence in sentences:
        for k, head in enumerate(sentence.heads):
            i = sentence.start + k
            upos, xpos = labels["upos"][sentence.upos[k]], labels["xpos"][sentence.xpos[k]]
            rows.append(
                Row(
                    spans[i],
                    upos,
                    xpos,
                    labels["feats"][sentence.feats[k]],
                    reader.lemma(document.words[i], upos, xpos),
                    None if head == 0 else spans[sentence.start + head - 1],
                    labels["deps"][sentence.deps[k]],
                )
            )
    return rows


def read_doc(doc: Doc) -> tuple[list[Row], set[Span]]:
    """Turn a parsed Doc into rows and sentences."""
    rows = [
        Row(
            (t.idx, t.idx + len(t)),
            t.pos_,
            t.tag_,
            str(t.morph),
            t.lemma_,
            None if t.head.i == t.i else (t.head.idx, t.head.idx + len(t.head)),
            "root" if t.dep_ == "ROOT" else t.dep_,
        )
        for t in doc
        if not t.is_space
    ]
    sentences = set()
    for sentence in doc.sents:
        solid = [t for t in sentence if not t.is_space]
        if solid:
            sentences.add((solid[0].idx, solid[-1].idx + len(solid[-1])))
    return rows, sentences


def evaluate_parse(nlp: Callable[[str], Doc], reader: Reader, data: Path, *, every: int = 1) -> dict[str, Any]:
    """Measure tags, lemmas, trees and sentences, and the speed from raw text."""
    report: dict[str, Any] = {}
    seconds, words = 0.0, 0
    for name in TREEBANKS:
        if not (data / name / "test.conllu").exists():
            continue
        gold_scores, raw_scores = ParseScores(), ParseScores()
        for document in read_conllu(data / name / "test.conllu", name)[::every]:
            text, spans = raw_text(document)
            rows, sentences = gold_rows(document, spans), sentence_spans(document.starts, spans)
            gold_scores.add(rows, read_gold_tokens(reader, document, spans), sentences, sentences)
            before = time.process_time()
            doc = nlp(text)
            seconds += time.process_time() - before
            words += len(document.words)
            found, found_sentences = read_doc(doc)
            raw_scores.add(rows, found, sentences, found_sentences)
        report[name] = {"gold": gold_scores.report(), "raw": raw_scores.report()}
    report["words_per_cpu_second"] = round(words / max(seconds, 1e-9))
    return report


def coarse_label(name: Name, words: list[str], labels: set[str]) -> str:
    """Give a name's type in the words of a public set ("" if the set does not annotate it)."""
    kind = NAME_TYPES[name.kind]
    if kind == "Nationality":
        return "LOC" if "NUM" in labels else ""
    if kind == "Technology" and not any(w[:1].isupper() for w in words[name.start : name.end]):
        return ""
    label = _COARSE[kind]
    return label if label in labels else ""


def evaluate_names(reader: Reader, documents: list[Document], gold: list[list[tuple[int, int, str]]]) -> dict[str, Any]:
    """Measure names of coarse types on the words and sentences of a public set."""
    scores = NameScores()
    labels = {label for mentions in gold for _, _, label in mentions}
    for document, mentions in zip(documents, gold, strict=True):
        starts = [0] * len(document.words)
        for unit in document.units:
            starts[unit] = 1
        _, names = reader.read(document.words, document.gaps, starts=starts)
        found = [(n.start, n.end, coarse_label(n, document.words, labels)) for n in names]
        scores.add(mentions, [f for f in found if f[2]])
    return scores.report()


def docred_gold(path: Path) -> list[list[tuple[int, int, str]]]:
    """Read the mentions of the held-out documents; of overlapping ones the longest stays."""
    out = []
    for record in json.loads(path.read_text(encoding="utf-8"))[-DOCRED_HELD_OUT:]:
        bases = [0]
        for words in record["sents"]:
            bases.append(bases[-1] + len(words))
        mentions = {
            (bases[m["sent_id"]] + m["pos"][0], bases[m["sent_id"]] + m["pos"][1], m["type"])
            for chain in record["vertexSet"]
            for m in chain
        }
        kept: list[tuple[int, int, str]] = []
        used: set[int] = set()
        for start, end, label in sorted(mentions, key=lambda m: (m[0] - m[1], m)):
            if not used & set(range(start, end)):
                used |= set(range(start, end))
                kept.append((start, end, label))
        out.append(kept)
    return out


def uner_gold(documents: list[Document]) -> list[list[tuple[int, int, str]]]:
    """Turn the allowed fine types of a set with PER, ORG and LOC back into these labels."""
    labels = {t: _COARSE.get(name, "LOC") for t, name in enumerate(NAME_TYPES)}
    return [[(a, b, labels[types[0]]) for a, b, types in d.names or []] for d in documents]


def evaluate_snippets(nlp: Callable[[str], Doc], corpora: list[Path]) -> dict[str, Any]:
    """Measure names of fine types on the held-out snippets, from raw text."""
    tokenize = english_tokens()
    fine, coarse = NameScores(), NameScores()
    groups = {**dict.fromkeys(ORGANISATIONS, "ORG"), **dict.fromkeys(PLACES, "LOC"), "Person": "PER"}
    for snippet in read_corpus(corpora)[1]:
        document = to_document(snippet, tokenize)
        doc = nlp("".join(s.text for s in snippet.segments))
        solid = [t.i for t in doc if not t.is_space]
        place = {i: k for k, i in enumerate(solid)}
        unsure = {i for a, b, types in document.names or [] if NO_NAME in types for i in range(a, b)}
        gold = [(a, b, NAME_TYPES[t[0]]) for a, b, t in document.names or [] if NO_NAME not in t]
        found = [(place[e.start], place[e.end - 1] + 1, e.label_) for e in doc.ents]
        found = [f for f in found if f[2] in CORPUS_TYPES and not unsure & set(range(f[0], f[1]))]
        fine.add(gold, found)
        coarse.add(
            [(a, b, groups.get(x, "OTHER")) for a, b, x in gold], [(a, b, groups.get(x, "OTHER")) for a, b, x in found]
        )
    return {"fine": fine.report(), "coarse": coarse.report()}


def evaluate(data: Path, corpora: list[Path], *, model: Path | None = None, every: int = 1) -> dict[str, Any]:
    """Measure everything that `data` and `corpora` have a test for; of the treebanks each `every`-th document."""
    nlp = load_reader(model=model)
    reader = nlp.get_pipe("kg_reader")
    assert isinstance(reader, Reader)
    report: dict[str, Any] = {"parse": evaluate_parse(nlp, reader, data, every=every), "names": {}}
    for name, file in {"pud": "pud/ner-test.iob2", "uner-ewt": "uner-ewt/test.iob2"}.items():
        if (data / file).exists():
            documents = read_columns(data / file, "uner", word_column=1, tag_column=2)
            report["names"][name] = evaluate_names(reader, documents, uner_gold(documents))
    docred = data / "re-docred/test.json"
    if docred.exists():
        documents = read_docred(docred)[-DOCRED_HELD_OUT:]
        report["names"]["re-docred"] = evaluate_names(reader, documents, docred_gold(docred))
    if corpora:
        report["names"]["snippets"] = evaluate_snippets(nlp, corpora)
    report["bytes"] = sum(p.stat().st_size for p in sorted(reader.network.folder.iterdir()))
    return report


def summary(report: dict[str, Any]) -> str:
    """Give the main figures as a few lines of text."""
    lines = []
    for name in (name for name in TREEBANKS if name in report["parse"]):
        for mode in ("gold", "raw"):
            scores = report["parse"][name][mode]
            lines.append(f"{name} {mode}: " + " ".join(f"{key} {value}" for key, value in scores.items()))
    lines.append(f"words per CPU-second {report['parse']['words_per_cpu_second']}, bytes {report['bytes']}")
    for name, scores in report["names"].items():
        parts = scores if "all" not in scores else {"": scores}
        for part, figures in parts.items():
            lines.append(f"names {name} {part}: " + " ".join(f"{k} {v['f']}" for k, v in figures.items()))
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the data sets")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[], help="folders with annotated snippets")
    parser.add_argument("--model", type=Path, help="model folder, by default the one of the package")
    parser.add_argument("--every", type=int, default=1, help="of the treebanks take only each so-manieth document")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    options = parser.parse_args()
    report = evaluate(options.data, options.corpus, model=options.model, every=options.every)
    print(json.dumps(report, indent=1) if options.json else summary(report))


if __name__ == "__main__":
    main()
