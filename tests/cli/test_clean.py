from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.cache import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with a store, a file of each other kind, and one of somebody else."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("KG_CACHE_DIR", str(folder))
    store = open_store(folder)
    store.keep([(b"key", b"value" * 1000)])
    store.close()
    for name in ("frames-0123.json", "lessons-0123.json", "cities-1.table"):
        (folder / name).write_text("{}")
    (folder / "mine.txt").write_text("mine")
    return folder


def test_clean_empties_the_cache_and_leaves_the_rest(run: Run, project: Path, cache: Path) -> None:
    """What kg keeps goes, with a word on how much it was; outputs stay."""
    (project / "out").mkdir()
    result = run("clean")
    assert result.exit_code == 0
    assert "MB removed" in result.stdout
    assert [path.name for path in cache.iterdir()] == ["mine.txt"]
    assert (project / "out").is_dir()
    assert "nothing kept" in run("clean").stdout


def test_clean_outputs_removes_what_the_report_lists_and_nothing_else(run: Run, outputs: Path, cache: Path) -> None:
    """A file of the user's own in out/ stays."""
    assert cache.is_dir()
    (outputs / "notes.txt").write_text("mine")
    result = run("clean", "--outputs")
    assert "graph.ttl, report.json removed" in result.stdout
    assert [path.name for path in outputs.iterdir()] == ["notes.txt"]
    assert "no outputs" in run("clean", "--outputs").stdout


def test_clean_is_quiet_when_asked(run: Run, project: Path, cache: Path) -> None:
    """-q says nothing."""
    assert project.is_dir()
    assert cache.is_dir()
    assert run("clean", "-q").output == ""
