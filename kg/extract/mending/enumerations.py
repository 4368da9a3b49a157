"""Enumerations: parsers often tear long ones apart; the words alone leave no doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.extract.tree import Node, Tree

PLACING = frozenset(("of", "in", "from", "at"))
LINKING = (
    "ROOT", "nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "nmod:poss", "appos", "conj", "iobj", "xcomp",
)  # fmt: skip
"""Labels that link a phrase to its sentence: of several words, the one with such a label is the head of all."""

# What may stand between the items of an enumeration, as signs.
_BETWEEN = (",", "&", ",&")


def coordinate(tree: Tree, group: list[int]) -> None:
    """Make an enumeration one coordination, hung where the best-linked of its items hangs."""
    inside = set(group)
    first = tree.nodes[group[0]]
    if all(tree.nodes[i].head == first.index and tree.nodes[i].relation == "conj" for i in group[1:]):
        return
    outer = [
        tree.nodes[i] for i in group if tree.nodes[i].head not in inside and _reaches_out(tree, tree.nodes[i], inside)
    ]
    if not outer:
        return
    anchor = next((n for n in outer if n is first), None) or min(outer, key=lambda n: (n.dep not in LINKING, n.index))
    head = tree.head(anchor)
    if anchor.relation == "conj" and anchor is not first and (head is None or head.pos != "VERB"):
        return
    tree.move(first, anchor.head, anchor.dep)
    marker = _marker_before(tree, first)
    for index in group[1:]:
        tree.move(tree.nodes[index], first.index, "conj")
    if marker is not None and marker.head != first.index:
        tree.move(marker, first.index, "case")


def _reaches_out(tree: Tree, node: Node, inside: set[int]) -> bool:
    """Whether the path upwards from `node` leaves the group, without coming back to it."""
    seen, head = {node.index}, node.head
    while head is not None and head not in seen:
        if head in inside:
            return False
        seen.add(head)
        head = tree.nodes[head].head
    return True


def _marker_before(tree: Tree, node: Node) -> Node | None:
    index = node.index - 1
    while index >= 0 and tree.nodes[index].relation in ("det", "amod", "compound", "nmod"):
        index -= 1
    marker = tree.nodes[index] if index >= 0 else None
    return marker if marker is not None and marker.pos == "ADP" and marker.sentence == node.sentence else None


def is_name(nodes: Sequence[Node], index: int) -> bool:
    """Whether the node is a name."""
    return nodes[index].is_name


def is_concept(nodes: Sequence[Node], index: int) -> bool:
    """A listed term that stands for itself, not before a noun as in "blockchain platform"."""
    if nodes[index].kind != "concept":
        return False
    after = nodes[index + 1] if index + 1 < len(nodes) else None
    return after is None or after.pos not in ("NOUN", "PROPN") or after.text in ("and", "or")


def enumerations(nodes: Sequence[Node], is_item: Callable[[Sequence[Node], int], bool]) -> Iterator[list[int]]:
    """Enumerations of items: "A and B", "A, the B and C (D)"; only commas, "and" and words before an item between.

    Parsers often tear long enumerations apart; the words alone leave no doubt.
    """
    group: list[int] = []
    closed, gap, brackets, sentence = False, "", 0, 0
    for node in nodes:
        if node.sentence != sentence:
            if closed and len(group) > 1:
                yield group
            group, closed, gap, brackets, sentence = [], False, "", 0, node.sentence
        brackets += (node.text == "(") - (node.text == ")")
        if brackets > 0 or node.text == ")":
            continue
        if is_item(nodes, node.index):
            if group and gap in _BETWEEN and not closed:
                closed = gap.endswith("&")
                group.append(node.index)
            else:
                if closed and len(group) > 1:
                    yield group
                group, closed = [node.index], False
            gap = ""
        else:
            gap = _gap(gap, node)
    if closed and len(group) > 1:
        yield group


def _gap(gap: str, node: Node) -> str:
    """What stands between two items, as signs: "," and "&", "?" for words that end an enumeration."""
    if node.text == ",":
        return gap + ","
    if node.relation == "cc" and node.lemma in ("and", "or", "&"):
        return gap + "&"
    before_item = node.pos in ("DET", "NOUN", "ADJ") or node.kind == "concept"
    # "the logistics company B" is an item; a word before the comma is not
    return gap if before_item and gap in _BETWEEN else gap + "?"


def placed_enumerations(nodes: Sequence[Node]) -> Iterator[list[tuple[int, int | None]]]:
    """Enumerations of names with phrases, "A of B, C of D and E": items and their phrases; two at least have one."""
    at = 0
    while at < len(nodes):
        if not nodes[at].is_name:
            at += 1
            continue
        items, end = _placed_items(nodes, at)
        if sum(tail is not None for _, tail in items) > 1:
            yield items
        at = max(end, at + 1)


def _placed_items(nodes: Sequence[Node], at: int) -> tuple[list[tuple[int, int | None]], int]:
    """The items of the enumeration that starts here, none if it does not end with "and", and where to go on."""
    items: list[tuple[int, int | None]] = []
    closed = False
    while at < len(nodes) and nodes[at].is_name:
        behind = nodes[at + 1 : at + 3]
        tail = at + 2 if len(behind) > 1 and behind[0].lemma in PLACING and behind[1].is_name else None
        items.append((at, tail))
        at = (tail or at) + 1
        if closed:
            return items, at
        start = at
        while at < len(nodes) and (nodes[at].text == "," or nodes[at].lemma in ("and", "or", "&")):
            closed = closed or nodes[at].text != ","
            at += 1
        if at == start:
            break
        at += at < len(nodes) and nodes[at].pos == "DET"
    return [], at
