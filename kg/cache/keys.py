"""Under which key the reading and the extraction of an article are kept: a hash of all that they depend on.

Code and models count by the bytes of their files, so that no version number has to be kept by hand.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import Article, Span

_PACKAGE: Final = Path(__file__).parents[1]
_READER: Final = "reading"
_MODEL: Final = "model"
_MANIFEST: Final = "manifest.json"
MODEL_VARIABLE: Final = "KG_READER_MODEL"
"""Another folder of the reading model; see `kg.reading`."""
_READING_LIBRARIES: Final = ("numpy", "onnxruntime", "spacy", "tokenizers")
_AFTER_EXTRACTION: Final = frozenset(
    ("check.py", "cli", "evaluate", "explain.py", "export", "merges.py", "outputs", "page", "query", "resolve", "serve",
     "shapes.py", "turtle", "view.py"),
)  # fmt: skip
"""Rooms that an extraction cannot depend on, for they come after it. A room that is new counts until it stands here."""
_HASH_BYTES: Final = 20


class Keys:
    """The keys of one build's articles: for a reading model and code (`reading`), and an ontology and settings too."""

    def __init__(self, ontology: str, extractors: Sequence[str]) -> None:
        """Take the digest of the ontology and the names of the extractors that run."""
        self._reading = _digest(["reading", *_machine(), digest_of_reader()])
        settings = [self._reading, ontology, *extractors, digest_of_code(_AFTER_EXTRACTION)]
        self._extraction = _digest(["extraction", *settings])

    def reading(self, text: str) -> bytes:
        """The key of what the reading model makes of a text."""
        return _key(self._reading, [text])

    def extraction(self, article: Article) -> bytes:
        """The key of what is extracted from an article."""
        known = (article.published, article.url, article.publisher, article.author, article.language)
        spans = [*([article.title_span] if article.title_span else []), None, *article.furniture]
        parts = [article.id, article.path, article.title, article.text, *map(str, known), *map(_written, spans)]
        return _key(self._extraction, parts)


@cache
def digest_of_reader() -> str:
    """A digest of the reading model, by its manifest of hashes, and of the code that runs it."""
    folder = Path(os.environ.get(MODEL_VARIABLE) or _PACKAGE / _READER / _MODEL)
    return digest_of_files([folder / _MANIFEST, *_files(_PACKAGE / _READER), _PACKAGE / "networks.py"])


@cache
def digest_of_code(without: frozenset[str] = frozenset()) -> str:
    """A digest of all files of kg, models and word lists included, but for some rooms of the package.

    As they were when a process first asked: that is the code which it runs.
    """
    rooms = sorted(path for path in _PACKAGE.iterdir() if path.name not in without)
    files = [file for room in rooms for file in (_files(room) if room.is_dir() else [room])]
    return digest_of_files([file for file in files if file.suffix != ".pyc"])


def digest_of_files(files: Iterable[Path]) -> str:
    """A digest of names and contents; a file that cannot be read counts as absent."""
    digest = hashlib.sha256()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            continue
        for part in (file.name.encode(errors="surrogateescape"), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def libraries(names: Iterable[str]) -> list[str]:
    """Names and versions of installed packages."""
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(name)
    return found


def _machine() -> list[str]:
    """What the numbers of a network may differ with, beside its weights."""
    return [platform.machine(), sys.version, *libraries(_READING_LIBRARIES)]


def _files(folder: Path) -> list[Path]:
    """The files of a room, sorted; of the reading model only the manifest, which speaks for the others."""
    model = _PACKAGE / _READER / _MODEL
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and (path.parent != model or path.name == _MANIFEST)
    ]


def _written(span: Span | None) -> str:
    return "-" if span is None else f"{span.start},{span.end}"


def _digest(parts: Iterable[str]) -> str:
    return _key("kg", parts).hex()


def _key(base: str, parts: Iterable[str]) -> bytes:
    digest = hashlib.blake2b(base.encode(), digest_size=_HASH_BYTES)
    for part in parts:
        encoded = part.encode(errors="surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.digest()
