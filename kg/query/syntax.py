"""Errors of Oxigraph's SPARQL parser, in words for the author of the query."""

from __future__ import annotations

import re
from typing import Final

from kg.query.guard import pointed

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CHARACTER_CLASS: Final = re.compile(r"\[[^\]]*\]")
_TELLING: Final = re.compile(r'(?<![\w"])([A-Z]{2,})(?![\w"])|"([{}().;,])"')
_SENTENCE: Final = re.compile(r"(?:^|, )((?:The|Prefix|Blank|Invalid|Duplicate|Existing|Nested)\b[^,\[]*[a-z])")
_WORD: Final = re.compile(r"[^\s{}();,]+|[{}();,]")
_NO_PREFIX: Final = "Prefix not found"
_LINE: Final = "\n"
_SEPARATORS: Final = "{}();,"
_MOST_EXPECTED: Final = 8  # tokens named as possible: more is a grammar, not a hint


def explained(query: str, message: str) -> str:
    """A syntax error with its line, a caret, and what would be right there."""
    place = _PLACE.match(message)
    if place is None:
        return f"the query is not SPARQL: {message}"
    offset = _offset(query, int(place[1]), int(place[2]))
    problem = _problem(query, offset, place[3])
    return f"line {query.count(_LINE, 0, offset) + 1}: {problem}\n{pointed(query, offset)}"


def _offset(query: str, line: int, column: int) -> int:
    """The start of the word that Oxigraph stumbled in, which it places by the character where it gave up."""
    start = 0
    for _ in range(line - 1):
        start = query.find(_LINE, start) + 1
    offset = min(start + column - 1, len(query))
    while offset > start and not query[offset - 1].isspace() and query[offset - 1] not in _SEPARATORS:
        offset -= 1
    return offset


def _problem(query: str, offset: int, expected: str) -> str:
    found = _WORD.match(query, offset)
    sentence = _SENTENCE.search(expected)
    if sentence and sentence[1] == _NO_PREFIX:
        prefix = found[0].partition(":")[0] if found else ""
        return f"the prefix {prefix}: is not declared; begin the query with PREFIX {prefix}: <...>"
    if sentence:
        return sentence[1][0].lower() + sentence[1][1:]
    tokens = dict.fromkeys(_TELLING.findall(_CHARACTER_CLASS.sub("", expected)))
    telling = [name or mark for name, mark in tokens]
    if found and not query[:offset].strip():
        return f'a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with "{found[0]}"'
    what = f'"{found[0]}" cannot stand here' if found else "the query ends too early"
    return f"{what}; possible would be {' '.join(telling[:_MOST_EXPECTED])}" if telling else what
