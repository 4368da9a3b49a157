"""What a service has answered, kept line by line: a run that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from kg.errors import OutputError
from kg.outputs.lock import unwritable
from kg.reconcile.client import Candidate, Query

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Journal:
    """A file of JSON lines, one for each answered query of one service; a torn last line is as good as none."""

    def __init__(self, path: Path, address: str) -> None:
        self.path = path
        self._address = address
        self._torn = False
        self._answers: dict[str, tuple[Candidate, ...]] = dict(self._read())

    def answer(self, query: Query) -> tuple[Candidate, ...] | None:
        """What the service has answered to a query; None where it was not asked."""
        return self._answers.get(self._digest(query))

    def add(self, answers: Iterable[tuple[Query, tuple[Candidate, ...]]]) -> None:
        """Keep answers; they are on disk when this returns. Raises OutputError where they cannot be written."""
        lines = []
        for query, candidates in answers:
            digest = self._digest(query)
            self._answers[digest] = candidates
            rows = [[c.id, c.name, c.score, c.match, list(c.types)] for c in candidates]
            row = {"query": digest, "name": query.name, "service": self._address, "candidates": rows}
            lines.append(json.dumps(row, ensure_ascii=False) + "\n")
        try:
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write("\n" * self._torn + "".join(lines))
            self._torn = False
        except OSError as error:
            raise OutputError(unwritable(self.path, error)) from error

    def _digest(self, query: Query) -> str:
        said = json.dumps([self._address, query.document()], sort_keys=True)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _read(self) -> Iterable[tuple[str, tuple[Candidate, ...]]]:
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be read ({error.strerror}); make it readable or remove it"
            ) from error
        self._torn = bool(text) and not text.endswith("\n")
        for line in text.splitlines():
            row = _parsed(line)
            if row is not None:
                yield row


def _parsed(line: str) -> tuple[str, tuple[Candidate, ...]] | None:
    try:
        row: dict[str, Any] = json.loads(line)
        candidates = (Candidate(id_, name, float(s), m is True, tuple(t)) for id_, name, s, m, t in row["candidates"])
        return str(row["query"]), tuple(candidates)
    except (ValueError, KeyError, TypeError):
        return None
