"""The quality gate: the shipped ontology and model on the gold articles, held to floors that only rise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GOLD = Path(__file__).parent


@pytest.mark.model
def test_no_figure_falls_below_its_floor() -> None:
    """`kg eval` with the committed floors ends with 0; a floor rises with the figure that earned it and never falls."""
    command = [sys.executable, "-m", "kg", "eval", str(GOLD), "--floor", str(GOLD / "floors.json"), "--jobs", "1"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=GOLD.parents[1])
    assert run.returncode == 0, run.stdout + run.stderr
