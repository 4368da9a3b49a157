"""From matches to the facts of one article: arguments resolved, classes checked, values read, truth kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.calibration import calibrated
from kg.extract.denotation import DESCRIPTION, FIELDS, Denoted
from kg.extract.matching import bridges, matches
from kg.extract.nominals import post_phrase
from kg.extract.predication import SUBJECT, Truth
from kg.model import ArticleFact, Evidence, Modality, Rejection, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.extract.analysis import Analysis
    from kg.extract.denotation import Denotation
    from kg.extract.frames import FrameSet, Match
    from kg.extract.predication import Argument, Predication
    from kg.model import Value
    from kg.ontology.schema import Property

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

    def __init__(self, known: Analysis, frames: FrameSet, denotation: Denotation, verbs: Mapping[str, str]) -> None:
        """Take an analysed article and what its nodes stand for; `verbs` are those that imply a post, with the post."""
        self.known = known
        self.ontology = known.discourse.ontology
        self.frames = frames
        self.denotation = denotation
        self.verbs = verbs
        self.rejections: list[Rejection] = []
        self._tree = known.tree
        self._drafts = known.discourse.drafts
        self._sentences: dict[int, Span] = {}
        self._unfit: set[tuple[str, int, frozenset[str]]] = set()
        self._common = frozenset(name for name, class_ in self.ontology.classes.items() if class_.common_noun)

    def candidates(self) -> list[Candidate]:
        """All candidates, in the order of the text; drafts get the votes of the frames."""
        found: list[Candidate] = []
        for predication in self.known.predications:
            if self._is_furniture(self._tree.nodes[predication.node].start_char):
                continue
            for candidate in self._said_by(predication):
                found.append(candidate)
                self._vote(candidate)
        return found

    def _said_by(self, predication: Predication) -> list[Candidate]:
        """What a predication says of what its arguments stand for, or else of an owner that was named before.

        Where its own arguments fill a frame and stand for nothing that fits, what is left out may still own a value
        ("The first batch of 40 member firms came from Spain"), for who else would; a thing may be another's.
        """
        plain = list(matches(self.frames, self._tree, predication))
        found = [c for match in plain for c in self._of_match(match)]
        if found:
            return found
        bridged = bridges(self.frames, self._tree, predication)
        ownerless = (m for m in bridged if not plain or self.ontology.properties[m.frame.property].kind != "entity")
        return [c for match in ownerless for c in self._of_match(match)]

    def _is_furniture(self, start: int) -> bool:
        return any(span.start <= start < span.end for span in self.known.article.furniture)

    def _of_match(self, match: Match) -> Iterator[Candidate]:
        prop, frame = self.ontology.properties[match.frame.property], match.frame
        if prop.kind == "quantity" and min(match.subject.node, match.object.node) < 0:
            return
        domain = frozenset((frame.subject_class,)) if frame.subject_class else prop.domain
        subjects = self._denote(match, match.subject.node, frame.subject, domain)
        objects = self._objects(match, prop) if subjects else []
        subjects = [subject for subject in subjects if self._may_fill(subject, match.subject, match)]
        objects = [obj for obj in objects if self._may_fill(obj, match.object, match)]
        for subject in subjects:
            for obj in objects:
                if not isinstance(obj, Denoted) or obj.draft != subject.draft:
                    yield self._candidate(prop, match, subject, obj)

    def _objects(self, match: Match, prop: Property) -> list[Denoted | Value]:
        """What stands on the object side: things, or the value that the node says."""
        frame = match.frame
        range_ = frozenset((frame.object_class,)) if frame.object_class else prop.range
        found: list[Denoted | Value] = []
        if prop.kind == "entity":
            found += self._denote(match, match.object.node, frame.object, range_)
            found += self._in_fields(match, range_)
        else:
            node = self._tree.nodes[match.object.node]
            value = self.known.values.read(self._tree, node, prop, match.predication.truth)
            found += [] if value is None else [value]
        if prop.qualified and not found and match.object.node >= 0:
            found += self.denotation.body_of_unit(self._tree.nodes[match.object.node], range_)
        return found

    def _may_fill(self, filler: Denoted | Value, argument: Argument, match: Match) -> bool:
        """Whether an argument may be what it was found to stand for."""
        if not isinstance(filler, Denoted):
            return True
        if argument.node < 0 and filler.draft in self._own(match.predication):
            return False
        # "its first test" names nothing that it could offer
        return match.predication.kind != "name" or filler.step != DESCRIPTION

    def _own(self, predication: Predication) -> set[str]:
        """The things that the predication itself names: none of them is the owner that it leaves out."""
        by_unit = self.known.by_unit
        return {by_unit[a.node] for a in predication.arguments if a.node in by_unit}

    def _in_fields(self, match: Match, wanted: frozenset[str]) -> list[Denoted]:
        """The fields of an activity: "responsible for X in the sectors of A and B" is about A and B too."""
        if self._common.isdisjoint(wanted):
            return []
        fields = [a.node for a in match.predication.fillers("in") if a.node != match.object.node]
        nodes = [self._tree.nodes[i] for i in fields if self._tree.nodes[i].lemma in FIELDS]
        return [d for node in nodes for d in self.denotation.of(node, wanted, oblique=True)]

    def _denote(self, match: Match, index: int, role: str, wanted: frozenset[str]) -> list[Denoted]:
        if index < 0:
            return self.denotation.owner(self._tree.nodes[match.predication.node], wanted)
        node = self._tree.nodes[index]
        found = self.denotation.of(node, wanted, oblique=role != SUBJECT)
        # the place of a dateline does nothing in the sentence behind it
        found = [d for d in found if not self._is_furniture(d.span.start)]
        if not found and (failure := (match.frame.property, index, wanted)) not in self._unfit:
            # many examples ask one thing of one node
            self._unfit.add(failure)
            span = self.sentence(match.predication.node)
            where = f"{match.frame.property}: {node.text!r} stands for no {_union(wanted)}"
            self.rejections.append(Rejection(self.known.article.id, span, "class", where))
        return found

    def _candidate(self, prop: Property, match: Match, subject: Denoted, obj: Denoted | Value) -> Candidate:
        steps = len(match.subject.via) + len(match.object.via)
        confidence = _BASE * _PER_STEP**steps * subject.score * (obj.score if isinstance(obj, Denoted) else 1.0)
        sureness = round(calibrated(confidence), 2)
        role = self._role(match) if prop.qualified else None
        return Candidate(prop, subject, obj, match, self._truth(match, obj), sureness, role)

    def _truth(self, match: Match, obj: Denoted | Value) -> Truth:
        """How far the text holds what a match says; on a day to come nothing has happened yet."""
        truth = match.predication.truth
        return max(truth, Truth.PLANNED) if self.known.values.lies_ahead(obj) else truth

    def _role(self, match: Match) -> str | None:
        """The post as written, or the one that the verb implies ("heads" -> head)."""
        if match.post is None or self._tree.nodes[match.post].pos == "VERB":
            return self.verbs.get(match.predication.lemma)
        return post_phrase(self._tree, self._tree.nodes[match.post])

    def _vote(self, candidate: Candidate) -> None:
        if candidate.truth > Truth.FORMER:
            return
        self._drafts[candidate.subject.draft].vote(self.ontology, candidate.property.domain)
        if isinstance(candidate.object, Denoted):
            self._drafts[candidate.object.draft].vote(self.ontology, candidate.property.range)

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
            elif (misfit := self._misfit(candidate)) is not None:
                self._reject(candidate, span, "class", misfit)
            else:
                yield candidate, span, modality

    def _misfit(self, candidate: Candidate) -> str | None:
        """Which end is of no class that the property admits, in words."""
        ends = ((candidate.subject, candidate.property.domain), (candidate.object, candidate.property.range))
        for end, union in ends:
            if isinstance(end, Denoted):
                best = self._drafts[end.draft].best_class(self.ontology)
                if not self.ontology.fits(best, union):
                    return f"{end.draft} is no {_union(union)}"
        return None

    def _reject(self, candidate: Candidate, span: Span, stage: str, reason: str) -> None:
        self.rejections.append(Rejection(self.known.article.id, span, stage, f"{candidate.property.name}: {reason}"))

    def _fact(self, candidate: Candidate, span: Span, modality: Modality) -> ArticleFact:
        obj = candidate.object
        evidence = Evidence(
            article=self.known.article.id, span=span, modality=modality, confidence=candidate.sureness,
            extractor=EXTRACTOR, subject=candidate.subject.span, object=obj.span if isinstance(obj, Denoted) else None,
            role=candidate.role, explanation=tuple(self._explanation(candidate)),
        )  # fmt: skip
        return ArticleFact(
            candidate.subject.draft, candidate.property.name, obj.draft if isinstance(obj, Denoted) else obj, evidence
        )

    def _explanation(self, candidate: Candidate) -> Iterator[str]:
        frame, predication, nodes = candidate.match.frame, candidate.match.predication, self._tree.nodes
        roles = ", ".join(f"{a.role}: {nodes[a.node].text}" for a in predication.arguments)
        yield f"predication: {predication.lemma} ({roles}), {predication.truth.name.lower()}"
        yield f"like the example: {frame.example}"
        for end, argument, denoted in (
            ("subject", candidate.match.subject, candidate.subject),
            ("object", candidate.match.object, candidate.object),
        ):
            if isinstance(denoted, Denoted):
                label = self._drafts[denoted.draft].label
                steps = "; ".join(filter(None, (*argument.via, denoted.step)))
                word = nodes[argument.node].text if argument.node >= 0 else "(left out)"
                yield f"{end}: {word!r} is {label} ({steps})"

    def sentence(self, index: int) -> Span:
        """The span of the sentence of a node, without the white space around it."""
        number = self._tree.nodes[index].sentence
        if number not in self._sentences:
            first, last = self._tree.sentences[number]
            start, end = self._tree.nodes[first].start_char, self._tree.nodes[last - 1].end_char
            text = self._tree.text[start:end]
            self._sentences[number] = Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
        return self._sentences[number]


def _rank(candidate: Candidate) -> tuple[float, bool, int]:
    """A fact with its role beats one without; the longer role, as written, beats the shorter."""
    return candidate.sureness, candidate.role is not None, len(candidate.role or "")


def _union(classes: frozenset[str]) -> str:
    return " or ".join(sorted(classes))
