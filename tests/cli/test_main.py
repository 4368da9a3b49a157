"""What holds for all commands: help, version, errors, exit statuses, start-up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
COMMANDS = [
    "build", "view", "query", "ask", "explain", "merges", "reconcile", "check", "eval", "stats", "diff", "export",
    "serve", "clean",
]  # fmt: skip


def kg(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `kg` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_all_commands(run: Run) -> None:
    """One line each, and examples."""
    result = run("--help")
    assert result.exit_code == 0
    listed = result.stdout[result.stdout.index("Commands:") :]
    assert [line.split()[0] for line in listed.splitlines()[1:] if line.startswith("  ") and line[2] != " "][
        : len(COMMANDS)
    ] == COMMANDS
    assert "kg explain" in result.stdout


def test_help_imports_no_command() -> None:
    """Who only wants the list does not wait for what the commands need."""
    code = "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "print(*sorted(m for m in sys.modules if m.startswith('kg.')))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "kg.cli kg.cli.options kg.cli.terminal kg.errors"


def test_summaries_are_sentences_that_are_not_cut(run: Run) -> None:
    """In a terminal of eighty columns, each command has one line that ends where it ends."""
    listed = run("--help").stdout.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert len(listed) == len(COMMANDS)
    assert [line for line in listed if not line.endswith(".") or line.endswith("...") or len(line) > 80] == []


@pytest.mark.parametrize(("typed", "meant"), [("qurey", "query"), ("exports", "export"), ("Serve", "serve")])
def test_a_misspelt_command_is_recognised(run: Run, typed: str, meant: str) -> None:
    """Named, with what may have been meant."""
    result = run(typed)
    assert result.exit_code == 2
    assert f'no such command "{typed}"; did you mean {meant}' in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    """`kg COMMAND --help` says what it does and shows how; -v and -q are everywhere."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"kg {command}" in result.stdout[result.stdout.index("Examples:") :]
    assert "--verbose" in result.stdout
    assert "--quiet" in result.stdout


def test_version(run: Run) -> None:
    """One line."""
    result = run("--version")
    assert (result.exit_code, result.stdout.split()[0]) == (0, "kg")


@pytest.mark.parametrize("arguments", [["nonsense"], ["build", "--nonsense"], ["build", "--jobs", "-1"], ["explain"]])
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    """With a hint to the help."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "--help" in result.stderr or "-h" in result.stderr


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", [["query", "ASK {}"], ["explain", "x"], ["view"], ["stats"], ["ask", "members"]])
def test_asking_before_building_is_2_with_the_cure(run: Run, arguments: list[str]) -> None:
    """Every command that reads outputs says how to make them."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: out/graph.ttl: is missing; run `kg build` first")


@pytest.mark.usefixtures("outputs")
@pytest.mark.parametrize("arguments", [["query", "ASK {}"], ["explain", "Lisbon"], ["view", "--no-open"], ["stats"]])
def test_mixed_outputs_are_refused_by_every_command_that_reads_them(
    run: Run, arguments: list[str], outputs: Path
) -> None:
    """A build that was stopped midway is not mistaken for a graph."""
    with (outputs / "graph.ttl").open("a") as stream:
        stream.write("# another build\n")
    result = run(*arguments)
    assert result.exit_code == 2
    assert "are of different builds" in result.stderr


def test_bad_settings_are_named(run: Run, project: Path) -> None:
    """A mistake in kg.toml, with file and line of help."""
    (project / "kg.toml").write_text('sauces = "news"\n')
    result = run("build")
    assert result.exit_code == 2
    assert 'kg.toml: unknown setting "sauces"; did you mean sources?' in result.stderr


def test_settings_of_kg_toml_are_used_and_options_override_them(run: Run, outputs: Path) -> None:
    """`out` from the file, `--out` before it."""
    outputs.rename(outputs.parent / "elsewhere")
    (outputs.parent / "kg.toml").write_text('out = "elsewhere"\n')
    assert run("stats").exit_code == 0
    assert "nowhere/graph.ttl: is missing" in run("stats", "--out", "nowhere").stderr


def test_quiet_before_the_command_counts_too(run: Run, outputs: Path) -> None:
    """`kg -q view` is `kg view -q`."""
    assert outputs.is_dir()
    assert run("-q", "check", "--no-examples").stdout == run("check", "--no-examples", "-q").stdout == ""


def loaded_by(*arguments: str, cwd: Path) -> set[str]:
    """The top-level modules that a process has after running a command."""
    code = f"import sys; sys.argv = {['kg', *arguments]}\nfrom kg.cli import main\n"
    code += "try: main()\nexcept SystemExit: print('LOADED', *{m.partition('.')[0] for m in sys.modules})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split("LOADED")[1].split())


def test_help_needs_click_alone(tmp_path: Path) -> None:
    """Nothing slow is loaded to print a page of help."""
    slow = {"rdflib", "pyoxigraph", "spacy", "rich", "numpy", "networkx", "yaml", "multiprocessing"}
    loaded = loaded_by("--help", cwd=tmp_path)
    assert "click" in loaded
    assert not loaded & slow


def test_queries_load_neither_spacy_nor_rdflib(outputs: Path) -> None:
    """The quick way to an answer is Oxigraph's own."""
    loaded = loaded_by("query", "ASK {}", cwd=outputs.parent)
    assert "pyoxigraph" in loaded
    assert not loaded & {"rdflib", "spacy", "rich", "numpy", "networkx"}


def test_defect_shows_no_traceback_unless_asked(tmp_path: Path) -> None:
    """What nobody foresaw is one line, exit status 2, and a way to see more."""
    code = "import kg.cli, sys\ndef broken(**_): raise RuntimeError('boom')\nsys.argv = ['kg', 'stats']\n"
    code += "import kg.cli.stats as s\ns.command.callback = broken\nkg.cli.main()"
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: kg has a defect (RuntimeError: boom); KG_DEBUG=1 shows where, please report it"
    ]
    environment["KG_DEBUG"] = "1"
    shown = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" in shown.stderr


def test_reader_that_has_seen_enough_is_no_error(outputs: Path) -> None:
    """`kg query ... | head -1` ends quietly."""
    command = f'"{sys.executable}" -m kg query "SELECT * {{ ?s ?p ?o }}" --format tsv | head -1'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=outputs.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "?s\t?p\t?o\n"
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_is_130_with_a_clear_last_line(project: Path) -> None:
    """No traceback, and the outputs as they were."""
    os.mkfifo(project / "query.rq")
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", "query.rq"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    with (project / "query.rq").open("w"):  # opens once the command waits for its query
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.splitlines()[-1] == "interrupted"


def test_python_m_kg_is_kg(project: Path) -> None:
    """The module runs the command line."""
    assert kg("--version", cwd=project).stdout.startswith("kg")
