from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.diff import as_html, as_json, as_text, compare
from kg.model import Entity, Modality
from tests import harbour

if TYPE_CHECKING:
    from kg.model import Graph

OLD = harbour.graph()


def entity(key: str, **changes: object) -> Entity:
    """An entity of the hand-made graph, changed."""
    return replace(next(each for each in OLD.entities if each.key == key), **changes)  # type: ignore[arg-type]


def with_entities(*changed: Entity, without: str = "", graph: Graph = OLD) -> Graph:
    """The graph with these entities in place of those of the same key, and one left out."""
    entities = {each.key: each for each in (*graph.entities, *changed)}
    entities.pop(without, None)
    return replace(graph, entities=tuple(sorted(entities.values(), key=lambda each: each.key)))


def renamed(graph: Graph, old: str, new: str) -> Graph:
    """The graph with all facts of one entity moved to another."""

    def end(key: object) -> object:
        return new if key == old else key

    moved = (replace(s, subject=end(s.subject), object=end(s.object)) for s in graph.statements)  # type: ignore[arg-type]
    return replace(graph, statements=tuple(moved))


def test_a_graph_does_not_differ_from_itself() -> None:
    """And says so."""
    difference = compare(OLD, OLD)
    assert not difference
    assert list(as_text(difference)) == []
    assert "Nothing changed." in as_html(difference, old="a", new="b")


def test_entities_and_facts_that_come_and_go() -> None:
    """Each way round."""
    new = replace(
        with_entities(without="quaypass"), statements=tuple(s for s in OLD.statements if s.object != "quaypass")
    )
    gone, came = compare(OLD, new), compare(new, OLD)
    assert list(as_text(gone)) == ["- QuayPass (Product)", "- Nordpay launched QuayPass  [planned, 1.00]"]
    assert list(as_text(came)) == ["+ QuayPass (Product)", "+ Nordpay launched QuayPass  [planned, 1.00]"]
    assert came.facts_added[0].quote == "Nordpay will launch the QuayPass app."


def test_merged_entities_are_told_once_with_their_facts() -> None:
    """A name that another entity bears now was merged into it: its facts neither came nor went."""
    new = renamed(
        with_entities(entity("nordpay", aliases=("Dockside", "Nordpay ASA")), without="dockside"), "dockside", "nordpay"
    )
    difference = compare(OLD, new)
    assert [(a.key, b.key) for a, b in difference.merged] == [("dockside", "nordpay")]
    assert (difference.facts_added, difference.facts_gone, difference.entities_gone) == ((), (), ())
    assert list(as_text(difference)) == [
        "> Dockside (dockside) is now Nordpay (nordpay)",
        "~ Nordpay: other names nothing -> Dockside",
    ]


def test_split_entities_are_told_once_with_their_facts() -> None:
    """The other way round."""
    old = renamed(
        with_entities(entity("nordpay", aliases=("Dockside", "Nordpay ASA")), without="dockside"), "dockside", "nordpay"
    )
    difference = compare(old, OLD)
    assert [(a.key, b.key) for a, b in difference.split] == [("nordpay", "dockside")]
    assert (difference.facts_added, difference.facts_gone, difference.entities_added) == ((), (), ())


def test_a_name_of_another_kind_is_no_merge() -> None:
    """A product that goes is not the company that bears its name."""
    new = with_entities(entity("nordpay", aliases=("QuayPass",)), without="quaypass")
    assert compare(OLD, new).merged == ()
    assert [each.key for each in compare(OLD, new).entities_gone] == ["quaypass"]


def test_changes_of_an_entity() -> None:
    """Name, class, other names."""
    difference = compare(
        OLD, with_entities(entity("lisbon", label="Lisboa", classes=("Region", "Place"), aliases=("Lisbon",)))
    )
    assert next(iter(as_text(difference))) == (
        "~ Lisboa: name Lisbon -> Lisboa; class City -> Region; other names Lisboa -> Lisbon"
    )


def test_changes_of_a_fact() -> None:
    """Modality, confidence, articles; a change below what the outputs write is none."""

    def changed(confidence: float) -> Graph:
        statements = (
            replace(s, modality=Modality.ASSERTED, confidence=confidence, evidence=())
            if s.property == "launched"
            else s
            for s in OLD.statements
        )
        return replace(OLD, statements=tuple(statements))

    (line,) = as_text(compare(OLD, changed(0.87)))
    assert line == (
        "~ Nordpay launched QuayPass: modality planned -> asserted; confidence 1.00 -> 0.87; "
        "articles second article -> nothing"
    )
    assert "confidence" not in next(as_text(compare(OLD, changed(0.999))))


def test_json_has_it_all() -> None:
    """Counts, and every change with its words."""
    document = json.loads(as_json(compare(OLD, with_entities(entity("lisbon", label="Lisboa")))))
    assert document["counts"]["entities_changed"] == 1
    assert document["entities"]["changed"][0]["changes"] == [{"aspect": "name", "before": "Lisbon", "after": "Lisboa"}]


def test_nothing_in_the_page_can_run() -> None:
    """Names are text."""
    hostile = with_entities(entity("lisbon", label="<script>alert(1)</script>"))
    page = as_html(compare(OLD, hostile), old='"><script>', new="b")
    assert "<script" not in page.lower()
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("confidence", [0.1, 0.9])
def test_order_of_statements_does_not_count(confidence: float) -> None:
    """Graphs are sets."""
    statements = tuple(replace(s, confidence=confidence) for s in OLD.statements)
    turned = replace(OLD, statements=tuple(reversed(statements)))
    assert not compare(replace(OLD, statements=statements), turned)
