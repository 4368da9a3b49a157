from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.terminal import Terminal, guarded

ROOT = Path(__file__).parents[2]
pty = pytest.importorskip("pty", reason="Windows has no such terminals")


class Screen(io.BytesIO):
    """Bytes that say they are a terminal."""

    def isatty(self) -> bool:
        """They do."""
        return True


def sent(text: str, *, progress: bool = False, encoding: str = "utf-8") -> str:
    """What a terminal gets of a text."""
    screen = Screen()
    stream = guarded(io.TextIOWrapper(screen, encoding=encoding, newline="\n"), progress=progress)
    stream.write(text)
    stream.flush()
    return screen.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("\x1b]52;c;cm0gLXJm\x1b\\", "\\x1b]52;c;cm0gLXJm\\x1b\\"),
        ("safe.txt\x1b[2K\x1b[1A", r"safe.txt\x1b[2K\x1b[1A"),
        ("left\rright", r"left\rright"),
        ("\x9b31m", r"\x9b31m"),
        ("Acme \u202elabS\u202c", r"Acme \u202elabS\u202c"),
        ("\x1b", r"\x1b"),
    ],
)
def test_what_would_steer_a_terminal_is_shown(text: str, shown: str) -> None:
    """Titles, clipboards, cursors, the direction of writing."""
    assert sent(text) == shown


@pytest.mark.parametrize("text", ["Łódź\tСент-Орм\n", "\x1b[31m\x1b[1merror:\x1b[0m no", "\x1b[38;5;12mblue\x1b[0m"])
def test_text_and_colours_are_sent(text: str) -> None:
    """Any language, tabs, lines, and what click and rich write."""
    assert sent(text) == text


def test_progress_may_move_within_its_lines() -> None:
    """A bar is drawn where it stood; a window's title is still not its business."""
    assert sent("\r\x1b[2K\x1b[1A\x1b[?25l", progress=True) == "\r\x1b[2K\x1b[1A\x1b[?25l"
    assert sent("\x1b]0;x\x07\x1b[H", progress=True) == r"\x1b]0;x\x07\x1b[H"


def test_a_character_that_the_terminal_lacks_shows_as_a_question_mark() -> None:
    """And no error."""
    assert sent("Łódź", encoding="latin-1") == "?ód?"


def test_files_and_pipes_get_every_character() -> None:
    """What a program reads is what there is."""
    data = io.BytesIO()
    stream = guarded(io.TextIOWrapper(data, encoding="utf-8", newline="\n"))
    stream.write("\x1b]0;x\x07\r\u202e\n")
    stream.flush()
    assert not isinstance(stream, Terminal)
    assert data.getvalue().decode() == "\x1b]0;x\x07\r\u202e\n"


def test_a_file_with_a_hostile_name_is_named_on_a_terminal() -> None:
    """The command line as a person runs it, on a terminal of the system."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "build", "no\x1b]0;owned\x07where"]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, cwd=ROOT)
    os.close(theirs)
    said = b""
    try:
        while more := os.read(ours, 4096):
            said += more
    except OSError:  # Linux says in this way that the other end is closed
        pass
    finally:
        os.close(ours)
    assert process.wait() == 2
    assert rb"no\x1b]0;owned\x07where: no such file or folder" in said
    assert b"\x1b]" not in said
