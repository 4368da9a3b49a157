"""What was taken for one thing, what nearly was, and why: as `report.json` keeps it, and read back from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import OutputError
from kg.model import Decision, JoinedNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Graph

SECTION: Final = "resolution"
"""The key of the report that holds the decisions."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The decisions of a build: `merged` and `near_misses` between articles, `joined` within each."""

    merged: tuple[Decision, ...]
    near_misses: tuple[Decision, ...]
    joined: tuple[JoinedNames, ...]

    def of(self, key: str) -> Resolution:
        """Return the decisions on one entity."""
        return Resolution(
            tuple(each for each in self.merged if key in each.entities),
            tuple(each for each in self.near_misses if key in each.entities),
            tuple(each for each in self.joined if each.entity == key),
        )


def section(graph: Graph) -> dict[str, Any]:
    """Return what the report says of a graph's decisions, sorted; merges say once what the two have become.

    A near miss whose two sides have become one by another way is no news and is left out.
    """
    merged = [each for each in graph.decisions if each.merged]
    missed = [each for each in graph.decisions if not each.merged and each.entities[0] != each.entities[1]]
    return {
        "merged": [{"entity": each.entities[0], **_written(each)} for each in sorted(merged, key=_order)],
        "near_misses": [{"entities": list(each.entities), **_written(each)} for each in sorted(missed, key=_order)],
        "within_articles": [
            {"entity": each.entity, "article": each.article, "reasons": list(each.reasons)} for each in graph.joined
        ],
    }


def _order(decision: Decision) -> tuple[object, ...]:
    return (decision.entities, -decision.weight_bits, decision.left, decision.right, decision.reasons)


def _written(decision: Decision) -> dict[str, Any]:
    return {
        "names": list(decision.names),
        "articles": list(decision.articles),
        "between": [decision.left, decision.right],
        "bits": decision.weight_bits,
        "reasons": list(decision.reasons),
    }


def read_resolution(report: Mapping[str, Any] | None) -> Resolution:
    """Read the decisions out of a report; raises OutputError where it has none, or not as kg writes them."""
    found = (report or {}).get(SECTION)
    if not isinstance(found, dict):
        raise OutputError("report.json: holds no decisions on names; run `kg build` again")
    try:
        return Resolution(
            tuple(_decision(row, (row["entity"], row["entity"]), merged=True) for row in found["merged"]),
            tuple(_decision(row, _pair(row["entities"]), merged=False) for row in found["near_misses"]),
            tuple(_joined(found["within_articles"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise OutputError(f"report.json: {SECTION} is not as kg writes it ({error!r}); run `kg build` again") from error


def _decision(row: Mapping[str, Any], entities: tuple[str, str], *, merged: bool) -> Decision:
    left, right = _pair(row["between"])
    reasons, bits = tuple(map(str, row["reasons"])), float(row["bits"])
    return Decision(left, right, merged, bits, reasons, _pair(row["names"]), _pair(row["articles"]), entities)


def _joined(rows: Iterable[Mapping[str, Any]]) -> Iterable[JoinedNames]:
    for row in rows:
        yield JoinedNames(row["article"], row["entity"], tuple(map(str, row["reasons"])))


def _pair(values: Iterable[str]) -> tuple[str, str]:
    left, right = values
    return str(left), str(right)
