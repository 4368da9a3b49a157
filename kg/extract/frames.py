"""Frames by example: every example sentence of the ontology, read by the same reader and grammar as an article, becomes
a pattern over predications - a predicate with two labelled roles and the words it cannot do without.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.grammar import predications
from kg.extract.names import Lexicon, concept_names
from kg.extract.nominals import INCLUDING
from kg.extract.predication import (
    APPOSITION,
    MODIFIER,
    NAME_PREDICATE,
    NUMBER,
    SUBJECT,
    Argument,
    Kind,
    Predication,
    Truth,
)
from kg.extract.tree import Tree, Unit, UnitKind, hyphenated
from kg.extract.values import Values
from kg.naming.kinds import KINDS
from kg.naming.kinds import Kind as ThingKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.ontology.schema import Example, Ontology, Property, Role

SELF = "self"
"""The role of an argument that is the predicate itself ("*president* of X" for a post)."""

TYPE_NOUN = "#type"
"""Predicate of frames whose example lists several nouns for the kind of thing: any such noun fits."""

POST_NOUN = "#post"
"""Predicate of frames whose predicate is the marked role: any noun that the ontology lists as a post fits."""

# Verbs that carry a noun without meaning of their own: "sign", "reach" and "conclude" an agreement say the same.
LIGHT_VERBS = frozenset(
    "have make take sign reach conclude enter form announce hold give get strike ink seal establish build create "
    "begin start "
    "open do offer provide secure win complete close finalise finalize forge maintain run set_up launch enter_into "
    "boast "
    "count unveil see receive own play".split()
)
# Prepositions through which a noun may get its subject although the example had apposition or copula, and the reverse.
_PREDICATIVE = ("as",)
# Roles of the one to whom a relational noun belongs.
_OWNER_ROLES = ("of", "poss", "at")
# Words that may stand in "X in Y", "the X of the Y".
_LINK_POS = frozenset(("DET", "ADP", "PUNCT", "PART", "AUX", "SPACE"))
_CONTENT_POS = frozenset(("NOUN", "VERB", "ADJ", "PROPN"))
# Where a noun for the kind of thing is only a place holder: "a lender in Y", "the Y lender".
_LOCATIVE = frozenset(("in", "at", "near", "comp", "poss", "from"))
# Sentences read in one go; a page of the reader holds some thirty short ones.
_PAGE = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read an example: with other names under its marks, a verb behind a bare phrase, so many in one go."""

    subject: str = ""
    object: str = ""
    verb: str = ""
    page: int = _PAGE


# Parsers stumble over invented names, bare noun phrases and the company of other sentences: an example that links
# nothing is read again in the next of these ways.
READINGS = (
    Reading(),
    Reading("Microsoft", "Google"),
    Reading("the company", "the group"),
    Reading(verb="smiled"),
    Reading("Microsoft", "Google", "smiled"),
    Reading(page=1),
    Reading("Microsoft", "Google", page=1),
)
_AUXILIARIES = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "took"))
_FUNCTION_POS = frozenset(("DET", "PRON", "AUX", "PUNCT", "CCONJ", "SCONJ", "PART", "NUM", "X", "SYM", "INTJ"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a property.

    `lemma` is the predicate (or `TYPE_NOUN`, `POST_NOUN`, `NAME_PREDICATE`); `subject` and `object` are the roles of
    the property's ends in the predication, or `SELF`; `post` is that of the marked role, if any. `required` are the
    other words of the example, by role and lemma, `modifiers` the adjectives and nouns before a noun predicate
    ("founding" member).
    `support` is the verb that carried a noun predicate in the example, "" if none.
    """

    property: str
    lemma: str
    kind: Kind
    subject: str
    object: str
    required: frozenset[tuple[str, str]]
    modifiers: frozenset[str]
    support: str
    subject_class: str | None
    object_class: str | None
    post: str | None
    example: str


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that the grammar cannot use, and why, in words."""

    property: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All frames of an ontology, by predicate lemma, and the examples that made none."""

    by_lemma: Mapping[str, tuple[Frame, ...]]
    type_nouns: frozenset[str]
    post_nouns: frozenset[str]
    failures: tuple[ExampleFailure, ...]

    def candidates(self, predication: Predication) -> Iterator[Frame]:
        """The frames whose predicate the predication has."""
        yield from self.by_lemma.get(predication.lemma, ())
        if predication.kind == "noun":
            if predication.lemma in self.post_nouns:
                yield from self.by_lemma.get(POST_NOUN, ())
            if predication.lemma in self.type_nouns:
                yield from self.by_lemma.get(TYPE_NOUN, ())


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a predication: which nodes are the property's ends, and which is the post, if it has one."""

    frame: Frame
    predication: Predication
    subject: Argument
    object: Argument
    post: int | None = None


def compile_frames(ontology: Ontology, nlp: Language) -> FrameSet:
    """Read every example of the ontology into frames; a pure function of the ontology and the reading model."""
    type_nouns = frozenset(h for c in ontology.classes.values() for h in c.heads if " " not in h)
    post_nouns, lexicon = post_heads(ontology), Lexicon(ontology)
    pairs = [(p, e) for p in ontology.properties.values() for e in p.examples]
    found: dict[int, Frame] = {}
    reasons: dict[int, str] = {}
    for reading in READINGS:
        left = [i for i in range(len(pairs)) if i not in found]
        examples = [reworded(pairs[i][1], reading) for i in left]
        docs = read_sentences(nlp, [e.text for e in examples], page=reading.page)
        for i, example, doc in zip(left, examples, docs, strict=True):
            made = _compile(pairs[i][0], example, doc, ontology, lexicon)
            if isinstance(made, Frame):
                found[i] = replace(made, example=pairs[i][1].text)
            else:
                reasons.setdefault(i, made)
    failures = [ExampleFailure(p.name, e.text, reasons[i]) for i, (p, e) in enumerate(pairs) if i not in found]
    index: dict[str, dict[Frame, None]] = defaultdict(dict)
    for frame in _generalised([found[i] for i in sorted(found)], pairs, type_nouns):
        index[frame.lemma].setdefault(frame)
    by_lemma = {lemma: tuple(index[lemma]) for lemma in sorted(index)}
    return FrameSet(by_lemma, type_nouns, post_nouns, tuple(failures))


def reworded(example: Example, reading: Reading) -> Example:
    """The example with other names under its subject and object marks, lower-case ones kept, and a verb at its end."""
    text, marks, moved = "", {}, 0
    names = {"subject": reading.subject, "object": reading.object}
    predicate = example.predicate
    for role, (start, end) in sorted(example.marks.items(), key=lambda mark: mark[1]):
        old = example.text[start:end]
        new = names.get(role, "") if old[:1].isupper() or old.lower().startswith("the ") else ""
        new = new or old
        new = new[:1].upper() + new[1:] if start == 0 else new
        text += example.text[len(text) - moved : start] + new
        marks[role] = (start + moved, start + moved + len(new))
        if predicate is not None and start < predicate[0]:
            predicate = (predicate[0] + len(new) - len(old), predicate[1] + len(new) - len(old))
        moved += len(new) - len(old)
    text += example.text[len(text) - moved :]
    if reading.verb and _is_phrase(example.text):
        text = text.rstrip(". ") + (", " if "," in example.text else " ") + reading.verb + "."
    return replace(example, text=text, marks=marks, predicate=predicate)


def _is_phrase(text: str) -> bool:
    """Whether an example is a bare noun phrase, told by its words: no auxiliary and nothing that ends like a verb."""
    words = re.findall(r"\w+", text)
    return not any(w in _AUXILIARIES or (w.islower() and w.endswith(("ed", "s"))) for w in words)


def read_sentences(nlp: Language, texts: Sequence[str], *, page: int = _PAGE) -> Iterator[Doc]:
    """One document per text, read many at a time: the reader is three times faster on pages than on single lines."""
    for first in range(0, len(texts), page):
        together = texts[first : first + page]
        doc = nlp("\n\n".join(together))
        start = 0
        for text in together:
            span = doc.char_span(start, start + len(text), alignment_mode="expand")
            start += len(text) + 2
            yield span.as_doc() if span is not None else nlp.make_doc("")


def post_heads(ontology: Ontology) -> frozenset[str]:
    """The head words of the posts that the ontology lists: concepts of schemes whose class is not one of entities."""
    labels = (a for c in ontology.concepts if c.class_ not in ontology.classes for a in c.alternatives)
    return frozenset(word for label in labels for word in (label, label.split()[-1]))


def _generalised(
    frames: Iterable[Frame], pairs: Iterable[tuple[Property, Example]], type_nouns: frozenset[str]
) -> Iterator[Frame]:
    """All frames; where alternatives of one example differ only in a noun for the kind of thing, any such noun fits."""
    source_of = {e.text: e.source for _, e in pairs}
    slots: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    frames = list(frames)
    for f in frames:
        if f.kind == "noun" and f.lemma in type_nouns:
            slots[f.property, source_of[f.example], f.subject, f.object].add(f.lemma)
    for f in frames:
        yield f
        nouns = slots.get((f.property, source_of[f.example], f.subject, f.object), set())
        if (
            f.kind == "noun"
            and f.lemma in nouns
            and len(nouns) > 1
            and not f.support
            and f.object in _LOCATIVE
            and KINDS.get(f.object_class or "") is ThingKind.PLACE
        ):
            yield replace(f, lemma=TYPE_NOUN)


def _bare_classes(prop: Property, example: Example, doc: Doc, ontology: Ontology) -> dict[Role, str]:
    """The classes that a bare link ("X of Y", "X's Y") is limited to: those that the example's own names belong to."""
    classes: dict[Role, str] = dict(example.classes)
    ends: tuple[tuple[Role, frozenset[str]], ...] = (("subject", prop.domain), ("object", prop.range))
    for role, union in ends:
        span = example.marks.get(role)
        if role in classes or span is None:
            continue
        for ent in doc.ents:
            if span[0] <= ent.start_char and ent.end_char <= span[1]:
                labelled = sorted(n for n, c in ontology.classes.items() if ent.label_ in c.reader_labels)
                members = [m for m in sorted(union) if any(ontology.is_a(n, m) for n in labelled)]
                if members:
                    classes[role] = members[0]
    return classes


def _compile(  # noqa: C901 - the conditions of one search
    prop: Property, example: Example, doc: Doc, ontology: Ontology, lexicon: Lexicon
) -> Frame | str:
    """The frame of one example, or the reason why there is none."""
    tree, ends = marked_tree(doc, prop, example, lexicon)
    if "subject" not in ends or not ({"object", "value"} & ends.keys()):
        return "a mark covers no word"
    subject, other = ends["subject"], ends.get("object", ends.get("value", -1))
    best: tuple[tuple[int, ...], Frame] | None = None
    bare = _bare_classes(prop, example, doc, ontology)
    for predication in predications(tree):
        roles = _roles(predication, subject), _roles(predication, other)
        for subject_role in roles[0]:
            for object_role in roles[1]:
                if subject_role == object_role and not prop.symmetric:
                    continue
                if predication.kind == "name" and (
                    _other_words(tree, subject, other) or not _bare_link(subject_role, object_role, bare)
                ):
                    continue
                classes = (
                    bare
                    if predication.kind == "name" or (subject_role == SUBJECT and object_role in _LOCATIVE)
                    else example.classes
                )
                frame = _frame(tree, prop, classes, example, predication, subject_role, object_role, ends)
                if predication.kind != "name" and _unexplained(tree, frame, predication, ends):
                    continue
                if "role" in ends and frame.post is None:
                    continue
                cost = _cost(predication, frame, example, tree, ends)
                if best is None or cost < best[0]:
                    best = (cost, frame)
    if best is None:
        return "no predication links the marks"
    return best[1]


def _unexplained(tree: Tree, frame: Frame, predication: Predication, ends: Mapping[Role, int]) -> bool:
    """Whether a noun or verb between the marks plays no part in the frame, unless it only plans what the frame says."""
    first, last = min(ends.values()), max(ends.values())
    used = (
        {lemma for _, lemma in frame.required}
        | set(frame.support.replace("_", " ").split())
        | set(predication.lemma.split("_"))
        | INCLUDING
    )
    held = predication.truth is not Truth.ASSERTED
    return any(
        n.kind == "word" and n.index != predication.node and n.index not in ends.values() and n.lemma not in used
        and (n.pos == "NOUN" or (n.pos == "VERB" and not held and n.relation not in ("aux", "case", "amod")))
        for n in tree.nodes[first + 1 : last]
    )  # fmt: skip


def _bare_link(subject: str, object_: str, classes: Mapping[Role, str]) -> bool:
    """Whether one mark stands right at the other, both of known classes; side by side speaks of places alone."""
    if SUBJECT not in (subject, object_) or not {"subject", "object"} <= classes.keys():
        return False
    beside = {subject, object_} & {APPOSITION, MODIFIER}
    return not beside or KINDS.get(classes["object"]) is ThingKind.PLACE


def _other_words(tree: Tree, subject: int, other: int) -> bool:
    """Whether words of content stand before the last mark: then no bare "X in Y" is what the example teaches."""
    words = tree.nodes[: max(subject, other)]
    return any(
        n.kind in ("word", "concept") and n.pos not in _LINK_POS and n.index not in (subject, other) for n in words
    )


def marked_tree(doc: Doc, prop: Property, example: Example, lexicon: Lexicon) -> tuple[Tree, dict[Role, int]]:
    """The tree of an example with its marks contracted, and the node of each mark."""
    units, spans = [], {}
    for role, (start, end) in example.marks.items():
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        while len(span) > 1 and span[0].pos_ == "DET":
            span = span[1:]
        spans[role] = span
        kind = _mark_kind(role, prop, span.text)
        if kind is not None:
            units.append(Unit(span.start, span.end, kind, role))
    units += _unmarked(doc, units, [(s.start, s.end) for s in spans.values()], lexicon)
    tree = Tree(doc, sorted(units, key=lambda u: u.start))
    ends: dict[Role, int] = {role: tree.node_at(span.root.i).index for role, span in spans.items()}
    return tree, ends


def _unmarked(doc: Doc, units: Sequence[Unit], marked: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[Unit]:
    """The names and values of an example beside its marks; they act as one node, as in an article."""
    taken = {i for start, end in [*marked, *((u.start, u.end) for u in units)] for i in range(start, end)}
    values = list(Values(doc, None).units())
    dated = {i for u in values for i in range(u.start, u.end)}
    names = [
        Unit(e.start, e.end, "name", "")
        for e in doc.ents
        if e[0].text[:1].isupper() and dated.isdisjoint(range(e.start, e.end))
    ]
    concepts = [Unit(n.start, n.end, "concept", "") for n in concept_names(doc, lexicon)]
    found: list[Unit] = []
    for unit in [*values, *names, *concepts, *hyphenated(doc)]:
        span = range(unit.start, unit.end)
        if taken.isdisjoint(span):
            taken.update(span)
            found.append(unit)
    return found


def _mark_kind(role: Role, prop: Property, text: str) -> UnitKind | None:
    if role == "role":
        return None
    if role == "value":
        kinds: dict[str, UnitKind | None] = {"date": "date", "money": "money", "integer": "count", "quantity": None}
        return kinds[prop.kind]
    return "name" if any(w[:1].isupper() for w in text.split()) else "concept"


def _roles(predication: Predication, node: int) -> list[str]:
    roles = [a.role for a in predication.arguments if a.node == node]
    if predication.node == node and predication.kind != "name":
        roles.append(SELF)
    return list(dict.fromkeys(roles))


def _frame(  # noqa: PLR0913, PLR0917 - all that a frame is made of
    tree: Tree,
    prop: Property,
    classes: Mapping[Role, str],
    example: Example,
    predication: Predication,
    subject: str,
    object_: str,
    ends: Mapping[Role, int],
) -> Frame:
    required = frozenset(
        (a.role, tree.nodes[a.node].lemma)
        for a in predication.arguments
        if a.node not in ends.values()
        and a.role not in (subject, object_)
        and tree.nodes[a.node].kind == "word"
        and tree.nodes[a.node].pos not in _FUNCTION_POS
        and not a.via
        and a.role != NUMBER
    )
    roles = _roles(predication, ends["role"]) if "role" in ends else []
    post = next(iter(roles), None)
    lemma = POST_NOUN if post == SELF and predication.kind == "noun" else predication.lemma
    return Frame(
        prop.name,
        lemma,
        predication.kind,
        subject,
        object_,
        required,
        _modifiers(tree, predication),
        predication.support,
        classes.get("subject"),
        classes.get("object"),
        post,
        example.text,
    )


def _modifiers(tree: Tree, predication: Predication) -> frozenset[str]:
    if predication.kind != "noun":
        return frozenset()
    words = tree.children(tree.nodes[predication.node], "amod", "compound")
    return frozenset(w.lemma for w in words if w.kind == "word" and w.pos in _CONTENT_POS)


def _cost(
    predication: Predication, frame: Frame, example: Example, tree: Tree, ends: Mapping[Role, int]
) -> tuple[int, ...]:
    node = tree.nodes[predication.node]
    pointed = example.predicate is not None and not (
        node.start_char < example.predicate[1] and example.predicate[0] < node.end_char
    )
    unsure = sum(len(a.via) for a in predication.arguments if a.node in ends.values())
    held = predication.truth is not Truth.ASSERTED
    return (
        pointed,
        len(frame.required) + len(frame.modifiers) + (frame.support != ""),
        held,
        predication.kind == "name",
        unsure,
    )


def matches(frames: FrameSet, tree: Tree, predication: Predication) -> Iterator[Match]:
    """All frames that the predication fills, by words and roles; classes are the caller's business."""
    for frame in frames.candidates(predication):
        if (
            frame.kind != predication.kind
            or not _supported(frame, predication)
            or not _has_required(frame, tree, predication)
        ):
            continue
        for subject in _fillers(predication, frame.subject):
            for object_ in _fillers(predication, frame.object):
                if subject.node != object_.node and _distributes(tree, predication, frame, subject, object_):
                    for post in _posts(frames, tree, predication, frame):
                        yield Match(frame, predication, subject, object_, post)


def bridges(frames: FrameSet, tree: Tree, predication: Predication) -> Iterator[Match]:
    """Frames that lack only the owner of a relational noun ("the members", "vice president X"); the owner's node is -1.

    Clark, "Bridging" (TINLAP 1975): such a noun has an owner that the text named before.
    """
    if predication.kind != "noun" or any(predication.fillers(role) for role in _OWNER_ROLES):
        return
    if any(d.lemma in ("a", "an") for d in tree.children(tree.nodes[predication.node], "det")):
        return
    for frame in frames.candidates(predication):
        missing_object = frame.object in _OWNER_ROLES
        if (
            frame.kind != "noun"
            or missing_object == (frame.subject in _OWNER_ROLES)
            or not _has_required(frame, tree, predication)
        ):
            continue
        if not _supported(frame, predication):
            continue
        for present in _fillers(predication, frame.subject if missing_object else frame.object):
            owner = Argument(frame.object if missing_object else frame.subject, -1, ("bridging",))
            for post in _posts(frames, tree, predication, frame):
                yield Match(frame, predication, *((present, owner) if missing_object else (owner, present)), post)


def _posts(frames: FrameSet, tree: Tree, predication: Predication, frame: Frame) -> list[int | None]:
    """The nodes of the post; a frame with a post needs one that the ontology lists."""
    if frame.post is None:
        return [None]
    if frame.post == SELF:
        return [predication.node]
    return [a.node for a in predication.fillers(frame.post) if tree.nodes[a.node].lemma in frames.post_nouns]


def _fillers(predication: Predication, role: str) -> list[Argument]:
    if role == SELF:
        return [Argument(SELF, predication.node)]
    return predication.fillers(role)


def _supported(frame: Frame, predication: Predication) -> bool:
    if predication.kind != "noun" or SUBJECT not in (frame.subject, frame.object):
        return True
    have, want = predication.support.split(), frame.support.split()
    if have == want:
        return True
    if not want or not have:
        return (have or want)[0] in _PREDICATIVE
    same_preposition = (have[0] if len(have) > 1 else "") == (want[0] if len(want) > 1 else "")
    if have[0] in _PREDICATIVE and want[0] in _PREDICATIVE:
        return True
    return same_preposition and (have[-1] == want[-1] or {have[-1], want[-1]} <= LIGHT_VERBS or len(have) > 1)


def _has_required(frame: Frame, tree: Tree, predication: Predication) -> bool:
    if frame.modifiers and frame.lemma != POST_NOUN and not frame.modifiers <= _modifiers(tree, predication):
        return False
    return all(
        any(tree.nodes[a.node].lemma == lemma for a in predication.fillers(role)) for role, lemma in frame.required
    )


def _distributes(tree: Tree, predication: Predication, frame: Frame, subject: Argument, object_: Argument) -> bool:
    """A singular noun is said of one thing only: "X and Y, the president of Z"."""
    if predication.kind != "noun" or "Number=Plur" in tree.nodes[predication.node].morph:
        return True
    said_of = subject if frame.subject == SUBJECT else object_ if frame.object == SUBJECT else None
    apposed = said_of is not None and any(step in ("apposition", "title") for step in said_of.via)
    return not (apposed and said_of is not None and "coordination" in said_of.via)


__all__ = [
    "NAME_PREDICATE",
    "ExampleFailure",
    "Frame",
    "FrameSet",
    "Match",
    "bridges",
    "compile_frames",
    "matches",
    "post_heads",
]
