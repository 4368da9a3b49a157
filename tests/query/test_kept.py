from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import OutputError
from kg.outputs import replace_outputs
from kg.query import ask, kept, open_source
from kg.query.answers import Table
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from kg.query import Answer

ROOT = Path(__file__).parents[2]
QUERY = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
DAMAGES = 40  # flipped bytes and cut files tried, spread over all files of the store


@pytest.fixture(autouse=True)
def _small_stores_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a store of any size, so that tests need no large graph."""
    monkeypatch.setattr(kept, "LEAST_BYTES", 0)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The hand-made graph as outputs."""
    folder = tmp_path / "out"
    folder.mkdir()
    replace_outputs(folder, harbour_files(), {})
    return folder


def answer_of(out: Path) -> Answer:
    """All triples, as a fresh process would get them."""
    return ask(open_source(out), QUERY)


def places(out: Path) -> list[Path]:
    """The kept stores beside the outputs."""
    return sorted(path for path in (out / ".kg.store").iterdir() if path.is_dir())


def test_kept_store_answers_as_the_turtle_does(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First and second use of the store, and a store in memory, give the same rows."""
    first, second = open_source(out), open_source(out)
    assert (first.is_kept, second.is_kept) == (True, True)
    monkeypatch.setattr(kept, "LEAST_BYTES", 10**9)
    in_memory = open_source(out)
    assert not in_memory.is_kept
    answer = ask(in_memory, QUERY)
    assert isinstance(answer, Table)
    assert len(answer.rows) > 100
    assert ask(first, QUERY) == ask(second, QUERY) == answer


def test_second_use_reads_no_turtle(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what it is kept for; the first use says that it takes longer."""
    said: list[str] = []
    open_source(out, notice=said.append)
    assert said == ["reading 0 MB of Turtle, once; later is quicker"]
    monkeypatch.setattr(kept, "_fill", None)
    assert open_source(out, notice=said.append).is_kept
    assert len(said) == 1


def test_small_graphs_are_read_anew(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where loading takes no longer than opening, nothing is left on disk."""
    monkeypatch.setattr(kept, "LEAST_BYTES", 2_000_000)
    assert not open_source(out).is_kept
    assert not (out / ".kg.store").exists()


def test_changed_turtle_makes_another_store_and_removes_the_old(out: Path) -> None:
    """The name is the hash of what is in it: an older store is never taken for the new graph."""
    before = answer_of(out)
    old = places(out)
    files = harbour_files()
    replace_outputs(out, {**files, "graph.ttl": files["graph.ttl"].replace(b"QuayPass", b"QuayCard")}, {})
    after = answer_of(out)
    assert before != after
    assert len(places(out)) == 1
    assert places(out) != old


def test_changed_ontology_makes_another_store(out: Path, tmp_path: Path) -> None:
    """The ontology's Turtle is in the store, so it is in its name."""
    ontology = tmp_path / "ontology"
    ontology.mkdir()
    head = "@prefix kg: <https://example.org/kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    for label in ("city", "town"):
        (ontology / "classes.ttl").write_text(f'{head}kg:City rdfs:label "{label}" .', encoding="utf-8")
        table = ask(open_source(out, ontology), "SELECT ?c { id:lisbon a/rdfs:label ?c }")
        assert isinstance(table, Table)
        assert [getattr(row[0], "value", None) for row in table.rows] == [label]


def test_outputs_of_two_builds_are_not_kept(out: Path) -> None:
    """The check that `open_outputs` makes comes before anything is kept."""
    with (out / "graph.ttl").open("ab") as stream:
        stream.write(b"# edited\n")
    with pytest.raises(OutputError, match="different builds"):
        open_source(out)
    assert not (out / ".kg.store").exists()


@pytest.mark.slow
def test_no_damage_changes_an_answer(out: Path) -> None:
    """Flipped bytes, cut, emptied and missing files: the store is replaced or the Turtle is read."""
    expected = answer_of(out)
    (place,) = places(out)
    whole = shutil.copytree(place, out / "whole")
    files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
    assert len(files) > 5
    chance = random.Random(5)  # noqa: S311 - a spread of places, no secret
    for number in range(DAMAGES):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(whole, place)
        target = place / files[number % len(files)]
        content = bytearray(target.read_bytes())
        match number // len(files) % 4:
            case 0 if content:
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
                target.write_bytes(content)
            case 1:
                target.write_bytes(content[: len(content) // 2])
            case 2:
                target.unlink()
            case _:
                target.write_bytes(bytes(len(content)))
        assert answer_of(out) == expected, target.name


def test_damage_in_the_middle_of_a_table_is_survived(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only RocksDB can see it, the query fails, the store is thrown away, and the Turtle answers."""
    expected = answer_of(out)
    (place,) = places(out)
    monkeypatch.setattr(kept, "_listing", lambda place: json.loads((place / "kept.json").read_bytes())["files"])
    damaged = 0
    for table in sorted((place / "data").glob("*.sst")):
        content = bytearray(table.read_bytes())
        content[: len(content) // 2] = bytes(len(content) // 2)
        table.write_bytes(content)
        damaged += 1
    assert damaged
    source = open_source(out)
    assert ask(source, QUERY) == expected
    assert not source.is_kept
    assert not place.exists()


def test_folder_that_cannot_be_written_is_read_all_the_same(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a read-only disk, or a full one, queries only take longer."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "_write", full)
    source = open_source(out)
    assert not source.is_kept
    assert isinstance(ask(source, QUERY), Table)
    assert places(out) == []


def test_a_dead_writers_leavings_are_removed(out: Path) -> None:
    """Half-written stores of an hour ago go; those of now belong to somebody."""
    for name, age in (("new-1-dead", 7200), ("new-2-alive", 0)):
        (out / ".kg.store" / name).mkdir(parents=True)
        when = time.time() - age
        os.utime(out / ".kg.store" / name, (when, when))
    open_source(out)
    assert [path.name[:5] for path in places(out) if path.name.startswith("new-")] == ["new-2"]


def test_processes_at_once_answer_alike(out: Path) -> None:
    """Whoever comes first writes; nobody sees half a store."""
    code = (
        "import sys; from pathlib import Path; from kg.query import kept, open_source, ask; kept.LEAST_BYTES = 0; "
        "out = Path(sys.argv[1]); print([len(ask(open_source(out), 'SELECT * { ?s ?p ?o }').rows) for _ in range(3)])"
    )
    command = [sys.executable, "-c", code, str(out)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert len(said) == 1
    assert len(places(out)) == 1


def test_version_control_leaves_the_store_out(out: Path) -> None:
    """The outputs may be committed; a cache is not."""
    open_source(out)
    assert (out / ".kg.store" / ".gitignore").read_text(encoding="utf-8") == "*\n"
