"""`kg check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check", epilog=examples("kg check", "kg check --ontology my-domain/ --no-examples"))
@ontology_option
@out_option
@click.option("--no-examples", is_flag=True, help="Leave out the example sentences, which have to be read.")
@verbosity_options
def command(*, ontology: Path | None, out: Path | None, no_examples: bool, verbosity: int) -> None:
    """Check the ontology, its examples, the outputs and the saved questions; exit with 1 where something is wrong.

    Every example sentence must state its own fact, no counterexample may; the outputs must have the form that
    shapes.ttl asks for; saved questions must be SPARQL and give the answers they expect.
    """
    from kg.check import check

    wrong = 0
    for finding in check(settings(ontology=ontology, out=out), with_examples=not no_examples):
        wrong += len(finding.problems)
        if finding.problems:
            click.echo(f"{click.style('no ', fg='red', bold=True)} {finding.subject}: {len(finding.problems)} wrong")
            for problem in finding.problems:
                click.echo("\n".join(f"      {line}" for line in problem.splitlines()))
        elif verbosity >= 0:
            mark = click.style("--", dim=True) if finding.skipped else click.style("ok", fg="green")
            click.echo(f"{mark}  {finding.subject}" + (f" (not checked: {finding.skipped})" if finding.skipped else ""))
    if wrong:
        sys.exit(1)
