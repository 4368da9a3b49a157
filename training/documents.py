"""The one form into which every source is brought: words with white space, and what its annotators said of them."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Head of a sentence's root, and of a word whose head is not known.
ROOT, NO_HEAD = -1, -2
# Sentence start not known.
START_UNKNOWN = -1


@dataclass(slots=True)
class Parse:
    """Tags and tree, one item a word; heads are indices of the whole document, `ROOT` or `NO_HEAD`."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]


@dataclass(slots=True)
class Document:
    """A text as words.

    `gaps` are the codes of the white space before each word, `units` the indices at which a window may begin,
    `starts` 1 at the first word of a sentence, 0 within one, `START_UNKNOWN` where nobody knows. `names` holds
    half-open word spans with the type indices allowed for each; None: names are not annotated.
    """

    source: str
    words: list[str]
    gaps: list[int]
    units: list[int]
    starts: list[int]
    parse: Parse | None = None
    names: list[tuple[int, int, list[int]]] | None = None
    ident: str = field(default="")


def write_documents(path: Path, documents: list[Document]) -> None:
    """Write documents as compressed JSON lines, the same bytes each time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=3) as out:
        for document in documents:
            out.write((json.dumps(asdict(document), ensure_ascii=False) + "\n").encode())


def read_documents(path: Path) -> list[Document]:
    """Read what `write_documents` wrote."""
    documents = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            parse = Parse(**record["parse"]) if record["parse"] else None
            names = None if record["names"] is None else [(a, b, list(t)) for a, b, t in record["names"]]
            documents.append(Document(**{**record, "parse": parse, "names": names}))
    return documents
