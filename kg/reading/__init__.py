"""Reading: an article's text to a spaCy Doc with sentences, tags, lemmas, trees and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.reading.component import load_reader as load_reader

__all__ = ["load_reader"]


def __getattr__(name: str) -> object:
    """Import spaCy only when the loader is asked for."""
    if name == "load_reader":
        from kg.reading.component import load_reader  # noqa: PLC0415 - importing spaCy takes a second

        return load_reader
    raise AttributeError(name)
