from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.ontology import load_ontology
from kg.ontology.digest import digest_without_examples

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = """
@prefix kg: <https://example.org/kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Company a owl:Class ; rdfs:label "company" ; rdfs:comment "A firm." ; kg:headNoun "firm" .
kg:acquired a owl:ObjectProperty ; rdfs:label "acquired" ; rdfs:comment "Takes over." ;
    rdfs:domain kg:Company ; rdfs:range kg:Company ; kg:example "[subject Quay Bank] bought [object North Bank]." .
"""


def digest(folder: Path, text: str, name: str = "o.ttl") -> str:
    """The digest of an ontology of one file."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return digest_without_examples(load_ontology(folder))


@pytest.mark.parametrize(
    "line",
    [
        'kg:acquired kg:example "[subject Quay Bank] absorbed [object North Bank]." .',
        'kg:acquired kg:counterexample "[subject Quay Bank] met [object North Bank]." .',
        "# a remark",
    ],
)
def test_examples_and_remarks_count_not(tmp_path: Path, line: str) -> None:
    """Nor does the name of the file."""
    assert digest(tmp_path / "a", f"{ONTOLOGY}{line}\n", "p.ttl") == digest(tmp_path / "b", ONTOLOGY)


@pytest.mark.parametrize(
    "line",
    [
        'kg:Company kg:headNoun "outfit" .',
        'kg:Bank a owl:Class ; rdfs:subClassOf kg:Company ; rdfs:label "bank" ; rdfs:comment "Lends." .',
        "kg:acquired a owl:SymmetricProperty .",
    ],
)
def test_all_else_counts(tmp_path: Path, line: str) -> None:
    """A word for a class, another class, what a property is."""
    assert digest(tmp_path / "a", f"{ONTOLOGY}{line}\n") != digest(tmp_path / "b", ONTOLOGY)
