"""The folder of outputs: written aside and then put in place, and told apart from a mixture of two builds.

`report.json` is put in place last and holds the hashes of all other files. Whatever stops a build, every file is the
old one or the new one, whole; a set of both is seen by the hashes, and the next build replaces it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self
from urllib.parse import quote

from kg.errors import OutputError
from kg.outputs.lock import unwritable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    Content = bytes | Callable[[BinaryIO], None]

GRAPH = "graph.ttl"
EVIDENCE = "evidence.ttl"
PAGE = "graph.html"
REPORT = "report.json"
TEXTS = "text"

_ASIDE = ".kg.new"  # where files are written first: same file system, so that putting them in place is one step each
_LONGEST_NAME = 200  # bytes of a file name; file systems take 255, and an ending has to fit


def text_name(article_id: str) -> str:
    """Where the text of an article that was taken from HTML or JSON is written, relative to the outputs.

    Distinct ids give distinct names; none leads out of the folder, whatever an id holds.
    """
    parts = [_file_name(part) for part in article_id.split("/")]
    return "/".join([TEXTS, *parts[:-1], f"{parts[-1]}.txt"])


def _file_name(part: str) -> str:
    name = quote(part, safe=" #", errors="surrogatepass").replace("..", "%2E%2E") or "%"
    name = "%2E" if name == "." else name
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:_LONGEST_NAME]}-{hashlib.sha256(part.encode(errors='surrogatepass')).hexdigest()[:8]}"


def replace_outputs(folder: Path, files: Mapping[str, bytes], report: Mapping[str, Any]) -> None:
    """Put a complete new set of outputs in place of the old one; the caller holds the lock.

    As with `NewOutputs`, which see.
    """
    with NewOutputs(folder) as new:
        for name, content in files.items():
            new.write(name, content)
        new.put_in_place(report)


class NewOutputs:
    """A new set of outputs, written aside file by file and then put in place; the caller holds the lock.

    Every method raises OutputError where something cannot be written; until `put_in_place` the old files are untouched.
    What is not put in place is gone when the context ends.
    """

    def __init__(self, folder: Path) -> None:
        """Clear away what a build left that was stopped."""
        self._folder = folder
        self._aside = folder / _ASIDE
        self._listed: dict[str, dict[str, int | str]] = {}
        remove_leftovers(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        remove_leftovers(self._folder)

    def write(self, name: str, content: Content) -> None:
        """Write one file: bytes, or whatever a function writes to the stream that it is given."""
        with self._said():
            self._listed[name] = _write(self._aside / name, content)

    def put_in_place(self, report: Mapping[str, Any]) -> dict[str, Any]:
        """Replace the old files; gives the whole report.

        The report comes last, with the size and hash of every file under "files". Files that the last report lists and
        this one does not are removed before that, so that none outlives the report that speaks of it.
        """
        whole = {**report, "files": dict(sorted(self._listed.items()))}
        document = json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)
        obsolete = sorted(_listed_files(self._folder).keys() - self._listed.keys())
        with self._said():
            _write(self._aside / REPORT, f"{document}\n".encode(errors="replace"))
            for name in self._listed:
                self._move(name)
            for name in obsolete:
                _remove(self._folder, name)
            _flush_folder(self._folder)
            self._move(REPORT)
            _flush_folder(self._folder)
        return whole

    def _move(self, name: str) -> None:
        (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self._aside / name).replace(self._folder / name)

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(unwritable(Path(error.filename or self._folder), error)) from error


def remove_leftovers(folder: Path) -> None:
    """Remove what a build that was stopped has written aside; the caller holds the lock."""
    shutil.rmtree(folder / _ASIDE, ignore_errors=True)


def _write(path: Path, content: Content) -> dict[str, int | str]:
    """Write a file so that it lasts; its size and hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w+b") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            content(stream)
        stream.flush()
        os.fsync(stream.fileno())
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return {"bytes": stream.tell(), "sha256": digest}


def _remove(folder: Path, name: str) -> None:
    """Remove an output of an earlier build and the folders that it leaves empty."""
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()


def remove_outputs(folder: Path) -> tuple[str, ...]:
    """Remove the files that the report lists, and it; their names. The caller holds the lock."""
    listed = [name for name in (*sorted(_listed_files(folder)), REPORT) if (folder / name).is_file()]
    try:
        for name in listed:
            _remove(folder, name)
    except OSError as error:
        raise OutputError(unwritable(Path(error.filename or folder), error)) from error
    return tuple(listed)


def _flush_folder(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_report(folder: Path) -> dict[str, Any] | None:
    """The report of the last build as JSON gives it; None where there is none, or none that can be read."""
    try:
        report = json.loads((folder / REPORT).read_bytes())
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) else None


def _listed_files(folder: Path) -> dict[str, str]:
    """Name -> hash of the outputs that the last report lists; names that lead out of the folder are left out."""
    files = (read_report(folder) or {}).get("files")
    if not isinstance(files, dict):
        return {}
    return {
        name: str(entry.get("sha256"))
        for name, entry in files.items()
        if isinstance(entry, dict) and (name in {GRAPH, EVIDENCE, PAGE} or _is_text(name))
    }


def _is_text(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == TEXTS and len(parts) > 1 and not {"", ".", ".."} & set(parts) and "\\" not in name


@dataclass(frozen=True, slots=True)
class Outputs:
    """A set of outputs known to be whole and of one build; `report` is None where the Turtle came without one."""

    folder: Path
    report: Mapping[str, Any] | None

    @property
    def graph(self) -> Path:
        """The path of `graph.ttl`."""
        return self.folder / GRAPH

    @property
    def evidence(self) -> Path:
        """The path of `evidence.ttl`."""
        return self.folder / EVIDENCE

    @property
    def page(self) -> Path:
        """The path of `graph.html`, which `kg build --no-page` leaves out."""
        return self.folder / PAGE


def open_outputs(folder: Path) -> Outputs:
    """The outputs in a folder, after checking that they are there and belong together.

    Raises OutputError naming what is missing or of another build, and the cure.
    """
    for name in (GRAPH, EVIDENCE):
        if not (folder / name).is_file():
            raise OutputError(f"{folder / name}: is missing; run `kg build` first, or name the outputs with --out")
    stale = list(_stale(folder))
    if stale:
        raise OutputError(
            f"{folder}: {', '.join(stale)} and {REPORT} are of different builds (one was stopped midway, or a file was "
            "edited); run `kg build` again to replace them all"
        )
    return Outputs(folder, read_report(folder))


def are_whole(folder: Path) -> bool:
    """Whether the files that the last report lists are there, as it lists them."""
    listed = _listed_files(folder)
    try:
        return {GRAPH, EVIDENCE} <= listed.keys() and next(_stale(folder), None) is None
    except OutputError:
        return False


def _stale(folder: Path) -> Iterator[str]:
    """The files whose hash is not what the report says; none where there is no report."""
    for name, digest in _listed_files(folder).items():
        try:
            with (folder / name).open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                    yield name
        except FileNotFoundError:
            yield name
        except OSError as error:
            raise OutputError(f"{folder / name}: cannot be read ({error.strerror or error})") from error
