"""`kg build --watch`: builds again whenever something changes that the outputs depend on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.build import BuildResult
    from kg.config import Config

SETTLED_MS: Final = 500
"""Milliseconds without a change after which a build starts: an editor that saves writes several times."""
_HIDDEN: Final = "."


def keep_building(config: Config, once: Callable[[Config], BuildResult]) -> None:
    """Build, wait for a change, and so on until Ctrl-C; a build that fails says why and waits for the next change.

    Whatever changes while a build is at work starts the next one. Raises UsageError where nothing can be watched.
    """
    for _ in _changes(config):
        _try(config, once)


def _try(config: Config, once: Callable[[Config], BuildResult]) -> None:
    try:
        once(config)
    except KgError as error:
        click.echo(f"{click.style('error:', fg='red', bold=True)} {error}", err=True)
    click.echo("Watching for changes; Ctrl-C ends it.", err=True)


def _changes(config: Config) -> Iterator[None]:
    """Tell at once that what is there is watched, and then of each change."""
    from watchfiles import watch

    places = [path for path in (*config.sources, config.ontology) if path.exists()]
    if not places:
        raise UsageError("there is nothing to watch; name folders that exist")
    # What is empty says that the time is over: for the first time, that watching has begun.
    watching = watch(*places, step=SETTLED_MS, rust_timeout=SETTLED_MS, yield_on_timeout=True, raise_interrupt=True)
    for number, changes in enumerate(watching):
        if number == 0 or any(matters(Path(path), places, config.out) for _, path in changes):
            yield


def matters(changed: Path, places: Iterable[Path], out: Path) -> bool:
    """Whether a change is of no output and no hidden file: what a build itself writes must not start another."""
    if changed.is_relative_to(out.resolve()):
        return False
    within = [changed.relative_to(place.resolve()) for place in places if changed.is_relative_to(place.resolve())]
    return any(not any(part.startswith(_HIDDEN) for part in path.parts) for path in within)
