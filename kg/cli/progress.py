"""What a build shows while it runs: a bar on a terminal, plain lines elsewhere, both on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.build import Progress

_STAGES = {
    "ontology": "Reading the ontology",
    "articles": "Reading the articles",
    "extraction": "Extracting facts",
    "resolution": "Resolving entities",
    "turtle": "Writing Turtle",
    "page": "Drawing the page",
    "writing": "Putting outputs in place",
}
_LINE_EVERY = 10  # per cent of a stage between two plain lines


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Progress]:
    """A callback for `kg.build.build` that shows how far it is."""
    if quiet:
        yield lambda *_args: None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)

        def show(stage: str, done: int = 0, total: int = 0) -> None:
            bar.update(task, description=_STAGES.get(stage, stage), completed=done, total=total or None)

        yield show


def _lines() -> Progress:
    said: dict[str, int] = {}

    def show(stage: str, done: int = 0, total: int = 0) -> None:
        percent = done * 100 // total if total else 0
        if stage not in said:
            said[stage] = 0
            click.echo(f"{_STAGES.get(stage, stage)} ...", err=True)
        elif total and done < total and percent >= said[stage] + _LINE_EVERY:
            said[stage] = percent
            click.echo(f"  {done} of {total} articles", err=True)

    return show
