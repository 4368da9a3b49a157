"""Example sentences: how the ontology teaches a property.

    [subject The Bay Alliance] was {initiated|set up} by [object Acme Labs].
    [subject:Alliance The Bay Alliance] *promotes the use of [object blockchain].

`[subject ...]`, `[object ...]`, `[value ...]`, `[role ...]` mark arguments, with `:Class` to narrow the class;
`{a|b}` are alternatives, which nest and may be empty; `*word` names the predicate where two would fit.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Final, cast, get_args

from kg.ontology.schema import Example, Role

MAX_VARIANTS: Final = 200
"""Sentences that one line may stand for; beyond, alternatives were most likely multiplied by mistake."""

ROLES: Final[tuple[str, ...]] = get_args(Role)

_MARK: Final = re.compile(r"\[(\w+)(?::(\w+))?\s+")
_WORD: Final = re.compile(r"\w[\w'’-]*")
_SPACE_RUN: Final = re.compile(r"\s+")
_SPACE_BEFORE_STOP: Final = re.compile(r" (?=[,.;:?!\]])")


class ExampleSyntaxError(ValueError):
    """An example line that cannot be read; the message says why."""


def parse_examples(source: str) -> tuple[Example, ...]:
    """Every sentence that the line stands for, in the order of its alternatives; raises `ExampleSyntaxError`."""
    variants = dict.fromkeys(_tidy(variant) for variant in expand(source))
    return tuple(_read_marks(source, variant) for variant in variants)


def expand(source: str) -> list[str]:
    """The line with each choice of its `{a|b}` alternatives, marks kept."""
    variants, end = _sequence(source, 0, depth=0)
    if end < len(source):
        raise ExampleSyntaxError("a '}' without '{'")
    return variants


def _sequence(source: str, position: int, *, depth: int) -> tuple[list[str], int]:
    """Variants of the text from `position` up to the brace or bar that ends it, and where that is."""
    parts: list[list[str]] = []
    start = position
    while position < len(source):
        character = source[position]
        if character == "}" or (character == "|" and depth):
            break
        if character == "|":
            raise ExampleSyntaxError("a '|' outside '{ }'")
        if character == "{":
            parts.append([source[start:position]])
            choices, position = _alternatives(source, position + 1, depth=depth + 1)
            parts.append(choices)
            start = position
        else:
            position += 1
    parts.append([source[start:position]])
    return _combine(parts), position


def _alternatives(source: str, position: int, *, depth: int) -> tuple[list[str], int]:
    """All choices of one pair of braces, and the position after it."""
    choices: list[str] = []
    while True:
        variants, position = _sequence(source, position, depth=depth)
        choices.extend(variants)
        if position >= len(source):
            raise ExampleSyntaxError("a '{' without '}'")
        position += 1
        if source[position - 1] == "}":
            return choices, position


def _combine(parts: list[list[str]]) -> list[str]:
    count = 1
    for part in parts:
        count *= len(part)
    if count > MAX_VARIANTS:
        raise ExampleSyntaxError(f"its alternatives make {count} sentences; at most {MAX_VARIANTS}: split the line")
    return ["".join(choice) for choice in product(*parts)]


def _tidy(variant: str) -> str:
    """Spaces as a writer would set them, whatever empty alternatives left behind."""
    return _SPACE_BEFORE_STOP.sub("", _SPACE_RUN.sub(" ", variant)).strip()


def _read_marks(source: str, variant: str) -> Example:
    scanner = _Scanner(variant)
    scanner.run()
    return Example(source, scanner.text, scanner.marks, scanner.predicate, scanner.classes)


class _Scanner:
    """Reads one variant from left to right, dropping marks and noting where they stood."""

    def __init__(self, variant: str) -> None:
        self._variant = variant
        self._open: tuple[Role, int] | None = None
        self.text = ""
        self.marks: dict[Role, tuple[int, int]] = {}
        self.classes: dict[Role, str] = {}
        self.predicate: tuple[int, int] | None = None

    def run(self) -> None:
        position = 0
        while position < len(self._variant):
            position = self._step(position)
        if self._open is not None:
            raise ExampleSyntaxError("a '[' without ']'")
        if not self.marks:
            raise ExampleSyntaxError("no argument is marked: write [subject ...] and [object ...] or [value ...]")

    def _step(self, position: int) -> int:
        character = self._variant[position]
        if character == "[":
            return self._begin(position)
        if character == "]":
            self._end()
        elif character == "*":
            self._point(position)
        else:
            self.text += character
        return position + 1

    def _begin(self, position: int) -> int:
        found = _MARK.match(self._variant, position)
        if found is None or found[1] not in ROLES:
            raise ExampleSyntaxError(f"a mark that is none of {', '.join(f'[{role} ...]' for role in ROLES)}")
        if self._open is not None:
            raise ExampleSyntaxError("a mark inside a mark")
        role = cast("Role", found[1])
        if role in self.marks:
            raise ExampleSyntaxError(f"[{role} ...] stands twice")
        if found[2]:
            self.classes[role] = found[2]
        self._open = (role, len(self.text))
        return found.end()

    def _end(self) -> None:
        if self._open is None:
            raise ExampleSyntaxError("a ']' without '['")
        role, start = self._open
        if not self.text[start:].strip():
            raise ExampleSyntaxError(f"[{role}] marks no words")
        self.marks[role] = (start, len(self.text))
        self._open = None

    def _point(self, position: int) -> None:
        word = _WORD.match(self._variant, position + 1)
        if word is None:
            raise ExampleSyntaxError("a '*' without a word after it")
        if self.predicate is not None:
            raise ExampleSyntaxError("two words marked with '*'")
        self.predicate = (len(self.text), len(self.text) + len(word[0]))
