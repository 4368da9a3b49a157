"""What both extractors make of a text with known facts: candidates, right or wrong, and how good the rest is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.analysis import analyse
from kg.extract.denotation import MIN_REFERENCE
from kg.extract.relations.finder import RelationFinder
from kg.extract.relations.scene import make_scene
from kg.extract.weighing import candidates
from kg.model import CountValue, DateValue, MoneyValue, QuantityValue
from training.relations.samples import alignment, annotated_scene, as_article, spaced
from training.relations.values import is_sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.analysis import Analysis
    from kg.extract.pipeline import Extractor
    from kg.extract.relations.scene import Scene
    from kg.extract.weighing import Candidate
    from kg.model import Value
    from kg.ontology.schema import Ontology
    from training.corpus.markup import Block, Statement

NO_MARGIN = -99.0
"""The margin of a candidate that the network does not propose."""


@dataclass(slots=True)
class Case:
    """One candidate: its features, whether the text states it, its number among the facts of all texts, or -1.

    `text` counts texts; `fits` says that both ends are of classes that the property admits, or that frames found it.
    """

    text: int
    features: tuple[float, ...]
    right: bool
    fact: int
    property: str
    frames: bool
    margin: float
    fits: bool
    modality_right: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """A text that both extractors have read: `who` is the annotated entity that each draft is."""

    block: Block
    known: Analysis
    finder: RelationFinder
    annotated: Scene
    who: dict[str, str]
    candidates: tuple[Candidate, ...]


def examine(block: Block, extractor: Extractor) -> Examined:
    """Let both extractors read a text, as `Extractor.extract_doc` does."""
    assert extractor.relations is not None
    text, offsets = spaced(block)
    known = analyse(as_article(block, text), extractor.nlp(text), extractor.ontology, extractor.taught.lexicon)
    posts = extractor.taught.frames.post_nouns
    finder = RelationFinder(known, extractor.relations, extractor.ontology, posts, extractor.lessons)
    finder.inform()
    facts, _ = extractor.by_grammar(known)
    found = candidates(facts, finder.proposals(), known.discourse, extractor.ontology)
    scene = make_scene(known, posts)
    annotated, _ = annotated_scene(block, offsets, known.doc, scene)
    who = {scene.things[i].key: key for i, key in alignment(annotated, scene).items()}
    return Examined(block, known, finder, annotated, who, tuple(found))


def cases(text: Examined, number: int, base: int) -> Iterator[Case]:
    """Give the candidates of a text of this number; those of its facts count from `base`."""
    ontology = text.finder.ontology
    for candidate in text.candidates:
        fact = _fact(candidate, text, ontology)
        proposal = candidate.proposal
        right = fact is not None
        modality = _modality(candidate, text)
        yield Case(
            text=number, features=candidate.features(), right=right, fact=-1 if fact is None else base + fact,
            property=candidate.key[1], frames=bool(candidate.facts),
            margin=proposal.margin if proposal else NO_MARGIN,
            fits=bool(candidate.facts) or _fits(candidate, text, ontology),
            modality_right=fact is not None and modality == text.block.facts[fact].modality,
        )  # fmt: skip


def _fact(candidate: Candidate, text: Examined, ontology: Ontology) -> int | None:
    """Give the index of the annotated fact that a candidate is, the last of several; None where it is wrong."""
    subject, name, obj = candidate.key

    def ends_are(a: str, b: str, s: Statement) -> bool:
        return text.who.get(subject) == a and (text.who.get(obj) == b if isinstance(obj, str) else value_is(obj, s))

    match = None
    for k, s in enumerate(text.block.facts):
        turned = ontology.properties[name].symmetric and ends_are(s.value, s.subject, s)
        if name in s.properties and (turned or ends_are(s.subject, s.value, s)):
            match = k
    return match


def value_is(value: Value, s: Statement) -> bool:
    """Tell whether a value is the one annotated."""
    if isinstance(value, DateValue):
        return value.lexical == s.value
    if isinstance(value, MoneyValue):
        return is_sum(s, value.currency, value.value)
    assert isinstance(value, CountValue | QuantityValue)
    return s.value.isdecimal() and value.value == int(s.value)


def _modality(candidate: Candidate, text: Examined) -> str | None:
    """Give the network's own judgement, before what the grammar says of the verbs between."""
    if candidate.proposal is None:
        return None
    return text.finder.network.modalities[int(candidate.proposal.related.modalities.argmax())]


def _fits(candidate: Candidate, text: Examined, ontology: Ontology) -> bool:
    prop, drafts = ontology.properties[candidate.key[1]], text.known.discourse.drafts
    found = candidate.proposal
    subject, obj = (candidate.key[0], candidate.key[2]) if found is None else (found.subject, found.object)
    return ontology.fits(drafts[subject].best_class(ontology), prop.domain) and (
        not isinstance(obj, str) or ontology.fits(drafts[obj].best_class(ontology), prop.range)
    )


def tally(text: Examined) -> Counter[str]:
    """Count how often classes are right, and the references of the rules and of the network, against all annotated."""
    drafts, ontology = text.known.discourse.drafts, text.finder.ontology
    right = sum(drafts[key].best_class(ontology) == text.block.classes[e] for key, e in text.who.items())
    counts = Counter({"class": len(text.who), "class right": right})
    wanted = _annotated_references(text)
    stands_for = {word: e for (start, end), e in wanted.items() for word in range(start, end)}
    rules = _references_by_rule(text)
    learned = {(a.start, a.end): text.who.get(a.thing) for a in text.finder.view.antecedents}
    counts["references"] = len(wanted)
    counts["rules"], counts["learned"] = len(rules), len(learned)
    counts["rules right"] = sum(e is not None and stands_for.get(word) == e for word, e in rules.items())
    counts["learned right"] = sum(
        e is not None and any(stands_for.get(word) == e for word in range(*span)) for span, e in learned.items()
    )
    return counts


def _annotated_references(text: Examined) -> dict[tuple[int, int], str]:
    entities = [t for t in text.annotated.things if t.kind == "entity"]
    return {(p.start, p.end): t.key for t in entities for p in t.places if not p.is_name}


def _references_by_rule(text: Examined) -> dict[int, str | None]:
    """Give for the first words of references that the rules believe what they take them for, none of several."""
    number = text.finder.scene.numbers()
    nodes = text.known.tree.nodes
    return {
        number.get(nodes[index].start, -1): text.who.get(r.entities[0])
        for index, r in text.known.references.items()
        if len(r.entities) == 1 and r.score >= MIN_REFERENCE
    }
