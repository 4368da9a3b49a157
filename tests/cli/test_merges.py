"""`kg merges`, and what `kg explain --why` says of names."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.merges import section
from kg.model import Decision, JoinedNames
from kg.outputs import replace_outputs
from tests import harbour
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

DECISIONS = (
    Decision(
        *("second#nordpay", "first#nordpay"),
        merged=True,
        weight_bits=9.5,
        reasons=("same but for legal form or spelling +11.0", "one article names both -1.5"),
        names=("Nordpay ASA", "Nordpay"),
        articles=("second", "first"),
        entities=("nordpay", "nordpay"),
    ),
    Decision(
        *("second#dockside", "first#nordpay"),
        merged=False,
        weight_bits=1.0,
        reasons=("shared neighbours: lisbon +1.0", "refused: part or affiliate"),
        names=("Dockside", "Nordpay"),
        articles=("second", "first"),
        entities=("dockside", "nordpay"),
    ),
)
JOINED = (JoinedNames("first", "harbour-alliance", ("HA / Harbour Alliance: acronym by initials",)),)


@pytest.fixture
def decided(project: Path) -> Path:
    """Outputs whose report tells two decisions and what one article joined."""
    (project / "out").mkdir()
    graph = replace(harbour.graph(), decisions=DECISIONS, joined=JOINED)
    replace_outputs(project / "out", harbour_files(), {"resolution": section(graph)})
    return project


def test_all_is_listed_with_reasons(decided: Path, run: Run) -> None:
    """Merges, merges within an article and near misses, each with names, articles, bits and reasons."""
    said = run("merges").output
    assert "1 joined across articles\n  nordpay\n    Nordpay ASA (second) / Nordpay (first): +9.5 bits" in said
    assert "same but for legal form or spelling +11.0; one article names both -1.5" in said
    assert "harbour-alliance in first\n      HA / Harbour Alliance: acronym by initials" in said
    assert "1 near misses\n  dockside / nordpay\n" in said
    assert "refused: part or affiliate" in said


@pytest.mark.parametrize(
    ("option", "told", "silent"), [("--merged", "Nordpay ASA", "Dockside"), ("--near-misses", "Dockside", "ASA")]
)
def test_one_kind_alone(decided: Path, run: Run, option: str, told: str, silent: str) -> None:
    """What was joined, or what was not."""
    said = run("merges", option).output
    assert told in said
    assert silent not in said


def test_one_entity_alone(decided: Path, run: Run) -> None:
    """The decisions on an entity, called by name or key; one that nobody calls so is an error."""
    assert "Nordpay ASA" in run("merges", "Nordpay").output
    assert "Nordpay ASA" not in run("merges", "dockside").output
    assert run("merges", "Nobody").exit_code == 2


def test_tables_for_other_programs(decided: Path, run: Run) -> None:
    """CSV and JSON hold the same decisions."""
    rows = list(csv.DictReader(io.StringIO(run("merges", "--format", "csv").output)))
    listed = json.loads(run("merges", "--format", "json").output)
    assert [row["decision"] for row in rows] == [row["decision"] for row in listed] == ["merged", "near miss"]
    assert rows[1]["reasons"] == "; ".join(DECISIONS[1].reasons)


def test_a_report_of_before_asks_for_a_build(outputs: Path, run: Run) -> None:
    """Outputs that tell no decisions are named, with the cure."""
    result = run("merges")
    assert result.exit_code == 2
    assert "run `kg build` again" in result.stderr


def test_explain_why_tells_the_names(decided: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why the names of an entity are one thing, and what was kept apart; without --why nothing of it."""
    monkeypatch.setattr("kg.build.tracing.steps_of", lambda *_: {})
    said = run("explain", "Nordpay", "--why").output
    assert "its names are one thing\n    Nordpay ASA (second) / Nordpay (first): +9.5 bits\n" in said
    assert "kept apart from it\n    Dockside (second) / Nordpay (first): +1.0 bits\n" in said
    assert "one thing" not in run("explain", "Nordpay").output


def test_explain_says_what_repeats_what(project: Path, run: Run) -> None:
    """Copies are marked at their quotations, and counted as one source."""
    (project / "out").mkdir()
    told = [{"original": "harbour/first", "copies": [{"article": "second article", "overlap": 0.9}]}]
    replace_outputs(project / "out", harbour_files(), {"near_duplicates": told})
    said = run("explain", "Nordpay").output
    assert "from 2 articles, 1 source without copies; key nordpay" in said
    assert 'Nordpay plans "a bigger boat"' in said
    assert "[repeats harbour/first]" in said
