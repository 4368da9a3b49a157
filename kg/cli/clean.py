"""`kg clean`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import examples, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("clean", epilog=examples("kg clean", "kg clean --outputs", "KG_CACHE_DIR=/scratch/kg kg clean"))
@click.option("--outputs", is_flag=True, help="Remove what the last build wrote, too.")
@out_option
@verbosity_options
def command(*, outputs: bool, out: Path | None, verbosity: int) -> None:
    """Remove what builds keep between runs, so that the next one does everything anew.

    The cache is shared by all projects of a user: readings and extractions of articles, and compiled ontologies. With
    --outputs, also the files that report.json lists, and nothing else in that folder.
    """
    from kg.cache import cache_folder, clean
    from kg.outputs import locked, remove_outputs

    folder = cache_folder()
    freed = clean(folder) if folder is not None else 0
    lines = [f"{folder}: nothing kept" if not freed else f"{folder}: {freed / 1e6:,.1f} MB removed"]
    if outputs:
        place = settings(out=out).out
        removed: tuple[str, ...] = ()
        if place.is_dir():
            with locked(place):
                removed = remove_outputs(place)
        lines.append(f"{place}: {', '.join(removed)} removed" if removed else f"{place}: no outputs")
    if verbosity >= 0:
        click.echo("\n".join(lines))
