"""Options that several commands share, and the settings that they override."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.config import Config

ontology_option = click.option(
    "--ontology", type=click.Path(path_type=Path), help="Folder of the ontology. [default: ontology/, else kg's own]"
)
out_option = click.option("--out", type=click.Path(path_type=Path), help="Folder of the outputs. [default: out/]")


def examples(*lines: str) -> str:
    """An epilog of examples that click leaves as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def verbosity_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `-v` and `-q`, before or after its name, as its keyword `verbosity`: 1, -1 or 0."""

    def set_verbosity(ctx: click.Context, option: click.Parameter, given: bool) -> int:
        if option.name == "quiet":
            return -1 if given else 0
        inherited = ctx.parent.obj if ctx.parent is not None else None
        quiet = ctx.params.pop("quiet", 0)
        return int(given) or quiet or inherited or 0

    quiet = click.option("-q", "--quiet", is_flag=True, is_eager=True, callback=set_verbosity, help="Say only errors.")
    verbose = click.option("-v", "--verbose", "verbosity", is_flag=True, callback=set_verbosity, help="Say more.")
    return quiet(verbose(command))


def answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of whatever answers in SPARQL."""
    choice = click.Choice(["table", "csv", "tsv", "json", "ttl"])
    options = (
        click.option("--format", "format_", type=choice, help="[default: table; ttl for CONSTRUCT and DESCRIBE]"),
        click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True,
                     metavar="SECONDS", help="Give up after this time."),
        click.option("--limit", "rows", type=click.IntRange(min=1), default=100_000, show_default=True, metavar="ROWS",
                     help="Give at most as many rows or triples."),
        click.option("--allow-service", is_flag=True, help="Let SERVICE ask the network."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def settings(**overrides: Any) -> Config:  # noqa: ANN401 - one keyword per setting, of its type
    """`kg.toml` of the working directory, with the options that were given in its place.

    Where articles are read with the reader of kg, spaCy is to load no more than that needs.
    """
    from kg.config import load_config
    from kg.reading.lean import spare_unused_libraries

    config = load_config(Path()).with_overrides(**overrides)
    if config.reader is None:
        spare_unused_libraries()
    return config
