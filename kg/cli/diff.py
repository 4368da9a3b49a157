"""`kg diff`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import examples, ontology_option, settings, verbosity_options
from kg.errors import OutputError

if TYPE_CHECKING:
    from kg.config import Config
    from kg.model import Graph
    from kg.ontology.schema import Ontology


@click.command(
    "diff",
    epilog=examples("kg diff out-monday out", "kg diff out-monday out --format html --to changes.html"),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--to", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
@ontology_option
@verbosity_options
def command(*, old: Path, new: Path, format_: str, to: Path | None, ontology: Path | None, verbosity: int) -> None:
    """Tell what changed between the outputs in OLD and those in NEW: entities and facts that came, went or changed.

    Entities that were merged or split are told once, with their facts. Exit status is diff's: 0 where nothing changed,
    1 where something did, 2 where there is trouble.
    """
    from kg.diff import as_html, as_json, as_text, compare
    from kg.diff.report import summary
    from kg.ontology import load_ontology

    config = settings(ontology=ontology)
    known = load_ontology(config.ontology)
    difference = compare(_read(old, known, config), _read(new, known, config))
    if format_ == "html":
        text = as_html(difference, old=str(old), new=str(new))
    elif format_ == "json":
        text = f"{as_json(difference)}\n"
    else:
        text = "".join(f"{line}\n" for line in as_text(difference))
    if to is not None:
        to.write_text(text, encoding="utf-8", errors="replace")
    else:
        click.echo(text, nl=False)
    if verbosity >= 0 and (format_ == "text" or to is not None):
        click.echo(summary(difference), err=True)
    sys.exit(1 if difference else 0)


def _read(folder: Path, ontology: Ontology, config: Config) -> Graph:
    from kg.outputs import open_outputs, read_graph

    outputs = open_outputs(folder)
    base = (outputs.report or {}).get("base_iri", config.base_iri)
    if not isinstance(base, str):
        raise OutputError(f"{folder}: report.json has no base_iri; run `kg build` again")
    return read_graph(outputs, ontology, base=base)
