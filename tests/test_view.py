from __future__ import annotations

from datetime import date

import pytest

from kg import view
from kg.errors import UsageError
from kg.model import (
    Article,
    Background,
    CountValue,
    Entity,
    Evidence,
    Graph,
    Modality,
    Span,
    Statement,
    Value,
)
from tests.page.synthetic import small_ontology

TEXT = "Acme Labs joined the Bay Alliance in May. It has 54 members."
SENTENCE = Span(0, 41)
ACME = Span(0, 9)
ALLIANCE = Span(17, 33)
ARTICLE = Article("bay", "bay.md", "A New Bay", TEXT, "0" * 64, date(2020, 5, 2), "https://news.example/bay")


def entity(key: str, label: str, class_: str = "Company", aliases: tuple[str, ...] = ()) -> Entity:
    """An entity of one class that the article names."""
    return Entity(key, label, (class_,), aliases, ("bay",))


def evidence(subject: Span | None = ACME, object_: Span | None = ALLIANCE) -> Evidence:
    """The first sentence of the article."""
    return Evidence("bay", SENTENCE, Modality.ASSERTED, 0.9, "frames", subject, object_)


def fact(subject: str, name: str, target: str | Value, *quotes: Evidence) -> Statement:
    """A stated fact."""
    return Statement(subject, name, target, Modality.ASSERTED, 0.9, quotes or (evidence(),))


def chain() -> Graph:
    """Acme is a member of the Bay Alliance, Cove of Acme; Dune stands alone."""
    return Graph(
        articles=(ARTICLE,),
        entities=(
            entity("acme", "Acme Labs", aliases=("Acme",)),
            entity("bay-alliance", "Bay Alliance", "Alliance"),
            entity("cove", "Cove", "City"),
            entity("dune", "Dune", "City"),
        ),
        statements=(fact("acme", "memberOf", "bay-alliance"), fact("cove", "partnersWith", "acme")),
    )


def test_entities_become_nodes_with_names_and_class() -> None:
    """A node carries what people see of an entity."""
    node = view.project(chain(), small_ontology()).nodes["acme"]
    assert (node["label"], node["class_"], node["class_label"]) == ("Acme Labs", "Company", "company")
    assert (node["aliases"], node["articles"]) == (("Acme",), ("bay",))


def test_facts_become_edges_with_their_quotes() -> None:
    """An edge carries the property in words and the sentence with both arguments marked."""
    edge = view.project(chain(), small_ontology()).edges["acme", "bay-alliance", "memberOf"]
    assert edge["label"] == "member of"
    (quote,) = edge["evidence"]
    assert quote.text == "Acme Labs joined the Bay Alliance in May."
    assert quote.text[quote.subject.start : quote.subject.end] == "Acme Labs"
    assert quote.text[quote.object.start : quote.object.end] == "the Bay Alliance"
    assert (quote.title, quote.published, quote.url) == ("A New Bay", date(2020, 5, 2), "https://news.example/bay")


@pytest.mark.parametrize("span", [None, Span(41, 44), Span(30, 50), Span(5, 5)])
def test_an_argument_outside_the_quote_is_not_marked(span: Span | None) -> None:
    """Marks never leave the sentence."""
    graph = Graph((ARTICLE,), chain().entities, (fact("acme", "memberOf", "bay-alliance", evidence(span, span)),))
    (quote,) = view.project(graph, small_ontology()).edges["acme", "bay-alliance", "memberOf"]["evidence"]
    assert (quote.subject, quote.object) == (None, None)


def test_importance_grows_with_distinct_neighbours() -> None:
    """Two facts with one neighbour count once; the most linked entity has importance 1."""
    graph = chain()
    doubled = Graph(graph.articles, graph.entities, (*graph.statements, fact("acme", "partnersWith", "bay-alliance")))
    nodes = view.project(doubled, small_ontology()).nodes
    assert [nodes[key]["degree"] for key in ("acme", "bay-alliance", "cove", "dune")] == [2, 1, 1, 0]
    assert (nodes["acme"]["importance"], nodes["dune"]["importance"]) == (1, 0)


def test_values_stay_with_their_entity() -> None:
    """A fact with a value makes no node."""
    graph = Graph((ARTICLE,), chain().entities, (fact("bay-alliance", "memberCount", CountValue(54)),))
    projection = view.project(graph, small_ontology())
    assert projection.number_of_edges() == 0
    (value,) = projection.nodes["bay-alliance"]["values"]
    assert (value.label, value.words) == ("number of members", "54")


def test_the_order_of_the_input_does_not_matter() -> None:
    """Nodes and edges come out sorted."""
    graph = chain()
    turned = Graph(graph.articles, graph.entities[::-1], graph.statements[::-1])
    one, other = (view.project(item, small_ontology()) for item in (graph, turned))
    assert list(one.nodes) == list(other.nodes)
    assert list(one.edges(keys=True)) == list(other.edges(keys=True))


@pytest.mark.parametrize(
    ("hops", "keys"),
    [(0, {"acme"}), (1, {"acme", "bay-alliance", "cove"}), (9, {"acme", "bay-alliance", "cove"})],
)
def test_a_neighbourhood_follows_facts_both_ways(hops: int, keys: set[str]) -> None:
    """Steps count, directions do not."""
    projection = view.project(chain(), small_ontology())
    assert set(view.neighbourhood(projection, "acme", hops)) == keys


@pytest.mark.parametrize("name", ["acme", "Acme Labs", "ACME LABS", "Acme", " acme labs "])
def test_an_entity_is_found_by_any_name(name: str) -> None:
    """Key, label and alias lead to it, in any case."""
    assert view.find(view.project(chain(), small_ontology()), name) == "acme"


def test_a_name_of_two_entities_is_refused_with_their_keys() -> None:
    """Nobody guesses which one is meant."""
    graph = Graph((), (entity("cove-1", "Cove"), entity("cove-2", "Cove")), ())
    with pytest.raises(UsageError, match="cove-1, cove-2"):
        view.find(view.project(graph, small_ontology()), "cove")


def test_a_negative_distance_is_refused() -> None:
    """Hops count from 0."""
    with pytest.raises(UsageError, match="hops is -1"):
        view.neighbourhood(view.project(chain(), small_ontology()), "acme", -1)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a", True),
        ("HTTP://news.example", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example", False),
        ("https://news.example/\x00", False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_are_links(url: str | None, *, kept: bool) -> None:
    """Everything else could run script or open files."""
    assert (view.safe_link(url) is not None) == kept


def test_background_links_are_filtered() -> None:
    """The links of an entity are web addresses alone."""
    background = Background(same_as=("javascript:alert(1)", "https://places.example/1/"), latitude=1.5, longitude=2)
    graph = Graph((), (Entity("cove", "Cove", ("City",), (), (), background),), ())
    node = view.project(graph, small_ontology()).nodes["cove"]
    assert node["links"] == ("https://places.example/1/",)
    assert (node["latitude"], node["longitude"]) == (1.5, 2)


def test_country_is_the_entity_that_has_the_same_link() -> None:
    """A page leads from a city to its country where the graph holds it, and nowhere else."""
    land = "https://places.example/land/"
    cove = Entity("cove", "Cove", ("City",), (), (), Background(country=land))
    country = Entity("land", "Land", ("Country",), (), (), Background(same_as=(land,)))
    nodes = view.project(Graph((), (cove, country), ()), small_ontology()).nodes
    assert (nodes["cove"]["country"], nodes["land"]["country"]) == ("land", None)
    assert view.project(Graph((), (cove,), ()), small_ontology()).nodes["cove"]["country"] is None
