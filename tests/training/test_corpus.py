"""The annotated corpus follows its markup, and its reader takes a block apart rightly."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest
from rdflib import RDFS, Graph, Namespace, URIRef

from training.corpus.markup import ENTITY_PROPERTIES, Block, MarkupError, corpus_files, is_held_out, read_blocks
from training.corpus.validate import ARTICLE_WORDS, main, statistics, validate

ROOT: Final = Path(__file__).parents[2]
KG: Final = Namespace("https://example.org/kg/ontology#")
SCHEMA: Final = Namespace("https://schema.org/")

BLOCK: Final = """# x-001 wire shipping 2021-03-09
[[e1|Alliance|Northern Pact]] Gains a Member
[[e2|Company|Tromsø Lines]] has joined [[e1|~|the pact]], said [[e3|Person|Eva Dahl]], [[e1|~|its]] chair; [[e4|Company|Kola Shipping]] may follow.
F e2 memberOf e1; e3 holdsPosition e1 "chair; spokeswoman"; e1 memberCount 12 planned; e1 amount "NOK 900" "fees"
N e4 memberOf e1 hypothetical
"""  # noqa: E501 - one paragraph is one line


@cache
def corpus() -> tuple[list[Block], list[str]]:
    """All blocks and all problems."""
    return validate(corpus_files())


def articles() -> list[Block]:
    """The blocks of the files of whole articles."""
    return [
        b for path in corpus_files() if path.stem.startswith("articles") for b in read_blocks(path.read_text("utf-8"))
    ]


@cache
def ontology() -> Graph:
    """Classes and properties."""
    graph = Graph()
    for name in ("classes.ttl", "properties.ttl"):
        graph.parse(ROOT / "ontology" / name, format="turtle")
    return graph


@cache
def suits(entity_class: str, prop: str, side: str) -> bool:
    """Whether the ontology admits a class as subject (`domain`) or object (`range`) of a property."""
    above = {URIRef(str(c)) for c in ontology().transitive_objects(KG[entity_class], RDFS.subClassOf)}
    admitted = {
        URIRef(str(o)) for p in (RDFS[side], SCHEMA[f"{side}Includes"]) for o in ontology().objects(KG[prop], p)
    }
    return bool(above & admitted)


def test_corpus_has_no_problems() -> None:
    """Every block follows the markup, and no identifier is used twice."""
    assert corpus()[1] == []


def test_corpus_does_not_shrink() -> None:
    """Texts and facts may be added; the figures here are floors."""
    blocks = corpus()[0]
    assert len(blocks) >= 6600
    assert sum(len(block.facts) for block in blocks) >= 114000


def test_articles_are_whole_articles() -> None:
    """A block of articles has a headline, paragraphs, and the length of a news article."""
    assert articles()
    for block in articles():
        assert block.text.count("\n") >= 1, block.ident
        assert ARTICLE_WORDS <= len(block.text.split()) <= 450, block.ident


def test_articles_keep_domain_and_range() -> None:
    """What an article states, the ontology can express."""
    for block in articles():
        for fact in block.facts:
            for prop in fact.properties:
                assert suits(block.classes[fact.subject], prop, "domain"), (block.ident, fact)
                if prop in ENTITY_PROPERTIES:
                    assert suits(block.classes[fact.value], prop, "range"), (block.ident, fact)


def test_no_fact_is_also_denied() -> None:
    """What a text asserts its N line does not deny; somebody may hold one post of two, and a plan may be open."""
    for block in articles():
        denied = {(s.subject, s.properties[0], s.value) for s in block.denied if s.properties[0] != "holdsPosition"}
        asserted = {(s.subject, s.properties[0], s.value) for s in block.facts if s.modality == "asserted"}
        assert not denied & asserted, block.ident


def test_block_is_taken_apart() -> None:
    """Header, text without marks, classes, and mentions whose offsets point to their surfaces."""
    (block,) = read_blocks(BLOCK)
    assert (block.ident, block.style, block.topic, block.published) == ("x-001", "wire", "shipping", "2021-03-09")
    assert block.classes == {"e1": "Alliance", "e2": "Company", "e3": "Person", "e4": "Company"}
    surfaces = [(block.text[m.start : m.end], m.is_name) for m in block.mentions if m.entity == "e1"]
    assert surfaces == [("Northern Pact", True), ("the pact", False), ("its", False)]


def test_statements_are_taken_apart() -> None:
    """Notes may hold a semicolon; modality and money are read; denials stand apart."""
    (block,) = read_blocks(BLOCK)
    assert [(f.properties[0], f.value, f.modality, f.note) for f in block.facts] == [
        ("memberOf", "e1", "asserted", ""),
        ("holdsPosition", "e1", "asserted", "chair; spokeswoman"),
        ("memberCount", "12", "planned", ""),
        ("amount", "NOK 900", "asserted", "fees"),
    ]
    assert [(f.subject, f.properties[0]) for f in block.denied] == [("e4", "memberOf")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# x-001 wire shipping 2021-03-09", "# x-001 wire 2021-03-09", "first line"),
        ("2021-03-09", "2021/03/09", "no date"),
        ("|Alliance|", "|Union|", "unknown class Union"),
        ("Lines]]", "Lines]", "does not close"),
        ("e2 memberOf", "e9 memberOf", "unknown entity e9"),
        ("memberOf e1;", "joins e1;", "unknown property joins"),
        ("memberOf e1;", "memberOf e9;", "not a value"),
        ('e1 "chair; spokeswoman"', "e1", "no role"),
        ("memberCount 12", "memberCount twelve", "not a value"),
        ('"NOK 900"', '"900"', "not a value"),
        ("[[e3|Person|Eva Dahl]]", "[[e3|~|she]]", "never named: e3"),
    ],
)
def test_bad_markup_is_named(old: str, new: str, message: str) -> None:
    """What breaks the markup is said, with the block's first line."""
    with pytest.raises(MarkupError, match=message):
        list(read_blocks(BLOCK.replace(old, new, 1)))


def test_statistics_count_facts_once() -> None:
    """A fact counts under the better of its properties."""
    (block,) = read_blocks(BLOCK.replace("memberOf e1;", "memberOf/participatesIn e1;"))
    tables = statistics([block])
    assert tables["facts by property"] == {"amount": 1, "holdsPosition": 1, "memberCount": 1, "memberOf": 1}
    assert tables["facts by modality"] == {"asserted": 3, "planned": 1}
    assert tables["mentions"] == {"coreferent": 2, "names": 4}


def test_command_reports_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends with 1 and names file and block where the markup is broken."""
    broken = tmp_path / "broken.kg"
    broken.write_text(BLOCK.replace("|Alliance|", "|Union|"), encoding="utf-8")
    assert main([str(broken)]) == 1
    assert "broken.kg: # x-001" in capsys.readouterr().err


def test_identifiers_are_unique(tmp_path: Path) -> None:
    """A block copied into a second file is found out."""
    paths = [tmp_path / name for name in ("one.kg", "two.kg")]
    for path in paths:
        path.write_text(BLOCK, encoding="utf-8")
    assert validate(paths)[1] == ["x-001: identifier used 2 times"]


def test_a_tenth_is_held_out() -> None:
    """About one text in ten is for measuring only, and snippets are parted as whole articles are."""
    from training.snippets import Snippet
    from training.snippets import is_held_out as snippet_is_held_out

    idents = [block.ident for block in corpus()[0]]
    share = sum(map(is_held_out, idents)) / len(idents)
    assert 0.07 < share < 0.13
    assert all(is_held_out(ident) == snippet_is_held_out(Snippet(ident, [])) for ident in idents)
