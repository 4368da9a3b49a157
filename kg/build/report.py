"""What `report.json` says of a build: counts, what was left out and why, and how long each stage took."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import copies, merges
from kg.build.rejections import MOST, MOST_OF_AN_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.build.rejections import Rejected
    from kg.config import Config
    from kg.model import Graph, Rejection, Skipped
    from kg.ontology.schema import Ontology

_LONGEST_QUOTE: Final = 120  # code points of a rejected candidate's words: enough to find it, short enough to list


def version() -> str:
    """The version of kg: as installed, or in a checkout that is not installed, as its pyproject.toml says."""
    try:
        return installed_version("kg-build")
    except PackageNotFoundError:
        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def counts(graph: Graph) -> dict[str, Any]:
    """How much of what a graph holds."""
    return {
        "articles": len(graph.articles),
        "entities": len(graph.entities),
        "facts": len(graph.statements),
        "evidence": sum(len(statement.evidence) for statement in graph.statements),
        "entities_by_class": _tally(entity.class_ for entity in graph.entities),
        "facts_by_property": _tally(statement.property for statement in graph.statements),
        "facts_by_modality": _tally(str(statement.modality) for statement in graph.statements),
    }


def report_of(  # noqa: PLR0913 - all that a report says
    graph: Graph,
    ontology: Ontology,
    config: Config,
    *,
    inputs: str | None,
    texts: Mapping[str, str],
    skipped: Sequence[Skipped],
    rejected: Rejected,
    timings: Mapping[str, float],
) -> dict[str, Any]:
    """The report without the hashes of the files. All but "timings" is the same for the same input."""
    return {
        "kg": version(),
        "inputs": inputs,
        "base_iri": config.base_iri,
        "ontology": {"sha256": ontology.digest},
        "counts": counts(graph),
        merges.SECTION: merges.section(graph),
        copies.SECTION: copies.section(graph.copies),
        "skipped": [{"path": each.path, "reason": each.reason} for each in skipped],
        "notes": [{"path": a.path, "note": note} for a in graph.articles for note in a.notes],
        "rejected": {
            "by_stage": _tally(rejected.by_stage.elements()),
            "by_property": _tally(rejected.by_property.elements()),
            MOST: None if rejected.everything else MOST_OF_AN_ARTICLE,
            "candidates": [_rejection(each, texts) for each in rejected.listed()],
        },
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
    }


def _tally(names: Iterable[str]) -> dict[str, int]:
    """Name -> how often, the most frequent first."""
    counter = Counter(names)
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _rejection(rejection: Rejection, texts: Mapping[str, str]) -> dict[str, Any]:
    text = texts[rejection.article][rejection.span.start : rejection.span.end]
    return {
        "article": rejection.article,
        "start": rejection.span.start,
        "end": rejection.span.end,
        "text": text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}...",
        "stage": rejection.stage,
        "reason": rejection.reason,
    }
