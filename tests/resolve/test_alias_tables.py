"""Identities as tables: pairs of names, gazetteers of the user's own, and what happens when they contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import OntologyError
from kg.resolve import AliasNode, load_aliases
from tests.resolve.test_aliases import PREFIXES
from tests.resolve.world import ONTOLOGY, clusters, extraction, graph

if TYPE_CHECKING:
    from pathlib import Path

    from kg.resolve import Aliases


def written(folder: Path, *, ttl: str = "", csv: str = "", **gazetteers: str) -> Aliases:
    """Write alias files and read them; tables get their first line here."""
    if ttl:
        (folder / "aliases.ttl").write_text(PREFIXES + ttl, encoding="utf-8")
    if csv:
        (folder / "aliases.csv").write_text("name,relation,other\n" + csv, encoding="utf-8")
    (folder / "gazetteers").mkdir()
    for name, rows in gazetteers.items():
        text = "name,class,aliases,same-as\n" + rows
        (folder / "gazetteers" / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_aliases(folder / "aliases.ttl", classes=ONTOLOGY.classes)


def test_pairs_join_names_and_chains_of_them(tmp_path: Path) -> None:
    """ "same" is transitive; the first name of the file is the label and makes the key."""
    found = written(tmp_path, csv="Northport,same,NPS Lines\nNorthport Shipping,same,NPS Lines\n")
    assert found.nodes == (AliasNode("northport", ("Northport", "NPS Lines", "Northport Shipping")),)
    assert clusters(extraction("a", ("Company", "NPS Lines")), extraction("b", ("Company", "Northport Shipping")),
                    aliases=found) == [{"Northport", "NPS Lines", "Northport Shipping"}]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right"),
    [("Orlo", "Orlo Ltd"), ("Orlo Freight", "OrloFreight"), ("Macao", "Macau"), ("Tiderun Software", "Tiderun")],
)
def test_pairs_part_names_that_evidence_joins(tmp_path: Path, left: str, right: str) -> None:
    """ "different" holds against legal forms, spellings, places and short forms."""
    class_ = "City" if left == "Macao" else "Company"
    things = extraction("a", (class_, left)), extraction("b", (class_, right))
    assert len(clusters(*things)) == 1
    assert len(clusters(*things, aliases=written(tmp_path, csv=f"{left},different,{right}\n"))) == 2


def test_what_differs_from_one_name_differs_from_all_of_them(tmp_path: Path) -> None:
    """A name apart from a thing is apart from its other names, also where only those occur."""
    found = written(tmp_path, csv="Orlo Freight Ltd,different,Orlo\nOrlo,same,Orlo Freight\n")
    things = extraction("a", ("Company", "Orlo Freight")), extraction("b", ("Company", "Orlo Freight Ltd"))
    assert len(clusters(*things, aliases=found)) == 2


def test_a_gazetteer_gives_names_class_and_links(tmp_path: Path) -> None:
    """A row is a known thing; a bare Wikidata id is a link."""
    found = written(tmp_path, firms="Sedge Port,Facility,Port of Sedge|SDG,Q42 https://example.net/sedge\n")
    (entity,) = graph(extraction("a", ("Person", "SDG")), aliases=found).entities
    assert found.nodes[0].names == ("Sedge Port", "Port of Sedge", "SDG")
    assert entity.key == "sdg", "a person is no facility, whatever the name"
    (entity,) = graph(extraction("a", ("Facility", "SDG")), aliases=found).entities
    assert (entity.key, entity.classes, entity.background and entity.background.same_as) == (
        "sedge-port",
        ("Facility",),
        ("http://www.wikidata.org/entity/Q42", "https://example.net/sedge"),
    )


def test_rows_add_to_what_is_known(tmp_path: Path) -> None:
    """A row on a thing of aliases.ttl keeps that node's key and label, and adds names, class and links."""
    found = written(
        tmp_path, ttl='id:brixa rdfs:label "Brixa" ; skos:altLabel "BX" .', firms="BX,Company,Brixa|Brixa AG,Q7\n"
    )
    assert found.nodes == (
        AliasNode("brixa", ("Brixa", "BX", "Brixa AG"), ("Company",), ("http://www.wikidata.org/entity/Q7",)),
    )


def test_namesakes_of_a_gazetteer_keep_apart(tmp_path: Path) -> None:
    """Two rows of one name and two classes are two things with keys of their own, told apart by class."""
    found = written(tmp_path, things="Lincoln,Company,,\nLincoln,Person,,\n")
    assert sorted(node.key for node in found.nodes) == ["lincoln", "lincoln-person"]
    assert len(clusters(extraction("a", ("Company", "Lincoln"), ("Person", "Lincoln")), aliases=found)) == 2


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"csv": "A,same,B\nB,same,C\nA,different,C\n"}, r"aliases.csv:4: says that A is not C.*aliases.csv:2"),
        (
            {"ttl": 'id:a rdfs:label "A" . id:b rdfs:label "B" .', "csv": "A,same,B\n"},
            r"aliases.csv:2: makes one of A, B",
        ),
        ({"ttl": 'id:a rdfs:label "A", "B" .', "csv": "A,different,B\n"}, r"A is not B, which are one in .*\(id:a\)"),
        ({"csv": "A,different,a\n"}, r"aliases.csv:2: A and a are one name"),
        ({"x": "A,,,Q1\n", "y": "A,,,Q2\n"}, r"y.csv:2: links A to \S+Q2, \S+x.csv:2 to \S+Q1"),
    ],
)
def test_contradictions_name_both_places(tmp_path: Path, files: dict[str, str], words: str) -> None:
    """Whatever cannot all be true stops the build and says where both sides stand."""
    with pytest.raises(OntologyError, match=words):
        written(tmp_path, **files)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"csv": "A,equals,B\n"}, r'aliases.csv:2: relation is "equals"'),
        ({"csv": "A,same,\n"}, r"aliases.csv:2: a name is missing"),
        ({"x": "A,Compny,,\n"}, r'x.csv:2: the ontology has no class "Compny"; did you mean Company or Country'),
        ({"x": ",Company,,\n"}, r"x.csv:2: the name is missing"),
        ({"x": "A,,,forty two\n"}, r'x.csv:2: "forty" is no link'),
        ({"x": 'A,,"b,\n'}, r"x.csv:"),
    ],
)
def test_mistakes_in_tables_are_named(tmp_path: Path, files: dict[str, str], words: str) -> None:
    """File, line and cure for each."""
    with pytest.raises(OntologyError, match=words):
        written(tmp_path, **files)


def test_a_table_needs_its_columns(tmp_path: Path) -> None:
    """Columns are found by name, in any order and case; a missing one is named."""
    (tmp_path / "aliases.csv").write_text("Other,NAME,Relation,note\nB,A,Same,x\n", encoding="utf-8")
    assert load_aliases(tmp_path / "aliases.ttl").nodes == (AliasNode("a", ("A", "B")),)
    (tmp_path / "aliases.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="there is no column name, other, relation"):
        load_aliases(tmp_path / "aliases.ttl")


def test_a_node_of_links_alone_adds_them_to_its_entity(tmp_path: Path) -> None:
    """Links by key say nothing of names: the entity has them, and is resolved as before."""
    found = written(tmp_path, ttl="id:orlo owl:sameAs <http://www.wikidata.org/entity/Q5> .")
    (entity,) = graph(extraction("a", ("Company", "Orlo Ltd")), aliases=found).entities
    assert found.nodes == ()
    assert (entity.label, entity.background and entity.background.same_as) == (
        "Orlo Ltd",
        ("http://www.wikidata.org/entity/Q5",),
    )
