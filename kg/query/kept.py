"""What queries are put to: the Turtle in a store in memory or, where it is large, a store kept beside the outputs.

A kept store is a folder of RocksDB files under `.kg.store/` in the outputs, named by the hashes of all Turtle in it
(graph, evidence, ontology) and the version of Oxigraph. It is written aside and renamed, so it is whole or not there;
it is never written again, so any number of processes may read it. Before it is used, the Turtle is hashed again, every
file's size is compared and small files are hashed; RocksDB itself checks each block of the large ones as it reads. What
fails is thrown away and the Turtle is loaded instead.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import OutputError
from kg.outputs import EVIDENCE, GRAPH, open_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kg.outputs import Outputs

FOLDER: Final = ".kg.store"
MANIFEST: Final = "kept.json"
LEAST_BYTES: Final = 2_000_000
"""Turtle from which on a store is kept: some 50,000 triples, 0.2 s to load; below that, opening gains nothing."""

_FORMAT: Final = 1  # of the manifest and of how the store is loaded; another number makes all stores anew
_NAME_DIGITS: Final = 16  # hexadecimal digits of the key in a folder's name; the manifest holds the whole key
_SMALL_BYTES: Final = 1_000_000  # files up to here are hashed before use, which takes a millisecond
_UNCHECKED: Final = ("LOG", "LOCK")  # RocksDB's own diary, which every process may append to, and its lock
_ABANDONED_SECONDS: Final = 3600.0  # age of a half-written store after which its writer is taken for dead
_NO_DATA: Final = frozenset({"shapes.ttl", "aliases.ttl"})  # about the graph, not part of it


def load_store(outputs: Outputs | None, ontology: Path | None = None) -> ox.Store:
    """Facts, evidence and the ontology's Turtle (shapes and aliases apart) in one store in memory.

    Raises OutputError naming a file that cannot be read.
    """
    of_build = (outputs.graph, outputs.evidence) if outputs is not None else ()
    return _fill(ox.Store(), (*of_build, *_ontology_files(ontology)))


@dataclass(slots=True)
class Source:
    """The outputs in `folder` with an ontology, ready to be asked; `is_kept` says that `store` lies on disk."""

    folder: Path
    ontology: Path | None
    store: ox.Store
    is_kept: bool = False
    _place: Path | None = field(default=None, repr=False)

    def reload(self) -> None:
        """Throw the kept store away and load the Turtle; raises OutputError where that cannot be read."""
        self.store = load_store(open_outputs(self.folder), self.ontology)
        self.is_kept = False
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)


def open_source(
    folder: Path, ontology: Path | None = None, *, notice: Callable[[str], None] = lambda _text: None
) -> Source:
    """The outputs in a folder, in a kept store where that pays; it is made on first use, which `notice` is told.

    Raises OutputError where outputs are missing, of two builds, or cannot be read.
    """
    paths = (folder / GRAPH, folder / EVIDENCE, *_ontology_files(ontology))
    if not all(path.is_file() for path in paths[:2]) or sum(path.stat().st_size for path in paths) < LEAST_BYTES:
        return Source(folder, ontology, load_store(open_outputs(folder), ontology))
    key = _key(paths)
    place = folder / FOLDER / key[:_NAME_DIGITS]
    # A kept store was made from outputs of one build; with their hashes unchanged they are so still.
    store = _open(place, key)
    if store is None:
        outputs = open_outputs(folder)
        notice(f"reading {sum(path.stat().st_size for path in paths) / 1e6:,.0f} MB of Turtle, once; later is quicker")
        store = _keep(place, key, paths)
        if store is None:
            return Source(folder, ontology, load_store(outputs, ontology))
    return Source(folder, ontology, store, is_kept=True, _place=place)


def _ontology_files(folder: Path | None) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*.ttl") if path.name not in _NO_DATA)) if folder else ()


def _fill(store: ox.Store, paths: Iterable[Path]) -> ox.Store:
    for path in paths:
        try:
            store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
        except (OSError, SyntaxError) as error:
            raise OutputError(f"{path}: cannot be read ({error})") from error
    return store


def _key(paths: Iterable[Path]) -> str:
    """A hash of all that a store of these files depends on; names do not count, contents and order do."""
    digests = []
    for path in paths:
        try:
            with path.open("rb") as stream:
                digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
        except OSError as error:
            raise OutputError(f"{path}: cannot be read ({error.strerror or error})") from error
    return hashlib.sha256(json.dumps([_FORMAT, ox.__version__, digests]).encode()).hexdigest()


def _open(place: Path, key: str) -> ox.Store | None:
    """The kept store, or None where there is none or it is not as it was written."""
    try:
        manifest = json.loads((place / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        manifest = None
    if isinstance(manifest, dict) and manifest.get("key") == key:
        with contextlib.suppress(OSError, RuntimeError):  # the engine raises either for damaged files
            if _listing(place) == manifest.get("files"):
                return ox.Store.read_only(str(place / "data"))
    shutil.rmtree(place, ignore_errors=True)
    return None


def _listing(place: Path) -> Mapping[str, object]:
    """Every file of the store: its size, and where it is small its hash."""
    return {
        path.name: [size, hashlib.sha256(path.read_bytes()).hexdigest()] if size <= _SMALL_BYTES else [size]
        for path in sorted((place / "data").iterdir())
        if not path.name.startswith(_UNCHECKED)
        for size in [path.stat().st_size]
    }


def _keep(place: Path, key: str, paths: Iterable[Path]) -> ox.Store | None:
    """Write the store and open it; None where it cannot be written. Stores of older outputs are removed."""
    try:
        place.parent.mkdir(exist_ok=True)
        (place.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        aside = place.parent / f"new-{os.getpid()}-{secrets.token_hex(4)}"
        aside.mkdir()
    except OSError:
        return None
    try:
        _write(aside, key, paths)
        with contextlib.suppress(OSError):  # another process was first: its store is as good
            aside.rename(place)
        _tidy(place)
        return _open(place, key)
    except (OSError, RuntimeError):  # no room, most likely
        return None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(aside: Path, key: str, paths: Iterable[Path]) -> None:
    store = _fill(ox.Store(str(aside / "data")), paths)
    store.optimize()
    store.flush()
    del store  # closes it: its files change no more
    if _key(paths) != key:
        raise OSError("the outputs were replaced meanwhile")
    (aside / MANIFEST).write_text(json.dumps({"key": key, "files": _listing(aside)}), encoding="utf-8")


def _tidy(place: Path) -> None:
    """Remove stores of other outputs, and what processes that died left half-written."""
    with contextlib.suppress(OSError):
        for other in place.parent.iterdir():
            stale = not other.name.startswith("new-") or time.time() - other.stat().st_mtime > _ABANDONED_SECONDS
            if other.is_dir() and other != place and stale:
                shutil.rmtree(other, ignore_errors=True)
