"""The tour of the commands is true: every command of docs/tour.md runs, and gives what stands there."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli import cli

ROOT = Path(__file__).resolve().parent.parent
TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Step:
    """A command and what it printed."""

    command: str
    output: str


def steps(page: str) -> list[Step]:
    """The commands of a page's console blocks, in order."""
    blocks = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    return [
        Step(*part.split("\n", 1))
        for block in blocks
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)
        if part.strip()
    ]


def pattern(output: str) -> str:
    """What an output must match: `...` is anything, on a line of its own also any lines or none."""
    lines = [
        r"(?:.*\n)*?" if line == "..." else "[^\n]*?".join(map(re.escape, line.split("..."))) + "\n"
        for line in output.splitlines()
    ]
    return "".join(lines)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts of the repository that the tour uses."""
    folder = tmp_path_factory.mktemp("tour")
    for name in ("out", "ontology"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "answers.toml", folder)
    return folder


@pytest.mark.parametrize("step", steps(TOUR), ids=lambda step: step.command)
def test_tour(step: Step, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command prints what the page shows."""
    monkeypatch.chdir(clone)
    result = CliRunner().invoke(cli, shlex.split(step.command)[1:], prog_name="kg", catch_exceptions=False)
    printed = result.output if result.output.endswith("\n") or not result.output else f"{result.output}\n"
    if result.exit_code:
        printed += f"[exit status {result.exit_code}]\n"
    assert re.fullmatch(pattern(step.output), printed), printed


def test_tour_meets_every_command() -> None:
    """Nothing that kg can do is left out."""
    shown = {step.command.split()[1] for step in steps(TOUR)}
    assert set(cli.list_commands(click.Context(cli))) - shown == set()


def test_patterns_tell_right_from_wrong() -> None:
    """What is not on the page is not taken for it."""
    assert re.fullmatch(pattern("a ... c\n...\nz\n"), "a b c\nz\n")
    assert re.fullmatch(pattern("...\nz\n"), "x\ny\nz\n")
    assert not re.fullmatch(pattern("a ... c\nz\n"), "a b\nc\nz\n")
    assert not re.fullmatch(pattern("z\n"), "y\nz\n")
    assert len(steps(TOUR)) > 25
