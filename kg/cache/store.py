"""One SQLite file of rows that each carry their own hash: crash-safe, bounded, and never a reason for a build to fail.

SQLite's write-ahead log survives a kill at any moment and lets several builds read and write at once. A file that
SQLite cannot make sense of is removed and begun anew; a row whose hash does not fit is as good as absent. Values are
bytes that nothing here interprets.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FORMAT: Final = 1
"""Of the table below; a file of another format is begun anew."""
FILE: Final = "articles.sqlite"
LARGEST: Final = 4_000_000_000
"""Bytes of a cache file before the rows that were not used for longest are removed."""
TRIMMED_SHARE: Final = 0.8
"""Of `LARGEST`, what is left after that: so that it happens seldom."""
_PATIENCE_S: Final = 10.0
"""How long to wait for another build that is writing; batches take milliseconds."""
_MOST_KEYS: Final = 500
"""Keys asked for in one statement; SQLite's oldest limit is 999."""
_DAY_S: Final = 86_400
_KEPT_MARK: Final = b"\x01"

_SCHEMA: Final = """
CREATE TABLE entry (key BLOB PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, hash BLOB NOT NULL, value BLOB);
CREATE INDEX by_use ON entry (used, size);
"""


class Store:
    """Bytes by key; a store without a file keeps nothing. `notes` say what went wrong with it, for people."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.notes: list[str] = []
        self._damaged = 0
        self._connection: sqlite3.Connection | None = None
        if path is not None:
            self._start(path)

    def __bool__(self) -> bool:
        """Whether anything is kept."""
        return self._connection is not None

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are kept whole; they count as used today."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _MOST_KEYS):
            with self._guarded() as connection:
                if connection is not None:
                    found |= self._find(connection, keys[start : start + _MOST_KEYS])
        return found

    def keep(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep these values in one step that is done or not done."""
        today = _today()
        entries = [(key, today, len(value), _hash(key, value), value) for key, value in rows]
        with self._guarded() as connection:
            if connection is not None and entries:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", entries)
                connection.execute("COMMIT")

    def close(self, *, largest: int = LARGEST) -> None:
        """Remove what is too much, and let go of the file."""
        if self._damaged:
            what = "1 entry was" if self._damaged == 1 else f"{self._damaged} entries were"
            self.notes.append(f"{what} damaged in the cache {self.path} and made anew")
            self._damaged = 0
        with self._guarded() as connection:
            if connection is not None:
                _trim(connection, largest)
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _start(self, path: Path) -> None:
        try:
            # Texts of articles stand in it: as the XDG specification has it, for the user alone.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            self.notes.append(f"the cache {path.parent} cannot be written ({error.strerror}); built without it")
            return
        with self._guarded():
            self._connection = _connect(path)

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection | None]:
        """The connection, or None; whatever fails within leaves a store that keeps nothing, or a new one."""
        try:
            yield self._connection
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # it has not the table that it should have
                self._begin_anew(error)
            else:  # locked, read-only, disk full: the file itself is in order
                self._give_up(f"the cache {self.path} cannot be used ({error}); built without it")
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)

    def _begin_anew(self, error: Exception) -> None:
        self._give_up(f"the cache {self.path} was damaged ({error}) and is begun anew")
        if self.path is None:
            return
        remove_store(self.path.parent)
        try:
            self._connection = _connect(self.path)
        except sqlite3.Error as second:
            self._give_up(f"the cache {self.path} cannot be used ({second}); built without it")

    def _give_up(self, note: str) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self.notes.append(note)

    def _find(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found, stale, today = {}, [], _today()
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, used, hash, value FROM entry WHERE key IN ({marks})"  # noqa: S608 - marks alone
        for key, used, digest, value in connection.execute(query, keys):
            if not isinstance(value, bytes) or digest != _hash(key, value):
                self._damaged += 1
                continue
            found[key] = value
            if used != today:
                stale.append((today, key))
        if stale:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("UPDATE entry SET used = ? WHERE key = ?", stale)
            connection.execute("COMMIT")
        return found


def open_store(folder: Path | None) -> Store:
    """The store in a cache folder; one that keeps nothing where there is no folder or it cannot be used."""
    return Store(folder / FILE if folder is not None else None)


def remove_store(folder: Path) -> int:
    """Remove the store of a cache folder; the bytes that this frees."""
    freed = 0
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        with suppress(FileNotFoundError):
            freed += (folder / name).stat().st_size
            (folder / name).unlink()
    return freed


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in {0, FORMAT}:
            raise sqlite3.DatabaseError(f"it is of format {version}, this is {FORMAT}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # has effect on a new file alone
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if version == 0:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # else another build was quicker
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _trim(connection: sqlite3.Connection, largest: int) -> None:
    """Remove the rows that were not used for longest until the file is well below its limit."""
    if _size(connection) <= largest:
        return
    total = connection.execute("SELECT sum(size) FROM entry").fetchone()[0] or 0
    connection.execute("BEGIN IMMEDIATE")
    excess = total - int(largest * TRIMMED_SHARE)
    oldest = connection.execute("SELECT rowid, size FROM entry ORDER BY used, rowid")
    doomed = []
    while excess > 0 and (row := oldest.fetchone()) is not None:
        doomed.append((row[0],))
        excess -= row[1]
    connection.executemany("DELETE FROM entry WHERE rowid = ?", doomed)
    connection.execute("COMMIT")
    connection.executescript("PRAGMA incremental_vacuum")  # execute() would stop after one page


def _size(connection: sqlite3.Connection) -> int:
    (pages,), (free,), (size,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _hash(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(key + _KEPT_MARK + value, digest_size=16).digest()


def _today() -> int:
    """Days since 1970: all that the order of removal needs to know of time."""
    return int(time.time() // _DAY_S)
