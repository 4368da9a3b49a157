"""`kg stats`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.options import examples, out_option, settings, verbosity_options
from kg.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TALLIES: Final = {
    "entities_by_class": "Entities by class",
    "facts_by_property": "Facts by property",
    "facts_by_modality": "Facts by modality",
}
_BAR: Final = 40  # characters of the longest bar


@click.command("stats", epilog=examples("kg stats", "kg stats --json"))
@out_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@verbosity_options
def command(*, out: Path | None, as_json: bool, verbosity: int) -> None:  # noqa: ARG001 - there is one way to say it
    """Count what the outputs hold: entities by class, facts by property and modality."""
    import json

    from kg.outputs import open_outputs

    outputs = open_outputs(settings(out=out).out)
    if outputs.report is None:
        raise OutputError(f"{outputs.folder}: has no report.json to count from; run `kg build` again")
    counts: Mapping[str, Any] = outputs.report["counts"]
    if as_json:
        click.echo(json.dumps(counts, indent=2))
        return
    click.echo(", ".join(f"{counts[what]:,} {what}" for what in ("articles", "entities", "facts")))
    for key, title in _TALLIES.items():
        click.echo(f"\n{title}")
        longest = max(counts[key].values(), default=1)
        width = max(map(len, counts[key]), default=0)
        for name, count in counts[key].items():
            click.echo(f"  {name:{width}}  {count:>6,}  {'#' * -(-count * _BAR // longest)}")
