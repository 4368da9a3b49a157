"""kg check and kg eval."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ONTOLOGY
from tests.test_evaluate import ENTITIES, FACTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def ontology(project: Path) -> Path:
    """The default ontology, to be changed."""
    shutil.copytree(ONTOLOGY, project / "ontology")
    return project / "ontology"


def test_check_without_outputs_checks_the_ontology(run: Run, project: Path) -> None:
    """And says what was not checked."""
    assert project.is_dir()
    result = run("check", "--no-examples")
    assert result.exit_code == 0
    assert result.stdout.startswith("ok  the ontology compiles: ")
    assert "not checked: out/graph.ttl: is missing" in result.stdout
    assert "saved questions are answered as they should be" in result.stdout


@pytest.mark.usefixtures("outputs")
def test_check_of_good_outputs(run: Run) -> None:
    """They have the form that the shapes ask for."""
    result = run("check", "--no-examples")
    assert result.exit_code == 0, result.stdout
    assert "ok  the outputs have the form that shapes.ttl asks for" in result.stdout


def test_check_finds_what_violates_the_shapes(run: Run, outputs: Path) -> None:
    """Exit status 1, each violation named."""
    text = (outputs / "graph.ttl").read_text(encoding="utf-8")
    (outputs / "graph.ttl").write_text(text.replace('    rdfs:label "Lisbon" ;\n', ""), encoding="utf-8")
    (outputs / "report.json").unlink()
    result = run("check", "--no-examples")
    assert result.exit_code == 1
    assert "no  the outputs have the form that shapes.ttl asks for: " in result.stdout
    assert "      id:lisbon rdfs:label: An entity has exactly one rdfs:label." in result.stdout


def test_check_finds_a_question_that_is_no_sparql_and_one_with_another_answer(
    run: Run, ontology: Path, outputs: Path
) -> None:
    """Both named, with what was expected."""
    assert outputs.is_dir()
    (ontology / "questions" / "bad.rq").write_text("# question: What?\nSELECT ?x {")
    (ontology / "questions" / "few.rq").write_text("# question: Who?\n# expect: 9 rows\nSELECT ?x { ?x a kg:Person }")
    result = run("check", "--no-examples")
    assert result.exit_code == 1
    assert "      bad: line 2: the query ends too early" in result.stdout
    assert "      few (Who?): expected 9 rows, got 2 rows" in result.stdout


def test_check_of_an_ontology_that_does_not_compile_is_2(run: Run, project: Path) -> None:
    """Nothing else can be checked then."""
    (project / "ontology").mkdir()
    (project / "ontology" / "x.ttl").write_text("kg:City a")
    result = run("check")
    assert result.exit_code == 2
    assert "x.ttl" in result.stderr


@pytest.mark.model
def test_check_reads_the_examples(run: Run, project: Path) -> None:
    """A counterexample that says the same as an example overrules it, and that is found."""
    (project / "ontology").mkdir()
    (project / "ontology" / "mine.ttl").write_text(
        "@prefix kg: <https://example.org/kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'kg:Company a owl:Class ; rdfs:label "company" ; kg:readerLabel "ORG" .\n'
        'kg:acquired a owl:ObjectProperty ; rdfs:label "acquired" ; rdfs:domain kg:Company ; rdfs:range kg:Company ;\n'
        '    kg:example "[subject Acme Labs] acquired [object Dockside]." ;\n'
        '    kg:counterexample "[subject Nordpay] acquired [object Quayside]." .\n'
    )
    result = run("check")
    assert result.exit_code == 1, result.stdout
    assert "2 examples state what they should: 1 wrong" in result.stdout
    assert 'acquired: "Acme Labs acquired Dockside."' in result.stdout


# eval


@pytest.fixture
def gold(outputs: Path) -> Path:
    """Gold for the first hand-made article, which lacks one fact of the graph."""
    folder = outputs.parent / "gold"
    folder.mkdir()
    (folder / "first.txt").write_text(
        (outputs.parent / "sources" / "first.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "first.json").write_text(json.dumps({"entities": ENTITIES, "facts": FACTS[1:]}))
    for name in ("graph.ttl", "evidence.ttl"):
        text = (outputs / name).read_text(encoding="utf-8").replace('"harbour/first.md"', '"harbour/first.txt"')
        (outputs / name).write_text(text, encoding="utf-8")
    (outputs / "report.json").unlink()
    return folder


def test_eval_of_outputs_as_they_are(run: Run, gold: Path) -> None:
    """A table with what counts, and differences on request."""
    result = run("eval", str(gold), "--built", "--errors", "5")
    assert result.exit_code == 0, result.stderr
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["facts", "0.833", "1.000", "0.909", "6", "5"] in lines
    assert result.stderr == "first: wrong: Harbour Alliance initiatedBy Lisbon\n"


def test_eval_as_json_with_floors(run: Run, gold: Path) -> None:
    """Exit status 1 below a floor, which is named."""
    (gold.parent / "floors.json").write_text('{"facts.p": 0.9, "facts.r": 0.9}')
    result = run("eval", str(gold), "--built", "--json", "--floor", "floors.json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["facts"]["p"] == 0.833
    assert result.stderr == "facts.p is 0.833, its floor 0.9\n"


@pytest.mark.parametrize(("option", "value"), [("--only", "first,other"), ("--only", "names.txt"), ("--skip", "other")])
def test_eval_of_some(run: Run, gold: Path, option: str, value: str) -> None:
    """Names with commas, or a file of names."""
    (gold / "other.json").write_text(json.dumps({"entities": [], "facts": []}))
    (gold.parent / "names.txt").write_text("first\n")
    result = run("eval", str(gold), "--built", "--json", option, value)
    assert json.loads(result.stdout)["articles"] == (2 if "," in value else 1)


def test_eval_without_gold(run: Run, project: Path) -> None:
    """A folder of articles alone is no gold."""
    result = run("eval", str(project / "sources"))
    assert result.exit_code == 2
    assert "holds no gold" in result.stderr


@pytest.mark.usefixtures("quick")
def test_eval_builds_aside(run: Run, gold: Path, outputs: Path) -> None:
    """The outputs of the project stay as they are."""
    before = {p.name: p.read_bytes() for p in outputs.iterdir()}
    result = run("eval", str(gold), "--json", "-q")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["facts"]["predicted"] == 0
    assert {p.name: p.read_bytes() for p in outputs.iterdir()} == before
