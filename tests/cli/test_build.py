from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("quick")


def test_build_writes_outputs_and_says_what_and_where(run: Run, project: Path) -> None:
    """The summary: articles, entities by class, facts, files, what to do next."""
    result = run("build")
    assert result.exit_code == 0, result.stderr
    assert sorted(p.name for p in (project / "out").iterdir()) == [
        *("evidence.ttl", "graph.html", "graph.ttl", "report.json"),
    ]
    assert result.stdout.startswith("Built out from 2 articles in ")
    assert "entities      7 company 2, person 2, alliance 1, city 1, product 1" in result.stdout
    assert "out/graph.ttl" in result.stdout
    assert "kg build --trace ARTICLE" in result.stdout  # nothing was found: how to see why


def test_progress_is_plain_lines_where_there_is_no_terminal(run: Run, project: Path) -> None:
    """On stderr, so that the summary can be piped."""
    assert project.is_dir()
    result = run("build")
    assert result.stderr.splitlines()[:3] == [
        *("Looking for changes ...", "Reading the ontology ...", "Reading articles ..."),
    ]


def test_quiet_says_nothing_but_what_was_skipped(run: Run, project: Path) -> None:
    """-q leaves errors and losses."""
    assert run("build", "-q").output == ""
    (project / "sources" / "empty.txt").write_text("")
    result = run("build", "-q")
    assert result.stdout == ""
    assert result.stderr.startswith("skipped empty.txt: ")


def test_verbose_says_how_long_stages_took(run: Run, project: Path) -> None:
    """-v adds timings."""
    assert project.is_dir()
    assert "seconds: articles " in run("build", "-v").stdout


def test_sources_and_out_can_be_named(run: Run, project: Path) -> None:
    """Any folder or file, any place."""
    (project / "sources").rename(project / "news")
    result = run("build", "news/first.md", "--out", "deep/graph", "--no-page")
    assert result.exit_code == 0
    assert sorted(p.name for p in (project / "deep" / "graph").iterdir()) == [
        "evidence.ttl",
        "graph.ttl",
        "report.json",
    ]
    assert "from 1 article in" in result.stdout


def test_trace_shows_what_was_rejected_and_why(run: Run, project: Path) -> None:
    """One article, its candidates, their words."""
    assert project.is_dir()
    result = run("build", "--trace", "first")
    assert "first.md: Port cities join hands" in result.stdout
    assert "  frame: no frame fits\n    “Port”" in result.stdout


# Bad input


def test_missing_folder(run: Run, project: Path) -> None:
    """Named, exit status 2, nothing written."""
    result = run("build", "nowhere")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("error: nowhere")
    assert not (project / "out").exists()


def test_empty_folder(run: Run, project: Path) -> None:
    """No article at all is an error that says what would be one."""
    (project / "void").mkdir()
    result = run("build", "void")
    assert result.exit_code == 2
    assert "void: no article in it; kg reads .txt, .md, .html and .jsonl" in result.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.md", b" \n\n\t\n"),
        ("binary.txt", bytes(range(256)) * 20),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 500),
        ("broken.jsonl", b'{"text": \n'),
        ("spanish.txt", "La ciudad de Lisboa fundó la alianza de puertos y firmó un acuerdo con la empresa.".encode()),
    ],
)
def test_bad_article_is_named_and_the_others_are_built(run: Run, project: Path, name: str, content: bytes) -> None:
    """Skipped with its reason; exit status 0, and 1 with --strict."""
    (project / "sources" / name).write_bytes(content)
    result = run("build")
    assert result.exit_code == 0
    assert "from 2 articles in" in result.stdout
    assert "Skipped 1 file:" in result.stdout
    assert f"  {name}" in result.stdout
    assert run("build", "--strict").exit_code == 1


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig", "cp1252"])
def test_other_encodings_are_read_or_named(run: Run, project: Path, encoding: str) -> None:
    """A file that an editor saved otherwise costs at most itself."""
    text = "Café chains meet\n\nThe Harbour Alliance said on Monday that the café at the port of Lisbon is open.\n"
    (project / "sources" / "other.txt").write_bytes(text.encode(encoding))
    result = run("build")
    assert result.exit_code == 0
    assert "from 3 articles" in result.stdout or "  other.txt: " in result.stdout


def test_stray_byte(run: Run, project: Path) -> None:
    """One wrong byte in a text that is otherwise UTF-8."""
    text = "The Harbour Alliance said on Monday that the port of Lisbon — and its quay — is open to all companies.\n"
    (project / "sources" / "stray.txt").write_bytes(text.encode() * 5 + b"\xff" + text.encode())
    result = run("build")
    assert result.exit_code == 0
    assert "from 3 articles" in result.stdout or "  stray.txt: " in result.stdout


def test_ontology_with_a_syntax_error(run: Run, project: Path) -> None:
    """File and line, and no outputs."""
    (project / "ontology").mkdir()
    (project / "ontology" / "mine.ttl").write_text("@prefix kg: <https://example.org/kg/ontology#> .\nkg:City a\n")
    result = run("build")
    assert result.exit_code == 2
    assert "mine.ttl" in result.stderr
    assert "Traceback" not in result.stderr


def test_example_without_marks(run: Run, project: Path) -> None:
    """An example that teaches nothing is named."""
    (project / "ontology").mkdir()
    (project / "ontology" / "mine.ttl").write_text(
        "@prefix kg: <https://example.org/kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'kg:City a owl:Class ; rdfs:label "city" .\n'
        'kg:twinOf a owl:ObjectProperty ; rdfs:label "twin of" ; rdfs:domain kg:City ; rdfs:range kg:City ;\n'
        '    kg:example "Porto is twinned with Bordeaux." .\n'
    )
    result = run("build")
    assert result.exit_code == 2
    assert "Porto is twinned with Bordeaux." in result.stderr


def test_out_that_cannot_be_written(run: Run, project: Path) -> None:
    """A file in the way: said before anything is read."""
    (project / "out").write_text("a file")
    result = run("build")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: out: cannot be written")
    assert "--out" in result.stderr


def test_failed_build_touches_nothing(run: Run, project: Path) -> None:
    """Earlier outputs stay, to the byte."""
    run("build")
    before = {p.name: p.read_bytes() for p in (project / "out").iterdir()}
    assert run("build", "nowhere").exit_code == 2
    assert {p.name: p.read_bytes() for p in (project / "out").iterdir()} == before


def test_report_names_what_the_summary_names(run: Run, project: Path) -> None:
    """For programs."""
    (project / "sources" / "empty.txt").write_text("")
    run("build")
    report = json.loads((project / "out" / "report.json").read_bytes())
    assert [entry["path"] for entry in report["skipped"]] == ["empty.txt"]
