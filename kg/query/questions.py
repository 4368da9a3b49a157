"""Saved questions: `.rq` files of an ontology whose comments say in words what they ask, of what, and what is expected.

    # question: Who is a member of which alliance?
    # parameter: alliance (kg:Alliance, optional): one alliance
    # expect: 3 rows

A parameter is a SPARQL variable written with `$` in the query; `kg.query.parameters` says what it may be. An
expectation is `some`, `none`, a number of rows, or `true` or `false` (for ASK). It holds for the outputs that the
ontology's own sources give; a question without one is not checked. What the graph of a certain project must keep
answering stands in that project's `answers.toml` (`kg.query.answerability`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError, UsageError
from kg.query.answers import Table, Triples
from kg.query.parameters import Parameter, read_parameter
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.query.answers import Answer

FOLDER: Final = "questions"
_HEADER: Final = re.compile(r"#\s*(question|expect|parameter):\s*(.+?)\s*\Z")
_EXPECTATION: Final = re.compile(r"some|none|true|false|(\d+)(?: rows?)?")


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query: `words` ask it for people, `expected` is as the file says it, or None."""

    name: str
    words: str
    query: str
    expected: str | None = None
    parameters: tuple[Parameter, ...] = ()


def read_questions(ontology: Path) -> tuple[Question, ...]:
    """The questions of an ontology, by name. Raises OntologyError for a file without its question in words."""
    folder = ontology / FOLDER
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def _read(path: Path) -> Question:
    try:
        query = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read ({error})") from error
    headers = [(match[1], match[2]) for line in query.splitlines() if (match := _HEADER.match(line))]
    single = dict(headers)
    if "question" not in single:
        raise OntologyError(f'{path}: does not say what it asks; begin it with "# question: ..."')
    expected = single.get("expect")
    if expected is not None and not is_expectation(expected):
        raise OntologyError(f'{path}: "# expect: {expected}" is not some, none, a number of rows, true or false')
    parameters = tuple(read_parameter(text, query, path) for kind, text in headers if kind == "parameter")
    return Question(path.stem, single["question"], query, expected, parameters)


def find_question(questions: Sequence[Question], name: str) -> Question:
    """The question of this name; UsageError where there is none."""
    wanted = name.casefold().removesuffix(".rq")
    for question in questions:
        if question.name.casefold() == wanted:
            return question
    hint = did_you_mean(name, [question.name for question in questions])
    raise UsageError(f'no question is called "{name}"{hint or "; `kg ask` lists them"}')


def shortfall(question: Question, answer: Answer) -> str | None:
    """How an answer differs from what its file expects, in words, or None."""
    return None if question.expected is None else difference(question.expected, answer)


def is_expectation(text: str) -> bool:
    """Whether an expectation is one that `difference` knows."""
    return _EXPECTATION.fullmatch(text) is not None


def difference(expected: str, answer: Answer) -> str | None:
    """How an answer differs from an expectation, in words, or None."""
    match answer:
        case bool():
            actual, holds = str(answer).lower(), expected == str(answer).lower()
        case Table(_, rows) | Triples(rows):
            actual, holds = f"{len(rows)} row{'' if len(rows) == 1 else 's'}", _holds(expected, len(rows))
    return None if holds else f"expected {expected}, got {actual}"


def _holds(expected: str, rows: int) -> bool:
    match = _EXPECTATION.fullmatch(expected)
    if match and match[1]:
        return rows == int(match[1])
    return rows > 0 if expected == "some" else expected == "none" and rows == 0
