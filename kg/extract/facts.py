"""From matches to the facts of one article: arguments resolved, classes checked, values read, truth kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.calibration import calibrated
from kg.extract.denotation import DESCRIPTION, FIELDS, Denotation, Denoted
from kg.extract.matching import bridges, matches
from kg.extract.nominals import post_phrase
from kg.extract.predication import SUBJECT, Predication, Truth
from kg.model import ArticleFact, Evidence, Modality, Rejection, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.extract.discourse import Discourse
    from kg.extract.frames import FrameSet, Match
    from kg.extract.tree import Node, Tree
    from kg.model import Value
    from kg.ontology.schema import Ontology, Property

EXTRACTOR = "frames"

# What a frame is worth before anything is known of its arguments; measured as the share of right facts among those
# whose arguments were plain names of sure classes.
_BASE = 0.85
# Each step of the grammar between predicate and argument is a chance for the parser to be wrong.
_PER_STEP = 0.97

_MODALITY = {Truth.ASSERTED: Modality.ASSERTED, Truth.PLANNED: Modality.PLANNED, Truth.FORMER: Modality.FORMER}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact before the classes of its ends are settled; `sureness` is a probability to two places."""

    property: Property
    subject: Denoted
    object: Denoted | Value
    match: Match
    truth: Truth
    sureness: float
    role: str | None


class FactFinder:
    """Matches the predications of one article against the frames and keeps what holds."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that an article is matched against
        self,
        article: str,
        ontology: Ontology,
        frames: FrameSet,
        tree: Tree,
        denotation: Denotation,
        value_of: Callable[[Node, Property, Truth], Value | None],
        verbs: dict[str, str],
        furniture: tuple[Span, ...] = (),
    ) -> None:
        self.article = article
        self.ontology = ontology
        self.frames = frames
        self.tree = tree
        self.denotation = denotation
        self.value_of = value_of
        self.verbs = verbs
        self.furniture = furniture
        self.rejections: list[Rejection] = []
        self._sentences: dict[int, Span] = {}
        self._unfit: set[tuple[str, int, frozenset[str]]] = set()
        self._common = frozenset(name for name, class_ in ontology.classes.items() if class_.common_noun)

    @property
    def discourse(self) -> Discourse:
        """The drafts that the facts are about."""
        return self.denotation.things.discourse

    def candidates(self, predications: Iterable[Predication]) -> list[Candidate]:
        """All candidates, in the order of the text; drafts get the votes of the frames."""
        found: list[Candidate] = []
        for predication in predications:
            if self._is_furniture(self.tree.nodes[predication.node].start_char):
                continue
            found_here = list(matches(self.frames, self.tree, predication))
            for match in found_here or bridges(self.frames, self.tree, predication):
                for candidate in self._of_match(match):
                    found.append(candidate)
                    self._vote(candidate)
        return found

    def _is_furniture(self, start: int) -> bool:
        return any(span.start <= start < span.end for span in self.furniture)

    def _of_match(self, match: Match) -> Iterator[Candidate]:
        prop = self.ontology.properties[match.frame.property]
        domain = frozenset((match.frame.subject_class,)) if match.frame.subject_class else prop.domain
        range_ = frozenset((match.frame.object_class,)) if match.frame.object_class else prop.range
        if prop.kind == "quantity" and min(match.subject.node, match.object.node) < 0:
            return
        subjects = self._denote(match, match.subject.node, match.frame.subject, domain)
        if not subjects:
            return
        objects: list[Denoted | Value]
        if prop.kind == "entity":
            objects = [*self._denote(match, match.object.node, match.frame.object, range_)]
            objects += self._in_fields(match, range_)
        else:
            value = self.value_of(self.tree.nodes[match.object.node], prop, match.predication.truth)
            objects = [value] if value is not None else []
        if prop.qualified and not objects and match.object.node >= 0:
            objects = [*self.denotation.body_of_unit(self.tree.nodes[match.object.node], range_)]
        if min(match.subject.node, match.object.node) < 0:
            own = self._own(match)
            subjects = [s for s in subjects if match.subject.node >= 0 or s.draft not in own]
            objects = [o for o in objects if match.object.node >= 0 or getattr(o, "draft", None) not in own]
        if match.predication.kind == "name":
            # "its first test" names nothing that it could offer
            subjects = [s for s in subjects if s.step != DESCRIPTION]
            objects = [o for o in objects if not isinstance(o, Denoted) or o.step != DESCRIPTION]
        for subject in subjects:
            for obj in objects:
                if not isinstance(obj, Denoted) or obj.draft != subject.draft:
                    yield self._candidate(prop, match, subject, obj)

    def _own(self, match: Match) -> set[str]:
        """The things that the predication itself names: none of them is the owner that it leaves out."""
        by_unit = self.denotation.things.by_unit
        return {by_unit[a.node] for a in match.predication.arguments if a.node in by_unit}

    def _in_fields(self, match: Match, wanted: frozenset[str]) -> list[Denoted]:
        """The fields of an activity: "responsible for X in the sectors of A and B" is about A and B too."""
        if self._common.isdisjoint(wanted):
            return []
        fields = [a.node for a in match.predication.fillers("in") if a.node != match.object.node]
        nodes = [self.tree.nodes[i] for i in fields if self.tree.nodes[i].lemma in FIELDS]
        return [d for node in nodes for d in self.denotation.of(node, wanted, oblique=True)]

    def _denote(self, match: Match, index: int, role: str, wanted: frozenset[str]) -> list[Denoted]:
        if index < 0:
            return self.denotation.owner(self.tree.nodes[match.predication.node], wanted)
        node = self.tree.nodes[index]
        found = self.denotation.of(node, wanted, oblique=role != SUBJECT)
        # the place of a dateline does nothing in the sentence behind it
        found = [d for d in found if not self._is_furniture(d.span.start)]
        if not found and (failure := (match.frame.property, index, wanted)) not in self._unfit:
            # many examples ask one thing of one node
            self._unfit.add(failure)
            span = self.sentence(match.predication.node)
            where = f"{match.frame.property}: {node.text!r} stands for no {_union(wanted)}"
            self.rejections.append(Rejection(self.article, span, "class", where))
        return found

    def _candidate(self, prop: Property, match: Match, subject: Denoted, obj: Denoted | Value) -> Candidate:
        steps = len(match.subject.via) + len(match.object.via)
        confidence = _BASE * _PER_STEP**steps * subject.score * (obj.score if isinstance(obj, Denoted) else 1.0)
        sureness = round(calibrated(confidence), 2)
        role = self._role(match) if prop.qualified else None
        return Candidate(prop, subject, obj, match, match.predication.truth, sureness, role)

    def _role(self, match: Match) -> str | None:
        """The post as written, or the one that the verb implies ("heads" -> head)."""
        if match.post is None or self.tree.nodes[match.post].pos == "VERB":
            return self.verbs.get(match.predication.lemma)
        return post_phrase(self.tree, self.tree.nodes[match.post])

    def _vote(self, candidate: Candidate) -> None:
        if candidate.truth > Truth.FORMER:
            return
        drafts = self.discourse.drafts
        drafts[candidate.subject.draft].vote(self.ontology, candidate.property.domain)
        if isinstance(candidate.object, Denoted):
            drafts[candidate.object.draft].vote(self.ontology, candidate.property.range)

    def facts(self, candidates: Iterable[Candidate]) -> Iterator[ArticleFact]:
        """The candidates that the text holds true, with ends of fitting classes; the surest of each fact and place."""
        best: dict[tuple[object, ...], tuple[Candidate, Span, Modality]] = {}
        for candidate, span, modality in self._holding(candidates):
            obj = candidate.object.draft if isinstance(candidate.object, Denoted) else candidate.object
            key = (candidate.subject.draft, candidate.property.name, obj, span, modality)
            known = best.get(key)
            if known is None or _rank(candidate) > _rank(known[0]):
                best[key] = candidate, span, modality
        for candidate, span, modality in best.values():
            yield self._fact(candidate, span, modality)

    def _holding(self, candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Span, Modality]]:
        for candidate in candidates:
            span = self.sentence(candidate.match.predication.node)
            modality = _MODALITY.get(candidate.truth)
            if modality is None:
                self._reject(candidate, span, "modality", f"the text only {candidate.truth.name.lower()}s it")
            elif not self._fits(candidate.subject, candidate.property.domain):
                self._reject(
                    candidate, span, "class", f"{candidate.subject.draft} is no {_union(candidate.property.domain)}"
                )
            elif isinstance(candidate.object, Denoted) and not self._fits(candidate.object, candidate.property.range):
                self._reject(
                    candidate, span, "class", f"{candidate.object.draft} is no {_union(candidate.property.range)}"
                )
            else:
                yield candidate, span, modality

    def _fits(self, denoted: Denoted, union: frozenset[str]) -> bool:
        draft = self.discourse.drafts[denoted.draft]
        return self.ontology.fits(draft.best_class(self.ontology), union)

    def _reject(self, candidate: Candidate, span: Span, stage: str, reason: str) -> None:
        self.rejections.append(Rejection(self.article, span, stage, f"{candidate.property.name}: {reason}"))

    def _fact(self, candidate: Candidate, span: Span, modality: Modality) -> ArticleFact:
        obj = candidate.object
        evidence = Evidence(
            article=self.article, span=span, modality=modality, confidence=candidate.sureness,
            extractor=EXTRACTOR, subject=candidate.subject.span, object=obj.span if isinstance(obj, Denoted) else None,
            role=candidate.role, explanation=tuple(self._explanation(candidate)),
        )  # fmt: skip
        return ArticleFact(
            candidate.subject.draft, candidate.property.name, obj.draft if isinstance(obj, Denoted) else obj, evidence
        )

    def _explanation(self, candidate: Candidate) -> Iterator[str]:
        frame, predication, nodes = candidate.match.frame, candidate.match.predication, self.tree.nodes
        roles = ", ".join(f"{a.role}: {nodes[a.node].text}" for a in predication.arguments)
        yield f"predication: {predication.lemma} ({roles}), {predication.truth.name.lower()}"
        yield f"like the example: {frame.example}"
        for end, argument, denoted in (
            ("subject", candidate.match.subject, candidate.subject),
            ("object", candidate.match.object, candidate.object),
        ):
            if isinstance(denoted, Denoted):
                label = self.discourse.drafts[denoted.draft].label
                steps = "; ".join(filter(None, (*argument.via, denoted.step)))
                word = nodes[argument.node].text if argument.node >= 0 else "(left out)"
                yield f"{end}: {word!r} is {label} ({steps})"

    def sentence(self, index: int) -> Span:
        """The span of the sentence of a node, without the white space around it."""
        number = self.tree.nodes[index].sentence
        if number not in self._sentences:
            first, last = self.tree.sentences[number]
            start, end = self.tree.nodes[first].start_char, self.tree.nodes[last - 1].end_char
            text = self.tree.text[start:end]
            self._sentences[number] = Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
        return self._sentences[number]


def _rank(candidate: Candidate) -> tuple[float, bool, int]:
    """A fact with its role beats one without; the longer role, as written, beats the shorter."""
    return candidate.sureness, candidate.role is not None, len(candidate.role or "")


def _union(classes: frozenset[str]) -> str:
    return " or ".join(sorted(classes))
