"""Builds the articles of a gold folder aside and counts how the graph compares with gold."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build import build, silent
from kg.errors import UsageError
from kg.evaluate.gold import read_gold, read_pairs
from kg.evaluate.score import Score, score
from kg.ontology import load_ontology
from kg.outputs import open_outputs, read_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.build import Progress
    from kg.config import Config

__all__ = ["Score", "Shortfall", "below", "evaluate", "evaluate_outputs", "read_floors"]


def evaluate(
    gold: Path, config: Config, *, only: Iterable[str] = (), skip: Iterable[str] = (), progress: Progress = silent
) -> Score:
    """Build the articles of `gold` in a folder that is thrown away, and score what comes out.

    All of the folder is built, so that `only` and `skip` choose what is counted and change nothing else.
    """
    articles = read_gold(gold, only=only, skip=skip)
    with tempfile.TemporaryDirectory(prefix="kg-eval-") as aside:
        result = build(replace(config, sources=(gold,), out=Path(aside)), with_page=False, progress=progress)
    return score(result.graph, articles, read_pairs(gold))


def evaluate_outputs(gold: Path, config: Config, *, only: Iterable[str] = (), skip: Iterable[str] = ()) -> Score:
    """Score the outputs in `config.out`, which a build of `gold` left there."""
    articles = read_gold(gold, only=only, skip=skip)
    graph = read_graph(open_outputs(config.out), load_ontology(config.ontology), base=config.base_iri)
    return score(graph, articles, read_pairs(gold))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure that is worse than its floor allows."""

    figure: str
    actual: float | None
    floor: float


def read_floors(path: Path) -> dict[str, float]:
    """Floors by figure, such as {"facts.p": 0.85, "facts.r": 0.75}, from a JSON file; nested figures have dots.

    A figure that counts mistakes ("negatives_asserted", "overmerged", "missing") must not rise above its floor.
    """
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error
    if not isinstance(document, dict):
        raise UsageError(f'{path}: holds no floors; it should be like {{"facts.p": 0.85}}')
    floors = _flat(document)
    if not all(isinstance(floor, int | float) for floor in floors.values()):
        raise UsageError(f"{path}: every floor is a number")
    return {name: float(floor) for name, floor in floors.items()}  # type: ignore[arg-type] # checked above


_MISTAKES = frozenset({"missing", "negatives_asserted", "overmerged", "merging.merge_bad", "merging.apart_bad"})


def below(result: Score, floors: Mapping[str, float]) -> list[Shortfall]:
    """The figures that are worse than their floor, by name. Raises UsageError for a figure that there is not."""
    actual = _flat(result.as_json())
    unknown = sorted(name for name in floors if name not in actual and name not in _MISTAKES)
    if unknown:
        raise UsageError(f"there is no figure {unknown[0]}; there are: {', '.join(sorted(actual))}")
    failed = []
    for name, floor in sorted(floors.items()):
        value = actual.get(name, 0)
        figure = float(value) if isinstance(value, int | float) else None
        if figure is None or (figure > floor if name in _MISTAKES else figure < floor):
            failed.append(Shortfall(name, figure, floor))
    return failed


def _flat(document: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in document.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name}."))
        else:
            flat[f"{prefix}{name}"] = value
    return flat
