"""Folders and files to articles: what is walked, what is left aside, and what each article is called."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import Counter, deque
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kg.articles.formats import COLLECTION, ENDINGS, LARGEST_ARTICLE, LARGEST_COLLECTION, read_articles, too_large
from kg.errors import ArticleError, UsageError
from kg.model import Article, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_ENDINGS = frozenset({*ENDINGS, COLLECTION})
_KINDS = ".txt, .md, .html and .jsonl"
# Files about a folder of articles rather than of it.
_ABOUT_ARTICLES = ("README", "LICENSE", "CHANGELOG")
# A folder with these files was written by a build; what could be taken for articles in it, then, are the others.
_BUILT = frozenset(("graph.ttl", "evidence.ttl"))
_OF_A_BUILD = frozenset(("graph.html", "text"))
# Reasons that a message quotes when nothing at all could be read.
_MOST_REASONS = 5
# Times that a file is read again which changes while it is read: one that is being written is whole soon, a log never.
_MOST_READINGS = 3


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file found: where it is, what it is called below its source, and the name of that source."""

    file: Path
    path: str
    source: str

    @property
    def ending(self) -> str:
        """The ending that says how to read it, in lower case."""
        return self.file.suffix.lower()

    @property
    def shortest_name(self) -> str:
        """The path without its ending; a collection keeps it, since `#` and a record's name follow."""
        return self.path if self.ending == COLLECTION else str(PurePosixPath(self.path).with_suffix(""))


def read_sources(paths: Sequence[Path]) -> tuple[list[Article], list[Skipped]]:
    """Read all articles in the folders and files named, sorted by id, and what could not be read, sorted by path.

    Raises UsageError for a path that does not exist, and where there is no article at all.
    """
    sources = Sources(paths)
    articles = list(sources.articles())
    return sorted(articles, key=lambda article: article.id), sorted_skipped(sources.skipped)


def sorted_skipped(skipped: Iterable[Skipped]) -> list[Skipped]:
    """In the order in which reports name them."""
    return sorted(skipped, key=lambda item: (item.path, item.reason))


class Sources:
    """The articles in some folders and files, found at once and read one after the other.

    `files` says what each file's article is called. `skipped` grows while articles are read; `digests` then holds,
    by path and name, the hash of the bytes that each file was read from, or why it was not.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Find the files; raises UsageError for a path that does not exist."""
        self.paths = tuple(paths)
        self.skipped: list[Skipped] = []
        self.files: dict[SourceFile, str] = _named(list(_found(paths, self.skipped)))
        self.digests: dict[tuple[str, str], str] = {}

    def articles(self) -> Iterator[Article]:
        """Each article once, file by file in an order that depends on their names alone.

        Raises UsageError at the end where there was none at all.
        """
        paths: dict[str, str] = {}
        for found, name in self.files.items():
            for result in self._read(found, name):
                if isinstance(result, Skipped):
                    self.skipped.append(result)
                elif result.id in paths:
                    reason = f'another article is called "{result.id}", {paths[result.id]}; rename one of them'
                    self.skipped.append(Skipped(result.path, reason))
                else:
                    paths[result.id] = result.path
                    yield result
        if not paths:
            raise UsageError(_nothing_to_read(self.paths, sorted_skipped(self.skipped)))

    def scan(self) -> dict[tuple[str, str], str]:
        """What `digests` would hold if all files were read now; and nothing else of them is looked at."""
        found = {}
        for file, name in self.files.items():
            try:
                found[_shown(file.path), name] = hashlib.sha256(_content(file)).hexdigest()
            except ArticleError as error:
                found[_shown(file.path), name] = str(error)
        return found

    def _read(self, found: SourceFile, name: str) -> Iterator[Article | Skipped]:
        path = _shown(found.path)
        try:
            data = _content(found)
        except ArticleError as error:
            self.digests[path, name] = str(error)
            yield Skipped(path, str(error))
            return
        self.digests[path, name] = hashlib.sha256(data).hexdigest()
        yield from read_articles(data, name, found.path, found.ending)


def _nothing_to_read(paths: Sequence[Path], skipped: Sequence[Skipped]) -> str:
    places = ", ".join(map(str, paths)) or "no folder"
    if not skipped:
        return f"{places}: no article in it; kg reads {_KINDS} files, at any depth"
    reasons = "".join(f"\n  {item.path}: {item.reason}" for item in skipped[:_MOST_REASONS])
    more = f"\n  and {len(skipped) - _MOST_REASONS} more" if len(skipped) > _MOST_REASONS else ""
    return f"{places}: no article in it can be read:{reasons}{more}"


def _found(paths: Sequence[Path], skipped: list[Skipped]) -> Iterator[SourceFile]:
    """All files of articles, each once however it is reached, in an order of its own."""
    seen: set[str] = set()
    for source in sorted(paths):
        if not os.path.exists(source):  # noqa: PTH110 - False, not an error, where a folder on the way is closed
            raise UsageError(f"{source}: no such file or folder; name a folder of articles or an article")
        root = source if source.is_dir() else source.parent
        for file in _walk(source, skipped) if source.is_dir() else [source]:
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield SourceFile(file, file.relative_to(root).as_posix(), Path(os.path.realpath(root)).name)


def _walk(root: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """The files of articles below `root`; links to folders are followed last, and no folder is entered twice."""
    entered: set[str] = set()
    pending: deque[Path] = deque([root])
    while pending:
        folder = pending.popleft()
        real = os.path.realpath(folder)
        if real in entered:
            continue
        entered.add(real)
        try:
            folders, files = _entries(folder)
        except OSError as error:
            name = folder.relative_to(root).as_posix()
            skipped.append(Skipped(name, f"cannot be opened ({error.strerror}); make it readable"))
            continue
        pending.extendleft(reversed([entry for entry in folders if not entry.is_symlink()]))
        pending.extend(entry for entry in folders if entry.is_symlink())
        yield from files


def _entries(folder: Path) -> tuple[list[Path], list[Path]]:
    """The folders in a folder, and the files of articles, both sorted; what a build wrote is neither."""
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    if {entry.name for entry in entries} >= _BUILT:
        entries = [entry for entry in entries if entry.name not in _OF_A_BUILD]
    folders = [entry for entry in entries if entry.is_dir()]
    return folders, [entry for entry in entries if entry not in folders and _is_article(entry)]


def _is_article(file: Path) -> bool:
    about = file.name.startswith(_ABOUT_ARTICLES) or file.stem.upper() in _ABOUT_ARTICLES
    return file.suffix.lower() in _ENDINGS and not about


def _named(files: Sequence[SourceFile]) -> dict[SourceFile, str]:
    """What each file's article is called: its path without ending; with it, and with its source, where names clash."""
    names = {found: _composed(found.shortest_name) for found in files}
    _lengthen(names, lambda found: _composed(found.path))
    _lengthen(names, lambda found: _composed(f"{found.source}/{found.path}"))
    return names


def _lengthen(names: dict[SourceFile, str], longer: Callable[[SourceFile], str]) -> None:
    """Give the longer name to files whose names clash, until none can be given it any more."""
    while True:
        uses = Counter(names.values())
        clashing = [found for found, name in names.items() if uses[name] > 1 and name != longer(found)]
        if not clashing:
            return
        names.update({found: longer(found) for found in clashing})


def _composed(name: str) -> str:
    """The same name for the same letters: macOS hands out accents apart from their letters."""
    return unicodedata.normalize("NFC", name)


def _shown(path: str) -> str:
    """A path as people and reports can have it: file systems also take names that are no text."""
    return path if _is_utf8(path) else os.fsencode(path).decode("utf-8", errors="replace")


def _content(found: SourceFile) -> bytes:
    """The bytes of a file as they were at one moment. Raises ArticleError for what kg does not read."""
    if not _is_utf8(found.path):
        raise ArticleError("its name is not UTF-8; rename it")
    if found.ending not in _ENDINGS:
        raise ArticleError(f"is of no kind that kg reads ({_KINDS})")
    limit = LARGEST_COLLECTION if found.ending == COLLECTION else LARGEST_ARTICLE
    try:
        for _ in range(_MOST_READINGS):
            if (data := _bytes(found.file, limit)) is not None:
                return data
    except OSError as error:
        raise ArticleError(f"cannot be read ({error.strerror}); make it readable or move it away") from error
    raise ArticleError("changes while it is read; build again when it is finished")


def _bytes(file: Path, limit: int) -> bytes | None:
    """The bytes of a file; None where it changed in the meantime, so that they may be of two versions."""
    before = file.stat()
    if not stat.S_ISREG(before.st_mode):
        raise ArticleError("is no file but a pipe or device")
    if before.st_size > limit:
        raise ArticleError(too_large(before.st_size, limit))
    with file.open("rb") as stream:
        data = stream.read(limit + 1)
        after = os.fstat(stream.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if same and len(data) == after.st_size else None


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
