"""What a terminal is sent: text and colours. Control characters in names, quotes and file names steer no terminal.

A terminal obeys what is written to it: it can be told to rename its window, to fill the clipboard, or to overwrite the
line above. Articles and file names are of strangers, so such characters are shown, not sent. Files and pipes get every
character as it is.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from re import Match

_COLOURS: Final = r"\x1b\[[0-9;]*m"
_OF_PROGRESS: Final = r"\x1b\[[0-9]*[AK]|\x1b\[\?25[hl]|\r"
"""Lines up, clear the line, hide and show the cursor, to the line's start: how a progress bar is drawn."""
_CONTROLS: Final = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
"""All but tab and line feed, and the signs that turn the direction of what follows, beyond their own name."""


class Terminal(io.TextIOWrapper):
    """A terminal's stream. Unless it draws `progress`, colours are all that it obeys."""

    def __init__(self, stream: io.TextIOWrapper, *, progress: bool) -> None:
        """Take over a stream, which is of no use afterwards."""
        encoding, buffered = stream.encoding, stream.line_buffering
        super().__init__(stream.detach(), encoding=encoding, errors="replace", line_buffering=buffered)
        wanted = f"{_COLOURS}|{_OF_PROGRESS}" if progress else _COLOURS
        self._sequences = re.compile(f"({wanted})|{_CONTROLS}")

    def write(self, text: str) -> int:
        """Write, with other control characters made visible."""
        return super().write(self._sequences.sub(_shown, text))


def guarded(stream: TextIO, *, progress: bool = False) -> TextIO:
    """A stream of standard output or error for people: guarded where it is a terminal, and else itself.

    A character that its encoding lacks shows as "?".
    """
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if stream.isatty():
        return Terminal(stream, progress=progress)
    stream.reconfigure(errors="replace")
    return stream


def _shown(found: Match[str]) -> str:
    """A sequence that is obeyed as it is; a control character by its number, as Python writes it."""
    return found[1] or found[0].encode("unicode_escape").decode("ascii")
