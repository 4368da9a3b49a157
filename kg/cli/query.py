"""`kg query`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import answer_options, examples, ontology_option, out_option, settings, verbosity_options
from kg.errors import UsageError


@click.command(
    "query",
    epilog=examples(
        'kg query "SELECT ?name WHERE { ?x a kg:Alliance ; rdfs:label ?name }"',
        "kg query members.rq --format csv > members.csv",
        'echo "ASK { id:acme-labs kg:uses ?what }" | kg query - --exit-status',
        'kg query "DESCRIBE id:acme-labs"',
    ),
)
@click.argument("query", required=False, metavar="[QUERY or FILE.rq]")
@ontology_option
@out_option
@answer_options
@click.option("--exit-status", is_flag=True, help="Exit with 1 when an ASK says no.")
@verbosity_options
def command(
    *,
    query: str | None,
    ontology: Path | None,
    out: Path | None,
    format_: str | None,
    timeout: float,
    rows: int,
    allow_service: bool,
    exit_status: bool,
    verbosity: int,
) -> None:
    """Ask the built graph in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The query is an argument, a file, or, with "-" or nothing, standard input. It sees graph.ttl, evidence.ttl and the
    ontology as one graph; kg:, id:, article:, rdfs:, skos:, schema:, prov:, oa: and the like need no PREFIX.
    """
    from kg.cli.answers import print_answer, say
    from kg.query import ask, open_source
    from kg.query.answers import is_empty
    from kg.query.hints import unknown_names
    from kg.vocabulary import prefixes

    config = settings(ontology=ontology, out=out)
    text = _query_text(query)
    known = prefixes(config.base_iri)
    source = open_source(config.out, config.ontology, notice=say(verbosity))
    answer = ask(source, text, prefixes=known, allow_service=allow_service, seconds=timeout, rows=rows)
    print_answer(answer, format_, known)
    if verbosity >= 0 and is_empty(answer):
        for hint in unknown_names(source.store, text, known):
            click.echo(f"hint: {hint}", err=True)
    if exit_status and answer is False:
        sys.exit(1)


def _query_text(query: str | None) -> str:
    """The query itself, from wherever it is."""
    if query is None or query == "-":
        if query is None and sys.stdin.isatty():
            raise UsageError('no query; give one as argument or file, as in: kg query "SELECT * { ?s ?p ?o } LIMIT 5"')
        return sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    if not query.endswith((".rq", ".sparql")) or "{" in query:
        return query
    try:
        return Path(query).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{query}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise UsageError(f"{query}: cannot be read ({error.strerror})") from error
