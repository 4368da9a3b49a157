"""What frames and the network find, weighed together."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from kg.extract.discourse import Discourse
from kg.extract.names import Lexicon
from kg.extract.relations.finder import Proposal
from kg.extract.relations.scene import Place, Thing
from kg.extract.relations.view import Related
from kg.extract.weighing import FEATURES, Candidate, Weights, candidates, probability, weigh
from kg.model import ArticleFact, DateValue, Evidence, Modality, Span
from kg.ontology import load_ontology

if TYPE_CHECKING:
    from kg.extract.relations.finder import RelationFinder
    from kg.ontology.schema import Ontology

WEIGHTS = Weights((-1.0, 0.0, 0.8, 1.5, 1.0, 0.1, 0.5, -0.3, 0.1), 0.5, 0.2)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """The ontology that comes with kg."""
    return load_ontology(Path("ontology"))


@pytest.fixture
def discourse(ontology: Ontology) -> Discourse:
    """Two companies and a product."""
    found = Discourse(ontology, Lexicon(ontology))
    for key, class_ in (("acme", "Company"), ("borealis", "Company"), ("pay", "Product")):
        draft = found._new(key)
        draft.add_scores({class_: 1.0})
    return found


def fact(subject: str, name: str, obj: str | DateValue, confidence: float = 0.8) -> ArticleFact:
    """A fact of the frames."""
    evidence = Evidence("a", Span(0, 10), Modality.ASSERTED, confidence, "frames", explanation=("like the example",))
    return ArticleFact(subject, name, obj, evidence)


def proposal(subject: str, name: str, obj: str | DateValue, margin: float, *, apart: bool = False) -> Proposal:
    """A fact of the network."""
    things = [
        Thing(key, "entity", (Place(0, 1),)) if isinstance(key, str) else Thing(key.lexical, "date", (Place(2, 3),))
        for key in (subject, obj)
    ]
    empty = np.zeros(1, dtype=np.float32)
    related = Related(things[0], things[1], name, margin, empty, empty, apart, 0, empty, empty)
    return Proposal(subject, name, obj, margin, related)


def test_one_candidate_for_what_both_find(ontology: Ontology, discourse: Discourse) -> None:
    """The same fact from two extractors is one, with both as witnesses."""
    found = candidates([fact("acme", "offers", "pay")], [proposal("acme", "offers", "pay", 2.0)], discourse, ontology)
    assert [(c.key, len(c.facts), c.proposal is not None) for c in found] == [(("acme", "offers", "pay"), 1, True)]


def test_a_symmetric_fact_is_one_in_both_directions(ontology: Ontology, discourse: Discourse) -> None:
    """A partners with B and B with A are one; the surer proposal speaks."""
    both = [proposal("borealis", "partnersWith", "acme", 3.0), proposal("acme", "partnersWith", "borealis", 1.0)]
    (found,) = candidates([], both, discourse, ontology)
    assert found.proposal == both[0]


def test_values_are_equal_by_what_they_say(ontology: Ontology, discourse: Discourse) -> None:
    """A date that both find is one fact, another date another."""
    found = candidates(
        [fact("acme", "foundedOn", DateValue("2019"))],
        [proposal("acme", "foundedOn", DateValue("2019"), 1.0), proposal("acme", "foundedOn", DateValue("2020"), 1.0)],
        discourse,
        ontology,
    )
    assert [(c.key[2], bool(c.facts)) for c in found] == [(DateValue("2019"), True), (DateValue("2020"), False)]


def test_the_fit_of_the_classes_is_a_probability(ontology: Ontology, discourse: Discourse) -> None:
    """A company that acquires a product fits; a product that acquires a company does not."""
    found = candidates(
        [],
        [proposal("acme", "acquired", "borealis", 1.0), proposal("pay", "acquired", "acme", 1.0)],
        discourse,
        ontology,
    )
    assert [c.fit for c in found] == [1.0, 0.0]


def test_agreement_is_surer_than_either_alone(ontology: Ontology, discourse: Discourse) -> None:
    """Two witnesses beat one."""
    said, likely = fact("acme", "offers", "pay"), proposal("acme", "offers", "pay", 2.0)
    (both,) = candidates([said], [likely], discourse, ontology)
    (frames,) = candidates([said], [], discourse, ontology)
    (network,) = candidates([], [likely], discourse, ontology)
    assert probability(WEIGHTS, both) > max(probability(WEIGHTS, frames), probability(WEIGHTS, network))


def test_features_have_names() -> None:
    """One weight for each feature."""
    assert len(Candidate(("a", "b", "c"), (), None, 1.0).features()) == len(FEATURES) == len(WEIGHTS.weights)


def test_order_of_findings_does_not_matter(ontology: Ontology, discourse: Discourse) -> None:
    """Candidates come in the order of their keys."""
    facts = [fact("acme", "offers", "pay"), fact("acme", "foundedOn", DateValue("2019"))]
    keys = [c.key for c in candidates(facts, [], discourse, ontology)]
    assert keys == [c.key for c in candidates(facts[::-1], [], discourse, ontology)]


def test_a_date_says_something_of_one_thing(ontology: Ontology, discourse: Discourse) -> None:
    """Two companies are not founded by one date in the text: the better fit has it."""
    date = DateValue("2019")
    both = [proposal("acme", "foundedOn", date, 1.0), proposal("borealis", "foundedOn", date, 2.0)]
    assert [c.key[0] for c in candidates([], both, discourse, ontology)] == ["borealis"]


def finder(ontology: Ontology, discourse: Discourse, *posts: str, without: str = "") -> RelationFinder:
    """An article in which the network gives the proposals, in the order in which it is asked, these posts.

    It was trained on all properties but the one that it is `without`.
    """
    left = iter(posts)

    def evidence(_: Proposal, confidence: float) -> Evidence:
        return Evidence("a", Span(0, 10), Modality.ASSERTED, confidence, "relations", role=next(left))

    known = SimpleNamespace(discourse=discourse, article=SimpleNamespace(id="a"))
    span, support = (lambda _: Span(0, 10)), (lambda _: SimpleNamespace(run=(0, 1)))
    network = SimpleNamespace(properties=sorted(ontology.properties.keys() - {without}))
    stub = SimpleNamespace(
        ontology=ontology, known=known, network=network, evidence=evidence, span=span, support=support,
        explanation=lambda _: (),
    )  # fmt: skip
    return cast("RelationFinder", stub)


@pytest.mark.parametrize(("second", "places"), [("President", ["acme"]), ("founder", ["acme", "borealis"])])
def test_a_post_is_held_at_one_place(ontology: Ontology, discourse: Discourse, second: str, places: list[str]) -> None:
    """The likelier place takes the post; the same post is not proposed at another, a second post is."""
    discourse._new("roe").add_scores({"Person": 1.0})
    both = [proposal("roe", "holdsPosition", "borealis", 2.0), proposal("roe", "holdsPosition", "acme", 4.0)]
    found = candidates([], both, discourse, ontology)
    facts, rejections = weigh(found, finder(ontology, discourse, "president", second), WEIGHTS)
    assert [f.object for f in facts] == places
    assert [r.stage for r in rejections] == ["role"] * (2 - len(places))


@pytest.mark.parametrize(("without", "by_frames", "stated"), [("", 0, 1), ("offers", 0, 0), ("offers", 1, 1)])
def test_likeness_to_examples_states_nothing_alone(
    ontology: Ontology, discourse: Discourse, without: str, by_frames: int, stated: int
) -> None:
    """A property that the network was not trained on is stated where an example of it says so."""
    said = [fact("acme", "offers", "pay")] * by_frames
    found = candidates(said, [proposal("acme", "offers", "pay", 6.0)], discourse, ontology)
    facts, _ = weigh(found, finder(ontology, discourse, "", without=without), WEIGHTS)
    assert len(facts) == stated
