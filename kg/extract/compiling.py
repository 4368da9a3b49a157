"""From the ontology's examples to frames: each is read like an article and becomes a pattern over predications."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.examples import READINGS, marked_tree, reworded
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
from kg.extract.sentences import read_sentences
from kg.naming.kinds import KINDS
from kg.naming.kinds import Kind as ThingKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.tree import Node, Tree
    from kg.ontology.schema import Example, Ontology, Property, Role

# Words that may stand in "X in Y", "the X of the Y".
_LINK_POS = frozenset(("DET", "ADP", "PUNCT", "PART", "AUX", "SPACE"))
# Where a noun for the kind of thing is only a place holder: "a lender in Y", "the Y lender".
_LOCATIVE = frozenset(("in", "at", "near", "comp", "poss", "from"))
# Times that examples are read because counterexamples speak against what was made of them; the third finds little.
_ROUNDS = 3
_OVERRULED = "a counterexample says the same"
_FUNCTION_POS = frozenset(("DET", "PRON", "AUX", "PUNCT", "CCONJ", "SCONJ", "PART", "NUM", "X", "SYM", "INTJ"))


def compile_frames(ontology: Ontology, nlp: Language) -> FrameSet:
    """Read every example of the ontology into frames; a pure function of the ontology and the reading model.

    An example that was read so that counterexamples speak against it is read again in other ways, as is one that links
    nothing.
    """
    lexicon = Lexicon(ontology)
    type_nouns = frozenset(h for c in ontology.classes.values() for h in c.heads if " " not in h)
    post_nouns = post_heads(ontology)
    examples = _Examples(ontology, nlp, lexicon)
    opposed = [(p, e) for p in ontology.properties.values() for e in p.counterexamples]
    against = list(zip(opposed, read_sentences(nlp, [e.text for _, e in opposed]), strict=True))
    wrong: set[Frame] = set()
    for _ in range(_ROUNDS):
        examples.read(wrong)
        lines = list(_generalised(examples.frames(), type_nouns))
        taught = FrameSet(_indexed(frame for frame, _ in lines), type_nouns, post_nouns, ())
        new = _overruled(taught, lines, against, lexicon)
        if new <= wrong:
            break
        wrong |= new
    right = _indexed(frame for frame, _ in lines if _pattern(frame) not in wrong)
    return FrameSet(right, type_nouns, post_nouns, tuple(examples.failures(wrong)))


class _Examples:
    """The examples of all properties, and what was made of each so far: a frame, or the reason why there is none."""

    def __init__(self, ontology: Ontology, nlp: Language, lexicon: Lexicon) -> None:
        self._ontology, self._nlp, self._lexicon = ontology, nlp, lexicon
        self._pairs = [(p, e) for p in ontology.properties.values() for e in p.examples]
        self._found: dict[int, Frame] = {}
        self._reasons: dict[int, str] = {}

    def read(self, wrong: AbstractSet[Frame]) -> None:
        """Make frames of those that have none yet, or a wrong one."""
        self._found = {i: frame for i, frame in self._found.items() if _pattern(frame) not in wrong}
        for reading in READINGS:
            left = [i for i in range(len(self._pairs)) if i not in self._found]
            examples = [reworded(self._pairs[i][1], reading) for i in left]
            docs = read_sentences(self._nlp, [e.text for e in examples], company=reading.company)
            for i, example, doc in zip(left, examples, docs, strict=True):
                prop, original = self._pairs[i]
                made = _compile(prop, example, doc, self._ontology, self._lexicon)
                if isinstance(made, str):
                    self._reasons.setdefault(i, made)
                elif _pattern(made) in wrong:
                    self._reasons[i] = _OVERRULED
                else:
                    self._found[i] = replace(made, example=original.text)

    def frames(self) -> list[tuple[Frame, str]]:
        """The frames with the lines that they come from, in the order of the ontology."""
        return [(self._found[i], self._pairs[i][1].source) for i in sorted(self._found)]

    def failures(self, wrong: AbstractSet[Frame]) -> Iterator[ExampleFailure]:
        """The examples without a frame that holds, those first that link nothing."""
        right = {i for i, frame in self._found.items() if _pattern(frame) not in wrong}
        reasons = {
            i: _OVERRULED if i in self._found else self._reasons[i] for i in range(len(self._pairs)) if i not in right
        }
        for i in sorted(reasons, key=lambda i: (reasons[i] == _OVERRULED, i)):
            prop, example = self._pairs[i]
            yield ExampleFailure(prop.name, example.text, reasons[i])


def _indexed(frames: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
    index: dict[str, dict[Frame, None]] = defaultdict(dict)
    for frame in frames:
        index[frame.lemma].setdefault(frame)
    return {lemma: tuple(index[lemma]) for lemma in sorted(index)}


def _pattern(frame: Frame) -> Frame:
    """The frame without the example that it comes from and the classes that this one limits it to."""
    return replace(frame, example="", generic=False, subject_class=None, object_class=None)


def _overruled(
    frames: FrameSet,
    lines: Iterable[tuple[Frame, str]],
    against: Iterable[tuple[tuple[Property, Example], Doc]],
    lexicon: Lexicon,
) -> set[Frame]:
    """The patterns by which counterexamples would state their facts: read askew, or too loose for their examples.

    Those that several lines teach are right all the same, unless more lines speak against them: what does so is then
    a matter of classes.
    """
    taught_by: dict[Frame, set[str]] = defaultdict(set)
    for frame, line in lines:
        taught_by[_pattern(frame)].add(line)
    denied_by: dict[Frame, set[str]] = defaultdict(set)
    for (prop, example), doc in against:
        for frame in stating(frames, prop, example, doc, lexicon, Truth.PLANNED):
            denied_by[_pattern(frame)].add(example.source)
    return {f for f, lines in denied_by.items() if len(taught_by[f]) == 1 or len(lines) > len(taught_by[f])}


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


def _generalised(frames: Sequence[tuple[Frame, str]], type_nouns: frozenset[str]) -> Iterator[tuple[Frame, str]]:
    """All frames with the lines of their examples.

    Where alternatives of one line differ only in a noun for the kind of thing, any such noun fits.
    """
    slots: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for f, line in frames:
        if f.kind == "noun" and f.lemma in type_nouns:
            slots[f.property, line, f.subject, f.object].add(f.lemma)
    for f, line in frames:
        nouns = slots.get((f.property, line, f.subject, f.object), set())
        generic = f.kind == "noun" and f.lemma in nouns and len(nouns) > 1 and not f.modifiers
        yield replace(f, generic=generic), line
        if generic and not f.support and _says_kind_only(f):
            yield replace(f, lemma=TYPE_NOUN, generic=True), line


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
