"""`kg ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import answer_options, examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("ask", epilog=examples("kg ask", "kg ask members", "kg ask leaders --format csv"))
@click.argument("name", required=False)
@ontology_option
@out_option
@answer_options
@verbosity_options
def command(
    *,
    name: str | None,
    ontology: Path | None,
    out: Path | None,
    format_: str | None,
    timeout: float,
    allow_service: bool,
    verbosity: int,
) -> None:
    """List the saved questions, or answer the one called NAME.

    They stand in the folder questions/ of the ontology, one .rq file each.
    """
    from kg.query.questions import find_question, read_questions

    config = settings(ontology=ontology, out=out)
    questions = read_questions(config.ontology)
    if name is None:
        width = max((len(question.name) for question in questions), default=0)
        for question in questions:
            click.echo(f"  {question.name:{width}}  {question.words}")
        return
    question = find_question(questions, name)

    from kg.cli.answers import print_answer
    from kg.outputs import open_outputs
    from kg.query import load_store, run
    from kg.vocabulary import prefixes

    known = prefixes(config.base_iri)
    store = load_store(open_outputs(config.out), config.ontology)
    answer = run(store, question.query, prefixes=known, allow_service=allow_service, seconds=timeout)
    if verbosity >= 0:
        click.echo(question.words, err=True)
    print_answer(answer, format_, known)
