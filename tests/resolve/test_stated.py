"""What articles state of two things as evidence: posts, relations, dates."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import ArticleEntity, DateValue, Extraction, Modality
from kg.resolve.posts import SHARED_POST_BITS, TWO_POSTS_BITS, Post, post_evidence
from tests.resolve.world import Thing, clusters, extraction, fact, graph

WANG: Thing = ("Person", "Wang Jing")
OTHERS = [extraction(f"x{i}", ("Company", f"Quill{i}")) for i in range(40)]


def holds(article: str, role: str, employer: str, *, person: Thing = WANG, **evidence: object) -> Extraction:
    """An article that says that a person holds a post."""
    stated = fact(0, "holdsPosition", 1, article=article, role=role, **evidence)
    return extraction(article, person, ("Company", employer), facts=[stated])


def persons(*extractions: Extraction, dates: dict[str, date] | None = None) -> list[tuple[str, ...]]:
    """The articles of each person of the resolved graph."""
    return sorted(e.articles for e in graph(*extractions, *OTHERS, dates=dates).entities if e.class_ == "Person")


def test_two_posts_at_once_are_two_persons() -> None:
    """One name, two heads of two firms, nothing in common: two persons, and a near miss that says why."""
    stated = holds("a", "chairman", "Orlo Freight"), holds("b", "mayor", "Tiderun Software")
    assert persons(*stated) == [("a",), ("b",)]
    (refused,) = (d for d in graph(*stated, *OTHERS).decisions if "Wang Jing" in d.names)
    assert not refused.merged
    assert "two posts at once: chairman of Orlo Freight / mayor of Tiderun Software -10.0" in refused.reasons


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (holds("b", "general manager", "Orlo Freight Co., Ltd."), "one firm"),
        (holds("b", "board member", "Tiderun Software"), "a post that goes with others"),
        (holds("b", "mayor", "Tiderun Software", modality=Modality.FORMER), "a post of before"),
        (holds("b", "mayor", "Tiderun Software", modality=Modality.PLANNED), "a post to come"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_posts_that_go_together_are_one_person(second: Extraction, why: str) -> None:
    """Posts at one firm, side posts, former and future ones say nothing against one person."""
    assert persons(holds("a", "chairman", "Orlo Freight"), second) == [("a", "b")]


def test_years_apart_a_person_may_have_moved() -> None:
    """A post in another year is the next one; within a year it is held at once."""
    stated = holds("a", "chairman", "Orlo Freight"), holds("b", "chairman", "Tiderun Software")
    for later, expected in ((date(2020, 9, 1), [("a",), ("b",)]), (date(2023, 9, 1), [("a", "b")])):
        assert persons(*stated, dates={"a": date(2020, 3, 1), "b": later}) == expected


def test_company_outweighs_posts() -> None:
    """Who is named beside the same rare names in both articles is one person with two posts."""
    beside = [("Company", "Sedge Port"), ("City", "Luntsedge")]
    stated = [
        extraction(
            article, WANG, ("Company", firm), *beside,
            facts=[fact(0, "holdsPosition", 1, article=article, role="president")],
        )
        for article, firm in (("a", "Orlo Freight"), ("b", "Tiderun Software"))
    ]  # fmt: skip
    assert persons(*stated) == [("a", "b")]


def test_who_has_no_post_joins_the_namesake_in_like_company() -> None:
    """Of two persons of one name an article means the one whose company it names, and neither where it names none."""
    stated = holds("a", "chairman", "Orlo Freight"), holds("b", "mayor", "Tiderun Software")
    near, bare = extraction("c", WANG, ("Company", "Orlo Freight")), extraction("d", WANG)
    assert persons(*stated, near, bare) == [("a", "c"), ("b",), ("d",)]


def test_namesakes_are_not_joined_by_another_spelling() -> None:
    """A reordered name that fits both joins one at most."""
    stated = holds("a", "chairman", "Orlo Freight"), holds("b", "mayor", "Tiderun Software")
    found = persons(*stated, extraction("c", ("Person", "Jing Wang")))
    assert not any({"a", "b"} <= set(articles) for articles in found)


def test_posts_weigh_both_ways() -> None:
    """Evidence of posts is symmetric."""
    a, b = Post("Orlo", "chair", Modality.ASSERTED), Post("Tiderun", "president", Modality.ASSERTED)
    c = Post("Halcyon", "president", Modality.ASSERTED)
    assert post_evidence([a], [b]) == post_evidence([b], [a]) == (0.0, "")
    assert post_evidence([b], [c]) == post_evidence([c], [b])
    assert post_evidence([b], [c])[0] == TWO_POSTS_BITS
    assert post_evidence([a, b], [b])[0] == SHARED_POST_BITS


def test_a_relation_between_two_is_evidence_that_they_are_two() -> None:
    """Two names that could be one thing's stay apart where the article relates the two."""
    parent, unit = ("University", "University of Sedge"), ("University", "Sedge University")
    without = clusters(extraction("a", parent, unit))
    related = clusters(extraction("a", parent, unit, facts=[fact(1, "partOf", 0, article="a")]))
    assert (len(without), len(related)) == (1, 2)


def test_dates_speak_for_and_against() -> None:
    """The same day of launch joins what a name leaves open; another year parts it."""

    def told(article: str, name: str, day: str) -> Extraction:
        return extraction(article, ("Company", name), facts=[fact(0, "foundedOn", DateValue(day), article=article)])

    alike = clusters(told("a", "Orlo Freight Alliance", "2019-04-03"), told("b", "Orlo Freight", "2019-04-03"))
    typed = ("Petrovela Trading", "Petrovela Tarding")
    apart = clusters(told("a", typed[0], "2019"), told("b", typed[1], "2011-05"))
    assert len(clusters(extraction("a", ("Company", typed[0])), extraction("b", ("Company", typed[1])))) == 1
    assert len(apart) == 2
    assert len(alike) == 2, "a part stays a part"


def test_an_article_that_tells_a_name_from_its_short_form_means_two() -> None:
    """Where one article has both as two things they stay two; another article's short form alone is the longer one."""
    parent, unit = ("Company", "Tiderun"), ("Company", "Tiderun Software")
    assert len(clusters(extraction("a", parent, unit))) == 2
    assert len(clusters(extraction("a", parent), extraction("b", unit))) == 1


def _of_doubtful_kind(article: str, scores: dict[str, float]) -> Extraction:
    """An article with "Tiderun Technology", a company, and "Tiderun", whose class its reader weighs so."""
    firm, city = extraction(article, ("Company", "Tiderun Technology"), ("City", "Lisbon")).entities
    short = ArticleEntity("e2", "Tiderun", max(scores, key=lambda c: scores[c]), ("Tiderun",), (), scores)
    return Extraction(article, (firm, city, short), ())


def test_who_doubts_what_a_name_is_does_not_tell_it_apart() -> None:
    """A short form that its article left alone for doubt of its kind is the firm's; a sure firm's is its own."""
    doubtful = clusters(_of_doubtful_kind("a", {"Company": 0.6, "City": 0.4}), *OTHERS)
    sure = clusters(_of_doubtful_kind("a", {"Company": 0.98, "City": 0.02}), *OTHERS)
    assert {"Tiderun", "Tiderun Technology"} in doubtful
    assert {"Tiderun"} in sure
    (entity,) = (e for e in graph(_of_doubtful_kind("a", {"Company": 0.6, "City": 0.4})).entities if e.key != "lisbon")
    assert entity.key == "tiderun-technology"
