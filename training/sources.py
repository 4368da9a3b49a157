"""Readers of the public data sets, each in its publisher's own format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kg.reading.features import GAP_BLANK, GAP_NONE, GAP_PARAGRAPH
from training.documents import ROOT, START_UNKNOWN, Document, Parse
from training.schemes import SCHEMES, allowed_types

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Documents of Re-DocRED's test file kept out of training: its last ones.
DOCRED_HELD_OUT = 50
# Sets without document marks are cut into documents of this many sentences, in their order.
SENTENCES_PER_DOCUMENT = 12

_NO_GAP_BEFORE = frozenset(". , ; : ! ? ) ] } % 's ’s n't 'm 're 've 'll 'd - – / '".split())
_NO_GAP_AFTER = frozenset("( [ { $ £ € # - – /".split())


def guess_gaps(words: list[str]) -> list[int]:
    """Guess the white space before the words of a sentence whose text is lost."""
    gaps: list[int] = []
    open_quote = False
    glue_next = False
    for i, word in enumerate(words):
        glued = glue_next or word in _NO_GAP_BEFORE
        glue_next = word in _NO_GAP_AFTER
        if word in ('"', "``", "''"):
            if open_quote or word == "''":
                glued, open_quote = True, False
            else:
                open_quote, glue_next = True, True
        gaps.append(GAP_NONE if glued and i else GAP_BLANK)
    return gaps


def read_conllu(path: Path, source: str) -> list[Document]:
    """Read a treebank; a document mark and a paragraph mark both become a blank line before the word."""
    documents: list[Document] = []
    entities: list[list[str]] = []
    for new_document, new_paragraph, rows in _conllu_sentences(path):
        if new_document or not documents:
            documents.append(Document(source, [], [], [], [], Parse([], [], [], [], [], [])))
            entities.append([])
        _append_sentence(documents[-1], rows, new_paragraph=new_paragraph or new_document)
        entities[-1] += [_misc(row, "Entity") for _, row in rows]
    if source == "gum":
        for document, marks in zip(documents, entities, strict=True):
            document.names = _gum_names(document, marks)
    return documents


def _misc(row: list[str], key: str) -> str:
    match = re.search(rf"(?:^|\|){key}=([^|]*)", row[9])
    return match.group(1) if match else ""


def _conllu_sentences(path: Path) -> Iterator[tuple[bool, bool, list[tuple[bool, list[str]]]]]:
    """Yield (new document, new paragraph, rows); a row carries whether white space follows the word."""
    new_document = new_paragraph = False
    rows: list[tuple[bool, list[str]]] = []
    group_end, group_space = 0, True
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                new_document = True
            elif re.match(r"# newpar\b(?!_)", line):
                new_paragraph = True
            elif line.startswith("#"):
                continue
            elif not line.strip():
                if rows:
                    yield new_document, new_paragraph, rows
                new_document = new_paragraph = False
                rows, group_end, group_space = [], 0, True
            else:
                row = line.rstrip("\n").split("\t")
                if "-" in row[0]:
                    group_end, group_space = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
                elif "." not in row[0]:
                    number = int(row[0])
                    inside = number < group_end
                    last = number == group_end
                    space = False if inside else group_space if last else "SpaceAfter=No" not in row[9]
                    rows.append((space, row))
    if rows:
        yield new_document, new_paragraph, rows


def _append_sentence(document: Document, rows: list[tuple[bool, list[str]]], *, new_paragraph: bool) -> None:
    base, parse = len(document.words), document.parse
    assert parse is not None
    # White space after the last word of a sentence is not trusted: sentences are set apart by a blank.
    space_before = True
    for i, (space_after, row) in enumerate(rows):
        gap = GAP_BLANK if space_before else GAP_NONE
        document.gaps.append(GAP_PARAGRAPH if i == 0 and new_paragraph else gap)
        space_before = space_after
        document.words.append(row[1].replace(" ", "\u00a0"))
        document.starts.append(int(i == 0))
        parse.upos.append(row[3])
        parse.xpos.append(row[4])
        parse.feats.append("" if row[5] == "_" else row[5])
        parse.lemmas.append(row[2])
        parse.heads.append(base + int(row[6]) - 1 if row[6] != "0" else ROOT)
        parse.deps.append(row[7])
    document.units.append(base)


_NAME_INSIDE = frozenset(["of", "the", "and", "for", "&", "'s", "-", ".", "’s", "de", "van", "von", "al"])
_PERSON_TITLES = frozenset(
    "Mr. Mr Mrs. Mrs Ms. Ms Dr. Dr Prof. Professor President Inspector Sir Senator Sen. Rep. King Queen Prince "
    "Princess Captain Capt. General Gen. Colonel Judge Justice Minister Chancellor Governor Gov. Pope Saint Lord Lady "
    "Secretary Director Detective Sergeant Sgt. Reverend Rev. Father Sister Brother Uncle Aunt Congressman".split()
)
_MAX_DATE_WORDS = 7


def _gum_mentions(marks: list[str], starts: list[int]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    stack: list[tuple[str, str, int]] = []
    for i, mark in enumerate(marks):
        if starts[i] == 1:
            stack = []
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", mark):
            fields = part.strip("()").split("-")
            if part.startswith("(") and part.endswith(")"):
                spans.append((i, i + 1, fields[1] if len(fields) > 1 else ""))
            elif part.startswith("("):
                stack.append((fields[0], fields[1] if len(fields) > 1 else "", i))
            else:
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == fields[0]:
                        spans.append((stack[k][2], i + 1, stack[k][1]))
                        del stack[k]
                        break
    return spans


def _gum_names(document: Document, marks: list[str]) -> list[tuple[int, int, list[int]]]:
    """Take the proper-name run around the head of each mention, outermost mentions first."""
    names: list[tuple[int, int, list[int]]] = []
    used: set[int] = set()
    for start, end, label in sorted(_gum_mentions(marks, document.starts), key=lambda m: (m[0] - m[1], m[0])):
        if label not in SCHEMES["gum"].labels:
            continue
        span = _gum_date(document, start, end) if label == "time" else _gum_run(document, start, end, label)
        if span is None or used & set(range(*span)):
            continue
        used |= set(range(*span))
        allowed = allowed_types("gum", label, " ".join(document.words[span[0] : span[1]]))
        names.append((*span, allowed or []))
    return sorted(names)


def _gum_date(document: Document, start: int, end: int) -> tuple[int, int] | None:
    parse, words = document.parse, document.words
    assert parse is not None
    inside = range(start, end)
    if end - start > _MAX_DATE_WORDS:
        return None
    if not any(parse.upos[i] == "PROPN" or re.fullmatch(r"(1[5-9]|20)\d\d", words[i]) for i in inside):
        return None
    while start < end and parse.upos[start] in ("DET", "ADP", "ADV", "PUNCT"):
        start += 1
    return (start, end) if start < end else None


def _gum_run(document: Document, start: int, end: int, label: str) -> tuple[int, int] | None:
    parse, words = document.parse, document.words
    assert parse is not None
    heads = [i for i in range(start, end) if not start <= parse.heads[i] < end]
    if len(heads) != 1 or parse.upos[heads[0]] != "PROPN":
        return None
    head = heads[0]

    def solid(i: int) -> bool:
        return parse.upos[i] in ("PROPN", "NUM") or words[i][:1].isupper()

    def inside(i: int) -> bool:
        return (parse.upos[i] in ("PROPN", "NUM") or words[i] in _NAME_INSIDE) or (
            words[i][:1].isupper() and parse.upos[i] not in ("DET", "PRON")
        )

    left, right = head, head + 1
    while left > start and inside(left - 1):
        left -= 1
    while left < head and (not solid(left) or words[left].lower() in ("the", "of", "and", "'s")):
        left += 1
    while right < end and inside(right):
        right += 1
    while right > head + 1 and not solid(right - 1):
        right -= 1
    if label == "person":
        while left < head and words[left] in _PERSON_TITLES:
            left += 1
        right = next((c for c in range(head + 1, right) if parse.deps[c] == "cc"), right)
    return (left, right)


def read_docred(path: Path) -> list[Document]:
    """Read Re-DocRED; where mentions overlap the longest stays."""
    return [_docred_document(record) for record in json.loads(path.read_text(encoding="utf-8"))]


def _docred_document(record: dict[str, Any]) -> Document:
    document = Document("docred", [], [], [], [], None, [], record["title"])
    mentions: list[tuple[int, int, str]] = []
    for number, words in enumerate(record["sents"]):
        base = len(document.words)
        _append_words(document, [w if w.strip() else "-" for w in words], START_UNKNOWN)
        for chain in record["vertexSet"]:
            for mention in chain:
                if mention["sent_id"] == number:
                    start, end = mention["pos"]
                    mentions.append((base + start, base + end, mention["type"]))
    document.names = _longest(document, mentions, "docred")
    return document


def _append_words(document: Document, words: list[str], start: int) -> None:
    document.units.append(len(document.words))
    document.gaps += guess_gaps(words)
    document.words += words
    document.starts += [start] + [START_UNKNOWN if start == START_UNKNOWN else 0] * (len(words) - 1)


def _longest(document: Document, mentions: list[tuple[int, int, str]], source: str) -> list[tuple[int, int, list[int]]]:
    names: list[tuple[int, int, list[int]]] = []
    used: set[int] = set()
    for start, end, label in sorted(set(mentions), key=lambda m: (m[0] - m[1], m)):
        allowed = allowed_types(source, label, " ".join(document.words[start:end]))
        if allowed is None or used & set(range(start, end)):
            continue
        used |= set(range(start, end))
        names.append((start, end, allowed))
    return sorted(names)


def read_columns(path: Path, source: str, *, word_column: int = 0, tag_column: int = 1) -> list[Document]:
    """Read a file of one word a line with a BIO or IO tag; sentences are parted by empty lines."""
    documents: list[Document] = []
    mentions: list[list[tuple[int, int, str]]] = []
    in_document = 0
    for new_document, words, tags in _column_sentences(path, word_column, tag_column):
        if not documents or new_document or (new_document is None and in_document >= SENTENCES_PER_DOCUMENT):
            documents.append(Document(source, [], [], [], [], None, []))
            mentions.append([])
            in_document = 0
        in_document += 1
        base = len(documents[-1].words)
        _append_words(documents[-1], words, START_UNKNOWN)
        mentions[-1] += [(base + a, base + b, label) for a, b, label in spans_of_tags(tags)]
    for document, found in zip(documents, mentions, strict=True):
        document.names = _longest(document, found, source)
    return documents


def _column_sentences(
    path: Path, word_column: int, tag_column: int
) -> Iterator[tuple[bool | None, list[str], list[str]]]:
    words: list[str] = []
    tags: list[str] = []
    new_document: bool | None = None
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                new_document = True
            columns = [] if line.startswith("# ") else line.split()
            if len(columns) > max(word_column, tag_column):
                words.append(columns[word_column])
                tags.append(columns[tag_column])
            elif not line.strip() and words:
                yield new_document, words, tags
                words, tags = [], []
                new_document = None if new_document is None else False
    if words:
        yield new_document, words, tags


def spans_of_tags(tags: list[str]) -> list[tuple[int, int, str]]:
    """Turn BIO or IO tags into half-open spans with their label."""
    spans: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        if label and (prefix != "I" or kind != label):
            spans.append((start, i, label))
            label = ""
        if kind and not label:
            start, label = i, kind
    return spans
