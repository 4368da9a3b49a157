"""One build at a time: a lock on the output folder that the system drops when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
from contextlib import contextmanager
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LOCK_NAME = ".kg.lock"

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one build, creating it where needed.

    Where that fails, folders that were made for it and are empty still are removed. Raises OutputError at once where
    another build holds it, or where it cannot be written.
    """
    path = folder / LOCK_NAME
    try:
        made = _missing(folder)
        descriptor = _acquire(path)
    except BlockingIOError as error:
        raise OutputError(f"{folder}: another build is writing here; wait for it, or choose another --out") from error
    except OSError as error:
        raise OutputError(unwritable(folder, error)) from error
    try:
        yield
    except BaseException:
        _release(path, descriptor)
        _remove_empty(made)
        raise
    _release(path, descriptor)


def unwritable(path: Path, error: OSError) -> str:
    """What to say when `path` cannot be written."""
    return f"{path}: cannot be written ({error.strerror or error}); make room or choose another folder with --out"


def _missing(folder: Path) -> list[Path]:
    """The folder and those above it, the deepest first, as far as they are not there yet."""
    return list(takewhile(lambda each: not each.exists(), [folder, *folder.parents]))


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders, the deepest first, up to one that holds something or cannot be removed."""
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _opened(path: Path) -> int:
    """The file, opened for locking; its folder may be removed by a build that failed while another one begins."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)


def _acquire(path: Path) -> int:
    """Open and lock the file; BlockingIOError where another process has it."""
    while True:
        descriptor = _opened(path)
        try:
            _try_lock(descriptor)
            if _is_same_file(path, descriptor):
                return descriptor
        except PermissionError as error:  # what Windows says of a lock that is held
            os.close(descriptor)
            raise BlockingIOError from error
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # its last holder removed the file between our open and our lock: try again


def _is_same_file(path: Path, descriptor: int) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False


def _release(path: Path, descriptor: int) -> None:
    if sys.platform == "win32":  # an open file cannot be removed there
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()
    else:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)
