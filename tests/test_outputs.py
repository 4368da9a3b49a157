from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OutputError
from kg.model import Background, Entity, Span
from kg.outputs import locked, open_outputs, read_graph, read_report, replace_outputs, text_name, with_texts
from kg.turtle import evidence_turtle, graph_turtle
from tests import harbour

ONTOLOGY = harbour.ontology()
ROOT = Path(__file__).parents[1]


def harbour_files() -> dict[str, bytes]:
    """The Turtle of the hand-made graph."""
    graph = harbour.graph()
    return {
        "graph.ttl": graph_turtle(graph, ONTOLOGY),
        "evidence.ttl": evidence_turtle(graph, ONTOLOGY, version="1"),
    }


# Writing


def test_all_files_and_a_report_with_their_hashes_are_written(tmp_path: Path) -> None:
    """The report lists what else there is; nothing else is left behind."""
    replace_outputs(tmp_path, {"graph.ttl": b"a", "text/x.txt": b"b"}, {"counts": 1})
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()) == [
        *("graph.ttl", "report.json", "text/x.txt"),
    ]
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert report["counts"] == 1
    assert report["files"]["graph.ttl"] == {
        "bytes": 1,
        "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    }


def test_what_the_last_build_wrote_and_this_one_does_not_is_removed(tmp_path: Path) -> None:
    """A page of an older graph would mislead; files of the user's own stay."""
    replace_outputs(tmp_path, {"graph.ttl": b"a", "graph.html": b"old", "text/deep/x.txt": b"b"}, {})
    (tmp_path / "notes.txt").write_text("mine")
    replace_outputs(tmp_path, {"graph.ttl": b"c"}, {})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graph.ttl", "notes.txt", "report.json"]


def test_a_report_cannot_make_a_build_remove_files_elsewhere(tmp_path: Path) -> None:
    """Names that lead out of the folder are not believed."""
    out, other = tmp_path / "out", tmp_path / "precious.txt"
    out.mkdir()
    other.write_text("keep me")
    entry = {"sha256": "0"}
    files = {"../precious.txt": entry, "text/../../precious.txt": entry, str(other): entry}
    (out / "report.json").write_text(json.dumps({"files": files}))
    replace_outputs(out, {"graph.ttl": b"a"}, {})
    assert other.read_text() == "keep me"


def test_a_write_that_fails_leaves_the_old_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written first is written aside; a full disk costs nothing."""
    replace_outputs(tmp_path, {"graph.ttl": b"old", "evidence.ttl": b"old"}, {})
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    calls = iter(range(100))
    real = os.fsync

    def full(descriptor: int) -> None:
        if next(calls) == 1:
            raise OSError(28, "No space left on device", "evidence.ttl")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"evidence\.ttl: cannot be written \(No space left on device\); make room"):
        replace_outputs(tmp_path, {"graph.ttl": b"new", "evidence.ttl": b"new"}, {})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@given(st.text(max_size=300))
def test_any_article_gets_a_file_within_the_folder(article_id: str) -> None:
    """Ids come from file names and records of strangers."""
    name = text_name(article_id)
    assert name.startswith("text/")
    assert name.endswith(".txt")
    assert not {"", ".", ".."} & set(name.split("/"))
    assert all(len(part.encode()) <= 255 for part in name.split("/"))
    assert "\\" not in name
    assert "\0" not in name


def test_names_of_texts_stay_readable() -> None:
    """A person finds the text of an article by its id."""
    assert text_name("news/feed.jsonl#42") == "text/news/feed.jsonl#42.txt"


# Locking


def test_second_build_is_told_that_another_is_at_work(tmp_path: Path) -> None:
    """Two builds never mix their files."""
    code = "import sys; from pathlib import Path; from kg.outputs import locked\nwith locked(Path(sys.argv[1])): pass"
    with locked(tmp_path):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode != 0
    assert "another build is writing here" in done.stderr


def test_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    """Afterwards the folder is as it was, and can be locked again."""
    for _ in range(2):
        with locked(tmp_path / "new"):
            pass
    assert list((tmp_path / "new").iterdir()) == []


def test_failed_build_leaves_no_empty_folder(tmp_path: Path) -> None:
    """Folders that were made for a build which then fails are gone with it; those that were there stay."""
    (tmp_path / "there").mkdir()
    for folder in (tmp_path / "new" / "deeper", tmp_path / "there"):
        with pytest.raises(OutputError, match="no room"), locked(folder):
            raise OutputError("no room")
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_failed_build_leaves_what_stands_in_its_folder(tmp_path: Path) -> None:
    """Whatever somebody put there meanwhile is not the build's to remove."""

    def failing_build() -> None:
        with locked(tmp_path / "new"):
            (tmp_path / "new" / "notes.txt").write_text("mine")
            raise OutputError("no room")

    with pytest.raises(OutputError, match="no room"):
        failing_build()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notes.txt"]


def test_dead_process_holds_no_lock(tmp_path: Path) -> None:
    """A build that was killed does not stop the next one."""
    code = (
        "import os, sys; from pathlib import Path; from kg.outputs import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert list(tmp_path.iterdir())
    with locked(tmp_path):
        pass


def test_folder_that_is_a_file_is_said_to_be_so(tmp_path: Path) -> None:
    """An output folder that cannot be made is an error of its own, with a cure."""
    (tmp_path / "out").write_text("a file")
    with (
        pytest.raises(OutputError, match=r"out: cannot be written .* choose another folder with --out"),
        locked(tmp_path / "out"),
    ):
        pass


# Opening


def test_missing_outputs_are_named_with_the_cure(tmp_path: Path) -> None:
    """Asking before building."""
    with pytest.raises(OutputError, match=r"graph\.ttl: is missing; run `kg build` first"):
        open_outputs(tmp_path)


def test_set_mixed_from_two_builds_is_refused(tmp_path: Path) -> None:
    """A build that was stopped between two files is seen by the hashes."""
    replace_outputs(tmp_path, harbour_files(), {})
    (tmp_path / "evidence.ttl").write_bytes(b"# of another build\n")
    with pytest.raises(OutputError, match=r"evidence\.ttl and report\.json are of different builds"):
        open_outputs(tmp_path)


def test_turtle_without_a_report_can_be_read(tmp_path: Path) -> None:
    """Two files that somebody passed on are enough."""
    for name, content in harbour_files().items():
        (tmp_path / name).write_bytes(content)
    assert open_outputs(tmp_path).report is None


def test_unreadable_report_is_no_report(tmp_path: Path) -> None:
    """Half a report, as no build of ours leaves it, says nothing."""
    (tmp_path / "report.json").write_text('{"files": ')
    assert read_report(tmp_path) is None


# Reading back


def test_graph_read_back_writes_the_same_bytes(tmp_path: Path) -> None:
    """All that the Turtle says is understood again."""
    files = harbour_files()
    replace_outputs(tmp_path, files, {})
    graph = read_graph(open_outputs(tmp_path), ONTOLOGY)
    assert graph_turtle(graph, ONTOLOGY) == files["graph.ttl"]
    assert evidence_turtle(graph, ONTOLOGY, version="1") == files["evidence.ttl"]


def test_entities_and_quotes_read_back_as_they_were(tmp_path: Path) -> None:
    """Classes have their order, quotes stand at their offsets, arguments are marked."""
    replace_outputs(tmp_path, harbour_files(), {})
    graph, original = read_graph(open_outputs(tmp_path), ONTOLOGY), harbour.graph()
    assert graph.entities == original.entities
    acquired = next(s for s in graph.statements if s.property == "acquired")
    assert acquired == next(s for s in original.statements if s.property == "acquired")
    second = next(a for a in graph.articles if a.id == "second article")
    span = acquired.evidence[0].span
    assert second.text[span.start : span.end] == harbour.SECOND[span.start : span.end]
    assert acquired.evidence[0].subject == Span(69, 71)


def test_iso_codes_read_back(tmp_path: Path) -> None:
    """Of countries and of regions, each from the property that it was written with."""
    codes = {"oregon": "US-OR", "portugal": "PT"}
    places = tuple(
        Entity(key, key.title(), ("Place",), background=Background(iso_code=code)) for key, code in codes.items()
    )
    graph = replace(harbour.graph(), entities=places, statements=())
    files = {
        "graph.ttl": graph_turtle(graph, ONTOLOGY),
        "evidence.ttl": evidence_turtle(graph, ONTOLOGY, version="1"),
    }
    replace_outputs(tmp_path, files, {})
    assert read_graph(open_outputs(tmp_path), ONTOLOGY).entities == places


def test_texts_are_restored_where_they_still_say_what_was_quoted(tmp_path: Path) -> None:
    """An article that was edited since keeps its quotes alone."""
    replace_outputs(tmp_path, harbour_files(), {})
    graph = read_graph(open_outputs(tmp_path), ONTOLOGY)
    edited = replace(harbour.SECOND_ARTICLE, text=harbour.SECOND.replace("bought", "sold to"))
    texts = [article.text for article in with_texts(graph, [harbour.FIRST_ARTICLE, edited]).articles]
    assert texts == [harbour.FIRST, graph.articles[1].text]


def test_turtle_that_kg_did_not_write_is_refused(tmp_path: Path) -> None:
    """An entity without a label, a file that is no Turtle: an error with the file and the cure."""
    files = harbour_files()
    (tmp_path / "evidence.ttl").write_bytes(files["evidence.ttl"])
    (tmp_path / "graph.ttl").write_text("<https://example.org/kg/id/x> a <https://example.org/kg/ontology#City> .")
    with pytest.raises(OutputError, match="is not as kg writes it"):
        read_graph(open_outputs(tmp_path), ONTOLOGY)
    (tmp_path / "graph.ttl").write_text("id:x a")
    with pytest.raises(OutputError, match=r"graph\.ttl: cannot be read"):
        read_graph(open_outputs(tmp_path), ONTOLOGY)
