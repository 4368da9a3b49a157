"""Answers of queries on a screen or in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from kg.query.answers import Table, Triples, short
from kg.query.formats import FORMATS, serialise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.query import Answer

_WIDEST: Final = 60  # characters of a column where the output is no terminal


def print_answer(answer: Answer, format_: str | None, prefixes: Mapping[str, str]) -> None:
    """Print an answer; without a format, tables for people and Turtle for graphs."""
    if not isinstance(answer, bool) and not answer.complete:
        click.echo("there is more: the answer is cut at --limit", err=True)
    chosen = format_ or ("ttl" if isinstance(answer, Triples) else "table")
    for known in FORMATS:
        if chosen == known:
            _write(serialise(answer, known, prefixes))
            return
    if isinstance(answer, bool):
        click.echo("yes" if answer else "no")
        return
    table = _as_table(answer)
    rows = [[short(term, prefixes) for term in row] for row in table.rows]
    if sys.stdout.isatty():
        _print_rich(table.variables, rows)
    else:
        _print_plain(table.variables, rows)
    click.echo(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", err=True)


def say(verbosity: int) -> Callable[[str], None]:
    """How a command tells on stderr what takes long."""
    return (lambda text: click.echo(text, err=True)) if verbosity >= 0 else (lambda _text: None)


def _as_table(answer: Table | Triples) -> Table:
    if isinstance(answer, Table):
        return answer
    return Table(("subject", "predicate", "object"), tuple(tuple(triple) for triple in answer.triples))


def _write(text: str) -> None:
    """Write for programs: UTF-8 and the line ends of the format, whatever the platform prefers."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _print_rich(variables: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable(*variables, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell, overflow="fold") for cell in row))
    Console().print(table)


def _print_plain(variables: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns side by side, cut where they are very wide; `--format csv` has everything."""
    lines = [list(variables), *([" ".join(cell.split()) for cell in row] for row in rows)]
    cut = [[cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 3]}..." for cell in line] for line in lines]
    widths = [max(len(line[i]) for line in cut) for i in range(len(variables))]
    cut.insert(1, ["-" * width for width in widths])
    for line in cut:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
