"""From the ontology's examples to frames: each is read like an article and becomes a pattern over predications."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.examples import READINGS, marked_tree, read_sentences, reworded
from kg.extract.frames import (
    MONEY_WORD,
    OWNER_ROLES,
    POST_NOUN,
    SELF,
    TYPE_NOUN,
    ExampleFailure,
    Frame,
    FrameSet,
    modifiers,
)
from kg.extract.grammar import predications
from kg.extract.matching import matches
from kg.extract.names import Lexicon
from kg.extract.nominals import INCLUDING
from kg.extract.predication import (
    APPOSITION,
    MODIFIER,
    NUMBER,
    SUBJECT,
    Predication,
    Truth,
)
from kg.naming.kinds import KINDS
from kg.naming.kinds import Kind as ThingKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.tree import Node, Tree
    from kg.ontology.schema import Example, Ontology, Property, Role

# Words that may stand in "X in Y", "the X of the Y".
_LINK_POS = frozenset(("DET", "ADP", "PUNCT", "PART", "AUX", "SPACE"))
# Where a noun for the kind of thing is only a place holder: "a lender in Y", "the Y lender".
_LOCATIVE = frozenset(("in", "at", "near", "comp", "poss", "from"))
_FUNCTION_POS = frozenset(("DET", "PRON", "AUX", "PUNCT", "CCONJ", "SCONJ", "PART", "NUM", "X", "SYM", "INTJ"))


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
    frames = list(_generalised([found[i] for i in sorted(found)], pairs, type_nouns))
    taught = FrameSet(_indexed(frames), type_nouns, post_nouns, tuple(failures))
    lines = {e.text: e.source for _, e in pairs}
    taught_by: dict[Frame, set[str]] = defaultdict(set)
    for frame in frames:
        taught_by[_pattern(frame)].add(lines[frame.example])
    contradicted = _contradicted(taught, ontology, nlp, lexicon)
    wrong = {f for f in contradicted if len(taught_by[_pattern(f)]) == 1}
    by_lemma = _indexed(f for f in frames if f not in wrong)
    overruled = [ExampleFailure(f.property, f.example, "a counterexample says the same") for f in wrong]
    overruled.sort(key=lambda failure: (failure.property, failure.text))
    return FrameSet(by_lemma, type_nouns, post_nouns, (*failures, *overruled))


def _indexed(frames: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
    index: dict[str, dict[Frame, None]] = defaultdict(dict)
    for frame in frames:
        index[frame.lemma].setdefault(frame)
    return {lemma: tuple(index[lemma]) for lemma in sorted(index)}


def _pattern(frame: Frame) -> Frame:
    """The frame without the example that it comes from and the classes that this one limits it to."""
    return replace(frame, example="", generic=False, subject_class=None, object_class=None)


def _contradicted(frames: FrameSet, ontology: Ontology, nlp: Language, lexicon: Lexicon) -> Iterator[Frame]:
    """The frames by which a counterexample would state its fact: read askew, or too loose for what they were made of.

    Those that several lines teach are right all the same: what speaks against them is a matter of classes.
    """
    pairs = [(p, e) for p in ontology.properties.values() for e in p.counterexamples]
    docs = read_sentences(nlp, [e.text for _, e in pairs])
    for (prop, example), doc in zip(pairs, docs, strict=True):
        yield from stating(frames, prop, example, doc, lexicon, Truth.PLANNED)


def stating(
    frames: FrameSet, prop: Property, example: Example, doc: Doc, lexicon: Lexicon, held: Truth
) -> Iterator[Frame]:
    """The frames of the property that link the marked words of a sentence, in this direction, as true up to `held`."""
    tree, ends = marked_tree(doc, prop, example, lexicon)
    subject, other = ends.get("subject"), ends.get("object", ends.get("value"))
    wanted = {(subject, other), (other, subject)} if prop.symmetric else {(subject, other)}
    for predication in predications(tree):
        if predication.truth <= held:
            for match in matches(frames, tree, predication):
                if match.frame.property == prop.name and (match.subject.node, match.object.node) in wanted:
                    yield match.frame


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
        nouns = slots.get((f.property, source_of[f.example], f.subject, f.object), set())
        generic = f.kind == "noun" and f.lemma in nouns and len(nouns) > 1 and not f.modifiers
        yield replace(f, generic=generic)
        if generic and not f.support and _says_kind_only(f):
            yield replace(f, lemma=TYPE_NOUN, generic=True)


def _says_kind_only(frame: Frame) -> bool:
    """Whether the noun only names the kind of a product or of what lies in a place: "the Y bank X", "X's app Y"."""
    located = frame.object in _LOCATIVE and KINDS.get(frame.object_class or "") is ThingKind.PLACE
    made = frame.object == SUBJECT and frame.subject in OWNER_ROLES
    return located or (made and KINDS.get(frame.object_class or "") is ThingKind.PRODUCT)


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
        (a.role, _required_word(tree.nodes[a.node]))
        for a in predication.arguments
        if a.node not in ends.values()
        and a.role not in (subject, object_)
        and (tree.nodes[a.node].kind == "money" or (tree.nodes[a.node].kind == "word" and not a.via))
        and tree.nodes[a.node].pos not in _FUNCTION_POS - {"NUM", "SYM"}
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
        modifiers(tree, predication),
        predication.support,
        classes.get("subject"),
        classes.get("object"),
        post,
        example.text,
    )


def _required_word(node: Node) -> str:
    return MONEY_WORD if node.kind == "money" else node.lemma


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
