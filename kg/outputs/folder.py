"""The folder of outputs: written aside and then put in place, and told apart from a mixture of two builds.

`report.json` is put in place last and holds the hashes of all other files. Whatever stops a build, every file is the
old one or the new one, whole; a set of both is seen by the hashes, and the next build replaces it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.errors import OutputError
from kg.outputs.lock import unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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

    `report` is written last, with the size and hash of every file under "files". Files that the last report lists and
    this one does not are removed. Raises OutputError, with the old files untouched, where something cannot be written.
    """
    listed = {name: {"bytes": len(files[name]), "sha256": _digest(files[name])} for name in sorted(files)}
    document = json.dumps({**report, "files": listed}, ensure_ascii=False, indent=2, allow_nan=False)
    contents = {**files, REPORT: f"{document}\n".encode(errors="replace")}
    obsolete = _listed_files(folder).keys() - files.keys()
    aside = folder / _ASIDE
    try:
        shutil.rmtree(aside, ignore_errors=True)  # of a build that was stopped
        for name, content in contents.items():
            _write(aside / name, content)
        for name in contents:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).replace(folder / name)
        for name in sorted(obsolete):
            _remove(folder, name)
        _flush_folder(folder)
    except OSError as error:
        raise OutputError(unwritable(Path(error.filename or folder), error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _remove(folder: Path, name: str) -> None:
    """Remove an output of an earlier build and the folders that it leaves empty."""
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()


def _flush_folder(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


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
