"""`kg serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import examples, ontology_option, out_option, settings, verbosity_options
from kg.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_LOOPBACK = frozenset({"localhost", "127.0.0.1"})


@click.command(
    "serve",
    epilog=examples(
        "kg serve",
        'curl http://localhost:8080/sparql --data-urlencode "query=ASK { ?x a kg:Alliance }"',
        "curl -H 'Accept: text/turtle' http://localhost:8080/kg/id/acme-labs",
    ),
)
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 is all of them.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help='Let pages of this origin ask; "*": of any.')
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True,
              metavar="SECONDS", help="Give a query up after this time.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries answered at once.")
@click.option("--memory", type=click.IntRange(64, 1_000_000), default=2000, show_default=True, metavar="MB",
              help="Memory that a query may take beyond the store (Linux).")  # fmt: skip
@click.option("--open", "browser", is_flag=True, help="Open the first page in the browser.")
@ontology_option
@out_option
@verbosity_options
def command(
    *,
    port: int,
    host: str,
    cors: tuple[str, ...],
    timeout: float,
    workers: int,
    memory: int,
    browser: bool,
    ontology: Path | None,
    out: Path | None,
    verbosity: int,
) -> None:
    """Serve the built graph: a SPARQL endpoint, a query page, and a page for every entity, article and fact.

    Read-only, and for this machine alone unless --host says otherwise. A new build is noticed and served.
    """
    import socket
    import webbrowser

    from kg.outputs import open_outputs
    from kg.serve import LOCAL_HOSTS, Limits, Place, create_app, run

    config = settings(ontology=ontology, out=out)
    open_outputs(config.out)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:  # a port that is taken is said before anything is loaded
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            port = port or probe.getsockname()[1]
    except OSError as error:
        raise UsageError(f"{host}:{port}: cannot be listened on ({error.strerror}); choose another --port") from error
    limits = Limits(seconds=timeout, workers=workers, memory_bytes=memory * 1_000_000)
    place = Place(config.out, config.ontology, config.base_iri, limits.memory_bytes, limits.answer_bytes)
    app = create_app(place, limits, cors=cors, hosts=LOCAL_HOSTS if host in _LOOPBACK else ("*",))
    address = f"http://{'localhost' if host in _LOOPBACK else host}:{port}/"
    if verbosity >= 0:
        click.echo(f"{address}  (endpoint {address}sparql; Ctrl-C ends)", err=True)
    if browser:
        webbrowser.open(address)
    run(app, host=host, port=port)
