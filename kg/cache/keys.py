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
_MANIFEST: Final = "manifest.json"
_READER: Final = "reading/model"
_READER_VARIABLE: Final = "KG_READER_MODEL"
_RELATIONS: Final = "extract/relations/model"
_RELATIONS_VARIABLE: Final = "KG_RELATIONS_MODEL"
"""Variables that name another folder of a model than the package's; see `kg.reading` and `kg.extract.relations`."""
_READING_LIBRARIES: Final = ("numpy", "onnxruntime", "spacy", "tokenizers")
AFTER_EXTRACTION: Final = frozenset(
    ("api.py", "check.py", "cli", "copies.py", "diff", "evaluate", "explain.py", "export", "merges.py", "outputs",
     "page", "query", "reconcile", "resolve", "serve", "shapes.py", "stats", "turtle", "view.py"),
)  # fmt: skip
"""Rooms that an extraction cannot depend on, for they come after it. A room that is new counts until it stands here."""
_HASH_BYTES: Final = 20


class Keys:
    """The keys of one build's articles: for a reading model and code (`reading`), and an ontology and settings too.

    An extraction depends on the ontology's examples as well: see `kg.cache.grounds`.
    """

    def __init__(self, ontology: str, extractors: Sequence[str]) -> None:
        """Take the digest of the ontology without its examples and the names of the extractors that run."""
        self._reading = _digest(["reading", *machine(), digest_of_reader()])
        code = [digest_of_relations(), digest_of_code(AFTER_EXTRACTION)]
        settings = [self._reading, ontology, *extractors, *code]
        self._extraction = _digest(["extraction", *settings])

    def reading(self, text: str) -> bytes:
        """The key of what the reading model makes of a text."""
        return _key(self._reading, [text])

    def answers(self, ontology: str) -> bytes:
        """The key of what the examples of the ontology with this digest answer."""
        return _key(self._extraction, ["answers", ontology])

    def extraction(self, article: Article) -> bytes:
        """The key of what is extracted from an article."""
        known = (article.published, article.url, article.publisher, article.author, article.language)
        spans = [*([article.title_span] if article.title_span else []), None, *article.furniture]
        parts = [article.id, article.path, article.title, article.text, *map(str, known), *map(_written, spans)]
        return _key(self._extraction, parts)


def digest_of_reader() -> str:
    """A digest of the reading model, by its manifest of hashes, and of the code that runs it."""
    return _digest([_digest_of_model(_READER, _READER_VARIABLE), _digest_of_rooms(("networks.py", "reading"))])


def digest_of_relations() -> str:
    """A digest of the relation model, by its manifest of hashes."""
    return _digest_of_model(_RELATIONS, _RELATIONS_VARIABLE)


def digest_of_code(without: frozenset[str] = frozenset()) -> str:
    """A digest of all files of kg, word lists included, but for models and for some rooms of the package.

    As they were when a process first asked: that is the code which it runs.
    """
    return _digest_of_rooms(tuple(sorted(path.name for path in _PACKAGE.iterdir() if path.name not in without)))


def _digest_of_model(room: str, variable: str) -> str:
    """The manifest speaks for the other files of a model, which are checked against it before they are loaded."""
    return digest_of_files([Path(os.environ.get(variable) or _PACKAGE / room) / _MANIFEST])


@cache
def _digest_of_rooms(names: tuple[str, ...]) -> str:
    rooms = [_PACKAGE / name for name in names]
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


def machine() -> list[str]:
    """What the numbers of a network may differ with, beside its weights."""
    return [platform.machine(), sys.version, *libraries(_READING_LIBRARIES)]


def _files(folder: Path) -> list[Path]:
    """The files of a room, sorted, but for those of models."""
    models = {_PACKAGE / _READER, _PACKAGE / _RELATIONS}
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.parent not in models
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
