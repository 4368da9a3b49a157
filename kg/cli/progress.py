"""What a build shows while it runs: a bar on a terminal, plain lines elsewhere, both on stderr."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.build import Progress

_STAGES: Final = {
    "articles": "Looking for changes",
    "ontology": "Reading the ontology",
    "extraction": "Reading articles",
    "resolution": "Resolving entities",
    "turtle": "Writing Turtle",
    "page": "Drawing the page",
    "writing": "Putting outputs in place",
}
_LINE_EVERY: Final = 10  # per cent of a stage between two plain lines
_MINUTE_S: Final = 60


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Progress]:
    """A callback for `kg.build.build` that shows how far it is."""
    if quiet:
        yield lambda *_args: None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield lines(time.monotonic)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (
        *(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
        TextColumn("{task.fields[pace]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None, pace="")
        pace = Pace(time.monotonic)

        def show(stage: str, done: int = 0, total: int = 0) -> None:
            said = pace.of(stage, done, total)
            bar.update(task, description=_STAGES.get(stage, stage), completed=done, total=total or None, pace=said)

        yield show


class Pace:
    """How fast a stage goes, and how long it will take at that."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take a clock in seconds."""
        self._clock = clock
        self._stage = ""
        self._start = 0.0

    def of(self, stage: str, done: int, total: int) -> str:
        """Rate and remaining time in words; nothing before there is something to go by."""
        if stage != self._stage:
            self._stage, self._start = stage, self._clock()
        seconds = self._clock() - self._start
        if not done or not seconds:
            return ""
        rate = done / seconds
        return f"{rate:.1f} a second, {_duration((total - done) / rate)} left"


def _duration(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return f"{seconds:.0f} s"
    minutes = round(seconds / _MINUTE_S)
    return f"{minutes} min" if minutes < _MINUTE_S else f"{minutes // _MINUTE_S} h {minutes % _MINUTE_S} min"


def lines(clock: Callable[[], float]) -> Progress:
    """Progress as plain lines: one for each stage, and one for each tenth of a long one."""
    said: dict[str, int] = {}
    pace = Pace(clock)

    def show(stage: str, done: int = 0, total: int = 0) -> None:
        percent = done * 100 // total if total else 0
        now = pace.of(stage, done, total)
        if stage not in said:
            said[stage] = 0
            click.echo(f"{_STAGES.get(stage, stage)} ...", err=True)
        elif total and done < total and percent >= said[stage] + _LINE_EVERY:
            said[stage] = percent
            click.echo(f"  {done:,} of {total:,} articles" + (f", {now}" if now else ""), err=True)

    return show
