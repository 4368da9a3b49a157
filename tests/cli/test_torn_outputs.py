"""Outputs that are mixed from two builds, as a crash between two files leaves them: refused by whatever reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.cli import _COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

READERS = {
    "view": ("view",),
    "query": ("query", "SELECT * WHERE { ?s ?p ?o } LIMIT 1"),
    "ask": ("ask", "cities"),
    "explain": ("explain", "Nordpay"),
    "merges": ("merges",),
    "reconcile": ("reconcile", "http://127.0.0.1:9/"),
    "stats": ("stats",),
    "diff": ("diff", "out", "out"),
    "export": ("export", "nt"),
    "serve": ("serve", "--port", "0"),
}
OTHERS = {"build", "check", "clean", "eval"}
"""What replaces outputs, or does more than read them: `kg check` names a mix among its findings."""


def test_no_command_is_forgotten() -> None:
    """A new command that reads outputs gets its line above."""
    assert set(_COMMANDS) == {*READERS, *OTHERS}


@pytest.mark.parametrize("command", READERS)
def test_a_mix_of_two_builds_is_refused(run: Run, outputs: Path, command: str) -> None:
    """Not an answer from half of each: what is wrong, and the cure."""
    with (outputs / "evidence.ttl").open("a", encoding="utf-8") as stream:
        stream.write("# of another build\n")
    result = run(*READERS[command])
    assert result.exit_code == 2, result.output
    assert "evidence.ttl and report.json are of different builds" in result.stderr
    assert "kg build" in result.stderr
