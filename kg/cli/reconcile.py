"""`kg reconcile`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from kg.config import Config
    from kg.reconcile import Choice, Reconciled

JOURNAL: Final = "reconciliation.jsonl"
"""Where the answers of services are kept, in the folder of the outputs."""
_FEW: Final = 20
_PER_SECOND: Final = 2.0
"""Requests a second: what public services bear from one user without asking."""


@click.command(
    "reconcile",
    epilog=examples(
        "kg reconcile https://wikidata.reconci.link/en/api",
        "kg reconcile http://localhost:5000/reconcile --class Company --dry-run",
        "kg reconcile https://wikidata.reconci.link/en/api --type Company=Q4830453 --type City=Q515",
    ),
)
@click.argument("service")
@click.option("--class", "classes", multiple=True, help="Only entities of this class; may be given again.")
@click.option(
    "--type", "types", multiple=True, metavar="CLASS=TYPE", help="The service's type for a class; may be given again."
)
@click.option(
    "--accept",
    type=float,
    metavar="BITS",
    default=9.0,
    show_default=True,
    help="Evidence from which a link is written.",
)
@click.option(
    "--rate", type=click.FloatRange(min=0, min_open=True), default=_PER_SECOND, show_default=True,
    metavar="N", help="Requests a second, at most.",
)  # fmt: skip
@click.option(
    "--aliases",
    type=click.Path(path_type=Path),
    help="The file that links are added to. [default: ONTOLOGY/aliases.ttl]",
)
@click.option("--dry-run", is_flag=True, help="Write no links; only show them.")
@ontology_option
@out_option
@verbosity_options
def command(
    *,
    service: str,
    classes: tuple[str, ...],
    types: tuple[str, ...],
    accept: float,
    rate: float,
    aliases: Path | None,
    dry_run: bool,
    ontology: Path | None,
    out: Path | None,
    verbosity: int,
) -> None:
    """Ask SERVICE, an address that speaks the Reconciliation API, for links to what the graph holds.

    Entities without a link into the service's data are sent by name. Links with enough evidence are added to the alias
    file, each on a line with its reasons: review them, then build again. Answers are kept beside the outputs, so that a
    run that was stopped goes on where it was.
    """
    from kg.errors import UsageError
    from kg.ontology import load_ontology
    from kg.outputs import open_outputs, read_graph
    from kg.reconcile import Journal, Service, Wanted, reconcile, with_links

    config = settings(ontology=ontology, out=out)
    known = load_ontology(config.ontology)
    wrong = [name for name in (*classes, *(each.partition("=")[0] for each in types)) if name not in known.classes]
    if wrong:
        raise UsageError(f'the ontology has no class "{wrong[0]}"; there are: {", ".join(sorted(known.classes))}')
    path = aliases or _alias_file(config, dry_run=dry_run)
    graph = read_graph(open_outputs(config.out), known, base=config.base_iri)
    asked = Service(service, interval=1 / rate)
    found = reconcile(
        graph,
        asked,
        Journal(config.out / JOURNAL, service),
        Wanted(classes, dict(each.split("=", 1) for each in types if "=" in each), accept),
        progress=lambda done, total: _progress(done, total, verbosity),
    )
    accepted = [(choice, asked.link(choice.candidate)) for choice in found.choices if choice.accepted]
    if accepted and not dry_run:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        _replace(path, with_links(text, accepted, base=config.base_iri, service=service))
    if verbosity >= 0:
        _print(found, asked.name, None if dry_run else path, everything=verbosity > 0)


def _alias_file(config: Config, *, dry_run: bool) -> Path:
    from kg.config import packaged_ontology
    from kg.errors import UsageError
    from kg.resolve import ALIASES_FILE

    if not dry_run and config.ontology == packaged_ontology() and config.ontology.name == "default":
        raise UsageError(
            f"{config.ontology}: belongs to kg itself; copy it to ontology/, or name a file of yours with --aliases"
        )
    return config.ontology / ALIASES_FILE


def _replace(path: Path, text: str) -> None:
    """Put the new text in place whole: a stopped run leaves the old file."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _progress(done: int, total: int, verbosity: int) -> None:
    if verbosity >= 0:
        click.echo(f"  {done:,} of {total:,} names asked", err=True)


def _print(found: Reconciled, service: str, path: Path | None, *, everything: bool) -> None:
    accepted = [choice for choice in found.choices if choice.accepted]
    open_ = [choice for choice in found.choices if not choice.accepted]
    click.echo(f"{service}: {found.asked:,} names asked, {found.known:,} answered before")
    _print_choices(f"{len(accepted):,} links", accepted, everything=everything)
    _print_choices(f"{len(open_):,} left to you", open_, everything=everything)
    click.echo(f"{len(found.unknown):,} unknown to the service")
    if path is not None and accepted:
        click.echo(f"Links are in {path}; review them, then run `kg build`.")


def _print_choices(title: str, choices: list[Choice], *, everything: bool) -> None:
    click.echo(click.style(title, bold=True))
    for choice in choices if everything else choices[:_FEW]:
        best = choice.candidate
        click.echo(f"  {click.style(choice.label, fg='cyan')} = {best.name} ({best.id}): {choice.bits:+.1f} bits")
        click.echo(f"    {'; '.join(choice.reasons)}")
    if not everything and len(choices) > _FEW:
        click.echo(f"  ... and {len(choices) - _FEW:,} more; -v shows all")
