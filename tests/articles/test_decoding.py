"""Bytes to text."""

from __future__ import annotations

import pytest

from kg.articles.decoding import decode, make_storable
from kg.errors import ArticleError

TEXT = "Setúbal and Łódź – “two ports”\nsaid so.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    """All Unicode encodings with their marks give the same text without a mark."""
    assert decode(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_utf16_of_either_order(encoding: str) -> None:
    """The mark tells the order of bytes."""
    assert decode(f"\ufeff{TEXT}".encode(encoding)).text == TEXT


def test_windows_bytes_are_read_and_noted() -> None:
    """A Western European file is read as such, and the note says so."""
    decoded = decode("The café in Málaga says “hello”.".encode("cp1252"))
    assert decoded.text == "The café in Málaga says “hello”."
    assert decoded.note == "4 bytes that are not UTF-8, read as Windows-1252"


def test_stray_byte_leaves_the_rest_alone() -> None:
    """One wrong byte in a UTF-8 file does not spoil the right ones."""
    decoded = decode("Setúbal ".encode() + b"\x96" + " Łódź".encode())
    assert decoded.text == "Setúbal – Łódź"
    assert decoded.note == "1 byte that is not UTF-8, read as Windows-1252"


def test_line_ends_become_line_feeds() -> None:
    """Windows and old Mac line ends become line feeds, one for one line."""
    assert decode(b"a\r\nb\rc\n\r\nd").text == "a\nb\nc\n\nd"


def test_only_the_first_mark_is_dropped() -> None:
    """A byte order mark in the middle belongs to the text."""
    assert decode("\ufeffa\ufeffb".encode()).text == "a\ufeffb"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n1 0 obj", "is a PDF document"),
        (b"PK\x03\x04rest", "is a ZIP archive or an Office document"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "it holds NUL bytes"),
        ("Corvid".encode("utf-16-le"), "looks like UTF-16 without a byte order mark"),
        (b"\xff\xfea", "starts as UTF-16 but is damaged at byte"),
        ("Корвид открыл парк".encode("cp1251"), "is neither UTF-8 nor Western European text"),
        ("烏鴉實驗室在深圳成立".encode("gb18030"), "is neither UTF-8 nor Western European text"),
        (bytes(range(1, 32)) * 3, "it is full of control characters"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    """Binary files and unknown encodings are refused with what they look like."""
    with pytest.raises(ArticleError, match=reason):
        decode(data)


def test_escapes_become_storable() -> None:
    """NUL and lone surrogates, which no UTF-8 file can hold, are replaced one for one."""
    assert make_storable("a\x00b\ud800c") == "a\ufffdb\ufffdc"
