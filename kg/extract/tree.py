"""The dependency tree of one article with its names, dates and amounts contracted to single nodes.

The grammar (`clauses`, `nominals`) walks these nodes and never sees spaCy. Labels are those of Universal Dependencies
v2 with the subtypes of the English treebanks; `ROOT` stands for their `root`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kg.extract.mending import LINKING, mend

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

UnitKind = Literal["name", "concept", "date", "money", "count", "word"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A span of tokens that acts as one node; `key` names what it stands for (an entity id, an index of a value)."""

    start: int
    end: int
    kind: UnitKind
    key: str


@functools.cache
def _without_subtype(dep: str) -> str:
    return dep.split(":", maxsplit=1)[0]


@dataclass(slots=True)
class Node:
    """One word, or one contracted unit, of a sentence.

    `index` counts nodes over the whole document; `start` and `end` are token offsets, `start_char` and `end_char`
    code points; `head` and `children` are indices of nodes (`head` is None at the root of a sentence). `kind` says what
    the node stands for, `relation` is the label `dep` without its subtype: it changes through `relabel` alone.
    """

    index: int
    sentence: int
    start: int
    end: int
    start_char: int
    end_char: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    morph: str
    unit: Unit | None
    head: int | None = None
    children: list[int] = field(default_factory=list)
    kind: UnitKind = field(init=False)
    is_name: bool = field(init=False)
    relation: str = field(init=False)

    def __post_init__(self) -> None:
        # Rules ask each node for these a hundred times over.
        self.kind = self.unit.kind if self.unit else "word"
        self.is_name = self.kind == "name"
        self.relation = _without_subtype(self.dep)

    def relabel(self, dep: str) -> None:
        """Give the node another label."""
        self.dep, self.relation = dep, _without_subtype(dep)


class Tree:
    """All sentences of a document as contracted nodes, as the parser linked them; `mending.mend` corrects the links.

    `units` must not overlap; one that crosses a sentence boundary is ignored. Nodes keep the order of the text.
    """

    def __init__(self, doc: Doc, units: Iterable[Unit] = ()) -> None:
        self.text = doc.text
        self.nodes: list[Node] = []
        self.sentences: list[tuple[int, int]] = []
        self._node_of: list[int] = [-1] * len(doc)
        by_start = {unit.start: unit for unit in units}
        heads: list[int] = []
        for number, sent in enumerate(doc.sents):
            first = len(self.nodes)
            heads += self._add_sentence(doc, number, sent.start, sent.end, by_start)
            self.sentences.append((first, len(self.nodes)))
        self._link(doc, heads)
        mend(self)

    def _add_sentence(self, doc: Doc, number: int, start: int, end: int, by_start: dict[int, Unit]) -> Iterator[int]:
        """Add the nodes of one sentence; give the token that each depends on."""
        i = start
        while i < end:
            unit = by_start.get(i)
            if unit is not None and unit.end > end:
                unit = None
            stop = unit.end if unit else i + 1
            top = _top(doc, i, stop)
            text = top.text if stop == i + 1 else doc[i:stop].text
            index = len(self.nodes)
            self._node_of[i:stop] = [index] * (stop - i)
            lemma = _lemma(doc, i, stop, unit) or _word_lemma(top)
            start_char = doc[i].idx
            self.nodes.append(
                Node(index, number, i, stop, start_char, start_char + len(text), text, lemma,
                     _pos(top), top.tag_, top.dep_, str(top.morph), unit)
            )  # fmt: skip
            i = stop
            yield top.head.i

    def _link(self, doc: Doc, heads: Iterable[int]) -> None:
        for node, token in zip(self.nodes, heads, strict=True):
            head = self._node_of[token]
            if head != node.index and self.nodes[head].sentence == node.sentence:
                node.head = head
                self.nodes[head].children.append(node.index)
        for node in self.nodes:
            circle = self._circle(node)
            if circle:
                self._untie(doc, circle)

    def _circle(self, node: Node) -> list[Node]:
        """The nodes on the way up from `node` to itself; none where it ends at a root, or in another circle."""
        passed = dict.fromkeys([node.index])
        above = node.head
        while above is not None and above not in passed:
            passed[above] = None
            above = self.nodes[above].head
        return [self.nodes[index] for index in passed] if above == node.index else []

    def _untie(self, doc: Doc, circle: list[Node]) -> None:
        """Hang one of a circle elsewhere: words that became one node may have hung on both sides of another."""
        for node in circle:
            heads = [self._node_of[token.head.i] for token in doc[node.start : node.end]]
            inside = {n.index for n in self.subtree(node)}
            outside = [h for h in heads if h not in inside and self.nodes[h].sentence == node.sentence]
            if outside:
                self._hang(node, outside[0], node.dep)
                return
        self._hang(circle[0], None, "root")

    def move(self, node: Node, head: int | None, dep: str) -> None:
        """Hang `node` elsewhere, unless that place lies below the node itself: a tree stays a tree."""
        if head is None or not self.below(self.nodes[head], node):
            self._hang(node, head, dep)

    def _hang(self, node: Node, head: int | None, dep: str) -> None:
        if node.head is not None:
            self.nodes[node.head].children.remove(node.index)
        node.head = head
        node.relabel(dep)
        if head is not None:
            self.nodes[head].children = sorted([*self.nodes[head].children, node.index])

    def raise_above(self, node: Node, top: Node, head: int | None, dep: str) -> None:
        """Put `node`, which stands below `top`, in its place, and `top` under it as subject."""
        self._hang(node, head, dep)
        self._hang(top, node.index, "nsubj")

    def below(self, node: Node, top: Node) -> bool:
        """Whether `node` is `top` or stands below it."""
        seen: set[int] = set()
        above: Node | None = node
        while above is not None and above.index != top.index and above.index not in seen:
            seen.add(above.index)
            above = self.head(above)
        return above is not None and above.index == top.index

    def node_at(self, token: int) -> Node:
        """The node that covers a token of the document."""
        return self.nodes[self._node_of[token]]

    def head(self, node: Node) -> Node | None:
        """The node that `node` depends on."""
        return None if node.head is None else self.nodes[node.head]

    def children(self, node: Node, *labels: str) -> list[Node]:
        """The dependents of `node`, in the order of the text, with one of `labels` (subtype or not) if given."""
        found = [self.nodes[index] for index in node.children]
        return [n for n in found if n.relation in labels or n.dep in labels] if labels else found

    def child(self, node: Node, *labels: str) -> Node | None:
        """The first of the dependents with one of `labels` (subtype or not)."""
        for index in node.children:
            child = self.nodes[index]
            if child.relation in labels or child.dep in labels:
                return child
        return None

    def subtree(self, node: Node) -> Iterator[Node]:
        """`node` and all below it; safe on damaged trees."""
        seen: set[int] = set()
        stack = [node.index]
        while stack:
            index = stack.pop()
            if index not in seen:
                seen.add(index)
                yield self.nodes[index]
                stack.extend(reversed(self.nodes[index].children))

    def preposition(self, node: Node) -> str:
        """The case marker of `node` as one word ("in", "according_to"), or ""."""
        marker = self.child(node, "case")
        if marker is None:
            return ""
        return "_".join([marker.lemma, *(w.lemma for w in self.children(marker, "fixed"))])

    def first_conjunct(self, node: Node) -> Node:
        """The head of the coordination that `node` belongs to, itself if none."""
        seen = {node.index}
        while node.relation == "conj" and node.head is not None and node.head not in seen:
            node = self.nodes[node.head]
            seen.add(node.index)
        return node

    def conjuncts(self, node: Node) -> list[Node]:
        """`node` and all that is coordinated below it, in the order of the text."""
        if not node.children:
            return [node]
        found, stack, seen = [], [node], {node.index}
        while stack:
            current = stack.pop()
            found.append(current)
            for child in self.children(current, "conj"):
                if child.index not in seen:
                    seen.add(child.index)
                    stack.append(child)
        return sorted(found, key=lambda n: n.index)

    def phrase(
        self, node: Node, *, without: Sequence[str] = ("acl", "appos", "conj", "cc", "punct", "parataxis")
    ) -> tuple[int, int]:
        """The token range of the noun phrase of `node`, in one piece, less dependents with the labels in `without`."""
        keep = {node.index}
        for child in self.children(node):
            if child.relation not in without and child.relation != "case":
                keep |= {n.index for n in self.subtree(child)}
        left = right = node.index
        while left - 1 in keep:
            left -= 1
        while right + 1 in keep:
            right += 1
        return self.nodes[left].start, self.nodes[right].end


_HYPHENS = ("-", "‐", "–")
# Participles that take the word before the hyphen as an argument: "Shanghai-based", "state-owned".
_PARTICIPLE_TAGS = ("VBN", "VBG", "VBD")


def hyphenated(doc: Doc) -> Iterator[Unit]:
    """Words that the tokeniser splits at hyphens: "start-up", "secretary-general"; not "Shanghai-based"."""
    start = 0
    while start < len(doc):
        end = start + 1
        while (
            end + 1 < len(doc)
            and doc[end].text in _HYPHENS
            and not doc[end - 1].whitespace_
            and not doc[end].whitespace_
        ):
            end += 2
        words = [doc[i] for i in range(start, end, 2)]
        if len(words) > 1 and words[-1].tag_ not in _PARTICIPLE_TAGS and all(w.is_alpha for w in words):
            yield Unit(start, end, "word", "")
        start = end


def _pos(token: Token) -> str:
    """The part of speech; a pronoun that the finer tag calls a noun ("Users of X") is one."""
    return "NOUN" if token.pos_ == "PRON" and token.tag_ in ("NN", "NNS") else token.pos_


def _word_lemma(token: Token) -> str:
    lemma = token.lemma_.lower()
    plural = token.pos_ == "PRON" and token.tag_ == "NNS" and lemma.endswith("s")
    return lemma[:-1] if plural else lemma


def _lemma(doc: Doc, start: int, end: int, unit: Unit | None) -> str:
    """The lemma of a unit: names as they stand, hyphenated words with their last part as lemma; "" for single words."""
    if unit is None:
        return ""
    if unit.kind != "word":
        return doc[start:end].text
    return doc[start : end - 1].text.lower() + doc[end - 1].lemma_.lower()


def _top(doc: Doc, start: int, end: int) -> Token:
    if end == start + 1:
        return doc[start]
    roots = [t for t in doc[start:end] if t.head.i == t.i or not start <= t.head.i < end]
    if len(roots) == 1:
        return roots[0]
    linking = [t for t in roots if t.dep_ in LINKING]
    if linking:
        return linking[-1]
    return roots[-1] if roots else doc[end - 1]
