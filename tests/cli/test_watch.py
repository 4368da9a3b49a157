from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING, Any, cast

import pytest

from kg.cli import watch
from kg.config import Config
from kg.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from kg.build import BuildResult


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A project with the outputs among the sources, which is unwise and must not go round for ever."""
    for name in ("sources", "ontology", "sources/out"):
        (tmp_path / name).mkdir()
    return Config(sources=(tmp_path / "sources",), ontology=tmp_path / "ontology", out=tmp_path / "sources" / "out")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("sources/one.txt", True),
        ("ontology/classes.ttl", True),
        ("sources/deep/two.md", True),
        ("sources/out/graph.ttl", False),
        ("sources/.one.txt.swp", False),
        ("sources/.git/index", False),
        ("elsewhere/one.txt", False),
    ],
)
def test_what_starts_a_build(config: Config, tmp_path: Path, changed: str, *, expected: bool) -> None:
    """Articles and ontology, not outputs, hidden files or what lies elsewhere."""
    places = [*config.sources, config.ontology]
    assert watch.matters(tmp_path / changed, places, config.out) is expected


def test_a_change_builds_again_and_a_failed_build_waits_for_the_next(
    config: Config, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once at the start, once after each change; an error is said and no end."""
    built: list[float] = []

    def once(_config: Config) -> BuildResult:
        built.append(time.monotonic())
        if len(built) == 1:
            raise UsageError("no article in it")
        if len(built) == 3:
            raise KeyboardInterrupt
        return cast("BuildResult", None)

    monkeypatch.setattr(watch, "SETTLED_MS", 50)

    def save() -> None:
        for number in range(100):
            time.sleep(0.3)
            (config.sources[0] / f"{number}.txt").write_text("new")
            if len(built) >= 3:
                return

    thread = threading.Thread(target=save)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        watch.keep_building(config, once)
    thread.join()
    said = capsys.readouterr().err
    assert said.count("Watching for changes") == 2
    assert "error: no article in it" in said


def test_a_change_during_the_first_build_starts_another(config: Config) -> None:
    """What is saved while a build is at work is not lost."""
    builds: list[str] = []

    def once(_config: Config) -> BuildResult:
        builds.append("built")
        if len(builds) == 2:
            raise KeyboardInterrupt
        (config.sources[0] / "late.txt").write_text("new")
        return cast("BuildResult", None)

    give_up = threading.Timer(20, signal.raise_signal, [signal.SIGINT])
    give_up.start()
    with pytest.raises(KeyboardInterrupt):
        watch.keep_building(config, once)
    give_up.cancel()
    assert builds == ["built", "built"]


def test_nothing_to_watch_is_said(tmp_path: Path) -> None:
    """Neither sources nor ontology exist."""
    config = Config(sources=(tmp_path / "a",), ontology=tmp_path / "b", out=tmp_path / "out")
    with pytest.raises(UsageError, match="nothing to watch"):
        watch.keep_building(config, lambda _config: cast("Any", None))
