from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cache.store import FILE, Store, open_store, remove_store

ROOT = Path(__file__).parents[2]
ROWS = [(bytes([i]) * 20, bytes([i]) * 3000) for i in range(1, 60)]
KEYS = [key for key, _ in ROWS]


def filled(folder: Path) -> Store:
    """A store with rows in it, closed."""
    store = open_store(folder)
    store.keep(ROWS)
    store.close()
    return store


def test_what_was_kept_is_found_by_the_next_process(tmp_path: Path) -> None:
    """Values come back as they were; a key that nobody kept is absent."""
    filled(tmp_path)
    store = open_store(tmp_path)
    assert store.find([*KEYS, b"unknown"]) == dict(ROWS)
    store.close()
    assert store.notes == []


def test_no_folder_keeps_nothing() -> None:
    """A user without a home builds without a cache."""
    store = open_store(None)
    store.keep(ROWS)
    assert store.find(KEYS) == {}
    assert not store


def test_folder_that_cannot_be_made_is_said_and_goes_without(tmp_path: Path) -> None:
    """A file stands in the way."""
    (tmp_path / "file").write_text("in the way")
    store = open_store(tmp_path / "file" / "cache")
    store.keep(ROWS)
    assert not store
    assert "cannot be written" in store.notes[0]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096])
def test_foreign_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    """Whatever stands where the cache should, the build goes on, with a cache."""
    (tmp_path / FILE).write_bytes(content)
    store = open_store(tmp_path)
    store.keep(ROWS)
    assert store.find(KEYS) == dict(ROWS)
    store.close()


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.99])
def test_truncated_file_gives_right_values_or_none(tmp_path: Path, share: float) -> None:
    """A disk that lost the end of the file."""
    filled(tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[: int(len(whole) * share)])
    store = open_store(tmp_path)
    found = store.find(KEYS)
    assert found.items() <= dict(ROWS).items()
    store.keep(ROWS)
    assert store.find(KEYS) == dict(ROWS)
    store.close()
    assert store.notes


@pytest.mark.parametrize("at", range(100, 180_000, 9_001))
def test_overwritten_bytes_give_right_values_or_none(tmp_path: Path, at: int) -> None:
    """Foreign bytes anywhere in the file: what is read back is what was kept, or nothing."""
    filled(tmp_path)
    data = bytearray((tmp_path / FILE).read_bytes())
    data[at : at + 64] = b"\x5a" * 64
    (tmp_path / FILE).write_bytes(data)
    store = open_store(tmp_path)
    assert store.find(KEYS).items() <= dict(ROWS).items()
    store.keep(ROWS)
    assert store.find(KEYS) == dict(ROWS)


def test_row_with_a_wrong_hash_is_absent_and_said(tmp_path: Path) -> None:
    """SQLite is content with it, and we are not."""
    filled(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE entry SET value = ? WHERE key = ?", (b"forged", KEYS[0]))
    connection.close()
    store = open_store(tmp_path)
    assert store.find(KEYS[:2]) == {KEYS[1]: ROWS[1][1]}
    store.close()
    assert "1 entry was damaged" in store.notes[0]


def test_another_format_is_begun_anew(tmp_path: Path) -> None:
    """A file of an older or newer kg."""
    filled(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    store = open_store(tmp_path)
    assert store.find(KEYS) == {}
    assert "format 99" in store.notes[0]


def test_table_of_another_program_is_begun_anew(tmp_path: Path) -> None:
    """The right version number, and nothing else right."""
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE other (x)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    store = open_store(tmp_path)
    assert store.find(KEYS) == {}
    store.keep(ROWS)
    assert store.find(KEYS) == dict(ROWS)


def test_file_is_bounded_and_what_was_used_last_stays(tmp_path: Path) -> None:
    """Above the limit the oldest go, and the file shrinks."""
    filled(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE entry SET used = used - 30 WHERE key < ?", (KEYS[40],))
    connection.close()
    before = (tmp_path / FILE).stat().st_size
    store = open_store(tmp_path)
    store.find(KEYS[:5])
    store.close(largest=100_000)
    after = open_store(tmp_path)
    kept = after.find(KEYS)
    after.close()
    assert set(KEYS[:5]) <= set(kept)
    assert 10 < len(kept) < 40
    assert (tmp_path / FILE).stat().st_size < before / 2


def test_killed_process_leaves_a_store_that_works(tmp_path: Path) -> None:
    """Killed with rows half written."""
    code = (
        "import os, sys; from pathlib import Path; from kg.cache import open_store\n"
        "store = open_store(Path(sys.argv[1])); store.keep([(b'a' * 20, b'whole')])\n"
        "c = store._connection; c.execute('BEGIN IMMEDIATE')\n"
        "insert = 'INSERT INTO entry VALUES (?, 1, 1, ?, zeroblob(100000))'\n"
        "c.executemany(insert, [(bytes([i]), b'') for i in range(99)])\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    store = open_store(tmp_path)
    assert store.find([b"a" * 20, bytes([1])]) == {b"a" * 20: b"whole"}
    store.keep(ROWS)
    assert store.notes == []


def test_two_stores_share_a_file(tmp_path: Path) -> None:
    """Two builds at once."""
    one, two = open_store(tmp_path), open_store(tmp_path)
    one.keep(ROWS[:30])
    two.keep(ROWS[20:])
    assert one.find(KEYS) == two.find(KEYS) == dict(ROWS)
    one.close()
    two.close()
    assert one.notes == two.notes == []


def test_removing_a_store_says_what_it_freed(tmp_path: Path) -> None:
    """And other files stay."""
    filled(tmp_path)
    (tmp_path / "mine.txt").write_text("mine")
    assert remove_store(tmp_path) > 150_000
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
