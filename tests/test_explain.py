from __future__ import annotations

from dataclasses import replace

import pytest

from kg.cli.explain import print_explanation
from kg.errors import UsageError
from kg.explain import Explanation, explain, find
from kg.model import Background, Entity, Modality, Span
from tests import harbour

ONTOLOGY = harbour.ontology()
GRAPH = harbour.graph()


def said(explanation: Explanation) -> list[tuple[bool, str, str]]:
    """Direction, property and far end of each fact."""
    return [(fact.outgoing, fact.label, fact.other) for fact in explanation.facts]


def test_facts_of_an_entity_are_grouped_those_it_states_first() -> None:
    """What it does, then what is said of it; both by property."""
    assert said(explain(GRAPH, ONTOLOGY, "Nordpay")) == [
        (True, "acquired", "Dockside"),
        (True, "launched", "QuayPass"),
        (True, "partners with", "Harbour Alliance"),
        (False, "holds a position at", "Jon Berg"),
    ]


def test_values_are_in_words() -> None:
    """A date, a count and a price as people write them."""
    assert ("founded on", "4 May 2021") in [
        (f.label, f.other) for f in explain(GRAPH, ONTOLOGY, "harbour alliance").facts
    ]
    assert [f.other for f in explain(GRAPH, ONTOLOGY, "Lisbon").facts if f.label == "has"] == ["over 300 start-ups"]
    assert [f.other for f in explain(GRAPH, ONTOLOGY, "Dockside").facts if f.label == "amount"] == [
        "2.5 million EUR (acquisition price)"
    ]


@pytest.mark.parametrize("name", ["Lisbon", "lisbon", "LISBOA", "id:lisbon", " lisboa "])
def test_entity_is_found_by_name_alias_or_key_in_any_case(name: str) -> None:
    """However one calls it."""
    assert find(GRAPH, name).key == "lisbon"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Nordpai", "did you mean Nordpay"), ("harbour", "did you mean Harbour Alliance"), ("zzzz", '"zzzz"$')],
)
def test_unknown_name_suggests_near_ones(name: str, hint: str) -> None:
    """Close in letters, or a part of the name."""
    with pytest.raises(UsageError, match=hint):
        find(GRAPH, name)


def test_name_of_several_entities_is_told_apart_by_key() -> None:
    """Namesakes are not mixed; a key that is the name itself decides."""
    twins = (Entity("mercury", "Mercury", ("Company",)), Entity("mercury-2", "Mercury", ("Product",)))
    graph = replace(GRAPH, entities=(*GRAPH.entities, *twins[:1], replace(twins[1])))
    assert find(graph, "mercury").key == "mercury"
    other = replace(graph, entities=(replace(twins[0], key="mercury-1"), twins[1]))
    with pytest.raises(
        UsageError, match=r"2 entities; choose one by its key: mercury-1 \(Company\), mercury-2 \(Product\)"
    ):
        find(other, "Mercury")


def test_quote_is_the_sentence_with_its_arguments_marked() -> None:
    """A pronoun that stands for an argument is marked as the argument."""
    acquired = explain(GRAPH, ONTOLOGY, "Nordpay").facts[0]
    (quote,) = acquired.quotes
    assert quote.text == "It bought Dockside for \N{EURO SIGN}2.5 million."
    assert [quote.text[mark.start : mark.end] for mark in quote.marks] == ["It", "Dockside"]


def test_names_are_marked_where_no_places_are_known() -> None:
    """Evidence that does not say where its arguments stand falls back on the longest name in the sentence."""
    statements = tuple(
        replace(s, evidence=tuple(replace(e, subject=None, object=None) for e in s.evidence)) for s in GRAPH.statements
    )
    launched = explain(replace(GRAPH, statements=statements), ONTOLOGY, "QuayPass").facts[0]
    (quote,) = launched.quotes
    assert [quote.text[mark.start : mark.end] for mark in quote.marks] == ["Nordpay", "QuayPass app"]


def test_marks_that_overlap_become_one() -> None:
    """Brackets never cross."""
    statement = next(s for s in GRAPH.statements if s.property == "launched")
    piece = statement.evidence[0]
    wide = replace(
        piece, subject=Span(piece.span.start, piece.span.start + 12), object=Span(piece.span.start + 8, piece.span.end)
    )
    graph = replace(GRAPH, statements=(replace(statement, evidence=(wide,)),))
    (quote,) = explain(graph, ONTOLOGY, "Nordpay").facts[0].quotes
    assert quote.marks == (Span(0, len(quote.text)),)


def test_posts_of_one_sentence_are_one_fact_with_both_roles() -> None:
    """One sentence is quoted once."""
    (fact,) = explain(GRAPH, ONTOLOGY, "Ana Reis").facts
    assert fact.roles == ("chief executive", "president")
    assert len(fact.quotes) == 1


def test_quotes_come_in_order_of_publication() -> None:
    """The oldest article first, those without a date last."""
    partners = next(f for f in explain(GRAPH, ONTOLOGY, "Nordpay").facts if f.property == "partnersWith")
    assert [quote.article for quote in partners.quotes] == ["harbour/first", "second article"]


def test_two_names_give_the_facts_between_them() -> None:
    """In whichever direction they point."""
    assert said(explain(GRAPH, ONTOLOGY, "Lisbon", "Harbour Alliance")) == [(False, "initiated by", "Harbour Alliance")]
    assert said(explain(GRAPH, ONTOLOGY, "Lisbon", "QuayPass")) == []


def test_modality_of_facts_and_quotes_is_kept() -> None:
    """What is planned, and what is over, is not told as done."""
    by_label = {fact.label: fact for fact in explain(GRAPH, ONTOLOGY, "Nordpay").facts}
    assert by_label["launched"].modality is Modality.PLANNED
    assert by_label["holds a position at"].modality is Modality.FORMER


def test_a_verbose_explanation_shows_what_is_known_of_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    """Links, degrees and codes come from GeoNames, not from articles, and show on demand."""
    background = Background(("https://sws.geonames.org/2264397/",), 39.5, -8.0, iso_code="PT")
    portugal = Explanation(Entity("portugal", "Portugal", ("Country",), background=background), "country", ())
    print_explanation(portugal, None, {}, other=None, verbose=False)
    assert "PT" not in capsys.readouterr().out
    print_explanation(portugal, None, {}, other=None, verbose=True)
    shown = capsys.readouterr().out
    assert "same as https://sws.geonames.org/2264397/" in shown
    assert "at 39.5, -8.0" in shown
    assert "ISO 3166 code PT" in shown
