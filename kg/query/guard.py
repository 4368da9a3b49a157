"""What a query may do: read. Updates and calls to the network are refused before anything runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

# The tokens of SPARQL within which a word is no keyword (https://www.w3.org/TR/sparql11-query/#grammar), and words.
_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|\#[^\n]*"
    r"|[?$][\w]+"
    r"|[\w.-]*:[\w.%-]*"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<mark>[{}()\[\].;,/|^*+?!=<>&-])",
    re.DOTALL,
)
_UPDATES: Final = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
MOST_MARKS: Final = 5_000
"""Brackets, operators and keywords in one query: the engine recurses over them, and its stack holds more than these."""

_READS: Final = frozenset("SELECT ASK CONSTRUCT DESCRIBE".split())


def check_allowed(query: str, *, allow_service: bool = False, cure: str = "; allow it with --allow-service") -> None:
    """Raise QueryError for an update, for SERVICE unless it is allowed, and for a query that is too deep.

    `cure` ends the sentence that refuses SERVICE.
    """
    check_depth(query)
    words = list(_keywords(query))
    first = next((word for word, _ in words if word in _UPDATES | _READS), None)
    if first in _UPDATES:
        raise QueryError(f"{first} is not possible: the graph says what the articles say; change them and build again")
    for word, offset in words:
        if word == "SERVICE" and not allow_service:
            raise QueryError(f"SERVICE asks the network, which is off{cure}\n{pointed(query, offset)}")


def check_depth(query: str) -> None:
    """Raise QueryError for more brackets, operators and keywords than the engine can follow."""
    marks = sum(1 for match in _TOKEN.finditer(query) if match["word"] or match["mark"])
    if marks > MOST_MARKS:
        raise QueryError(
            f"the query has {marks:,} brackets, operators and keywords, where {MOST_MARKS:,} is the most; list values "
            "with VALUES ?x { ... }, or ask in several queries"
        )


def pointed(query: str, offset: int) -> str:
    """The line of the query at an offset, with a caret below the place."""
    start = query.rfind("\n", 0, offset) + 1
    line = query[start:].split("\n", 1)[0]
    number = query.count("\n", 0, start) + 1
    # Tabs stay tabs below, so that the caret stands right however wide they are.
    indent = "".join(c if c == "\t" else " " for c in line[: offset - start])
    margin = f"  {number} | "
    return f"{margin}{line}\n{' ' * (len(margin) - 2)}| {indent}^"


def _keywords(query: str) -> Iterator[tuple[str, int]]:
    """Keywords in capitals with their offsets; what stands in strings, IRIs, names and comments is none."""
    for match in _TOKEN.finditer(query):
        if match["word"]:
            yield match["word"].upper(), match.start()


def tokens(query: str) -> Iterator[tuple[str, int]]:
    """All tokens with their offsets but white space; strings, IRIs and comments are one token each."""
    return ((match[0], match.start()) for match in _TOKEN.finditer(query))
