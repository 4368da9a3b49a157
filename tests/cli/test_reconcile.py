"""`kg reconcile` against a real server of the protocol."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kg.resolve import load_aliases
from tests.cli.conftest import ONTOLOGY
from tests.reconcile.conftest import csv_reconcile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

__all__ = ["csv_reconcile"]


def test_links_of_a_real_service_reach_the_alias_file(outputs: Path, run: Run, csv_reconcile: str) -> None:
    """Good answers are written for review, doubtful ones shown, and a second run asks nothing again."""
    shutil.copytree(ONTOLOGY, "ontology")
    aliases = outputs.parent / "ontology" / "aliases.ttl"
    before = aliases.read_text(encoding="utf-8")
    shown = run("reconcile", csv_reconcile, "--rate", "1000", "--dry-run").output
    assert aliases.read_text(encoding="utf-8") == before
    said = run("reconcile", csv_reconcile, "--rate", "1000").output
    assert "Nordpay = Nordpay (Q1): +" in shown
    assert "Nordpay = Nordpay (Q1): +" in said
    assert "0 names asked" in said
    links = load_aliases(aliases).links
    assert links["nordpay"] == ("http://localhost/csv_reconcile/ids/Q1",)
    assert "harbour-alliance" not in links, "two candidates fit: a person decides"
    assert "fits as well" in said
    assert aliases.read_text(encoding="utf-8").startswith(before.rstrip())


def test_mistakes_are_named(outputs: Path, run: Run) -> None:
    """An unknown class, an address that is none, a service that is not there."""
    assert 'has no class "Compny"' in run("reconcile", "http://127.0.0.1:1/", "--class", "Compny").stderr
    result = run("reconcile", "wikidata", "--dry-run")
    assert (result.exit_code, "no address of a service" in result.stderr) == (2, True)
