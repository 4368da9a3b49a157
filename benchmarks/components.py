"""What each part of the extraction brings: the articles of a gold folder built with one part left out at a time.

python -m benchmarks.components [GOLD]        default: tests/gold

Each row is a process of its own with a cache of its own. Prints a table in Markdown.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from kg.config import Config
from kg.evaluate import evaluate
from kg.extract.predication import Truth
from kg.extract.relations.truth import modality

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Modality

ROOT: Final = Path(__file__).resolve().parents[1]
GOLD: Final = ROOT / "tests" / "gold"
NOTHING: Final = "nothing"


def _none(*_: object) -> tuple[()]:
    return ()


def _unchanged(*_: object) -> None:
    return None


def _by_the_network_alone(_linking: Truth | None, _above: Truth, held: Mapping[str, float]) -> Modality | None:
    return modality(None, Truth.ASSERTED, held)


def _by_the_grammar_alone(linking: Truth | None, above: Truth, _held: Mapping[str, float]) -> Modality | None:
    return modality(linking, above, {})


_LEFT_OUT: Final[Mapping[str, Mapping[str, Any]]] = {
    NOTHING: {},
    "facts by grammar and example": {"extractors": ("relations",)},
    "facts by the network": {"extractors": ("frames",)},
    "references in the grammar (pronouns, definite nouns)": {"kg.extract.analysis.resolve_references": _none},
    "mending of the parse": {"kg.extract.tree.mend": _unchanged},
    "classes by the network": {"kg.extract.relations.finder.RelationFinder.inform": _unchanged},
    "truth by the grammar, for the network's facts": {"kg.extract.relations.finder.modality": _by_the_network_alone},
    "truth by the network": {"kg.extract.relations.finder.modality": _by_the_grammar_alone},
}
"""By what is left out: what stands in its place, by dotted name, or the extractors that remain."""


def main() -> None:
    """Measure every row, or in a process of its own the one that the command line asks for."""
    gold = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else GOLD
    if len(sys.argv) > 2:  # noqa: PLR2004 - the row
        print(_row(gold, sys.argv[2]))
        return
    print("| left out | P | R | F1 | entities F1 | typed | modality |\n|---|---|---|---|---|---|---|", flush=True)
    for name in _LEFT_OUT:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as cache:
            command = [sys.executable, "-m", "benchmarks.components", str(gold), name]
            subprocess.run(command, cwd=ROOT, env={**os.environ, "KG_CACHE_DIR": cache}, check=True)


def _row(gold: Path, name: str) -> str:
    changed = dict(_LEFT_OUT[name])
    config = Config(ontology=ROOT / "ontology", jobs=1).with_overrides(extractors=changed.pop("extractors", None))
    with ExitStack() as stack:
        for place, value in changed.items():
            stack.enter_context(patch(place, value))
        found = evaluate(gold, config)
    shares = found.share("entity_typed", "entity_gold"), found.share("modality_right", "modality")
    figures = (
        found.facts.precision,
        found.facts.recall,
        found.facts.f1,
        found.entities.f1,
        *(s or 0.0 for s in shares),
    )
    return f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


if __name__ == "__main__":
    main()
