"""`kg eval`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.evaluate import Score

_SHARES: Final = {
    "entities of the right class": ("entity_typed", "entity_gold"),
    "roles right": ("role_right", "role"),
    "modality right": ("modality_right", "modality"),
    "facts with evidence": ("evident", "evidence"),
}


@click.command(
    "eval",
    epilog=examples(
        "kg eval tests/gold",
        "kg eval tests/gold --only 01-silk-road-alliance --errors 20",
        "kg eval tests/gold --json --floor floors.json",
    ),
)
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--only", metavar="FILE or NAMES", help="Count these articles alone: a file of names, or names with commas."
)
@click.option("--skip", metavar="FILE or NAMES", help="Count all but these.")
@click.option("--errors", type=click.IntRange(min=0), default=0, help="Show that many differences from gold.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--floor", type=click.Path(path_type=Path), help="JSON of least figures; exit with 1 below one.")
@click.option("--built", is_flag=True, help="Score the outputs as they are in --out rather than building aside.")
@click.option("--jobs", type=click.IntRange(min=0), help="Worker processes of the build. [default: 0]")
@ontology_option
@out_option
@verbosity_options
def command(
    *,
    gold: Path,
    only: str | None,
    skip: str | None,
    errors: int,
    as_json: bool,
    floor: Path | None,
    built: bool,
    jobs: int | None,
    ontology: Path | None,
    out: Path | None,
    verbosity: int,
) -> None:
    """Build the articles of GOLD aside and compare the graph with what their gold files say.

    GOLD holds NAME.txt with NAME.json beside it. Precision, recall and F1 of facts and entities, and what goes with
    them. Optional and former facts of gold neither earn nor cost.
    """
    import json

    from kg.cli.progress import show_progress
    from kg.evaluate import below, evaluate, evaluate_outputs, read_floors

    config = settings(ontology=ontology, out=out, jobs=jobs)
    floors = read_floors(floor) if floor is not None else {}
    chosen = {"only": _names(only), "skip": _names(skip)}
    if built:
        result = evaluate_outputs(gold, config, **chosen)
    else:
        with show_progress(quiet=verbosity < 0) as progress:
            result = evaluate(gold, config, **chosen, progress=progress)
    if as_json:
        click.echo(json.dumps(result.as_json(), indent=2))
    elif verbosity >= 0:
        click.echo("\n".join(_lines(result)))
    for mistake in result.mistakes[:errors]:
        click.echo(f"{mistake.article}: {mistake.kind}: {mistake.fact}", err=True)
    failed = below(result, floors)
    for each in failed:
        figure = "nothing to count" if each.actual is None else f"{each.actual:g}"
        click.echo(f"{each.figure} is {figure}, its floor {each.floor:g}", err=True)
    if failed:
        sys.exit(1)


def _names(argument: str | None) -> frozenset[str]:
    """Names of articles: the words of a file, or what stands between commas."""
    if not argument:
        return frozenset()
    path = Path(argument)
    if "," not in argument and path.is_file():
        return frozenset(path.read_text(encoding="utf-8").split())
    return frozenset(name.strip() for name in argument.split(",") if name.strip())


def _lines(result: Score) -> Iterator[str]:
    missing = f", {result.counts['missing']} of them not built" if result.counts["missing"] else ""
    yield f"{result.counts['articles']} articles{missing}"
    yield ""
    yield f"{'':16} {'P':>6} {'R':>6} {'F1':>6}  {'found':>6} {'gold':>6}"
    rates = {"facts": result.facts, "entities": result.entities}
    for name, rate in {**rates, "": None, **result.by_property}.items():
        if rate is None:
            yield ""
            continue
        figures = f"{rate.precision:6.3f} {rate.recall:6.3f} {rate.f1:6.3f}"
        yield f"{name:16} {figures}  {rate.predicted:6} {rate.gold:6}"
    yield ""
    for words, (part, whole) in _SHARES.items():
        share = result.share(part, whole)
        yield f"{words:28} " + ("-" if share is None else f"{share:.3f} of {result.counts[whole]}")
    yield f"{'denied or rumoured, yet built':28} {result.counts['negative']}"
    yield f"{'two entities on one node':28} {result.counts['overmerged']}"
    yield from _reliability(result)
    if result.merging is not None:
        yield "across articles              " + ", ".join(f"{name} {n}" for name, n in sorted(result.merging.items()))


def _reliability(result: Score) -> Iterator[str]:
    found = result.reliability
    if found is None:
        return
    yield ""
    yield f"{'confidence':16} {'mean':>6} {'P':>6}         {'found':>6}"
    for band in found.bands:
        edges = f"{band.low:.1f} to {band.high:.1f}"
        yield f"{edges:16} {band.confidence:6.3f} {band.precision:6.3f}         {band.facts:6}"
    yield f"{'calibration error':28} {found.calibration_error:.3f}"
    yield f"{'best third, last third':28} {found.best_third:.3f}, {found.last_third:.3f}"
