"""`kg merges`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.merges import Resolution
    from kg.model import Decision, JoinedNames

_FEW: Final = 40
"""Lines of a kind that are shown unless all are asked for: what one reads, not scrolls through."""
_COLUMNS: Final = (
    *("decision", "left", "right", "left_name", "right_name"),
    *("left_article", "right_article", "bits", "reasons"),
)


@click.command(
    "merges",
    epilog=examples(
        "kg merges                    what was joined, and what nearly was",
        'kg merges "Acme Labs"        the same of one entity',
        "kg merges --near-misses -v   all pairs that were kept apart, with their reasons",
    ),
)
@click.argument("entity", required=False)
@click.option("--merged", "only", flag_value="merged", help="Only what was joined.")
@click.option(
    "--near-misses", "only", flag_value="near_misses", help="Only what was nearly joined, and why it was not."
)
@click.option("--format", "format_", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@ontology_option
@out_option
@verbosity_options
def command(
    *,
    entity: str | None,
    only: str | None,
    format_: str,
    ontology: Path | None,
    out: Path | None,
    verbosity: int,
) -> None:
    """List which names were taken for one thing, which nearly were, and why; of ENTITY, or of all.

    Reasons carry bits of evidence that add up: from 5 on, two are one (odds of 32 to 1). A near miss had evidence for
    it and too little, or something that forbids it. What is wrong is put right in the ontology's aliases.ttl.
    """
    from kg.merges import read_resolution
    from kg.outputs import open_outputs

    config = settings(ontology=ontology, out=out)
    outputs = open_outputs(config.out)
    found = read_resolution(outputs.report)
    if entity is not None:
        from kg.explain import find
        from kg.ontology import load_ontology
        from kg.outputs import read_graph

        found = found.of(find(read_graph(outputs, load_ontology(config.ontology), base=config.base_iri), entity).key)
    if format_ == "text":
        _print(found, only, everything=verbosity > 0 or entity is not None)
    else:
        _write(found, only, format_)


def _print(found: Resolution, only: str | None, *, everything: bool) -> None:
    if only != "near_misses":
        lines = [*_merges(found)]
        _print_some(f"{len(found.merged):,} joined across articles", lines, everything=everything)
        _print_some(f"{len(found.joined):,} joined within an article", [*_within(found.joined)], everything=everything)
    if only != "merged":
        missed = sorted(found.near_misses, key=lambda each: -each.weight_bits)
        _print_some(f"{len(missed):,} near misses", [_near_miss(each) for each in missed], everything=everything)


def _print_some(title: str, entries: list[list[str]], *, everything: bool) -> None:
    click.echo(click.style(title, bold=True))
    shown = entries if everything else entries[:_FEW]
    for line in (line for entry in shown for line in entry):
        click.echo(line)
    if len(shown) < len(entries):
        click.echo(f"  ... and {len(entries) - len(shown):,} more; -v shows all")
    click.echo()


def _merges(found: Resolution) -> Iterator[list[str]]:
    for key, decisions in groupby(found.merged, key=lambda each: each.entities[0]):
        yield [f"  {click.style(key, fg='cyan')}", *(line for each in decisions for line in told(each, "    "))]


def _within(joined: Iterable[JoinedNames]) -> Iterator[list[str]]:
    for each in joined:
        yield [f"  {click.style(each.entity, fg='cyan')} in {each.article}", *(f"      {why}" for why in each.reasons)]


def _near_miss(decision: Decision) -> list[str]:
    left, right = decision.entities
    return [f"  {click.style(left, fg='cyan')} / {click.style(right, fg='cyan')}", *told(decision, "    ")]


def told(decision: Decision, indent: str) -> Iterator[str]:
    """Yield a decision as lines: the two names with the sum of bits, then the reasons."""
    left, right = (f"{name} ({article})" for name, article in zip(decision.names, decision.articles, strict=True))
    click_bits = f"{decision.weight_bits:+.1f} bits"
    yield f"{indent}{left} / {right}: {click_bits}"
    yield f"{indent}  {'; '.join(decision.reasons)}"


def _write(found: Resolution, only: str | None, format_: str) -> None:
    import csv
    import json
    import sys

    decisions = [*(found.merged if only != "near_misses" else ()), *(found.near_misses if only != "merged" else ())]
    if format_ == "json":
        click.echo(json.dumps([_row(each) for each in decisions], ensure_ascii=False, indent=2))
        return
    writer = csv.DictWriter(sys.stdout, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**_row(each), "reasons": "; ".join(each.reasons)} for each in decisions)


def _row(decision: Decision) -> dict[str, object]:
    values = ("merged" if decision.merged else "near miss", *decision.entities, *decision.names, *decision.articles)
    return dict(zip(_COLUMNS, (*values, decision.weight_bits, decision.reasons), strict=True))
