"""The documentation is true: links lead somewhere, commands and settings exist, versions agree."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

import dev
from kg.cli import cli
from kg.config import Config, load_config

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(page for folder in ("docs", "ontology", "training") for page in (ROOT / folder).rglob("*.md")),
    ]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """The targets of a page's links that lead into the repository."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link and picture of a page exists."""
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_links_are_found() -> None:
    """The check above looks at pages with links in them."""
    assert "docs/architecture.md" in links(ROOT / "README.md")


def test_newest_version_is_the_projects() -> None:
    """The changelog's newest release is the version of pyproject.toml; before the first, Unreleased names it."""
    version = PYPROJECT["project"]["version"]
    releases = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", CHANGELOG, re.MULTILINE)
    assert CHANGELOG.count("## [Unreleased]") == 1
    if releases:
        assert releases[0] == version
    else:
        assert f"to be released as {version}" in CHANGELOG


def test_every_file_of_the_licence_exists() -> None:
    """The files that the package names as its licence are there, for each licence of its expression."""
    patterns = PYPROJECT["project"]["license-files"]
    assert [pattern for pattern in patterns if not list(ROOT.glob(pattern))] == []
    assert PYPROJECT["project"]["license"] == "Apache-2.0 AND CC-BY-SA-4.0"


def test_settings_of_the_readme_are_all_there_are(tmp_path: Path) -> None:
    """The sample kg.toml of the README is read, and shows every setting."""
    sample = README.split("```toml\n")[1].split("```")[0]
    (tmp_path / "kg.toml").write_text(sample, encoding="utf-8")
    load_config(tmp_path)
    assert list(tomllib.loads(sample)) == [field.name for field in fields(Config)]


def test_orders_of_dev_are_documented() -> None:
    """What dev.py does, its own help, the guide for contributors and the Makefile name alike."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8") + README
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()
    assert sorted(targets) == sorted(dev.ORDERS)
    assert [order for order in dev.ORDERS if f"python3 dev.py {order}" not in guide] == []
    assert [order for order in dev.ORDERS if f"python3 dev.py {order}" not in (dev.__doc__ or "")] == []


def test_ci_runs_the_command_of_the_readme() -> None:
    """What CI runs is what the README tells a visitor to run."""
    assert "\nCI=true python3 dev.py test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "\n    python3 dev.py test " in README


def test_commands_are_in_the_readme() -> None:
    """Every command of kg is shown in the README."""
    commands = cli.list_commands(click.Context(cli))
    assert "build" in commands
    assert [command for command in commands if f"kg {command}" not in README] == []
