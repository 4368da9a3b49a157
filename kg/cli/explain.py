"""`kg explain`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from kg.cli.merges import told
from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.build.tracing import Steps
    from kg.explain import Explanation, Fact, Quote
    from kg.merges import Resolution
    from kg.model import Decision

_INDENT: Final = "        "
_NOT_FOUND_AGAIN: Final = "not found again: the ontology or the reading model has changed since the build"
_MODALITIES: Final = {"Asserted": "", "Planned": "planned", "Former": "over"}


@click.command(
    "explain",
    epilog=examples('kg explain "Acme Labs"', 'kg explain "Acme Labs" "Bay Alliance"', "kg explain acme-labs --why"),
)
@click.argument("entity")
@click.argument("other", required=False)
@click.option(
    "--why", is_flag=True, help="Show how each fact was found, and why these names are one; reads its articles again."
)
@ontology_option
@out_option
@verbosity_options
def command(
    *, entity: str, other: str | None, why: bool, ontology: Path | None, out: Path | None, verbosity: int
) -> None:
    """Print all facts on ENTITY, or those between ENTITY and OTHER, with the sentences that state them.

    An entity is called by its name, another of its names, or its key, in any case. The words of the two arguments are
    marked in each sentence.
    """
    from kg.copies import read_copies
    from kg.explain import explain
    from kg.merges import SECTION, read_resolution
    from kg.ontology import load_ontology
    from kg.outputs import open_outputs, read_graph

    config = settings(ontology=ontology, out=out)
    known = load_ontology(config.ontology)
    outputs = open_outputs(config.out)
    graph = read_graph(outputs, known, base=config.base_iri)
    explanation = explain(graph, known, entity, other)
    steps: Steps = {}
    if why:
        from kg.build.tracing import steps_of

        wanted = {quote.article for fact in explanation.facts for quote in fact.quotes}
        steps = steps_of(config, known, wanted)
    copies = read_copies(outputs.report)
    print_explanation(explanation, steps if why else None, copies, other=other, verbose=verbosity > 0)
    if why and other is None and outputs.report is not None and SECTION in outputs.report:
        click.echo()
        print_names(read_resolution(outputs.report).of(explanation.entity.key))


def print_explanation(
    explanation: Explanation,
    steps: Steps | None,
    copies: Mapping[str, str],
    *,
    other: str | None,
    verbose: bool,
) -> None:
    """Print the entity and its facts; with `steps`, how each was found. `copies` maps articles to those they repeat."""
    entity = explanation.entity
    aliases = f" (also: {', '.join(entity.aliases)})" if entity.aliases else ""
    click.echo(f"{click.style(entity.label, bold=True)}, {explanation.class_label}{aliases}")
    background = entity.background
    if background is not None and verbose:
        for link in background.same_as:
            click.echo(f"  same as {link}")
        if background.latitude is not None:
            click.echo(f"  at {background.latitude}, {background.longitude}")
        if background.iso_code:
            click.echo(f"  ISO 3166 code {background.iso_code}")
    articles = {quote.article for fact in explanation.facts for quote in fact.quotes}
    sources = {copies.get(article, article) for article in articles}
    repeated = f", {_count(len(sources), 'source')} without copies" if len(sources) < len(articles) else ""
    between = f" with {other}" if other else ""
    click.echo(
        f"{_count(len(explanation.facts), 'fact')}{between} from {_count(len(articles), 'article')}{repeated}; "
        f"key {entity.key}"
    )
    for (outgoing, label), facts in groupby(explanation.facts, key=lambda fact: (fact.outgoing, fact.label)):
        click.echo()
        click.echo(click.style(f"  {label}" if outgoing else f"  ... {label} {entity.label}", fg="cyan"))
        for fact in facts:
            _print_fact(fact, steps, copies, verbose=verbose)


def print_names(found: Resolution) -> None:
    """Print why an entity's names are one thing, and what was kept apart from it."""
    joined = [f"{each.article}: {why}" for each in found.joined for why in each.reasons]
    for title, lines in (
        ("its names are one thing", joined + _told(found.merged)),
        ("kept apart from it", _told(found.near_misses)),
    ):
        if lines:
            click.echo(click.style(f"  {title}", fg="cyan"))
            for line in lines:
                click.echo(f"    {line}")


def _told(decisions: Iterable[Decision]) -> list[str]:
    return [line for decision in decisions for line in told(decision, "")]


def _print_fact(fact: Fact, steps: Steps | None, copies: Mapping[str, str], *, verbose: bool) -> None:
    details = [*fact.roles, _MODALITIES[fact.modality], f"{fact.confidence:.2f}"]
    click.echo(f"    {click.style(fact.other, bold=True)}  [{', '.join(detail for detail in details if detail)}]")
    for quote in fact.quotes:
        date = f", {quote.published}" if quote.published else ""
        place = f" ({quote.path} {quote.span.start}-{quote.span.end})" if verbose else ""
        copied = f" [repeats {copies[quote.article]}]" if quote.article in copies else ""
        click.echo(f"      {quote.title or quote.path}{date}{place}{copied}")
        text = f"“{_marked(quote)}”"
        click.echo(click.wrap_text(text, width=100, initial_indent=_INDENT, subsequent_indent=_INDENT))
        if steps is not None:
            for step in _steps_of(fact, quote, steps):
                click.echo(f"{_INDENT}- {step}")


def _steps_of(fact: Fact, quote: Quote, steps: Steps) -> Iterable[str]:
    """What led to a fact, each step once, whichever piece of evidence took it."""
    from kg.build.tracing import place_of

    found = [step for piece in quote.evidence for step in steps.get(place_of(fact.property, piece), ())]
    return dict.fromkeys(found) or (_NOT_FOUND_AGAIN,)


def _marked(quote: Quote) -> str:
    """The sentence on one line with the arguments in brackets, and on a terminal in bold as well."""
    parts, at = [], 0
    for mark in quote.marks:
        parts += [quote.text[at : mark.start], click.style(f"[{quote.text[mark.start : mark.end]}]", bold=True)]
        at = mark.end
    return " ".join("".join([*parts, quote.text[at:]]).split())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
