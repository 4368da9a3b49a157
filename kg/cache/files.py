"""Files of the cache folder that are whole or as good as absent: the hash of what they hold, then that.

They only ever save time. What cannot be read is made anew by whoever wanted it, what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def read_whole(path: Path) -> bytes | None:
    """What `write_whole` wrote there; None where there is nothing, or not that any more."""
    try:
        digest, body = path.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    return body if hashlib.sha256(body).hexdigest().encode() == digest else None


def write_whole(path: Path, body: bytes, *, most: int) -> None:
    """Put a file in place whole, and remove the oldest of its kind but `most`; where that fails, there is none.

    Of one kind are the files that begin alike, up to the first hyphen, and end alike.
    """
    kind = f"{path.name.split('-', maxsplit=1)[0]}-*{path.suffix}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(aside).replace(path)
        finally:
            Path(aside).unlink(missing_ok=True)
        files = sorted(path.parent.glob(kind), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[most:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
