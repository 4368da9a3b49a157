"""Names that the parser linked to another name far away, and prepositions that it gave to the wrong one of two names.

To a parser one unknown name looks like another. What stands right beside a name says better what it belongs to: the
preposition before it, the verb before that preposition, the verb without a subject behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.mending.phrases import BEFORE_NOUN, GENITIVE, mend_hyphen

if TYPE_CHECKING:
    from kg.extract.tree import Node, Tree

_STRAY = frozenset(("compound", "flat", "nmod:desc", "dep"))
_INSIDE_PHRASE = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "PART"))
_SUBJECTS = ("nsubj", "csubj", "expl")
_MAIN = ("ROOT", "root", "ccomp", "parataxis")
# Words that may stand between a verb and the preposition that goes with it.
_PARTICLES = ("compound:prt", "advmod")
_QUESTION = frozenset(("PRON", "DET", "ADV"))


def mend_strays(tree: Tree) -> None:
    """Correct the links of prepositions and names in place, prepositions first."""
    for step in (_mend_markers, _mend_titles, _mend_names, _mend_lists):
        for node in tree.nodes:
            step(tree, node)


def _mend_markers(tree: Tree, node: Node) -> None:
    if node.pos == "VERB":
        mend_hyphen(tree, node)
    elif node.pos == "ADP":
        _make_marker(tree, node)
        if node.relation == "case":
            _give_marker(tree, node)


def _mend_titles(tree: Tree, node: Node) -> None:
    if node.kind in ("word", "concept") and node.pos == "NOUN":
        _join_title(tree, node)


def _mend_names(tree: Tree, node: Node) -> None:
    if node.relation == "case" and node.pos == "ADP":
        _follow_verb(tree, node)
    elif node.is_name and node.dep in _STRAY:
        _link_stray(tree, node)
    elif node.relation in ("obj", "iobj") or (node.is_name and node.relation == "obl"):
        _mend_fronted(tree, node)


def _mend_lists(tree: Tree, node: Node) -> None:
    if node.pos == "VERB":
        _join_subjects(tree, node)
    elif node.relation == "conj" and node.kind == "word" and node.pos == "NOUN":
        _mend_post(tree, node)


def _make_marker(tree: Tree, word: Node) -> None:
    """A preposition that is said to be a phrase of its own belongs to the name behind it."""
    noun = _name_behind(tree, word) if word.relation in ("obl", "dep") and not word.children else None
    if noun is not None and noun.head == word.head and not tree.child(noun, "case"):
        tree.move(word, noun.index, "case")


def _join_title(tree: Tree, noun: Node) -> None:
    """A noun and the name right behind it, alike phrases of one verb, are one phrase: "by Lisbon lender X"."""
    name = tree.nodes[noun.index + 1] if noun.index + 1 < len(tree.nodes) else None
    if name is None or not name.is_name or noun.head is None or noun.head != name.head or tree.child(name, "case"):
        return
    marker = tree.child(noun, "case")
    if marker is None or noun.relation != name.relation or "Number=Plur" in noun.morph:
        return
    tree.move(noun, name.index, "nmod:desc")
    tree.move(marker, name.index, "case")


def _give_marker(tree: Tree, marker: Node) -> None:
    """Give a preposition that hangs on a name beyond the next break to the name right behind it."""
    noun, head = _name_behind(tree, marker), tree.head(marker)
    if noun is None or head is None or head.index <= noun.index or _in_one_phrase(tree, noun, head):
        return
    tree.move(marker, noun.index, "case")
    if noun.relation in ("obl", "nmod") and noun.dep != "nmod:desc":
        return
    before = _before(tree, marker)
    if before is not None and before.pos == "VERB":
        tree.move(noun, before.index, _oblique(marker, before))
    elif before is not None and before.pos in ("NOUN", "PROPN"):
        tree.move(noun, before.index, "nmod")


def _follow_verb(tree: Tree, marker: Node) -> None:
    """Hang a name with its preposition on the verb right before it: "has teamed up with X"."""
    noun, before = _name_behind(tree, marker), _before(tree, marker)
    if noun is None or before is None or marker.head != noun.index or noun.head == before.index:
        return
    whole = tree.head(noun)
    if whole is not None and whole.index > noun.index and _in_one_phrase(tree, noun, whole):
        return
    if before.pos == "VERB" and before.relation not in ("amod", "case", "aux") and not tree.below(before, noun):
        tree.move(noun, before.index, _oblique(marker, before))


def _oblique(marker: Node, verb: Node) -> str:
    return "obl:agent" if marker.lemma == "by" and verb.tag == "VBN" else "obl"


def _name_behind(tree: Tree, marker: Node) -> Node | None:
    """The name or listed term that a preposition stands before, behind its possessor if it has one."""
    for node in tree.nodes[marker.index + 1 : tree.sentences[marker.sentence][1]]:
        genitive = node.index + 1 < len(tree.nodes) and tree.nodes[node.index + 1].text in GENITIVE
        if node.kind in ("name", "concept") and not genitive:
            return node
        if node.pos not in BEFORE_NOUN and not genitive and node.text not in GENITIVE:
            return None
    return None


def _before(tree: Tree, marker: Node) -> Node | None:
    index = marker.index - 1
    while index >= 0 and tree.nodes[index].dep in _PARTICLES and tree.nodes[index].sentence == marker.sentence:
        index -= 1
    before = tree.nodes[index] if index >= 0 else None
    return before if before is not None and before.sentence == marker.sentence else None


def _in_one_phrase(tree: Tree, left: Node, right: Node) -> bool:
    """Whether only words of one noun phrase stand between the two."""
    between = tree.nodes[left.index + 1 : right.index]
    return all(n.pos in _INSIDE_PHRASE or n.relation in ("amod", "compound") or n.text in ("-", "&") for n in between)


def _link_stray(tree: Tree, name: Node) -> None:
    """Make a name that is said to be part of one far away what its place makes it: object or subject of a verb."""
    head = tree.head(name)
    if head is None or tree.child(name, "case"):
        return
    first, second = (name, head) if name.index < head.index else (head, name)
    if _in_one_phrase(tree, first, second):
        return
    index = name.index - 1
    while index >= 0 and tree.nodes[index].pos in BEFORE_NOUN:
        index -= 1
    before = tree.nodes[index] if index >= 0 else None
    if before is not None and before.sentence == name.sentence and before.pos == "VERB":
        if not any(c.index > before.index for c in tree.children(before, "obj", "aux:pass")):
            tree.move(name, before.index, "obj")
        return
    if before is None or before.sentence != name.sentence or before.pos in ("PUNCT", "CCONJ", "SCONJ"):
        verb = next((v for v in tree.nodes[name.index + 1 : tree.sentences[name.sentence][1]] if _wants(tree, v)), None)
        if verb is not None:
            tree.move(name, verb.index, "nsubj:pass" if tree.child(verb, "aux:pass") else "nsubj")


def _wants(tree: Tree, verb: Node) -> bool:
    """Whether a main verb has no subject."""
    return verb.pos == "VERB" and verb.relation in _MAIN and tree.child(verb, *_SUBJECTS) is None


def _mend_fronted(tree: Tree, node: Node) -> None:
    """A noun left of a verb without a subject is no object of it."""
    verb = tree.head(node)
    if verb is None or verb.pos != "VERB" or node.index > verb.index or node.pos not in ("NOUN", "PROPN"):
        return
    subjects = [s for s in tree.children(verb, *_SUBJECTS) if s.index != node.index - 1]
    if subjects or tree.child(node, "case") or verb.relation in ("amod", "acl"):
        return
    if any(c.lemma == "to" for c in tree.children(verb, "mark")) or _asks(tree, node):
        return
    node.relabel("nsubj:pass" if tree.child(verb, "aux:pass") else "nsubj")


def _asks(tree: Tree, node: Node) -> bool:
    return any(c.tag.startswith("W") for c in tree.children(node) if c.pos in _QUESTION)


def _join_subjects(tree: Tree, verb: Node) -> None:
    """Two subjects of one verb with "and" between them are one coordination."""
    subjects = [s for s in tree.children(verb, "nsubj") if s.index < verb.index]
    if len(subjects) < 2:  # noqa: PLR2004
        return
    first, last = subjects[0], subjects[-1]
    index = last.index - 1
    while index > first.index and tree.nodes[index].pos in BEFORE_NOUN:
        index -= 1
    if last.is_name and tree.nodes[index].lemma == "and" and first.dep == last.dep:
        tree.move(last, first.index, "conj")


def _mend_post(tree: Tree, noun: Node) -> None:
    """A bare singular noun right behind a name and a comma is said of it: "Jane Roe, president and founder of X"."""
    name = tree.head(noun)
    if name is None or not name.is_name or noun.index < name.index or "Number=Plur" in noun.morph:
        return
    left = min(n.index for n in tree.subtree(noun) if n.pos != "PUNCT" and n.index > name.index)
    if left != name.index + 2 or tree.nodes[name.index + 1].text != ",":
        return
    others = [c for c in tree.children(name, "conj") if c.index > name.index]
    if any(c.kind != "word" or "Number=Plur" in c.morph for c in others):
        return
    if any(d.lemma == "the" for c in others for d in tree.children(c, "det")):
        return
    tree.move(noun, name.index, "appos")
    for other in others:
        if other is not noun:
            tree.move(other, noun.index, "conj")
