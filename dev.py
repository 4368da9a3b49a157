#!/usr/bin/env python3
"""Sets up `.venv` and runs what a developer needs; standard library only, so that it runs on a bare machine.

python3 dev.py build [ARGS]    kg build [ARGS]: sources/ -> out/
python3 dev.py test [ARGS]     pytest [ARGS]
python3 dev.py format          rewrite in the project's format
python3 dev.py lint            format, ruff, mypy: check only
python3 dev.py check           lint, tests, kg check
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
ORDERS = ("build", "test", "format", "lint", "check")


def set_up(requirement: str) -> None:
    """Create `.venv` and install `requirement` from this folder, unless that is done for this very pyproject.toml."""
    stamp = VENV / f"{'dev' if '[' in requirement else 'run'}.stamp"
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    print(f"Setting up {VENV.name} (once; downloads the Python packages kg needs) ...", flush=True)
    venv.create(VENV, with_pip=True, clear=not (BIN / python_name()).exists())
    # Compiling all of it takes longer than the download; what is used is compiled when it is first imported.
    pip = (str(BIN / python_name()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile")
    run(*pip, "-e", requirement)
    stamp.write_text(digest, encoding="utf-8")


def python_name() -> str:
    """The interpreter's file name in a virtual environment."""
    return "python.exe" if os.name == "nt" else "python"


def run(*command: str) -> None:
    """Run a command in the repository's root; its failure ends this program with its exit status."""
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status:
        sys.exit(status)


def tool(name: str, *arguments: str) -> None:
    """Run a command that is installed in `.venv`."""
    run(str(BIN / name), *arguments)


def lint() -> None:
    """Check format, style and types."""
    tool("ruff", "format", "--check", ".")
    tool("ruff", "check", ".")
    tool("mypy")


def main(arguments: list[str]) -> None:
    """Do what the first argument names."""
    order, rest = (arguments[0] if arguments else ""), arguments[1:]
    if order not in ORDERS:
        sys.exit(__doc__)
    set_up("." if order == "build" else ".[dev]")
    if order == "build":
        tool("kg", "build", *rest)
    if order == "format":
        tool("ruff", "format", ".")
        tool("ruff", "check", "--fix", ".")
    if order in {"lint", "check"}:
        lint()
    if order in {"test", "check"}:
        tool("pytest", *rest)
    if order == "check":
        tool("kg", "check")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - said plainly, before pip says it at length
        sys.exit("kg needs Python 3.11 or newer; this is " + sys.version.split()[0])
    main(sys.argv[1:])
