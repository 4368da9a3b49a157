"""`kg stats`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.stats import Figures, Tally

_TALLIES: Final = {
    "classes": "Entities by class",
    "properties": "Facts by property",
    "modalities": "Facts by modality",
    "named": "Named by the most articles",
    "publishers": "Facts by publisher",
}
_BAR: Final = 40  # characters of the longest bar
_MOST: Final = 15  # lines of a list in the terminal; the page has all


@click.command("stats", epilog=examples("kg stats", "kg stats --page stats.html", "kg stats --json"))
@ontology_option
@out_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--page", type=click.Path(path_type=Path), help="Write a page of pictures to this file.")
@verbosity_options
def command(*, ontology: Path | None, out: Path | None, as_json: bool, page: Path | None, verbosity: int) -> None:
    """Count what the outputs hold: entities by class, facts by property, growth, what is named most.

    The page shows it in pictures, with the distribution of facts over entities, confidence, and what of the ontology
    the articles fill.
    """
    from kg.cli.answers import say
    from kg.query import Table, ask, open_source
    from kg.stats import QUERIES, figures, render
    from kg.vocabulary import prefixes

    config = settings(ontology=ontology, out=out)
    known = prefixes(config.base_iri)
    source = open_source(config.out, config.ontology, notice=say(verbosity))
    answers: dict[str, list[list[str]]] = {}
    for name, query in QUERIES.items():
        answer = ask(source, query, prefixes=known)
        assert isinstance(answer, Table), "the queries are SELECTs"
        answers[name] = [[getattr(term, "value", "") for term in row] for row in answer.rows]
    found = figures(answers)
    if page is not None:
        page.write_text(render(found), encoding="utf-8", errors="replace")
        if verbosity >= 0:
            click.echo(page.resolve().as_uri())
    elif as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print(found)


def _print(found: Figures) -> None:
    click.echo(f"{found.articles:,} articles, {found.entities:,} entities, {found.facts:,} facts")
    for name, title in _TALLIES.items():
        click.echo(f"\n{title}")
        _print_bars(getattr(found, name))


def _print_bars(tallies: Sequence[Tally]) -> None:
    shown = [each for each in tallies if each.count]
    longest = max((each.count for each in shown), default=1)
    width = max((len(each.label) for each in shown[:_MOST]), default=0)
    for each in shown[:_MOST]:
        click.echo(f"  {each.label:{width}}  {each.count:>6,}  {'#' * -(-each.count * _BAR // longest)}")
    if more := len(shown) - _MOST if len(shown) > _MOST else 0:
        click.echo(f"  and {more} more")
    if missing := len(tallies) - len(shown):
        click.echo(f"  none of {missing} others that the ontology has")
