"""The command line: options in, calls of plain functions, words for people out. Nothing below prints.

This module is what `kg --help` waits for, so it imports click alone; each command imports what it needs when it runs.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from kg.cli.options import examples, verbosity_options
from kg.cli.terminal import guarded
from kg.errors import KgError

if TYPE_CHECKING:
    from types import TracebackType

INTERRUPTED = 130  # the shells' exit status for Ctrl-C: 128 + SIGINT
NOT_DONE = 2
KEPT = "kg.cli.kept"  # key of click's `meta`, under which a command says what Ctrl-C leaves

_COMMANDS = {
    "build": ("kg.cli.build", "Build the graph of articles: Turtle, evidence, a page."),
    "view": ("kg.cli.view", "Open the graph in the browser, or a part of it."),
    "query": ("kg.cli.query", "Ask the graph in SPARQL."),
    "ask": ("kg.cli.ask", "Ask a saved question by its name, or list them."),
    "explain": ("kg.cli.explain", "Show what is known of an entity, and the sentences."),
    "merges": ("kg.cli.merges", "Show which names became one entity, and why."),
    "reconcile": ("kg.cli.reconcile", "Link entities to Wikidata or a like service."),
    "check": ("kg.cli.check", "Check ontology, examples, outputs and questions."),
    "eval": ("kg.cli.evaluate", "Score the graph against articles read by hand."),
    "stats": ("kg.cli.stats", "Count what the graph holds; draw it."),
    "diff": ("kg.cli.diff", "Tell what changed between two builds."),
    "export": ("kg.cli.export", "Write the graph in other formats."),
    "serve": ("kg.cli.serve", "Serve the graph: SPARQL endpoint, editor, pages."),
    "clean": ("kg.cli.clean", "Remove what builds keep between runs."),
}
"""Module and summary of each command; the summary stands here so that `kg --help` imports none of the modules."""


class Failure(click.ClickException):
    """An error as the user sees it: one message on stderr, exit status 2."""

    exit_code = NOT_DONE

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's signature
        """Print the message."""
        click.echo(f"{click.style('error:', fg='red', bold=True)} {self.message}", err=True)


class Commands(click.Group):
    """The commands, each imported when it is asked for, and the one place where errors become messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All commands, in the order in which one meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of this name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(_COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with what may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from kg.wording import did_you_mean

            if args[0].startswith("-"):
                raise
            raise click.UsageError(f'no such command "{args[0]}"{did_you_mean(args[0], _COMMANDS)}', ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; whatever it raises on purpose, or meets on disk, becomes a message and an exit status."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise Failure(str(error)) from error
        except BrokenPipeError:
            # Who read our output (head, less) has seen enough; Python would complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise Failure(f"{place}{error.strerror or error}") from error
        except KeyboardInterrupt:
            click.echo(f"\ninterrupted{ctx.meta.get(KEPT, '')}", err=True)
            ctx.exit(INTERRUPTED)


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"kg {version('kg-build')}")
    except PackageNotFoundError:
        click.echo("kg (not installed)")
    ctx.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "kg build                 sources/ -> out/: Turtle and an interactive page",
        "kg view                  open the page in the browser",
        'kg explain "Acme Labs"   what is known of it, with the sentences that say so',
        'kg query "SELECT ..."    SPARQL over facts, evidence and ontology',
    ),
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
@verbosity_options
def cli(*, verbosity: int) -> None:
    """Build knowledge graphs from news articles and an ontology, and ask them.

    Settings stand in kg.toml beside the sources, all of them optional; options override them. Exit status: 0 done,
    1 done and the answer is no, 2 not done.
    """
    click.get_current_context().obj = verbosity


def main() -> NoReturn:
    """The entry point `kg`: run the command line and exit."""
    sys.excepthook = _last_words
    sys.stdout, sys.stderr = guarded(sys.stdout), guarded(sys.stderr, progress=True)
    cli(prog_name="kg")
    sys.exit(0)


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What is said of an error that nobody foresaw; KG_DEBUG=1 shows where it came from."""
    if os.environ.get("KG_DEBUG"):
        sys.__excepthook__(kind, error, trace)
    else:
        click.echo(
            f"error: kg has a defect ({kind.__name__}: {error}); KG_DEBUG=1 shows where, please report it", err=True
        )
    sys.stdout.flush()
    os._exit(NOT_DONE)
