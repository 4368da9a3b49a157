"""The normal form between syntax and meaning: a predicate, its arguments by role, how far the text holds it true."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Literal

Kind = Literal["verb", "noun", "adjective", "name"]

# Roles beside the prepositions (whose lemma is the role): what a clause or a noun phrase gives its predicate.
SUBJECT, OBJECT, INDIRECT, POSSESSOR, MODIFIER, NUMBER, DATE, COMPLEMENT, APPOSITION, MANNER = (
    "subj", "obj", "iobj", "poss", "comp", "num", "date", "pred", "appos", "adv",
)  # fmt: skip

NAME_PREDICATE = "@"
"""The lemma of the predication that every name makes about itself ("X in Y", "Y's X")."""


class Truth(enum.IntEnum):
    """How the text holds a predication, from what it asserts to what it denies."""

    ASSERTED = 0
    PLANNED = 1
    FORMER = 2
    SUPPOSED = 3
    DENIED = 4


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its role, the index of its node, and the grammar steps that found it (for explanations)."""

    role: str
    node: int
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Predication:
    """A predicate (`node`, `lemma`) with its arguments.

    `support` is the verb, or preposition and verb, through which a noun got its subject ("sign", "in work"), else "".
    """

    node: int
    lemma: str
    kind: Kind
    arguments: tuple[Argument, ...]
    truth: Truth = Truth.ASSERTED
    support: str = ""

    def fillers(self, role: str) -> list[Argument]:
        """The arguments in `role`, in the order of the text."""
        return [a for a in self.arguments if a.role == role]

    def __str__(self) -> str:
        roles = ", ".join(f"{a.role}={a.node}" for a in self.arguments)
        return f"{self.lemma}({roles}) {self.truth.name.lower()}"
