"""`kg build`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options

if TYPE_CHECKING:
    from kg.build import BuildResult
    from kg.config import Config


@click.command(
    "build",
    epilog=examples("kg build", "kg build news/ --out graph/ --jobs 4", "kg build sources/pact.md --trace pact"),
)
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@ontology_option
@out_option
@click.option(
    "--jobs", type=click.IntRange(min=0), help="Worker processes; 0: as many as cores and work allow. [default: 0]"
)
@click.option("--strict", is_flag=True, help="Exit with 1 when an article was skipped.")
@click.option("--trace", metavar="ARTICLE", help="Show what was found in one article, and what was rejected and why.")
@click.option("--all-rejected", is_flag=True, help="List every rejected candidate in report.json, not ten an article.")
@click.option("--no-page", is_flag=True, help="Leave out graph.html.")
@click.option("--no-cache", is_flag=True, help="Do everything anew, and keep nothing for the next build.")
@click.option("--watch", is_flag=True, help="Build, and again whenever articles or ontology change; Ctrl-C ends it.")
@verbosity_options
def command(
    *,
    sources: tuple[Path, ...],
    ontology: Path | None,
    out: Path | None,
    jobs: int | None,
    strict: bool,
    trace: str | None,
    all_rejected: bool,
    no_page: bool,
    no_cache: bool,
    watch: bool,
    verbosity: int,
) -> None:
    """Build the graph of the articles in SOURCES (folders or files; default: sources/).

    Reads .txt, .md, .html and .jsonl at any depth and writes graph.ttl, evidence.ttl, graph.html and report.json. An
    article that cannot be read is skipped and named. Earlier outputs are replaced only by a complete new set. What was
    read before and has not changed is not read again.
    """
    config = settings(sources=sources, ontology=ontology, out=out, jobs=jobs)
    reading = "" if no_cache else ", and what was read is kept: the next build goes on from there"
    click.get_current_context().meta["kg.cli.kept"] = f"; the outputs are as they were{reading}"

    def once(config: Config) -> BuildResult:
        options = {"with_page": not no_page, "caching": not no_cache, "all_rejected": all_rejected}
        return _build(config, trace, verbosity, **options)

    if watch:
        from kg.cli.watch import keep_building

        keep_building(config, once)
    elif once(config).skipped and strict:
        sys.exit(1)


def _build(config: Config, trace: str | None, verbosity: int, **options: bool) -> BuildResult:
    """Build once, and say what came of it."""
    from kg.build import build
    from kg.cli.progress import show_progress
    from kg.cli.summary import print_summary
    from kg.cli.trace import print_trace

    with show_progress(quiet=verbosity < 0) as progress:
        result = build(config, trace=trace, progress=progress, **options)
    print_trace(result)
    if verbosity >= 0:
        print_summary(result, verbose=verbosity > 0)
    else:
        _name_skipped(result)
    return result


def _name_skipped(result: BuildResult) -> None:
    """Say on stderr what was left out, even where nothing else is said."""
    for skipped in result.skipped:
        click.echo(f"skipped {skipped.path}: {skipped.reason}", err=True)
