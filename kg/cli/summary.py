"""What `kg build` says when it is done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from kg.model import Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.build import BuildResult

_HOLDS = {
    "graph.ttl": "entities and facts",
    "evidence.ttl": "the sentence behind each fact",
    "graph.html": "the interactive graph, for any browser",
    "report.json": "counts, timings, what was left out and why",
}
_MOST_SKIPPED = 10  # named without -v; the report names all
_KILO = 1000
_WIDTH = 100  # characters of a line
_TOGETHER = "\N{NO-BREAK SPACE}"  # keeps a name and its number on one line


def print_summary(result: BuildResult, *, verbose: bool) -> None:
    """Print what was built, what was left out, where it is, and what to do next."""
    for line in _nothing_new(result) if result.up_to_date else _summary(result, verbose=verbose):
        click.echo(line)
    for note in result.work.notes:
        click.echo(f"note: {note}", err=True)


def _nothing_new(result: BuildResult) -> Iterator[str]:
    counts = result.report["counts"]
    held = ", ".join(_count(counts[name], noun) for name, noun in (("entities", "entity"), ("facts", "fact")))
    yield f"Nothing has changed: {result.out} is up to date ({_count(counts['articles'], 'article')}, {held})."
    yield from _skipped(result, verbose=False)


def _summary(result: BuildResult, *, verbose: bool) -> Iterator[str]:
    graph = result.graph
    seconds = sum(result.timings.values())
    yield f"Built {result.out} from {_count(len(graph.articles), 'article')} in {seconds:.1f} s{_reused(result)}."
    yield ""
    classes, properties = result.ontology.classes, result.ontology.properties
    by_class = Counter(e.class_ for e in graph.entities)
    yield from _tally("entities", ((classes[n].label if n in classes else n, c) for n, c in by_class.items()))
    by_property = Counter(s.property for s in graph.statements)
    yield from _tally("facts", ((properties[n].label if n in properties else n, c) for n, c in by_property.items()))
    planned, former = (sum(s.modality is m for s in graph.statements) for m in (Modality.PLANNED, Modality.FORMER))
    yield f"            of which {planned} planned and {former} over; each with the sentence that states it"
    yield from _left_out(result, verbose=verbose)
    yield ""
    for name in result.files:
        if name in _HOLDS:
            path = result.out / name
            yield f"  {path!s:30}  {path.stat().st_size / _KILO:8,.0f} kB  {_HOLDS[name]}"
    texts = sum(name not in _HOLDS for name in result.files)
    if texts:
        yield f"  {result.out / 'text'!s:30}  {_count(texts, 'text')} taken from HTML and JSON"
    if verbose:
        yield ""
        yield "  seconds: " + ", ".join(f"{stage} {spent:.2f}" for stage, spent in result.timings.items())
    yield ""
    yield from _next(result)


def _tally(what: str, counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    """A total and its parts, the largest first, wrapped under one another."""
    ordered = sorted(counts, key=lambda item: (-item[1], item[0]))
    parts = ", ".join(f"{name} {count:,}".replace(" ", _TOGETHER) for name, count in ordered)
    total = f"{sum(count for _, count in ordered):,}"
    text = click.wrap_text(parts, width=_WIDTH, subsequent_indent=" " * 18) if parts else ""
    yield f"  {what:9} {total:>5} {text.replace(_TOGETHER, ' ')}".rstrip()


def _left_out(result: BuildResult, *, verbose: bool) -> Iterator[str]:
    yield from _skipped(result, verbose=verbose)
    notes = [(article.path, note) for article in result.graph.articles for note in article.notes]
    if notes and verbose:
        yield ""
        yield "Read with care:"
        yield from (f"  {path}: {note}" for path, note in notes)
    elif notes:
        yield f"{_count(len(notes), 'note')} on how articles were read: -v shows them."


def _skipped(result: BuildResult, *, verbose: bool) -> Iterator[str]:
    if result.skipped:
        yield ""
        yield f"Skipped {_count(len(result.skipped), 'file')}:"
        shown = result.skipped if verbose else result.skipped[:_MOST_SKIPPED]
        yield from (f"  {skipped.path}: {skipped.reason}" for skipped in shown)
        if len(shown) < len(result.skipped):
            yield f"  and {len(result.skipped) - len(shown)} more, in report.json"


def _reused(result: BuildResult) -> str:
    """How much of the work an earlier build had done."""
    work = result.work
    if not work.kept and work.read == work.extracted:
        return ""
    return f" ({work.read:,} of them read anew)"


def _next(result: BuildResult) -> Iterator[str]:
    """What to do next, with an entity that much is known of."""
    facts = Counter(s.subject for s in result.graph.statements)
    facts.update(s.object for s in result.graph.statements if isinstance(s.object, str))
    if not facts:
        yield "No facts were found. `kg build --trace ARTICLE` shows why, article by article."
        return
    best = min(facts, key=lambda key: (-facts[key], key))
    label = next(entity.label for entity in result.graph.entities if entity.key == best)
    view = "kg view    " if "graph.html" in result.files else ""
    yield f'Next: {view}kg explain "{label}"    kg ask'


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
