"""`kg view`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options
from kg.errors import OutputError, UsageError

if TYPE_CHECKING:
    from kg.config import Config


@click.command("view", epilog=examples("kg view", 'kg view --focus "Acme Labs" --hops 2'))
@click.option("--focus", metavar="ENTITY", help="Show only what lies around this entity: its name or key.")
@click.option("--hops", type=click.IntRange(min=0), default=1, show_default=True, help="How many facts away.")
@click.option("--no-open", is_flag=True, help="Print where the page is, and leave the browser alone.")
@ontology_option
@out_option
@verbosity_options
def command(
    *,
    focus: str | None,
    hops: int,
    no_open: bool,
    ontology: Path | None,
    out: Path | None,
    verbosity: int,
) -> None:
    """Open the graph in the browser: all of it, or what lies around one entity."""
    import webbrowser

    from kg.outputs import open_outputs

    config = settings(ontology=ontology, out=out)
    outputs = open_outputs(config.out)
    if focus is None:
        path = outputs.page
        if not path.is_file():
            raise OutputError(f"{path}: is missing; `kg build` without --no-page makes it")
    else:
        path = _focused(config, focus, hops)
    address = path.resolve().as_uri()
    opened = not no_open and webbrowser.open(address)
    if verbosity >= 0 or not opened:
        click.echo(address if no_open or opened else f"no browser could be started; open {address}")


def _focused(config: Config, focus: str, hops: int) -> Path:
    """Draw a part of the graph to a file of its own, outside the outputs, which stay those of the build."""
    import contextlib
    import tempfile

    from kg import page
    from kg.articles import read_sources
    from kg.ontology import load_ontology
    from kg.outputs import open_outputs, read_graph, with_texts

    known = load_ontology(config.ontology)
    graph = read_graph(open_outputs(config.out), known, base=config.base_iri)
    with contextlib.suppress(UsageError):  # without its sources the page shows the quoted sentences alone
        graph = with_texts(graph, read_sources(config.sources)[0])
    text = page.render(graph, known, focus=focus, hops=hops, base=config.base_iri)
    with tempfile.NamedTemporaryFile("wb", prefix="kg-", suffix=".html", delete=False) as stream:
        stream.write(text.encode(errors="replace"))
    return Path(stream.name)
