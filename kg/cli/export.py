"""`kg export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options
from kg.errors import UsageError

_NAMES = ("nt", "nq", "trig", "ttl", "jsonld", "rdf", "graphml", "gexf", "neo4j", "parquet")


@click.command(
    "export",
    epilog=examples(
        "kg export gexf                     graph.gexf, for Gephi",
        "kg export nq --to - | gzip > graph.nq.gz",
        "kg export neo4j --to import/       nodes.csv and relationships.csv",
    ),
)
@click.argument("format_", metavar="[FORMAT]", type=click.Choice(_NAMES), required=False)
@click.option("--to", type=click.Path(path_type=Path, allow_dash=True), help='File or folder to write; "-" is stdout.')
@ontology_option
@out_option
@verbosity_options
def command(*, format_: str | None, to: Path | None, ontology: Path | None, out: Path | None, verbosity: int) -> None:
    """Write the built graph in another format; without FORMAT, list the formats.

    RDF: nt, nq and trig (a named graph for each article), ttl, jsonld, rdf. Networks: graphml, gexf. Tables: neo4j,
    parquet.
    """
    from kg.export import FORMATS, export
    from kg.ontology import load_ontology

    if format_ is None:
        for each in FORMATS.values():
            note = f" (leaves out: {each.leaves_out})" if each.leaves_out else ""
            click.echo(f"  {each.name:8}  {each.words}{note}")
        return
    config = settings(ontology=ontology, out=out)
    files = export(config.out, format_, ontology=lambda: load_ontology(config.ontology), base=config.base_iri)
    if to is not None and str(to) == "-":
        if len(files) > 1:
            raise UsageError(f"{format_} is {len(files)} files: {', '.join(files)}; give a folder with --to")
        sys.stdout.flush()
        sys.stdout.buffer.write(next(iter(files.values())))
        sys.stdout.buffer.flush()
        return
    for path, content in _paths(files, to):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if verbosity >= 0:
            click.echo(f"{path}  {len(content):,} bytes")
    if verbosity >= 0 and format_ == "neo4j":
        from kg.export.tables import IMPORT

        click.echo(IMPORT)


def _paths(files: dict[str, bytes], to: Path | None) -> list[tuple[Path, bytes]]:
    """Where each file goes: `to` names the one file, or a folder."""
    folder = Path() if to is None else to
    if to is not None and len(files) == 1 and not to.is_dir():
        return [(to, next(iter(files.values())))]
    return [(folder / name, content) for name, content in files.items()]
