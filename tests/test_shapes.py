from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError, OutputError
from kg.shapes import Violation, validate
from tests.test_outputs import harbour_files

ONTOLOGY = Path(__file__).parents[1] / "ontology"


def written(folder: Path, **changes: tuple[str, str]) -> list[Path]:
    """The hand-made graph on disk, with a piece of text replaced in a file: graph=(old, new)."""
    for name, content in harbour_files().items():
        text = content.decode()
        old, new = changes.get(name.removesuffix(".ttl"), ("", ""))
        assert old in text
        (folder / name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return [folder / name for name in harbour_files()]


def test_what_kg_writes_conforms(tmp_path: Path) -> None:
    """Entities, values, positions, statements, evidence, articles: all of the hand-made graph."""
    assert validate(written(tmp_path), ONTOLOGY) == ()


@pytest.mark.parametrize(
    ("changes", "node", "path"),
    [
        ({"graph": ('    rdfs:label "Lisbon" ;\n', "")}, "id:lisbon", "rdfs:label"),
        ({"graph": ("kg:Alliance, kg:Organization", "kg:Alliance")}, "id:harbour-alliance", "rdf:type"),
        ({"evidence": ("kg:confidence 0.8 ;", "kg:confidence 1.8 ;")}, "evidence:", "kg:confidence"),
        ({"evidence": ("    kg:modality kg:Planned .", "    kg:modality kg:Perhaps .")}, "", "kg:modality"),
    ],
)
def test_violation_names_node_and_path(
    tmp_path: Path, changes: dict[str, tuple[str, str]], node: str, path: str
) -> None:
    """What is wrong, where, in the project's prefixes."""
    found = validate(written(tmp_path, **changes), ONTOLOGY)
    assert [v for v in found if v.node.startswith(node) and v.path == path], found
    assert list(found) == sorted(found)


def test_violation_reads_as_a_line() -> None:
    """Place first, then the message."""
    assert str(Violation("id:x", "kg:uses", "", "too few")) == "id:x kg:uses: too few"


def test_missing_and_broken_shapes_are_errors_of_the_ontology(tmp_path: Path) -> None:
    """The file, and what it is for."""
    files = written(tmp_path)
    with pytest.raises(OntologyError, match=r"shapes\.ttl: is missing"):
        validate(files, tmp_path)
    (tmp_path / "shapes.ttl").write_text("kg:x a")
    with pytest.raises(OntologyError, match=r"shapes\.ttl: cannot be read"):
        validate(files, tmp_path)


def test_broken_turtle_is_an_error_of_the_outputs(tmp_path: Path) -> None:
    """The file, and the cure."""
    files = written(tmp_path)
    files[0].write_text("id:x a")
    with pytest.raises(OutputError, match=r"graph\.ttl: cannot be read .*run `kg build` again"):
        validate(files, ONTOLOGY)
