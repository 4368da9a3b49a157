"""Bytes to text: Unicode encodings, and Western European bytes where a file is not what it should be."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg.errors import ArticleError

# What files say of themselves in their first bytes, and what they are then called. UTF-32 comes before UTF-16, whose
# mark is the beginning of its own.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
)
# Share of bytes: French or Polish in a Western encoding has under a tenth outside ASCII, Chinese or Russian in a
# national encoding nearly all.
_MOST_FOREIGN_BYTES = 0.2
# Share of characters: text has none or a stray one, executables and pictures one in ten and more.
_MOST_CONTROLS = 0.01
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")
# `surrogateescape` leaves the bytes that are not UTF-8 as U+DC80 to U+DCFF.
_WINDOWS_1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)}
# What no file can hold and no Turtle reader takes.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, without byte order mark and with line feeds as line ends; `note` says what had to be assumed."""

    text: str
    note: str | None = None


def decode(data: bytes) -> Decoded:
    """Decode UTF-8, UTF-16 or UTF-32 with a mark, or UTF-8 with Windows-1252 bytes in it.

    Raises ArticleError for what is no text.
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ArticleError(f"is {name}, whatever its ending says; save its text as .txt in UTF-8")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(Decoded(_decode_marked(data, encoding)))
    if b"\0" in data:
        raise ArticleError(_about_nulls(data))
    try:
        return _checked(Decoded(data.decode("utf-8")))
    except UnicodeDecodeError:
        return _checked(_decode_mixed(data))


def unify_line_ends(text: str) -> str:
    """The text with a line feed for every line end, of Windows and old Macs too."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def make_storable(text: str) -> str:
    """The text with U+FFFD for each NUL and lone surrogate, which escapes of JSON and YAML can bring in."""
    return _UNSTORABLE.sub("\ufffd", text)


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        message = f"starts as {encoding.upper()} but is damaged at byte {error.start}; save it as UTF-8"
        raise ArticleError(message) from error


def _about_nulls(data: bytes) -> str:
    # UTF-16 of Western text has NUL in every second byte and hardly one in the others.
    fewer, more = sorted((data[::2].count(0), data[1::2].count(0)))
    if more > len(data) // 4 and fewer <= more // 10:
        return "looks like UTF-16 without a byte order mark; save it as UTF-8"
    return "is no text: it holds NUL bytes"


def _decode_mixed(data: bytes) -> Decoded:
    escaped = data.decode("utf-8", errors="surrogateescape")
    text = escaped.translate(_WINDOWS_1252)
    foreign = sum(1 for character in escaped if "\udc80" <= character <= "\udcff")
    if foreign > _MOST_FOREIGN_BYTES * len(data):
        raise ArticleError("is neither UTF-8 nor Western European text; save it as UTF-8")
    amount = "1 byte that is" if foreign == 1 else f"{foreign} bytes that are"
    return Decoded(text, f"{amount} not UTF-8, read as Windows-1252")


def _checked(decoded: Decoded) -> Decoded:
    controls = len(_CONTROL.findall(decoded.text))
    if "\0" in decoded.text or controls > max(1, _MOST_CONTROLS * len(decoded.text)):
        raise ArticleError("is no text: it is full of control characters")
    return Decoded(unify_line_ends(decoded.text), decoded.note)
