"""Two extractors weighed together: what frames found and what the network proposes become facts with one confidence."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.model import ArticleFact, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.extract.discourse import Discourse
    from kg.extract.relations.finder import Proposal, RelationFinder
    from kg.model import Value
    from kg.ontology.schema import Ontology

# Names of the features, in the order of the weights.
FEATURES = ("constant", "proposed", "margin", "frames", "frames confidence", "both", "fit", "sentences", "value")
# Margins beyond this say no more.
_MAX_MARGIN = 6.0
# Least fit of a thing to a class, so that its logarithm is finite.
_LEAST_FIT = 1e-3

Key = tuple[str, str, "str | Value"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regression over `FEATURES`, fitted on texts that nothing was trained on, and the least probabilities.

    `least` is asked of what the network alone proposes, `least_by_grammar` of what an example of the ontology says.
    """

    weights: tuple[float, ...]
    least: float
    least_by_grammar: float
    properties: Mapping[str, float] = field(default_factory=dict)
    """What is added for a property that is stated more often, or less, than its candidates look; others have 0."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible fact of an article with all that speaks for it."""

    key: Key
    facts: tuple[ArticleFact, ...]
    proposal: Proposal | None
    fit: float
    """How probable it is that its ends are of the property's classes."""

    def features(self) -> tuple[float, ...]:
        """The values of `FEATURES`."""
        margin = 0.0 if self.proposal is None else max(-_MAX_MARGIN, min(_MAX_MARGIN, self.proposal.margin))
        sure = max((f.evidence.confidence for f in self.facts), default=0.0)
        frames, proposed = float(bool(self.facts)), float(self.proposal is not None)
        across = 0.0 if self.proposal is None else float(self.proposal.related.apart)
        value = float(not isinstance(self.key[2], str))
        fit = math.log(max(_LEAST_FIT, self.fit))
        return (1.0, proposed, margin, frames, sure, frames * margin, fit, across, value)


def probability(weights: Weights, candidate: Candidate) -> float:
    """How probable it is that the text states the fact."""
    total = sum(w * x for w, x in zip(weights.weights, candidate.features(), strict=True))
    total += weights.properties.get(candidate.key[1], 0.0)
    return 1 / (1 + math.exp(-total))


def candidates(
    facts: Sequence[ArticleFact], proposals: Sequence[Proposal], discourse: Discourse, ontology: Ontology
) -> list[Candidate]:
    """Bring both extractors' findings together, one candidate for each possible fact; in the order of their keys."""
    by_frames: dict[Key, list[ArticleFact]] = {}
    for fact in facts:
        by_frames.setdefault(_key(fact.subject, fact.property, fact.object, ontology), []).append(fact)
    by_network: dict[Key, Proposal] = {}
    for proposal in _one_owner(proposals):
        by_network.setdefault(_key(proposal.subject, proposal.property, proposal.object, ontology), proposal)

    @functools.cache
    def belongs(draft: str, union: frozenset[str]) -> float:
        return discourse.drafts[draft].probability(ontology, union)

    out = []
    for key in sorted({*by_frames, *by_network}, key=lambda k: (k[0], k[1], isinstance(k[2], str), str(k[2]))):
        found, likely = tuple(by_frames.get(key, ())), by_network.get(key)
        subject, name, obj = key if likely is None else (likely.subject, likely.property, likely.object)
        prop = ontology.properties[name]
        fit = belongs(subject, prop.domain) * (belongs(obj, prop.range) if isinstance(obj, str) else 1.0)
        out.append(Candidate(key, found, likely, fit))
    return out


def _one_owner(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Leave a date, sum or count to the one fact that it fits best: it says something of one thing."""
    best: dict[str, Proposal] = {}
    for proposal in proposals:
        thing = proposal.related.object
        if thing.kind == "entity":
            yield proposal
        elif thing.key not in best or proposal.margin > best[thing.key].margin:
            best[thing.key] = proposal
    yield from best.values()


def weigh(
    found: Iterable[Candidate], finder: RelationFinder, weights: Weights
) -> tuple[list[ArticleFact], list[Rejection]]:
    """Keep the candidates that are probable enough, with ends of fitting classes, and say why others are dropped.

    What the frames found comes first, then the likelier: a post that is taken says nothing of another place.
    """
    facts, rejections = list[ArticleFact](), list[Rejection]()
    posts = set[tuple[str, str, str]]()
    ranked = sorted(((probability(weights, c), c) for c in found), key=lambda x: (not x[1].facts, -x[0]))
    for sure, candidate in ranked:
        if candidate.facts:
            reason = None if sure >= weights.least_by_grammar else ("confidence", f"probable to {sure:.2f} only")
            kept = [] if reason else list(_confirmed(candidate, sure, finder))
        else:
            kept, reason = _learned(candidate.proposal, sure, finder, weights)
            if any(post in posts for post in _posts(kept)):
                kept, reason = [], ("role", "the post is one at another place")
        facts += kept
        posts.update(_posts(kept))
        if reason is not None:
            rejections.append(_rejection(candidate, reason, finder))
    return facts, rejections


def _posts(facts: Iterable[ArticleFact]) -> Iterator[tuple[str, str, str]]:
    for fact in facts:
        if fact.evidence.role is not None:
            yield fact.subject, fact.property, fact.evidence.role.lower()


def _confirmed(candidate: Candidate, sure: float, finder: RelationFinder) -> Iterator[ArticleFact]:
    for fact in candidate.facts:
        steps = fact.evidence.explanation
        if candidate.proposal is not None:
            steps = (*steps, *finder.explanation(candidate.proposal))
        yield replace(fact, evidence=replace(fact.evidence, confidence=round(sure, 2), explanation=steps))


def _learned(
    proposal: Proposal | None, sure: float, finder: RelationFinder, weights: Weights
) -> tuple[list[ArticleFact], tuple[str, str] | None]:
    assert proposal is not None
    if proposal.property not in finder.network.properties:
        # few examples tell a property from others, but not from the many pairs that nothing is said of
        return [], ("confidence", "like its examples, but none of them says so") if proposal.margin > 0 else None
    if sure < weights.least:
        return [], ("confidence", f"probable to {sure:.2f} only") if proposal.margin > 0 else None
    prop, drafts = finder.ontology.properties[proposal.property], finder.known.discourse.drafts
    ends = [(proposal.subject, prop.domain)]
    if isinstance(proposal.object, str):
        ends.append((proposal.object, prop.range))
    for end, union in ends:
        if not finder.ontology.fits(drafts[end].best_class(finder.ontology), union):
            return [], ("class", f"{end} is no {' or '.join(sorted(union))}")
    evidence = finder.evidence(proposal, round(sure, 2))
    if evidence is None:
        return [], ("modality", "the text does not hold it true, or names no post")
    return [ArticleFact(proposal.subject, proposal.property, proposal.object, evidence)], None


def _rejection(candidate: Candidate, reason: tuple[str, str], finder: RelationFinder) -> Rejection:
    stage, words = reason
    if candidate.proposal is None:
        span = candidate.facts[0].evidence.span
    else:
        span = finder.span(finder.support(candidate.proposal).run)
    return Rejection(finder.known.article.id, span, stage, f"{candidate.key[1]}: {words}")


def _key(subject: str, name: str, obj: str | Value, ontology: Ontology) -> Key:
    if isinstance(obj, str) and ontology.properties[name].symmetric:
        subject, obj = sorted((subject, obj))
    return subject, name, obj
