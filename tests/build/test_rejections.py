"""What a report lists of the candidates that became no fact."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import build, rejections
from kg.build.rejections import MOST_OF_AN_ARTICLE, Rejected
from kg.model import Rejection, Span
from tests.build import conftest
from tests.build.conftest import quick_extraction

if TYPE_CHECKING:
    from kg.config import Config
    from kg.model import Article, Extraction


def rejection(article: str, number: int, stage: str = "class", reason: str = "uses: no") -> Rejection:
    """One at a place of its own."""
    return Rejection(article, Span(number, number + 1), stage, reason)


def test_all_are_counted_and_few_listed() -> None:
    """Counts by stage and by property are whole; the list is as long as somebody reads."""
    rejected = Rejected()
    rejected.add(rejection("a", number) for number in range(50))
    rejected.add([rejection("a", 50, "value", '"2021-02-30" is no date')])
    assert rejected.by_stage == {"class": 50, "value": 1}
    assert rejected.by_property == {"uses": 50}
    assert len(rejected.listed()) == MOST_OF_AN_ARTICLE


def test_nearest_misses_are_listed_in_the_order_of_the_text() -> None:
    """What lacked a little confidence says more than what was no candidate for its class."""
    rejected = Rejected()
    rejected.add([*(rejection("a", number) for number in range(50)), rejection("a", 90, "confidence")])
    assert [each.span.start for each in rejected.listed()] == [*range(MOST_OF_AN_ARTICLE - 1), 90]


def test_everything_can_be_listed() -> None:
    """For those who ask."""
    rejected = Rejected(everything=True)
    rejected.add(rejection("a", number) for number in range(50))
    assert len(rejected.listed()) == 50


@given(st.permutations(range(12)))
def test_order_of_articles_does_not_matter(order: list[int]) -> None:
    """Workers end as they like; what is forgotten on the way would not have been listed."""
    articles = [f"a{number:02}" for number in order]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rejections, "MOST_LISTED", 4)
        rejected = Rejected()
        for article in articles:
            rejected.add([rejection(article, 1), rejection(article, 0)])
            rejected.add([rejection(article, 2, "value", "no")])
        found = [(each.article, each.span.start) for each in rejected.listed()]
    assert found == list(itertools.product(("a00", "a01"), (0, 1, 2)))[:4]


def report_of(config: Config, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - options of `build`
    """What `report.json` says of rejections after a build."""
    build(config, with_page=False, **options)
    found: dict[str, Any] = json.loads((config.out / "report.json").read_bytes())["rejected"]
    return found


def test_asking_for_all_builds_again(config: Config) -> None:
    """A report that lists some is not up to date for somebody who wants all, nor the other way round."""
    (config.sources[0] / "9.txt").write_text("Acme bought Bolt from Mooring.")
    assert report_of(config)["most_of_an_article"] == MOST_OF_AN_ARTICLE
    assert report_of(config, all_rejected=True)["most_of_an_article"] is None
    assert report_of(config)["most_of_an_article"] == MOST_OF_AN_ARTICLE


def misread(article: Article) -> Extraction:
    """An extraction that takes the first name of an article for a city in the second."""
    found = quick_extraction(article)
    cities = tuple(replace(each, class_="City", class_scores={"City": 1.0}) for each in found.entities)
    return replace(found, entities=cities, facts=tuple(replace(each, property="locatedIn") for each in found.facts))


def test_what_the_gazetteer_contradicts_is_rejected(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """The graph does not hold it, the report and the trace of its article say why; other facts stay."""
    monkeypatch.setattr(conftest, "quick_extraction", misread)
    (config.sources[0] / "9.txt").write_text("Daegu is an hour from Busan by rail, and less by air.\n")
    result = build(config, with_page=False, trace="9")
    assert {s.subject for s in result.graph.statements}.isdisjoint({"daegu"})
    reason = "locatedIn: Daegu lies in another state or province than Busan"
    rejected = result.report["rejected"]
    assert [each["reason"] for each in rejected["candidates"] if each["stage"] == "gazetteer"] == [reason]
    assert result.traced is not None
    assert reason in {each.reason for each in result.traced.extraction.rejections}
    assert "nordpay" in {s.subject for s in result.graph.statements}
