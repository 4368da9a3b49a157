"""The alias file: what it may say, and what it may not."""

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.resolve import AliasNode, load_aliases

PREFIXES = """
@prefix id: <https://example.org/kg/id/> .
@prefix kg: <https://example.org/kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def write(tmp_path: Path, turtle: str) -> Path:
    """Write an alias file."""
    path = tmp_path / "aliases.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def test_a_node_has_names_a_class_and_links(tmp_path: Path) -> None:
    """The label comes first, links elsewhere are kept."""
    path = write(
        tmp_path,
        'id:brixa a kg:Company ; skos:altLabel "BX" ; rdfs:label "Brixa" ; owl:sameAs <http://example.net/Q1> .',
    )
    assert load_aliases(path).nodes == (AliasNode("brixa", ("Brixa", "BX"), ("Company",), ("http://example.net/Q1",)),)


def test_same_as_joins_nodes(tmp_path: Path) -> None:
    """Joined nodes are one, under one key, with all names."""
    path = write(tmp_path, 'id:zeta owl:sameAs id:alpha ; rdfs:label "Zeta" . id:alpha rdfs:label "Alpha" .')
    assert load_aliases(path).nodes == (AliasNode("alpha", ("Alpha", "Zeta")),)


def test_chains_of_same_as_are_one(tmp_path: Path) -> None:
    """Sameness is transitive, in whatever order it is said."""
    path = write(
        tmp_path,
        'id:c owl:sameAs id:d ; rdfs:label "C" . id:a owl:sameAs id:b ; rdfs:label "A" . id:b owl:sameAs id:c .',
    )
    assert [node.key for node in load_aliases(path).nodes] == ["a"]


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """An absent file is an empty one."""
    assert load_aliases(tmp_path / "aliases.ttl").nodes == ()


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ('id:a owl:sameAs id:b ; rdfs:label "A" . id:b owl:differentFrom id:a .', "both that they are the same"),
        ("id:a a kg:Company .", "has no name"),
        ('<https://example.net/a> rdfs:label "A" .', "is outside"),
        ('id:a rdfs:label "A"', "aliases.ttl:"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, turtle: str, words: str) -> None:
    """A contradiction, a nameless node, a foreign node and bad syntax each say what is wrong."""
    with pytest.raises(OntologyError, match=words):
        load_aliases(write(tmp_path, turtle))
