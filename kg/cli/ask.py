"""`kg ask`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import answer_options, examples, ontology_option, out_option, settings, verbosity_options
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.query import Answer
    from kg.query.questions import Question

_ANSWERS = Path("answers.toml")


@click.command(
    "ask",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog=examples(
        "kg ask",
        'kg ask members --alliance "Bay Alliance"',
        "kg ask leaders --format csv",
        "kg ask --check",
    ),
    options_metavar="[OPTIONS] [--PARAMETER VALUE]...",
)
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Check that questions still have the answers that answers.toml expects.")
@click.option(
    "--answers", type=click.Path(path_type=Path), help="File of expected answers. [default: answers.toml, if any]"
)
@ontology_option
@out_option
@answer_options
@verbosity_options
@click.pass_context
def command(
    ctx: click.Context,
    *,
    name: str | None,
    check: bool,
    answers: Path | None,
    ontology: Path | None,
    out: Path | None,
    format_: str | None,
    timeout: float,
    rows: int,
    allow_service: bool,
    verbosity: int,
) -> None:
    """List the saved questions, or answer the one called NAME.

    They stand in the folder questions/ of the ontology, one .rq file each. Some take parameters, as `kg ask` lists:
    entities are given by any of their names. With --check, exit status 1 says that an answer is not as expected.
    """
    from kg.query.questions import find_question, read_questions

    config = settings(ontology=ontology, out=out)
    questions = read_questions(config.ontology)
    if name is not None and name.startswith("--"):
        raise UsageError(f"{name}: name a question first; `kg ask` lists them")
    given = _given(ctx.args)
    if name is None and not check:
        for line in _listing(questions):
            click.echo(line)
        return
    chosen = [find_question(questions, name)] if name is not None else questions

    from kg.cli.answers import print_answer, say
    from kg.query import ask, open_source
    from kg.query.entities import find_entity
    from kg.query.parameters import bind
    from kg.vocabulary import prefixes

    known = prefixes(config.base_iri)
    source = open_source(config.out, config.ontology, notice=say(verbosity))

    def find(entity: str, classes: Sequence[str]) -> str:
        return find_entity(source.store, entity, classes, known)

    def answer(question: Question, values: Mapping[str, str]) -> Answer:
        query = bind(question.query, question.parameters, values, find)
        return ask(source, query, prefixes=known, allow_service=allow_service, seconds=timeout, rows=rows)

    if check:
        _check(chosen, answer, answers, known, verbosity)
        return
    if verbosity >= 0:
        click.echo(chosen[0].words, err=True)
    print_answer(answer(chosen[0], given), format_, known)


def _given(arguments: Sequence[str]) -> dict[str, str]:
    """Parameters as they stand on the command line: `--name value` or `--name=value`."""
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        if not option.startswith("--"):
            raise UsageError(f'"{option}" is neither a question nor an option; parameters are given as --name "value"')
        name, equals, value = option[2:].partition("=")
        if not equals:
            if not rest:
                raise UsageError(f"--{name} needs a value")
            value = rest.pop(0)
        found[name] = value
    return found


def _listing(questions: Sequence[Question]) -> Iterator[str]:
    width = max((len(question.name) for question in questions), default=0)
    for question in questions:
        yield f"  {click.style(f'{question.name:{width}}', bold=True)}  {question.words}"
        for parameter in question.parameters:
            note = f" [{parameter.default}]" if parameter.default else " (optional)" if parameter.optional else ""
            yield f"  {'':{width}}    --{parameter.name}: {parameter.words}{note}"


def _check(
    questions: Sequence[Question],
    answer: Callable[[Question, Mapping[str, str]], Answer],
    answers: Path | None,
    known: Mapping[str, str],
    verbosity: int,
) -> None:
    """Ask what needs nothing to be given, and all that is expected; exit with 1 where an answer falls short."""
    from kg.query.answerability import Expectation, failures, read_expectations

    names = {question.name for question in questions}
    own = [
        Expectation(question.name, {}, result=question.expected)
        for question in questions
        if question.expected and not any(parameter.required for parameter in question.parameters)
    ]
    path = answers or (_ANSWERS if _ANSWERS.is_file() else None)
    expected = [*own, *(each for each in (read_expectations(path) if path else ()) if each.question in names)]
    problems = failures(expected, questions, answer, known)
    asked = {each.question for each in expected}
    for question in questions:  # what nobody expects anything of must still be SPARQL, and be done in time
        if question.name not in asked and not any(parameter.required for parameter in question.parameters):
            answer(question, {})
    for problem in problems:
        click.echo(f"{click.style('failed', fg='red')}  {problem}", err=True)
    if verbosity >= 0:
        click.echo(f"{len(expected) - len(problems)} of {len(expected)} expected answers, {len(questions)} questions")
    if problems:
        sys.exit(1)
