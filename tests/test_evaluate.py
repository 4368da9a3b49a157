from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import UsageError
from kg.evaluate import Score, below, read_floors
from kg.evaluate.gold import read_gold, read_pairs
from kg.evaluate.matching import normal, same_role
from kg.evaluate.reliability import Judged, reliability
from kg.evaluate.score import score
from kg.model import DateValue, Graph, Modality
from tests import harbour

if TYPE_CHECKING:
    from pathlib import Path

ENTITIES = [
    {"id": "e1", "name": "Lisbon", "class": "City", "mentions": ["Lisbon"]},
    {"id": "e2", "name": "Harbour Alliance", "class": "Alliance", "mentions": ["Harbour Alliance"]},
    {"id": "e3", "name": "Ana Reis", "class": "Person", "mentions": ["Ana Reis"]},
    {"id": "e4", "name": "Nordpay", "class": "Company", "mentions": ["Nordpay"]},
]
FACTS: list[dict[str, Any]] = [
    {"s": "e2", "p": "initiatedBy", "o": "e1"},
    {"s": "e2", "p": "foundedOn", "value": "2021-05-04"},
    {"s": "e2", "p": "memberCount", "value": "12"},
    {"s": "e2", "p": "partnersWith", "o": "e4"},
    {"s": "e3", "p": "holdsPosition", "o": "e2", "role": "president"},
    {"s": "e1", "p": "hasCount", "value": "300", "kind": "start-ups"},
]
"""All that the hand-made graph has of the first article."""


def scored(folder: Path, graph: Graph | None = None, facts: list[dict[str, Any]] | None = None, **gold: Any) -> Score:  # noqa: ANN401
    """The score of a graph against gold for the first hand-made article."""
    document = {"entities": ENTITIES, "facts": FACTS if facts is None else facts, **gold}
    (folder / "first.txt").write_text(harbour.FIRST)
    (folder / "first.json").write_text(json.dumps(document))
    built = graph or harbour.graph()
    articles = tuple(replace(article, path=article.path.replace(".md", ".txt")) for article in built.articles)
    return score(replace(built, articles=articles), read_gold(folder), read_pairs(folder))


def test_a_graph_that_says_what_gold_says_is_perfect(tmp_path: Path) -> None:
    """Every fact right, none missing, roles and modality too."""
    result = scored(tmp_path).as_json()
    assert result["facts"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "predicted": 6, "gold": 6}
    assert result["entities"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "predicted": 4, "gold": 4}
    assert [result[k] for k in ("role_accuracy", "modality_accuracy", "evidence", "typed_entity_recall")] == [1.0] * 4


def test_what_gold_lacks_costs_precision_and_what_the_graph_lacks_costs_recall(tmp_path: Path) -> None:
    """One fact of six dropped from each side."""
    less_gold = scored(tmp_path, facts=FACTS[1:]).facts
    assert (less_gold.precision, less_gold.recall) == (5 / 6, 1.0)
    graph = harbour.graph()
    less_built = scored(
        tmp_path, replace(graph, statements=tuple(s for s in graph.statements if s.property != "hasCount"))
    )
    assert (less_built.facts.precision, less_built.facts.recall) == (1.0, 5 / 6)
    assert [m.fact for m in less_built.mistakes] == ["Lisbon hasCount 300"]


@pytest.mark.parametrize("change", [{"optional": True}, {"modality": "past"}])
def test_optional_and_former_facts_neither_earn_nor_cost(tmp_path: Path, change: dict[str, Any]) -> None:
    """Found or not, they change no figure."""
    facts = [{**FACTS[0], **change}, *FACTS[1:]]
    assert scored(tmp_path, facts=facts).facts.as_json()["gold"] == 5
    assert scored(tmp_path, facts=facts).facts.precision == 1.0


def test_acceptable_facts_cost_nothing(tmp_path: Path) -> None:
    """A weaker form of what the text says is no mistake."""
    result = scored(tmp_path, facts=FACTS[1:], acceptable=[FACTS[0]])
    assert result.facts.as_json()["predicted"] == 5


def test_fact_that_the_text_denies_is_counted_apart(tmp_path: Path) -> None:
    """It costs precision, and is a mistake of its own kind."""
    result = scored(tmp_path, facts=FACTS[1:], nonfacts=[FACTS[0]])
    assert result.as_json()["negatives_asserted"] == 1
    assert [m.kind for m in result.mistakes] == ["negative", "wrong"]


@pytest.mark.parametrize(
    "fact",
    [
        {"s": "e2", "p": "partOf", "o": "e1", "also": ["initiatedBy"]},
        {"s": "e1", "p": "launched", "o": "e2", "also": ["inv:initiatedBy"]},
        {"s": "e2", "p": "partOf", "o": "e1", "also_triples": [{"s": "e2", "p": "initiatedBy", "o": "e1"}]},
        {"s": "e4", "p": "initiatedBy", "o": "e1", "also_s": ["e2"]},
    ],
)
def test_equally_right_forms_count(tmp_path: Path, fact: dict[str, Any]) -> None:
    """Another property, the ends swapped, another triple, another subject."""
    assert scored(tmp_path, facts=[fact, *FACTS[1:]]).facts.recall == 1.0


@pytest.mark.parametrize(
    ("gold", "built", "right"),
    [
        ("2021-05-04", "2021-05-04", True),
        ("2021-05-04", "2021-05", True),
        ("2021-05-04", "2021", True),
        ("2021-05", "2021-05-04", False),
        ("2021-05-04", "2021-06", False),
    ],
)
def test_a_date_may_be_less_exact_and_never_more(tmp_path: Path, gold: str, built: str, right: bool) -> None:  # noqa: FBT001
    """What is more exact than gold was invented."""
    graph = harbour.graph()
    statements = tuple(
        replace(s, object=DateValue(built)) if s.property == "foundedOn" else s for s in graph.statements
    )
    facts = [fact if fact["p"] != "foundedOn" else {**fact, "value": gold} for fact in FACTS]
    assert (scored(tmp_path, replace(graph, statements=statements), facts).facts.recall == 1.0) is right


@pytest.mark.parametrize(
    ("value", "kind", "right"),
    [("300", "startups", True), ("300", None, True), ("301", "start-ups", False), ("300", "lawyers", False)],
)
def test_a_count_needs_number_and_noun(tmp_path: Path, value: str, kind: str | None, right: bool) -> None:  # noqa: FBT001
    """Nouns are compared by their beginnings, where both have one."""
    fact = {"s": "e1", "p": "hasCount", "value": value} | ({"kind": kind} if kind else {})
    assert (scored(tmp_path, facts=[*FACTS[:-1], fact]).facts.recall == 1.0) is right


def test_planned_is_compared(tmp_path: Path) -> None:
    """A plan told as done is right as a fact and wrong in modality."""
    facts = [{**FACTS[0], "modality": "planned"}, *FACTS[1:]]
    result = scored(tmp_path, facts=facts).as_json()
    assert result["facts"]["r"] == 1.0
    assert result["modality_accuracy"] == round(5 / 6, 3)


@pytest.mark.parametrize(
    ("gold", "built", "same"),
    [
        ("president", "the president", True),
        ("chief executive", "chief executive officer", True),
        ("president", "vice president", False),
        ("former chairman", "chairman", False),
        ("president", "chairman", False),
        ("", "chairman", False),
    ],
)
def test_roles_are_compared_by_their_words(gold: str, built: str, same: bool) -> None:  # noqa: FBT001
    """Articles do not matter, a rank word does."""
    assert same_role(gold, built) is same


def test_former_facts_of_the_graph_are_not_counted(tmp_path: Path) -> None:
    """What is over was not asked for."""
    graph = harbour.graph()
    statements = tuple(replace(s, modality=Modality.FORMER) for s in graph.statements)
    assert scored(tmp_path, replace(graph, statements=statements)).as_json()["facts"]["predicted"] == 0


def test_node_with_two_canonical_names_is_seen(tmp_path: Path) -> None:
    """Two things on one node: the mistake that nobody sees in recall."""
    graph = harbour.graph()
    entities = tuple(replace(e, aliases=("Nordpay",)) if e.key == "lisbon" else e for e in graph.entities)
    assert scored(tmp_path, replace(graph, entities=entities)).as_json()["overmerged"] == 1


def test_names_heaped_on_a_node_gain_nothing(tmp_path: Path) -> None:
    """A node stands for one gold entity at most."""
    graph = harbour.graph()
    entities = tuple(
        replace(e, aliases=("Harbour Alliance", "Ana Reis", "Nordpay")) if e.key == "lisbon" else e
        for e in graph.entities
        if e.key not in {"ana-reis", "nordpay"}
    )
    assert scored(tmp_path, replace(graph, entities=entities)).as_json()["entities"]["r"] == 0.5


def test_pairs_across_articles(tmp_path: Path) -> None:
    """What must be one node, and what must not."""
    (tmp_path / "second article.txt").write_text(harbour.SECOND)
    (tmp_path / "second article.json").write_text(json.dumps({"entities": ENTITIES[1:2] + ENTITIES[3:], "facts": []}))
    groups = {
        "must_merge": [
            {"pair": ["first", "e4", "second article", "e4"]},
            {"pair": ["first", "e1", "second article", "e4"], "hard": True},
        ],
        "deeper": {
            "must_not_merge": [["first.txt", "e1", "second article.txt", "e2"], ["first", "e2", "second article", "e2"]]
        },
    }
    (tmp_path / "groups.json").write_text(json.dumps(groups))
    assert scored(tmp_path).as_json()["merging"] == {"merge_ok": 1, "apart_ok": 1, "apart_bad": 1}


def test_article_that_was_not_built_is_missing(tmp_path: Path) -> None:
    """All its facts are missed."""
    (tmp_path / "third.json").write_text(json.dumps({"entities": ENTITIES, "facts": FACTS}))
    result = scored(tmp_path).as_json()
    assert (result["articles"], result["missing"], result["facts"]["r"]) == (2, 1, 0.5)


def test_only_and_skip_choose_articles(tmp_path: Path) -> None:
    """By name without ending."""
    scored(tmp_path)
    (tmp_path / "third.json").write_text(json.dumps({"entities": [], "facts": []}))
    assert [a.stem for a in read_gold(tmp_path, only=["third"])] == ["third"]
    assert [a.stem for a in read_gold(tmp_path, skip=["third"])] == ["first"]
    with pytest.raises(UsageError, match="holds no gold"):
        read_gold(tmp_path, only=["fourth"])


@pytest.mark.parametrize("text", ["{", '{"facts": [{}], "entities": []}', '{"facts": 3, "entities": []}'])
def test_broken_gold_is_named(tmp_path: Path, text: str) -> None:
    """The file, in a message of its own."""
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(UsageError, match=r"x\.json: "):
        read_gold(tmp_path)


def test_names_are_compared_without_case_article_and_possessive() -> None:
    """As people would say that two names are the same."""
    assert normal("The Port-City’s  Alliance") == "port city alliance"


# Floors


def test_figures_below_their_floor_are_named(tmp_path: Path) -> None:
    """Least figures for what is good, most for what is bad."""
    result = scored(tmp_path, facts=FACTS[1:], nonfacts=[FACTS[0]])
    floors = {"facts.p": 0.9, "facts.r": 0.9, "by_property.foundedOn.f1": 1.0, "negatives_asserted": 0.0}
    assert [(each.figure, each.actual) for each in below(result, floors)] == [
        *(("facts.p", 0.833), ("negatives_asserted", 1.0)),
    ]


def test_floor_for_what_is_not_counted_is_an_error(tmp_path: Path) -> None:
    """A misspelt floor never holds by chance."""
    with pytest.raises(UsageError, match=r"there is no figure facts\.precision; there are: articles"):
        below(scored(tmp_path), {"facts.precision": 0.5})


def test_floors_are_read_from_json(tmp_path: Path) -> None:
    """Nested or with dots."""
    path = tmp_path / "floors.json"
    path.write_text('{"facts": {"p": 0.8}, "entities.r": 1}')
    assert read_floors(path) == {"facts.p": 0.8, "entities.r": 1.0}
    path.write_text('{"facts.p": "high"}')
    with pytest.raises(UsageError, match="every floor is a number"):
        read_floors(path)


def test_reliability_compares_confidence_with_what_is_right() -> None:
    """Ten facts of .8 of which eight are right cost nothing; ten of .95 of which five are right cost .45 each."""
    good = [Judged(0.8, k < 8) for k in range(10)]
    bold = [Judged(0.95, k < 5) for k in range(10)]
    alone = reliability(good)
    both = reliability(good + bold)
    assert alone is not None
    assert both is not None
    assert alone.calibration_error == pytest.approx(0.0)
    assert both.calibration_error == pytest.approx(0.225)
    assert [(band.low, band.facts, band.right) for band in both.bands] == [(0.8, 10, 8), (0.9, 10, 5)]


def test_certain_facts_belong_to_the_last_band() -> None:
    """A confidence of exactly 1 is no fact lost."""
    found = reliability([Judged(1.0, right=True)] * 3)
    assert found is not None
    assert [band.facts for band in found.bands] == [3]


def test_thirds_are_taken_by_confidence() -> None:
    """The surest third against the least sure one."""
    facts = [Judged(0.9, right=True), Judged(0.5, right=False), Judged(0.7, right=True)]
    found = reliability(facts)
    assert found is not None
    assert (found.best_third, found.last_third) == (1.0, 0.0)


def test_facts_that_count_are_judged(tmp_path: Path) -> None:
    """Right and wrong ones with their confidence; two facts are too few for thirds."""
    result = scored(tmp_path, facts=FACTS[1:])
    assert sorted(judged.right for judged in result.judged) == [False, True, True, True, True, True]
    assert result.as_json()["reliability"]["best_third"] >= 0.5
    assert reliability(result.judged[:2]) is None
