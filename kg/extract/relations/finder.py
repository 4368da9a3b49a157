"""From what the network says of an article to proposals: facts with their evidence, not yet weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.nominals import post_phrase
from kg.extract.relations.properties import HAS_POST, PropertyScorer
from kg.extract.relations.scene import KIND_OF_VALUE, make_scene
from kg.extract.relations.support import Support, support
from kg.extract.relations.truth import Truths, modality
from kg.extract.relations.view import View
from kg.model import Evidence, Modality, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.analysis import Analysis
    from kg.extract.relations.lessons import Lessons
    from kg.extract.relations.network import RelationNetwork
    from kg.extract.relations.view import Related
    from kg.model import Value
    from kg.ontology.schema import Ontology

EXTRACTOR = "relations"

# How much the network's judgement of a class weighs against all mentions of the thing as the reader sees them.
KIND_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact that the network holds possible, by so much over the threshold of the pair (log odds)."""

    subject: str
    property: str
    object: str | Value
    margin: float
    related: Related


class RelationFinder:
    """One article before the network: informs its drafts, then proposes facts."""

    def __init__(
        self, known: Analysis, network: RelationNetwork, ontology: Ontology, posts: frozenset[str], lessons: Lessons
    ) -> None:
        """Read the article."""
        self.lessons = lessons
        self.known = known
        self.ontology = ontology
        self.network = network
        self.scene = make_scene(known, posts)
        self.view = View(self.scene, network)
        kinds = {name: KIND_OF_VALUE[p.kind] for name, p in ontology.properties.items()}
        self.scorer = PropertyScorer(network.properties, {**kinds, HAS_POST: "post"}, lessons.new)
        self._posts: list[Related] = []
        self._truths = Truths(known.tree, known.predications)
        words = (known.doc[t] for t in self.scene.tokens)
        self._spans = [(word.idx, word.idx + len(word)) for word in words]

    def inform(self) -> None:
        """Let the network speak for the classes of the drafts."""
        names = self.network.classes
        for key, row in sorted(self.view.kinds.items()):
            draft = self.known.discourse.drafts[key]
            if draft.concept is None:
                scores = {c: float(p) for c, p in zip(names, row, strict=True) if c in self.ontology.classes}
                draft.add_scores(scores, KIND_WEIGHT * max(1.0, sum(draft.scores.values())))

    def proposals(self) -> list[Proposal]:
        """All facts that the network holds possible, the likelier first."""
        self._posts = []
        found = list[Proposal]()
        for related in self.view.related(self.scorer):
            if related.property == HAS_POST:
                self._posts.append(related)
            else:
                found += self._proposal(related)
        return sorted(found, key=lambda p: (-p.margin, p.subject, p.property, str(p.object)))

    def _proposal(self, related: Related) -> Iterator[Proposal]:
        obj = related.object.key if related.object.kind == "entity" else self._value(related)
        if obj is not None:
            yield Proposal(related.subject.key, related.property, obj, related.margin, related)

    def _value(self, related: Related) -> Value | None:
        tree = self.known.tree
        node = tree.nodes[int(related.object.key)]
        truth = self._truths.of(node)
        return self.known.values.read(tree, node, self.ontology.properties[related.property], truth)

    def support(self, proposal: Proposal) -> Support:
        """Where the text supports a proposal."""
        return support(self.scene, proposal.related)

    def modality(self, proposal: Proposal, found: Support) -> Modality | None:
        """How the text commits itself to a proposal; None where it does not hold it true."""
        tree, tokens = self.known.tree, self.scene.tokens
        left, right = tree.node_at(tokens[found.subject[0]]), tree.node_at(tokens[found.object[0]])
        probabilities = dict(zip(self.network.modalities, map(float, proposal.related.modalities), strict=True))
        held = modality(self._truths.linking(left, right), self._truths.above(right), probabilities)
        ahead = held is Modality.ASSERTED and self.known.values.lies_ahead(proposal.object)
        return Modality.PLANNED if ahead else held

    def evidence(self, proposal: Proposal, confidence: float) -> Evidence | None:
        """The evidence of a proposal; None where the text does not hold it, or names no post where it must."""
        found = self.support(proposal)
        held = self.modality(proposal, found)
        qualified = self.ontology.properties[proposal.property].qualified
        role = self._role(proposal.related, found) if qualified else None
        if held is None or (qualified and role is None):
            return None
        return Evidence(
            article=self.known.article.id, span=self.span(found.run), modality=held, confidence=confidence,
            extractor=EXTRACTOR, subject=self.span(found.subject),
            object=self.span(found.object) if isinstance(proposal.object, str) else None, role=role,
            explanation=self.explanation(proposal),
        )  # fmt: skip

    def explanation(self, proposal: Proposal) -> tuple[str, ...]:
        """Why the network proposes a fact: its score, and the example that is most like it."""
        score = f"learned: {proposal.property} by a margin of {proposal.margin:+.1f}"
        like = self.lessons.nearest(proposal.property, proposal.related.vector)
        return (score, f"most like the example: {like}") if like else (score,)

    def span(self, words: tuple[int, int]) -> Span:
        """The code points of words."""
        return Span(self._spans[words[0]][0], self._spans[words[1] - 1][1])

    def _role(self, related: Related, found: Support) -> str | None:
        """The post that the network gives the holder, one within the evidence before others, the surest of those."""
        own = [p for p in self._posts if p.subject.key == related.subject.key and p.margin > 0]
        if not own:
            return None
        first, last = found.run
        inside = [p for p in own if first <= p.base + p.object.places[0].start < last]
        best = max(inside or own, key=lambda p: (p.margin, p.object.key))
        return post_phrase(self.known.tree, self.known.tree.nodes[int(best.object.key)])
