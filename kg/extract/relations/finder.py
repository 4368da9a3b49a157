"""From what the network says of an article to proposals: facts with their evidence, not yet weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.nominals import post_phrase
from kg.extract.predication import Truth
from kg.extract.relations.properties import HAS_POST, PropertyScorer
from kg.extract.relations.scene import KIND_OF_VALUE, make_scene
from kg.extract.relations.view import View
from kg.model import Evidence, Modality, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.analysis import Analysis
    from kg.extract.relations.lessons import Lessons
    from kg.extract.relations.network import RelationNetwork
    from kg.extract.relations.scene import Place
    from kg.extract.relations.view import Related
    from kg.model import Value
    from kg.ontology.schema import Ontology

EXTRACTOR = "relations"

_MODALITIES = {"asserted": Modality.ASSERTED, "planned": Modality.PLANNED, "former": Modality.FORMER}
_TRUTH = {"planned": Truth.PLANNED, "former": Truth.FORMER}
# How much the network's judgement of a class weighs against all mentions of the thing as the reader sees them.
KIND_WEIGHT = 1.0
# A sentence run that supports a fact is not longer, in sentences.
_MAX_RUN = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact that the network holds possible; `modality` is None where the text does not hold it true."""

    subject: str
    property: str
    object: str | Value
    modality: Modality | None
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
        doc = known.doc
        self._posts: list[Related] = []
        self._spans = [(doc[t].idx, doc[t].idx + len(doc[t])) for t in self.scene.tokens]

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
        name = self.network.modalities[int(related.modalities.argmax())]
        obj = related.object.key if related.object.kind == "entity" else self._value(related, name)
        if obj is not None:
            yield Proposal(related.subject.key, related.property, obj, _MODALITIES.get(name), related.margin, related)

    def evidence(self, proposal: Proposal, confidence: float, explanation: tuple[str, ...]) -> Evidence | None:
        """The sentences that support a proposal; None where the text does not hold it, or names no post where it must.

        `confidence` and `explanation` are taken over.
        """
        related = proposal.related
        span, at, to = self._evidence(related)
        qualified = self.ontology.properties[proposal.property].qualified
        role = self._role(related, self._posts, span) if qualified else None
        if proposal.modality is None or (qualified and role is None):
            return None
        return Evidence(
            article=self.known.article.id, span=self._span(*span), modality=proposal.modality, confidence=confidence,
            extractor=EXTRACTOR, subject=self._span(*at),
            object=self._span(*to) if isinstance(proposal.object, str) else None, role=role, explanation=explanation,
        )  # fmt: skip

    def explanation(self, proposal: Proposal) -> tuple[str, ...]:
        """Why the network proposes a fact: its score, and the example that is most like it."""
        steps = [f"learned: {proposal.property} by a margin of {proposal.margin:+.1f}"]
        like = self.lessons.nearest(proposal.property, proposal.related.vector)
        return (*steps, f"most like the example: {like}") if like else tuple(steps)

    def span(self, proposal: Proposal | None) -> Span:
        """Where the text supports a proposal."""
        assert proposal is not None
        return self._span(*self._evidence(proposal.related)[0])

    def _value(self, related: Related, modality: str) -> Value | None:
        tree = self.known.tree
        prop = self.ontology.properties[related.property]
        truth = _TRUTH.get(modality, Truth.ASSERTED)
        return self.known.values.read(tree, tree.nodes[int(related.object.key)], prop, truth)

    def _role(self, related: Related, posts: Iterable[Related], evidence: tuple[int, int]) -> str | None:
        """The post that the network gives the holder, one within the evidence before others, the surest of those."""
        own = [p for p in posts if p.subject.key == related.subject.key and p.margin > 0]
        if not own:
            return None
        inside = [p for p in own if evidence[0] <= p.base + p.object.places[0].start < evidence[1]]
        best = max(inside or own, key=lambda p: (p.margin, p.object.key))
        return post_phrase(self.known.tree, self.known.tree.nodes[int(best.object.key)])

    def _span(self, start: int, end: int) -> Span:
        return Span(self._spans[start][0], self._spans[end - 1][1])

    def _evidence(self, related: Related) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        """The sentences that support the fact, and the mentions in them: as words, half-open.

        A sentence that mentions both, of several the one that both look at most; otherwise the run between their
        nearest mentions, or the sentence of the object where these are far apart.
        """
        sentences, base = self.scene.sentences, related.base
        weight: dict[int, float] = {}
        for i, looked in enumerate(related.left * related.right):
            weight[sentences[base + i]] = weight.get(sentences[base + i], 0.0) + float(looked)
        left = [(sentences[base + p.start], p) for p in related.subject.places]
        right = [(sentences[base + p.start], p) for p in related.object.places]
        _, a, b = min(
            ((abs(m - n), -weight[m] - weight[n], p, q) for m, p in left for n, q in right),
            key=lambda x: (x[0], x[1], not x[2].is_name, not x[3].is_name, x[2].start, x[3].start),
        )[1:]
        return self._run(base, a, b), _words(base, a), _words(base, b)

    def _run(self, base: int, a: Place, b: Place) -> tuple[int, int]:
        sentences = self.scene.sentences
        first, last = sorted((sentences[base + a.start], sentences[base + b.start]))
        if last - first >= _MAX_RUN:
            first = last = sentences[base + b.start]
        inside = np.flatnonzero((np.array(sentences) >= first) & (np.array(sentences) <= last))
        return int(inside[0]), int(inside[-1]) + 1


def _words(base: int, place: Place) -> tuple[int, int]:
    return base + place.start, base + place.end
