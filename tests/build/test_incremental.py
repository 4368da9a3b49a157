from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import outputs
from kg.build import build, workers
from kg.build.inputs import unchanged
from kg.cache.store import FILE, _hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.build import BuildResult
    from kg.config import Config

    Taught = Callable[[str], Config]

ROOT = Path(__file__).parents[2]
NAMES = ("graph.ttl", "evidence.ttl")


def work(result: BuildResult) -> tuple[int, int, int]:
    """Articles found done, extracted, and read for it."""
    return result.work.kept, result.work.extracted, result.work.read


def digests(folder: Path) -> dict[str, str]:
    """Hashes of what must be reproducible."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in NAMES}


def test_nothing_changed_nothing_done(config: Config) -> None:
    """The second build says so, and touches no file."""
    assert work(build(config, with_page=False)) == (0, 6, 6)
    before = {path.name: path.stat().st_mtime_ns for path in config.out.iterdir()}
    again = build(config, with_page=False)
    assert again.up_to_date
    assert work(again) == (0, 0, 0)
    assert {path.name: path.stat().st_mtime_ns for path in config.out.iterdir()} == before
    assert {entity.label for entity in again.graph.entities} >= {"Nordpay", "Dockside"}


def test_what_a_killed_build_left_goes_even_where_nothing_is_to_do(config: Config) -> None:
    """A build that was killed when all was in its place has left the folder that it wrote aside in."""
    build(config, with_page=False)
    (config.out / ".kg.new" / "text").mkdir(parents=True)
    assert build(config, with_page=False).up_to_date
    assert sorted(path.name for path in config.out.iterdir()) == [*sorted(NAMES), "report.json"]


def test_one_article_changed_one_article_read(config: Config) -> None:
    """The others come from the cache; the bytes are those of a build without one."""
    build(config, with_page=False)
    (config.sources[0] / "3.txt").write_text("Tideline said that it had bought Mooring for a price of 7 euros.\n")
    assert work(build(config, with_page=False)) == (5, 1, 1)
    fresh = replace(config, out=config.out.parent / "fresh")
    build(fresh, with_page=False, caching=False)
    assert digests(config.out) == digests(fresh.out)


def test_new_and_removed_articles(config: Config) -> None:
    """One more is read; one less is no work, and its facts are gone."""
    build(config, with_page=False)
    (config.sources[0] / "9.txt").write_text("Tideline said that it had bought Mooring for a price of 7 euros.\n")
    assert work(build(config, with_page=False)) == (6, 1, 1)
    (config.sources[0] / "9.txt").unlink()
    result = build(config, with_page=False)
    assert work(result) == (6, 0, 0)
    assert "Tideline" not in {entity.label for entity in result.graph.entities}


ACQUIRED = 'kg:acquired kg:example "[subject Acme Labs] {} [object Bolt Works]." .'


def test_ontology_changed_nothing_read(config: Config, taught: Taught) -> None:
    """Another class may mean anything to any article: every one is extracted from, none is read."""
    build(config, with_page=False)
    other = taught('kg:Company kg:headNoun "outfit" .')
    assert work(build(other, with_page=False)) == (0, 6, 0)


def test_example_for_other_words_changes_no_article(config: Config, taught: Taught) -> None:
    """No article asked for such examples; afterwards the outputs are of the ontology as it is now."""
    build(config, with_page=False)
    other = taught(ACQUIRED.format("gobbled up"))
    result = build(other, with_page=False)
    assert work(result) == (6, 0, 0)
    assert result.report["ontology"] != {}
    assert build(other, with_page=False).up_to_date


def test_example_is_asked_by_the_articles_that_have_its_word(config: Config, taught: Taught) -> None:
    """Those are extracted from again, others are not, none is read; the bytes are those of a build without a cache."""
    (config.sources[0] / "9.txt").write_text("Tideline said that it had signed Mooring for a price of 7 euros.\n")
    build(config, with_page=False)
    other = taught(ACQUIRED.format("bought all of"))
    assert work(build(other, with_page=False)) == (1, 6, 0)
    fresh = replace(other, out=config.out.parent / "fresh")
    build(fresh, with_page=False, caching=False)
    assert digests(config.out) == digests(fresh.out)
    assert work(build(config, with_page=False)) == (1, 6, 0)


def test_explanations_are_of_the_ontology_as_it_is(config: Config, taught: Taught) -> None:
    """They quote examples: an article that is asked for is extracted from anew though its facts stand."""
    build(config, with_page=False)
    assert work(build(taught(ACQUIRED.format("gobbled up")), with_page=False, trace="2")) == (5, 1, 0)


def test_answers_are_worked_out_once(config: Config, taught: Taught, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are kept with the articles: compiling the examples takes longer than all else."""
    build(config, with_page=False)
    other = taught(ACQUIRED.format("gobbled up"))
    build(other, with_page=False)
    (config.out / "report.json").unlink()
    monkeypatch.delattr(workers, "Performer")
    assert work(build(other, with_page=False)) == (6, 0, 0)


def test_settings_that_no_extraction_depends_on(config: Config) -> None:
    """Another base IRI: new files, no work on articles."""
    build(config, with_page=False)
    moved = build(replace(config, base_iri="https://data.example/"), with_page=False)
    assert work(moved) == (6, 0, 0)
    assert "data.example" in (config.out / "graph.ttl").read_text(encoding="utf-8")


def test_without_cache_everything_is_done_and_nothing_kept(config: Config, tmp_path: Path) -> None:
    """Twice the same work, no file."""
    for _ in range(2):
        assert work(build(config, with_page=False, caching=False)) == (0, 6, 6)
    assert not (tmp_path / "cache").exists()


def test_page_wanted_or_not_is_a_change(config: Config) -> None:
    """An up-to-date graph without its page is not what was asked for, and the other way round."""
    build(config, with_page=False)
    report = outputs.read_report(config.out)
    assert report is not None
    assert unchanged(config, report["inputs"], with_page=False) == report
    assert unchanged(config, report["inputs"], with_page=True) is None
    assert unchanged(config, "0", with_page=False) is None
    assert unchanged(config, None, with_page=False) is None


@pytest.mark.parametrize("name", [*NAMES, "report.json"])
def test_damaged_output_is_repaired(config: Config, name: str) -> None:
    """A set that is not whole is built again though nothing has changed, from the cache."""
    build(config, with_page=False)
    before = digests(config.out)
    (config.out / name).write_bytes(b"{}")
    result = build(config, with_page=False)
    assert not result.up_to_date
    assert work(result) == (6, 0, 0)
    assert digests(config.out) == before


def test_damaged_cache_is_said_and_made_anew(config: Config, tmp_path: Path) -> None:
    """The same bytes, and a note."""
    build(config, with_page=False)
    before = digests(config.out)
    (tmp_path / "cache" / FILE).write_bytes(b"no database at all" * 1000)
    (config.out / "report.json").unlink()
    result = build(config, with_page=False)
    assert work(result) == (0, 6, 6)
    assert "damaged" in result.work.notes[0]
    assert digests(config.out) == before


def test_foreign_value_in_the_cache_is_done_anew(config: Config, tmp_path: Path) -> None:
    """A row that is whole and yet no extraction."""
    build(config, with_page=False)
    with sqlite3.connect(tmp_path / "cache" / FILE) as connection:
        for (key,) in connection.execute("SELECT key FROM entry").fetchall():
            values = (_hash(key, b"foreign"), b"foreign", key)
            connection.execute("UPDATE entry SET hash = ?, value = ? WHERE key = ?", values)
    connection.close()
    (config.out / "report.json").unlink()
    assert work(build(config, with_page=False))[1] == 6


def test_cache_that_cannot_be_written_costs_nothing_but_time(config: Config, tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "cache").write_text("in the way")
    result = build(config, with_page=False)
    assert work(result) == (0, 6, 6)
    assert "built without it" in result.work.notes[0]


def test_interrupted_build_goes_on_where_it_stopped(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before Ctrl-C is not read again."""

    def press(stage: str, done: int = 0, total: int = 0) -> None:
        if stage == "extraction" and done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(config, with_page=False, progress=press)
    assert not config.out.exists()
    assert work(build(config, with_page=False)) == (4, 2, 2)


def test_rejections_are_the_same_from_the_cache(config: Config) -> None:
    """A report does not depend on what was kept, but for its timings."""

    def report() -> dict[str, object]:
        found: dict[str, object] = json.loads((config.out / "report.json").read_bytes())
        del found["timings"]
        return found

    build(config, with_page=False)
    first = report()
    (config.out / "evidence.ttl").unlink()
    build(config, with_page=False)
    assert report() == first


def test_traced_article_is_whole_from_the_cache(config: Config) -> None:
    """Mentions and explanations are kept too, for those who ask."""
    build(config, with_page=False)
    traced = build(config, with_page=False, trace="2").traced
    assert traced is not None
    assert [entity.mentions[0].surface for entity in traced.extraction.entities] == ["Acme", "Monday", "Bolt"]


def test_up_to_date_build_imports_nothing_heavy(config: Config) -> None:
    """No spaCy, no runtime of the model, no rdflib, no networkx: it is an answer, not a build."""
    build(config, with_page=False)
    code = (
        "import json, sys; from pathlib import Path; from kg.articles import Sources; from kg.config import Config\n"
        "from kg.build import build; from kg.build.inputs import digest_of_inputs, digest_of_setting\n"
        "config = Config(sources=(Path(sys.argv[1]),), ontology=Path(sys.argv[2]), out=Path(sys.argv[3]))\n"
        # The report of this very code, which another process may have seen in another state.
        "path = config.out / 'report.json'; report = json.loads(path.read_bytes())\n"
        "report['inputs'] = digest_of_inputs(Sources(config.sources).scan(), digest_of_setting(config))\n"
        "path.write_text(json.dumps(report))\n"
        "assert build(config, with_page=False).up_to_date\n"
        "print(*{'spacy', 'onnxruntime', 'numpy', 'rdflib', 'networkx', 'igraph'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(config.sources[0]), str(config.ontology), str(config.out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_an_ontology_that_changes_during_a_build_is_built_with_next_time(taught: Taught) -> None:
    """The report says what the outputs were made from, not what stands there at the end."""
    config = taught('kg:acquired kg:example "[subject Acme] swallowed [object Bolt]." .')

    def edit(stage: str, done: int = 0, total: int = 0) -> None:
        if stage == "resolution":
            taught('kg:acquired kg:example "[subject Acme] gobbled up [object Bolt]." .')

    build(config, with_page=False, progress=edit)
    again = build(config, with_page=False)
    assert not again.up_to_date
    assert build(config, with_page=False).up_to_date


def test_an_article_that_changes_or_goes_during_a_build_is_another_next_time(config: Config) -> None:
    """What is found gone is named; what was read before it changed is what the outputs say until the next build."""
    first, last = (config.sources[0] / name for name in ("0.txt", "5.txt"))

    def edit(stage: str, done: int = 0, total: int = 0) -> None:
        if stage == "extraction" and last.exists():
            last.unlink()
        if stage == "resolution":
            first.write_text("Tideline said that it had bought Mooring for a price of 7 euros.\n", encoding="utf-8")

    result = build(config, with_page=False, progress=edit)
    assert [(each.path, each.reason) for each in result.skipped] == [
        ("5.txt", "cannot be read (No such file or directory); make it readable or move it away")
    ]
    again = build(config, with_page=False)
    assert not again.up_to_date
    assert "Tideline" in {entity.label for entity in again.graph.entities}
    assert again.skipped == ()
