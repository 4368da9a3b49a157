"""Whether an ontology, its examples, the outputs and the saved questions are in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import OutputError, QueryError
from kg.extract import check_examples
from kg.ontology import load_ontology
from kg.outputs import open_outputs
from kg.query import load_store, run
from kg.query.parameters import bind
from kg.query.questions import read_questions, shortfall
from kg.reading import load_reader
from kg.shapes import SHAPES_FILE, validate
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.config import Config
    from kg.outputs import Outputs
    from kg.query.questions import Question

MOST_VIOLATIONS = 50
"""Violations listed for a part; an author who has more starts with these."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part fared: `subject` says what was checked and how much of it, `problems` what is wrong.

    `skipped` says why it was not checked, where it was not.
    """

    subject: str
    problems: tuple[str, ...] = ()
    skipped: str | None = None


def check(config: Config, *, with_examples: bool = True) -> Iterator[Finding]:
    """Check one part after another. Raises OntologyError where the ontology does not compile: nothing else counts then.

    Outputs are checked where there are any: those that a build wrote to `config.out`.
    """
    ontology = load_ontology(config.ontology)
    examples = sum(len(p.examples) + len(p.counterexamples) for p in ontology.properties.values())
    yield Finding(
        f"the ontology compiles: {len(ontology.classes)} classes, {len(ontology.properties)} properties, "
        f"{len(ontology.concepts)} concepts"
    )
    if with_examples:
        failures = check_examples(ontology, load_reader(pipeline=config.reader))
        problems = tuple(f'{failure.property}: "{failure.text}": {failure.reason}' for failure in failures)
        yield Finding(f"{examples} examples state what they should", problems)
    try:
        outputs = open_outputs(config.out)
    except OutputError as error:
        yield Finding("the outputs have the form that shapes.ttl asks for", skipped=str(error))
        outputs = None
    if outputs is not None:
        yield _conformance(outputs, config)
    yield _questions(read_questions(config.ontology), outputs, config)


def _conformance(outputs: Outputs, config: Config) -> Finding:
    subject = "the outputs have the form that shapes.ttl asks for"
    if not (config.ontology / SHAPES_FILE).is_file():
        return Finding(subject, skipped=f"{config.ontology} has no {SHAPES_FILE}")
    found = validate((outputs.graph, outputs.evidence), config.ontology, prefixes(config.base_iri))
    return Finding(subject, _cut([str(violation) for violation in found]))


def _cut(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - MOST_VIOLATIONS
    return (*problems[:MOST_VIOLATIONS], *([f"and {more} more"] if more > 0 else []))


# What stands for a parameter that must be given, to see whether the question can be asked at all.
_SAMPLES = {"entity": "nothing", "date": "2000-01-01", "number": "1", "text": "nothing"}


def _questions(questions: tuple[Question, ...], outputs: Outputs | None, config: Config) -> Finding:
    """Whether all saved questions are SPARQL, and, over outputs, those with an expectation are answered so."""
    known = prefixes(config.base_iri)
    store = load_store(outputs, config.ontology)
    problems = []
    for question in questions:
        given = {p.name: _SAMPLES[p.kind] for p in question.parameters if p.required}
        query = bind(question.query, question.parameters, given, lambda name, _: config.base_iri + name)
        try:
            answer = run(store, query, prefixes=known)
        except QueryError as error:
            problems.append(f"{question.name}: {error}")
            continue
        difference = shortfall(question, answer) if outputs is not None else None
        if difference is not None:
            problems.append(f"{question.name} ({question.words}): {difference}")
    return Finding(f"{len(questions)} saved questions are answered as they should be", tuple(problems))
