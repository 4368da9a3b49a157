"""Compiled frames kept between runs: reading an ontology's examples takes longer than reading a handful of articles.

A cache file is named by everything that its frames depend on and holds plain JSON. It only ever saves time: what cannot
be read is compiled anew, what cannot be written is not kept, and the frames are the same either way.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import tempfile
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.extract.frames import ExampleFailure, Frame, FrameSet, compile_frames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

    from kg.ontology.schema import Ontology

CACHE_VARIABLE: Final = "KG_CACHE_DIR"
"""Another folder for the cache than the platform's."""
KEPT_FILES: Final = 8
"""Cache files that stay when one is added, the newest: some ontologies, each about a megabyte."""

_PACKAGE: Final = Path(__file__).parents[1]
_READER: Final = "kg_reader"
_LIBRARIES: Final = ("numpy", "onnxruntime", "spacy", "tokenizers")

_Row = TypeVar("_Row", Frame, ExampleFailure)


def cached_frames(ontology: Ontology, nlp: Language) -> FrameSet:
    """Return what `compile_frames` does, from the cache where it holds these frames, else compiled and then kept.

    Only for the reading model of kg: another spaCy pipeline does not say what its files hold.
    """
    path = _cache_file(ontology, nlp)
    if path is None:
        return compile_frames(ontology, nlp)
    frames = _read(path)
    if frames is None:
        frames = compile_frames(ontology, nlp)
        _write(path, frames)
    return frames


def cache_folder() -> Path | None:
    """Return where caches of kg belong on this platform; None for a user without a home."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    by_platform = {"win32": "LOCALAPPDATA", "darwin": ""}.get(sys.platform, "XDG_CACHE_HOME")
    given = Path(os.environ.get(by_platform, ""))
    if given.is_absolute():  # the XDG specification has relative paths ignored
        return given / "kg"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    places = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}
    return places.get(sys.platform, home / ".cache") / "kg"


def _cache_file(ontology: Ontology, nlp: Language) -> Path | None:
    folder = cache_folder()
    if folder is None or nlp.pipe_names != [_READER]:
        return None
    network = getattr(nlp.get_pipe(_READER), "network", None)
    hashes = getattr(network, "hashes", None)
    if not isinstance(hashes, dict):
        return None
    parts = [ontology.digest, json.dumps(hashes, sort_keys=True), platform.machine(), sys.version]
    parts += [f"{name} {version(name)}" for name in _LIBRARIES]
    key = hashlib.sha256("\n".join([*parts, *_source_hashes()]).encode()).hexdigest()
    return folder / f"frames-{key[:32]}.json"


def _source_hashes() -> Iterator[str]:
    """Yield the hashes of all code and word lists of kg: which of them frames depend on is not worth knowing."""
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in {".py", ".tsv"}:
            yield f"{path.relative_to(_PACKAGE).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _read(path: Path) -> FrameSet | None:
    """Return the frames of a cache file; None where it is absent, damaged, or not of this version."""
    try:
        digest, body = path.read_bytes().split(b"\n", 1)
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        return decode(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(path: Path, frames: FrameSet) -> None:
    """Put a cache file in place whole, and remove the oldest; where that fails, there is none."""
    body = json.dumps(encode(frames), ensure_ascii=True, separators=(",", ":")).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(aside).replace(path)
        finally:
            Path(aside).unlink(missing_ok=True)
        files = sorted(path.parent.glob("frames-*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[KEPT_FILES:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def encode(frames: FrameSet) -> dict[str, Any]:
    """Return frames as JSON has them: each a row of its fields' values, sets as sorted lists."""
    return {
        "frames": {lemma: [_row(frame) for frame in rows] for lemma, rows in frames.by_lemma.items()},
        "type_nouns": sorted(frames.type_nouns),
        "post_nouns": sorted(frames.post_nouns),
        "failures": [_row(failure) for failure in frames.failures],
    }


def decode(document: dict[str, Any]) -> FrameSet:
    """Return the frames of `encode`; raises ValueError, KeyError or TypeError for what it did not write."""
    return FrameSet(
        {lemma: tuple(_made(Frame, row) for row in rows) for lemma, rows in document["frames"].items()},
        frozenset(document["type_nouns"]),
        frozenset(document["post_nouns"]),
        tuple(_made(ExampleFailure, row) for row in document["failures"]),
    )


def _row(item: Frame | ExampleFailure) -> list[Any]:
    values = [getattr(item, each.name) for each in fields(item)]
    return [sorted(value) if isinstance(value, frozenset) else value for value in values]


def _made(kind: type[_Row], row: list[Any]) -> _Row:
    values: list[Any] = [
        frozenset(tuple(v) if isinstance(v, list) else v for v in value) if isinstance(value, list) else value
        for value in row
    ]
    if len(values) != len(fields(kind)):
        raise ValueError(f"{kind.__name__}: {len(values)} fields")
    return kind(*values)
