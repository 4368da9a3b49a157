"""The short form of `python -m benchmarks.faults`: builds that are killed, and builds at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from benchmarks.faults import crowd, kill, quick_build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.slow
def test_killed_builds_leave_whole_files_and_the_next_build_repairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At ten random moments."""
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    outcomes = kill(tmp_path, 10, command=quick_build)
    assert sum(count for outcome, count in outcomes.items() if outcome.startswith("killed")) == 10


@pytest.mark.slow
def test_builds_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some build, the others say that one is at work; the outputs are those of one."""
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    outcomes = crowd(tmp_path, 1, (2, 4), command=quick_build)
    assert sum(outcomes.values()) == 6
