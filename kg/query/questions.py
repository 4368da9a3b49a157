"""Saved questions: `.rq` files of an ontology whose comments say in words what they ask, and what answer is expected.

    # question: Who took over whom?
    # expect: 3 rows

An expectation is `some`, `none`, a number of rows, or `true` or `false` (for ASK). It holds for the outputs that the
ontology's own sources give; a question without one is not checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError, UsageError
from kg.query.answers import Table, Triples
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.query.answers import Answer

FOLDER: Final = "questions"
_HEADER: Final = re.compile(r"#\s*(question|expect):\s*(.+?)\s*\Z")
_EXPECTATION: Final = re.compile(r"some|none|true|false|(\d+)(?: rows?)?")


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query: `words` ask it for people, `expected` is as the file says it, or None."""

    name: str
    words: str
    query: str
    expected: str | None = None


def read_questions(ontology: Path) -> tuple[Question, ...]:
    """The questions of an ontology, by name. Raises OntologyError for a file without its question in words."""
    folder = ontology / FOLDER
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def _read(path: Path) -> Question:
    try:
        query = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read ({error})") from error
    headers = {match[1]: match[2] for line in query.splitlines() if (match := _HEADER.match(line))}
    if "question" not in headers:
        raise OntologyError(f'{path}: does not say what it asks; begin it with "# question: ..."')
    expected = headers.get("expect")
    if expected is not None and not _EXPECTATION.fullmatch(expected):
        raise OntologyError(f'{path}: "# expect: {expected}" is not some, none, a number of rows, true or false')
    return Question(path.stem, headers["question"], query, expected)


def find_question(questions: Sequence[Question], name: str) -> Question:
    """The question of this name; UsageError where there is none."""
    wanted = name.casefold().removesuffix(".rq")
    for question in questions:
        if question.name.casefold() == wanted:
            return question
    hint = did_you_mean(name, [question.name for question in questions])
    raise UsageError(f'no question is called "{name}"{hint or "; `kg ask` lists them"}')


def shortfall(question: Question, answer: Answer) -> str | None:
    """How an answer differs from what is expected, in words, or None."""
    if question.expected is None:
        return None
    match answer:
        case bool():
            actual, holds = str(answer).lower(), question.expected == str(answer).lower()
        case Table(_, rows) | Triples(rows):
            actual, holds = f"{len(rows)} rows", _holds(question.expected, len(rows))
    return None if holds else f"expected {question.expected}, got {actual}"


def _holds(expected: str, rows: int) -> bool:
    match = _EXPECTATION.fullmatch(expected)
    if match and match[1]:
        return rows == int(match[1])
    return rows > 0 if expected == "some" else expected == "none" and rows == 0
