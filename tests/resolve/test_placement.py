"""What the gazetteer says of where places lie, against what was taken out of articles."""

from __future__ import annotations

import pytest

from kg.model import ArticleEntity, Extraction, Mention, MentionKind, Span
from kg.resolve.placement import contradictions
from tests.resolve.world import ONTOLOGY, Thing, extraction, fact, graph


def reasons(inner: Thing, outer: Thing, *beside: Thing, name: str = "locatedIn") -> list[str]:
    """Why the fact that the first lies in the second cannot be; `beside` are other things of the article."""
    stated = fact(0, name, 1, article="a")
    found = graph(extraction("a", inner, outer, *beside, facts=[stated]))
    assert len(found.statements) == 1
    return [reason for _, reason in contradictions(found, ONTOLOGY)]


@pytest.mark.parametrize(
    ("inner", "outer", "reason"),
    [
        (("City", "Daegu"), ("City", "Busan"), "Daegu lies in another state or province than Busan"),
        (("City", "New York"), ("City", "Shenzhen"), "New York City lies in United States, Shenzhen in China"),
        (("City", "Toronto"), ("Country", "Germany"), "Toronto lies in Canada, not in Germany"),
        (("City", "Chicago"), ("Region", "Texas"), "Chicago lies in another state or province than Texas"),
        (("Region", "Texas"), ("City", "Chicago"), "Texas is larger than a city"),
        (("Country", "Japan"), ("City", "Osaka"), "Japan is larger than a city"),
        (("Country", "Japan"), ("Country", "Kenya"), "Japan and Kenya are two countries"),
        (("Country", "Japan"), ("Region", "Texas"), "Japan is larger than a state"),
        (("Region", "Texas"), ("Country", "Kenya"), "Texas lies in United States, not in Kenya"),
        (("Region", "Texas"), ("Region", "Ohio"), "Texas and Ohio are two states"),
        (("City", "Guangzhou"), ("City", "Shenzhen"), "Guangzhou is too large to be a part of Shenzhen"),
    ],
    ids=str,
)
def test_a_place_does_not_lie_in_another_one_elsewhere(inner: Thing, outer: Thing, reason: str) -> None:
    """Country, state, size: what the table has for certain."""
    assert reasons(inner, outer) == [f"locatedIn: {reason}"]


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (("City", "Daegu"), ("Country", "South Korea")),
        (("City", "Hong Kong"), ("Country", "China")),
        (("Region", "Macau"), ("Country", "China")),
        (("Country", "Taiwan"), ("Country", "China")),
        (("City", "Taipei"), ("Country", "China")),
        (("City", "Kowloon"), ("City", "Hong Kong")),
        (("City", "Brooklyn"), ("City", "New York")),
        (("City", "Kunshan"), ("City", "Suzhou")),
        (("City", "Chicago"), ("Region", "Illinois")),
        (("Region", "Texas"), ("Country", "United States")),
        (("City", "Nuuk"), ("Country", "Denmark")),
        (("Facility", "Daegu"), ("City", "Busan")),
        (("Company", "Daegu Freight"), ("City", "Busan")),
        (("Region", "Greater Bay Area"), ("City", "Shenzhen")),
        (("City", "Guangzhou"), ("Region", "Greater Bay Area")),
        (("City", "Nobody's Landing"), ("City", "Busan")),
        (("City", "Springfield"), ("Country", "Germany")),
        (("Region", "Magallanes"), ("Country", "Chile")),
        (("City", "Magallanes"), ("Country", "Chile")),
    ],
    ids=str,
)
def test_what_may_be_is_left_alone(inner: Thing, outer: Thing) -> None:
    """Districts, facilities, regions that no table has, names that may mean another place, claims of one on another."""
    assert reasons(inner, outer) == []


def test_a_name_that_may_mean_a_place_there_is_left_alone() -> None:
    """One Birmingham is in England, another in Alabama, whichever the article was taken to mean."""
    assert reasons(("City", "Birmingham"), ("Region", "Alabama"), ("Country", "United Kingdom")) == []


def test_only_properties_that_say_where_their_subject_lies_are_checked() -> None:
    """Cities of two countries may well be partners."""
    assert reasons(("City", "Busan"), ("City", "Shenzhen"), name="partnersWith") == []


def test_a_place_of_another_class_is_not_known_for_certain() -> None:
    """What the articles take for a region may be one that bears the name of a city."""
    names = [ArticleEntity(f"e{i}", name, "Region", (name,), (_mention(name),), {"Region": 1.0})
             for i, name in enumerate(("Daegu", "Busan"))]  # fmt: skip
    found = graph(Extraction("a", tuple(names), (fact(0, "locatedIn", 1, article="a"),)))
    assert list(contradictions(found, ONTOLOGY)) == []


def _mention(name: str) -> Mention:
    return Mention(Span(0, len(name)), name, MentionKind.NAME)
