"""`kg view`."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options
from kg.errors import OutputError


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
    from kg.outputs import open_outputs

    config = settings(ontology=ontology, out=out)
    outputs = open_outputs(config.out)
    if focus is None:
        path = outputs.page
        if not path.is_file():
            raise OutputError(f"{path}: is missing; `kg build` without --no-page makes it")
    else:
        path = _focused(config.out, config.ontology, config.base_iri, focus, hops)
    address = path.resolve().as_uri()
    opened = not no_open and webbrowser.open(address)
    if verbosity >= 0 or not opened:
        click.echo(address if no_open or opened else f"no browser could be started; open {address}")


def _focused(out: Path, ontology: Path, base: str, focus: str, hops: int) -> Path:
    """Draw a part of the graph to a file of its own, outside the outputs, which stay those of the build."""
    from kg import page
    from kg.ontology import load_ontology
    from kg.outputs import open_outputs, read_graph

    known = load_ontology(ontology)
    graph = read_graph(open_outputs(out), known, base=base)
    text = page.render(graph, known, focus=focus, hops=hops, base=base)
    with tempfile.NamedTemporaryFile("wb", prefix="kg-", suffix=".html", delete=False) as stream:
        stream.write(text.encode(errors="replace"))
    return Path(stream.name)
