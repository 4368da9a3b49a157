"""What a graph must keep answering: expectations of one project, in `answers.toml` beside its `kg.toml`.

    [[expect]]
    question = "members"
    with = { alliance = "Harbour Alliance" }
    rows = [["Nordpay"], ["Lisbon"]]     # each among the cells of some row of the answer
    result = "2 rows"                    # or "some", "none", "true", "false"

`rows` and `result` may stand alone or together; without either the answer must have some row.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, QueryError, UsageError
from kg.query.answers import Table, short
from kg.query.questions import difference, find_question, is_expectation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kg.query.answers import Answer
    from kg.query.questions import Question

FILE: Final = "answers.toml"
_KEYS: Final = frozenset({"question", "with", "rows", "result"})


@dataclass(frozen=True, slots=True)
class Expectation:
    """One question with what is given to it; each of `rows` holds cells that one row of the answer must have."""

    question: str
    given: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...] = ()
    result: str | None = None

    @property
    def words(self) -> str:
        """The question as it is asked on the command line."""
        options = (
            f' --{name} "{value}"' if " " in value else f" --{name} {value}" for name, value in self.given.items()
        )
        return self.question + "".join(options)


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """The expectations in a file, in its order. Raises ConfigError naming what it should not hold."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    unknown = sorted(document.keys() - {"expect"})
    entries = document.get("expect", [])
    if unknown or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{path}: may hold [[expect]] tables alone{f', not {unknown[0]}' if unknown else ''}")
    return tuple(_expectation(entry, f"{path}: [[expect]] no. {i}") for i, entry in enumerate(entries, 1))


def _expectation(entry: Mapping[str, Any], where: str) -> Expectation:
    unknown = sorted(entry.keys() - _KEYS)
    if unknown:
        raise ConfigError(f'{where}: unknown key "{unknown[0]}"; there are: {", ".join(sorted(_KEYS))}')
    question, given = entry.get("question"), entry.get("with", {})
    rows, result = entry.get("rows", []), entry.get("result")
    if not isinstance(question, str):
        raise ConfigError(f'{where}: needs question = "..." with the name of a saved question')
    if not isinstance(given, dict):
        raise ConfigError(f'{where}: "with" is a table of parameters, such as {{ alliance = "Bay Alliance" }}')
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        raise ConfigError(f'{where}: "rows" is a list of rows, each a list of cells, such as [["Acme Labs", "12"]]')
    if result is not None and not (isinstance(result, str) and is_expectation(result)):
        raise ConfigError(f'{where}: "result" is "some", "none", a number of rows, "true" or "false"')
    return Expectation(
        question,
        {name: str(value) for name, value in given.items()},
        tuple(tuple(str(cell) for cell in row) for row in rows),
        result,
    )


def failures(
    expectations: Sequence[Expectation],
    questions: Sequence[Question],
    answer: Callable[[Question, Mapping[str, str]], Answer],
    prefixes: Mapping[str, str],
) -> list[str]:
    """What is not answered as expected, in words; empty where all is well."""
    found = []
    for expected in expectations:
        try:
            problem = shortcoming(
                expected, answer(find_question(questions, expected.question), expected.given), prefixes
            )
        except (QueryError, UsageError) as error:
            problem = str(error)
        if problem:
            found.append(f"{expected.words}: {problem}")
    return found


def shortcoming(expected: Expectation, answer: Answer, prefixes: Mapping[str, str]) -> str | None:
    """How an answer falls short, in words, or None."""
    result = expected.result or (None if expected.rows else "some")
    if result is not None and (problem := difference(result, answer)):
        return problem
    if not expected.rows:
        return None
    if not isinstance(answer, Table):
        return "rows are expected, which only SELECT gives"
    there = [{short(term, prefixes) for term in row} for row in answer.rows]
    missing = [row for row in expected.rows if not any(set(row) <= cells for cells in there)]
    if not missing:
        return None
    return f"no row with {' and '.join(f'“{cell}”' for cell in missing[0])} among {len(there)}"
