"""What a node stands for, given the classes that are wanted: all ways to refer, the surer ones first."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.extract.denotation import ways
from kg.extract.denotation.carriers import bodies_of_unit, carried, is_carrier
from kg.extract.denotation.descriptions import DESCRIPTION, Descriptions
from kg.extract.denotation.things import Denoted, Things, has_determiner, is_plain, span_of
from kg.extract.names import has_capital
from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.extract.analysis import Analysis
    from kg.extract.coreference import Reference
    from kg.extract.tree import Node

    Way = Callable[[Things, Node], Iterator[Denoted]]

# Confidence factors relative to a plain name; from the share that held on own texts.
_UNIT = 0.9
_TAKEN_UP = 0.9
_BRIDGED = 0.6
# How far back a thing without a name is taken up by its noun alone, in sentences; further, "the platform" is another.
_TAKEN_UP_SENTENCES = 3
# How far back the owner of a relational noun is looked for, in sentences.
_BRIDGE_SENTENCES = 2
# Nouns that pass on what they carry, one within the other: "the development of the application of X".
_MAX_CARRIERS = 3
MIN_REFERENCE = 0.45
"""A reference less sure than this is left alone: a wrong antecedent makes a wrong fact."""


class Denotation:
    """Finds what the nodes of one article stand for, with the classes that a frame wants as a guide."""

    def __init__(self, known: Analysis, post_nouns: frozenset[str]) -> None:
        """Take an analysed article; `post_nouns` are the nouns for posts, whose holders speak for a body."""
        self.things = Things(known, post_nouns)
        self.references = known.references
        self._tree = known.tree
        self._descriptions = Descriptions(self.things)
        self._found: dict[tuple[Way, int], list[Denoted]] = {}
        self._meant: dict[tuple[int, frozenset[str]], list[Denoted]] = {}

    def of(self, node: Node, wanted: frozenset[str], *, oblique: bool, carriers: int = 0) -> list[Denoted]:
        """What `node` stands for among things of the wanted classes; best way first, ways are not mixed.

        `oblique` says that the node stands behind a preposition or as an object, where an unlisted common noun may name
        a thing of a class that common nouns name (a sector). `carriers` counts the nouns that passed on to this one.
        """
        tried = self._tried(node, wanted, oblique=oblique, carriers=carriers)
        return next((found for found in tried if found), [])

    def _tried(self, node: Node, wanted: frozenset[str], *, oblique: bool, carriers: int) -> Iterator[list[Denoted]]:
        """What each way to refer finds, the surer ways first."""
        is_name = self.things.are_named_by(node)
        if not has_capital(node.text):
            yield self._by(ways.exemplified, node, wanted)
        if node.kind == "concept" or not is_name:
            yield self._by(ways.bearers, node, wanted)
        if is_name:
            yield self.things.fitting([self.things.named(node)], wanted)
            return
        if is_carrier(node) and carriers < _MAX_CARRIERS:
            yield self._carried(node, wanted, oblique=oblique, carriers=carriers)
        yield self._by(ways.exemplified, node, wanted)
        yield self._designated(node, wanted)
        for way in (ways.in_sentence, ways.spoken_for, ways.named_later):
            yield self._by(way, node, wanted)
        yield self._taken_up(node, wanted)
        yield self._referred(node, wanted)
        yield self._descriptions.of(node, wanted, oblique=oblique)

    def _by(self, way: Way, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """What a way to refer finds for the node, of the wanted classes.

        Looked for once, since many frames ask of one node, each with the classes that it wants; so no way that is asked
        here may look at what changes while facts are found, the likeliest classes of things.
        """
        found = self._found.get((way, node.index))
        if found is None:
            found = self._found[way, node.index] = list(way(self.things, node))
        return self.things.fitting(found, wanted)

    def _designated(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """The name beside the noun for its kind: "the Adapay platform", "the canton of Zug"."""
        places = list(ways.place_behind(self.things, node))
        return self.things.fitting(places, wanted) if places else self._by(ways.name_before, node, wanted)

    def _carried(self, node: Node, wanted: frozenset[str], *, oblique: bool, carriers: int) -> list[Denoted]:
        """What a noun without content of its own passes on."""
        members = carried(self._tree, node, self.things.by_unit)
        return [d for m in members for d in self.of(m, wanted, oblique=oblique, carriers=carriers + 1)]

    def _taken_up(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """The thing without a name that "the platform" takes up: the last that the text called "a payment platform".

        Nothing where a name of a wanted class stands between the two, which may as well be meant.
        """
        if not has_determiner(self._tree, node, "the", "this", "that") or not is_plain(self._tree, node):
            return []
        first = self._tree.sentences[max(0, node.sentence - _TAKEN_UP_SENTENCES)][0]
        for earlier in reversed(self._tree.nodes[first : node.index]):
            is_name = self.things.are_named_by(earlier)
            if self._introduces(earlier, node.lemma):
                found = self.of(earlier, wanted, oblique=False)
                return [
                    Denoted(d.draft, _TAKEN_UP * d.score, "taken up", span_of(node))
                    for d in found
                    if is_name or d.step == DESCRIPTION
                ]
            if is_name and self.things.fitting([self.things.named(earlier)], wanted):
                return []
        return []

    def _introduces(self, node: Node, noun: str) -> bool:
        """Whether this is an indefinite phrase of the noun without a name: "a payment platform".

        Behind a comma it describes what was named before: "They showed Amber last week, a payment platform".
        """
        determiners = self._tree.children(node, "det") if node.children else ()
        article = next((d for d in determiners if d.lemma in ("a", "an")), None)
        if article is None or node.lemma.split()[-1] != noun or has_capital(node.text):
            return False
        return article.index == 0 or self._tree.nodes[article.index - 1].text != ","

    def _referred(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """What a definite noun or a pronoun refers to, given that a thing of a wanted class is meant."""
        reference = self.references.get(node.index)
        if reference is None:
            return []
        key = (node.index, wanted)
        if key not in self._meant:
            self._meant[key] = self._chosen(reference, wanted)
        return self._meant[key]

    def _chosen(self, reference: Reference, wanted: frozenset[str]) -> list[Denoted]:
        chosen = reference.among(lambda draft: self.things.may_be(draft, wanted))
        if not chosen or chosen.score < MIN_REFERENCE:
            return []
        span = Span(chosen.start_char, chosen.end_char)
        return [Denoted(draft, min(chosen.score, 1.0), chosen.reason, span) for draft in chosen.entities]

    def owner(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """The thing of a wanted class that the text speaks of when it uses a relational noun without its owner.

        The nearest subject of a clause first, then the nearest name, up to `_BRIDGE_SENTENCES` back in the paragraph.
        """
        first = self._tree.sentences[max(0, node.sentence - _BRIDGE_SENTENCES)][0]
        paragraph = self._tree.text.rfind("\n", 0, node.start_char)
        before = [n for n in reversed(self._tree.nodes[first : node.index]) if n.start_char > paragraph]
        subjects = (self._as_subject(n, wanted) for n in before if n.relation == "nsubj")
        names = ([self.things.named(n)] for n in before if self.things.are_named_by(n))
        for found in chain(subjects, names):
            sure = [d for d in found if self.things.is_surely(d, wanted) and not self.things.is_place(d)]
            if sure:
                return [Denoted(sure[0].draft, _BRIDGED * sure[0].score, "bridging", sure[0].span)]
        return []

    def _as_subject(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """What the subject of a clause names, is said of, or refers to."""
        if self.things.are_named_by(node):
            return [self.things.named(node)]
        return [*self._by(ways.bearers, node, wanted), *self._referred(node, wanted)]

    def body_of_unit(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """The body that a unit without a name belongs to: "the cloud department of X", "X's research institute"."""
        bodies = bodies_of_unit(self._tree, node, self.things.by_unit)
        found = [d for body in bodies for d in self.of(body, wanted, oblique=True)]
        return [Denoted(d.draft, _UNIT * d.score, "unit of it", d.span) for d in found]
