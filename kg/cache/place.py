"""Where caches belong on this platform."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

CACHE_VARIABLE: Final = "KG_CACHE_DIR"
"""Another folder for the cache than the platform's."""
_KEPT: Final = ("articles.sqlite*", "cities-*.table", "frames-*.json", "lessons-*.json")
"""What stands in it: the store of this room, GeoNames as `kg.resolve` looks names up in it, and what `kg.extract` makes
of an ontology's examples."""


def cache_folder() -> Path | None:
    """Return where caches of kg belong; None for a user without a home."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    by_platform = {"win32": "LOCALAPPDATA", "darwin": ""}.get(sys.platform, "XDG_CACHE_HOME")
    given = Path(os.environ.get(by_platform, ""))
    if given.is_absolute():  # the XDG specification has relative paths ignored
        return given / "kg"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    places = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}
    return places.get(sys.platform, home / ".cache") / "kg"


def clean(folder: Path) -> int:
    """Remove all that kg keeps in its cache folder, and nothing else; the bytes that this frees."""
    freed = 0
    for file in (file for pattern in _KEPT for file in sorted(folder.glob(pattern))):
        with suppress(FileNotFoundError):
            size = file.stat().st_size
            file.unlink()
            freed += size
    return freed
