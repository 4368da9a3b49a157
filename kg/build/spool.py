"""The texts of a build's articles, on disk: memory holds where each one stands, and no text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from kg.errors import OutputError
from kg.outputs.lock import unwritable

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_AT_HAND = 64  # texts kept in memory: facts that follow each other often stand in the same articles


class Texts(Mapping[str, str]):
    """Texts by article id, in a file of a folder that has no name, or none for long, and goes when it is closed.

    Every method raises OutputError where the file cannot be written, as on a disk that is full.
    """

    def __init__(self, folder: Path) -> None:
        """Open the file."""
        self._folder = folder
        with self._said():
            self._file = tempfile.TemporaryFile(dir=folder, prefix=".kg-texts-")  # noqa: SIM115 - closed by __exit__
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._read = lru_cache(maxsize=_AT_HAND)(self._read_anew)

    def add(self, article: str, text: str) -> None:
        """Keep a text."""
        data = text.encode(errors="surrogatepass")
        with self._said():
            self._file.seek(self._end)
            self._file.write(data)
        self._places[article] = self._end, len(data)
        self._end += len(data)

    def __getitem__(self, article: str) -> str:
        return self._read(*self._places[article])

    def _read_anew(self, start: int, length: int) -> str:
        with self._said():  # what was written last may only now go to the disk
            self._file.seek(start)
            return self._file.read(length).decode(errors="surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # nobody will read it
            self._file.close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(unwritable(self._folder, error)) from error
