"""Phrases: which noun a preposition, a genitive, a title, a hyphen or "including" belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.tree import Node, Tree
# Labels of phrases without a preposition.
_BARE = frozenset(("nsubj", "obj", "iobj", "appos", "compound", "flat"))
_PHRASE_OF_SUBJECT = frozenset(("between", "of", "with", "for", "in", "among", "at"))
GENITIVE = frozenset(("'s", "’s", "'", "’"))
BEFORE_NOUN = frozenset(("DET", "ADJ", "ADV", "NUM"))
INSTRUMENTS = frozenset(("help", "means", "aid", "mean"))
EXEMPLIFIERS = frozenset(("include", "including", "like", "such"))


def mend_marker(tree: Tree, marker: Node) -> None:
    """A preposition stands before its noun: one that hangs on a noun to its left belongs to the phrase on its right."""
    head = tree.head(marker)
    if head is None or head.index > marker.index:
        return
    noun = next((n for n in tree.nodes[marker.index + 1 : marker.index + 4] if n.pos not in BEFORE_NOUN), None)
    if (
        noun is None
        or noun.sentence != marker.sentence
        or noun.kind not in ("name", "concept")
        or tree.child(noun, "case")
    ):
        return
    verb: Node | None = head
    while verb is not None and verb.pos != "VERB":
        verb = tree.head(verb)
    target = head if marker.lemma == "of" or verb is None else verb
    if tree.below(target, noun):
        return
    tree.move(noun, target.index, "nmod" if target.pos != "VERB" else "obl")
    tree.move(marker, noun.index, "case")


def mend_phrase(tree: Tree, marker: Node) -> None:
    """A noun behind a preposition is no subject or object, and an "of" phrase belongs to the noun before it."""
    noun = tree.head(marker)
    if noun is None or noun.head is None or marker.index > noun.index:
        return
    before = tree.nodes[marker.index - 1] if marker.index else None
    nominal = before is not None and before.pos in ("NOUN", "PROPN") and before.sentence == noun.sentence
    if (
        marker.lemma == "of"
        and nominal
        and before
        and noun.relation in ("nsubj", "obj", "obl", "nmod", "appos", "conj", "flat")
    ):
        if noun.head != before.index and not tree.below(before, noun):
            tree.move(noun, before.index, "nmod")
    elif noun.relation in _BARE:
        _attach_phrase(tree, noun, marker, before if nominal else None)
    elif nominal and before and noun.relation == "obl" and marker.lemma in _PHRASE_OF_SUBJECT:
        _give_to_subject(tree, noun, before)


def _give_to_subject(tree: Tree, noun: Node, before: Node) -> None:
    """The phrase between a subject and its verb belongs to the subject: "the agreement between A and B runs"."""
    subject = before.kind == "word" and before.relation == "nsubj" and before.head == noun.head
    if subject and noun.head is not None and noun.index < noun.head:
        tree.move(noun, before.index, "nmod")


def _attach_phrase(tree: Tree, noun: Node, marker: Node, before: Node | None) -> None:
    """Hang a prepositional phrase with a label that no such phrase has on its verb, or on the noun before it."""
    head = tree.head(noun)
    if head is not None and head.pos in ("VERB", "ADJ"):
        noun.relabel("obl:agent" if marker.lemma == "by" and "Voice=Pass" in head.morph else "obl")
    elif before is not None and not tree.below(before, noun):
        tree.move(noun, before.index, "nmod")
    else:
        noun.relabel("nmod")


def mend_possessor(tree: Tree, noun: Node) -> None:
    """A noun with a genitive mark possesses the noun to its right, whatever its label: "Orbit's manager"."""
    head = tree.head(noun)
    genitive = any(c.text in GENITIVE and c.index == noun.index + 1 for c in tree.children(noun, "case"))
    if genitive and head is not None and head.index > noun.index and head.pos in ("NOUN", "PROPN"):
        noun.relabel("nmod:poss")


def mend_title(tree: Tree, noun: Node) -> None:
    """A noun and a name side by side with one label are one phrase: "mayor Jane Roe"."""
    after = tree.nodes[noun.index + 1] if noun.index + 1 < len(tree.nodes) else None
    if (
        after is None
        or noun.kind not in ("word", "concept")
        or not after.is_name
        or noun.head is None
        or noun.head != after.head
    ):
        return
    if noun.dep == after.dep and noun.relation in ("nsubj", "obj") and after.sentence == noun.sentence:
        tree.move(noun, after.index, "nmod:desc")


def mend_hyphen(tree: Tree, verb: Node) -> None:
    """The word before a hyphen and a participle belongs to it, and both to the noun behind: "Lisbon-based bank"."""
    if verb.index < 2 or tree.nodes[verb.index - 1].text != "-" or verb.tag not in ("VBN", "VBD"):  # noqa: PLR2004
        return
    word = tree.nodes[verb.index - 2]
    if word.end_char != verb.start_char - 1 or word.sentence != verb.sentence:
        return
    noun = _noun_after(tree, verb)
    if noun is not None and verb.head != noun.index and (verb.relation != "acl" or verb.head == word.index):
        tree.move(verb, noun.index, "amod")
    if word.head != verb.index and not tree.below(verb, word):
        tree.move(word, verb.index, "compound")


def _noun_after(tree: Tree, word: Node) -> Node | None:
    """The noun that the words right after `word` lead to."""
    after = tree.nodes[word.index + 1] if word.index + 1 < len(tree.nodes) else None
    while after is not None and after.relation in ("compound", "amod") and after.head is not None:
        after = tree.nodes[after.head] if after.head > after.index else None
    nominal = after is not None and after.pos in ("NOUN", "PROPN") and after.sentence == word.sentence
    return after if nominal and after is not None and not tree.below(after, word) else None


def mend_instrument(tree: Tree, noun: Node) -> None:
    """Put "with X" for "with the help of X" and "by means of X"."""
    marker = tree.child(noun, "case")
    thing = next((c for c in tree.children(noun, "nmod") if tree.preposition(c) == "of"), None)
    if marker is None or thing is None or marker.lemma not in ("with", "by", "through") or noun.head is None:
        return
    inner = tree.child(thing, "case")
    if inner is not None:
        inner.lemma = "with"
    tree.move(thing, noun.head, "obl")


def exemplify(tree: Tree, marker: Node) -> None:
    """Hang the members behind "including" on the noun right before it, not on the verb."""
    member = tree.head(marker)
    index = marker.index - 1
    while index >= 0 and tree.nodes[index].pos == "PUNCT":
        index -= 1
    if member is None or index < 0 or member.relation not in ("obl", "nmod", "nsubj", "obj"):
        return
    whole = tree.nodes[index]
    if whole.is_name and "Number=Plur" not in whole.morph and index < marker.index - 1:
        whole = _plural_before(tree, whole)
    if whole.sentence == marker.sentence and whole.pos in ("NOUN", "PROPN") and whole.index != member.index:
        tree.move(member, whole.index, "nmod")


def _plural_before(tree: Tree, name: Node) -> Node:
    """The nearest plural noun before one name, which cannot have members: "50 firms settled in X, including A"."""
    for node in reversed(tree.nodes[tree.sentences[name.sentence][0] : name.index]):
        if node.pos == "NOUN" and node.kind == "word" and "Number=Plur" in node.morph:
            return node
        if node.pos == "PUNCT":
            break
    return name


def mend_among_them(tree: Tree, marker: Node) -> None:
    """The names behind ", among them" are some of what the noun before the comma names."""
    pronoun = tree.head(marker)
    if pronoun is None or pronoun.lemma not in ("they", "them") or marker.index < 2:  # noqa: PLR2004  noun and comma
        return
    comma, following = tree.nodes[marker.index - 1], tree.nodes[pronoun.index + 1 : pronoun.index + 4]
    whole = tree.nodes[marker.index - 2]
    member = next((n for n in following if n.is_name), None)
    if member is None or comma.text not in (",", "–", "-") or whole.pos not in ("NOUN", "PROPN"):
        return
    if member.sentence == whole.sentence and not tree.below(whole, member):
        tree.move(member, whole.index, "nmod")
        marker.lemma = "including"
        tree.move(marker, member.index, "case")
