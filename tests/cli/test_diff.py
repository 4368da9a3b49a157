"""kg diff over two sets of outputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.outputs import replace_outputs
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def newer(outputs: Path) -> Path:
    """Outputs in which one name is another."""
    folder = outputs.parent / "newer"
    folder.mkdir()
    files = {name: content.replace(b'"QuayPass"', b'"QuayCard"') for name, content in harbour_files().items()}
    replace_outputs(folder, files, {})
    return folder


def test_no_difference_is_0(run: Run, outputs: Path) -> None:
    """As of diff."""
    result = run("diff", "out", "out")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_difference_is_1(run: Run, newer: Path) -> None:
    """What changed on stdout, how much on stderr."""
    result = run("diff", "out", "newer")
    assert (result.exit_code, result.stdout) == (1, "~ QuayCard: name QuayPass -> QuayCard\n")
    assert result.stderr.startswith("entities: 0 added, 0 gone, 1 changed, 0 merged, 0 split; facts: 0 added")


def test_json_and_html(run: Run, newer: Path) -> None:
    """For programs on stdout, for people in a file."""
    assert json.loads(run("diff", "out", "newer", "--format", "json").stdout)["counts"]["entities_changed"] == 1
    assert run("diff", "out", "newer", "--format", "html", "--to", "d.html").exit_code == 1
    assert "<del>QuayPass</del>" in (newer.parent / "d.html").read_text(encoding="utf-8")


def test_trouble_is_2(run: Run, outputs: Path) -> None:
    """Outputs that are not there."""
    result = run("diff", "out", "nowhere")
    assert result.exit_code == 2
    assert "graph.ttl: is missing" in result.stderr
