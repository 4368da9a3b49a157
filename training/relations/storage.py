"""Samples on their way from one command to the next.

Pickle, because a sample is a nest of the run time's own dataclasses, and because nobody but these commands writes or
reads the files. Never read one from elsewhere.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from training.relations.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Twice = tuple[Sample, Sample]
"""A text with the things as annotated, and with the things as found."""


def write_texts(path: Path, texts: list[Twice]) -> None:
    """Write texts of the corpus."""
    write(path, texts)


def read_texts(paths: Iterable[Path]) -> list[Twice]:
    """Read the texts of several files."""
    return [text for path in paths for text in _read(path)]


def write_foreign(path: Path, properties: tuple[str, ...], texts: list[Sample]) -> None:
    """Write texts whose properties are others than the corpus's; property 0 is the threshold."""
    write(path, (properties, texts))


def read_foreign(path: Path) -> tuple[tuple[str, ...], list[Sample]]:
    """Read texts whose properties are others than the corpus's."""
    properties, texts = _read(path)
    return properties, texts


def write(path: Path, value: object) -> None:
    """Write anything for later experiments, aside first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(pickle.dumps(value))
    aside.replace(path)


def _read(path: Path) -> Any:  # noqa: ANN401 - what `write` was given
    return pickle.loads(path.read_bytes())  # noqa: S301 - written by these commands, on this machine
