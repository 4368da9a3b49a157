"""What a build is asked for and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kg.model import Article, Extraction, Graph, Rejection, Skipped
    from kg.ontology.schema import Ontology


class Progress(Protocol):
    """Told what a build is at: a stage, and how much of it is done where that is known (else total is 0)."""

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Note that `done` of `total` pieces of the stage are done."""


def silent(stage: str, done: int = 0, total: int = 0) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Traced:
    """The article that was asked for, with its text, and its whole extraction."""

    article: Article
    extraction: Extraction


@dataclass(slots=True)
class Work:
    """How much was done and how much was found done, in articles; `notes` say what a person should know of it."""

    articles: int = 0
    kept: int = 0
    extracted: int = 0
    read: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made and where: `files` are names under `out`, `timings` seconds by stage.

    `up_to_date` says that nothing had changed since the last build, whose outputs these are. The articles of `graph`
    are without their texts; `report` is what `report.json` says.
    """

    out: Path
    report: Mapping[str, Any]
    skipped: tuple[Skipped, ...]
    rejections: tuple[Rejection, ...]
    files: tuple[str, ...]
    timings: Mapping[str, float]
    work: Work
    load: Callable[[], tuple[Graph, Ontology]]
    up_to_date: bool = False
    traced: Traced | None = None

    @property
    def graph(self) -> Graph:
        """The graph, read back from the outputs where nothing had to be built."""
        return self.load()[0]

    @property
    def ontology(self) -> Ontology:
        """The ontology that it was built with."""
        return self.load()[1]
