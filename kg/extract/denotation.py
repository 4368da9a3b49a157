"""From a node to the things it stands for: names, lists, appositions, definite nouns, pronouns, descriptions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.modality import REPORTING
from kg.extract.nominals import EXEMPLIFYING, NAMING, noun_predication
from kg.extract.predication import SUBJECT
from kg.model import Span
from kg.naming.kinds import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.extract.coreference import Reference
    from kg.extract.discourse import Discourse, Draft
    from kg.extract.tree import Node, Tree
    from kg.ontology.schema import Ontology

    Way = Callable[["Denotation", Node], Iterator["Denoted"]]

# Confidence factors of each way to refer, relative to a plain name; from the share that held on own texts.
_LIST = 0.95
_IN_SENTENCE = 0.85
_SPOKEN_FOR = 0.7
_NAMED_LATER = 0.75
# The lead of an article: the title and the first sentences, which speak of the news before they name it.
_LEAD_SENTENCES = 4
_SAID_OF = 0.9
_UNIT = 0.9
_DESCRIBED = 0.7
_OPEN_CLASS = 0.75
_BRIDGED = 0.6
_TAKEN_UP = 0.9
# How far back a thing without a name is taken up by its noun alone, in sentences; further, "the platform" is another.
_TAKEN_UP_SENTENCES = 3
# How far back the owner of a relational noun is looked for, in sentences, and how sure its class must be.
_BRIDGE_SENTENCES = 2
_SURE_CLASS = 0.5
# A reference less sure than this is left alone: a wrong antecedent makes a wrong fact.
MIN_REFERENCE = 0.45
# How probable the wanted class must be for a thing to be taken for it.
MIN_CLASS = 0.12

# Nouns that only carry what stands in their "of" phrase or before them.
_TRANSPARENT = frozenset(
    "development use adoption application growth field area sector industry technology domain industrialisation "
    "industrialization promotion implementation construction deployment research innovation kind type form range "
    "variety "
    "number group set series network batch list one some several many most part".split()
)
# Of these, and of actors, those that say no more than the name before them: "blockchain technology", "the AI industry".
_EMPTY_HEADS = frozenset(
    "development use adoption application growth field area sector industry technology research innovation".split()
)
_COLLECTIVE = frozenset(("they", "we", "it"))
FIELDS = frozenset("field area sector industry domain aspect".split())
"""Nouns that introduce the names of sectors: "development in the fields of X and Y"."""
# Nouns for those who act in a sector; with the sector's name before them they stand for it ("private equity firms").
_ACTORS = frozenset(
    "firm company business enterprise market solution user client customer provider player community".split()
)
# Those who rule a place act for it: "the city government of Shenzhen", "Shenzhen authorities".
_RULERS = frozenset("government authority authorities municipality administration officials".split())
_CARRIERS = _TRANSPARENT | _ACTORS | _RULERS
UNITS = frozenset(
    "department division laboratory lab institute unit team group office centre center faculty school branch college "
    "section desk business arm".split()
)
"""Nouns for parts of a body: whoever has a post in one has it in the body."""
# How a unit's phrase names its body; "" for a name right before it.
_OWNING = ("of", "at", "")
DESCRIPTION = "description"
"""The step to a thing that the article only describes."""
_MAX_TRANSPARENT = 3
_GENERIC = frozenset(
    "thing part number range series kind type way lot variety host set group addition example one other more".split()
)


@dataclass(frozen=True, slots=True)
class Denoted:
    """A thing that a node stands for: the draft's id, how sure, and by which step."""

    draft: str
    score: float
    step: str
    span: Span


class Denotation:
    """Finds what the nodes of one article stand for, with the classes that a frame wants as a guide."""

    def __init__(
        self,
        tree: Tree,
        discourse: Discourse,
        by_unit: Mapping[int, str],
        references: Mapping[int, Reference],
        affiliations: Mapping[str, str],
    ) -> None:
        self.affiliations = affiliations
        self.tree = tree
        self.discourse = discourse
        self.by_unit = by_unit
        self.references = references
        self.ontology: Ontology = discourse.ontology
        self._found: dict[tuple[Way, int], list[Denoted]] = {}
        self._meant: dict[tuple[int, frozenset[str]], list[Denoted]] = {}
        self._ending: defaultdict[str, dict[str, Node]] | None = None
        self._open_classes = [name for name, class_ in sorted(self.ontology.classes.items()) if class_.common_noun]
        self._place_heads = frozenset(
            head for head, names in discourse.lexicon.by_head.items() if any(KINDS.get(c) is Kind.PLACE for c in names)
        )

    def of(  # noqa: PLR0911 - one return for each way to refer
        self, node: Node, wanted: frozenset[str], *, oblique: bool, depth: int = 0
    ) -> list[Denoted]:
        """What `node` stands for among things of the wanted classes; best way first, ways are not mixed.

        `oblique` says that the node stands behind a preposition or as an object, where an unlisted common noun may name
        a thing of a class that common nouns name (a sector).
        """
        listed = self._fitting(self._by(Denotation._exemplified, node), wanted)
        if listed and not any(c.isupper() for c in node.text):
            return listed
        if node.kind == "concept" and (found := self._fitting(self._said_of(node), wanted)):
            return found
        if node.index in self.by_unit:
            return self._fitting([self._named(node)], wanted)
        if found := self._fitting(self._said_of(node), wanted):
            return found
        if node.lemma in _CARRIERS and depth < _MAX_TRANSPARENT:
            found = self._through(node, wanted, oblique=oblique, depth=depth)
            if found:
                return found
        for named in self._named_otherwise(node):
            if found := self._fitting(named, wanted):
                return found
        found = self._taken_up(node, wanted) or self._referred(node, wanted)
        if found:
            return found
        return self._described(node, wanted, oblique=oblique)

    def _named_otherwise(self, node: Node) -> Iterator[list[Denoted]]:
        """What each of the ways to refer by the words around the node finds, the surer ways first."""
        yield self._by(Denotation._exemplified, node)
        yield self._designated(node)
        for way in (Denotation._in_sentence, Denotation._spoken_for, Denotation._named_later):
            yield self._by(way, node)

    def owner(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """The thing of a wanted class that the text speaks of when it uses a relational noun without its owner.

        The nearest subject of a clause first, then the nearest name, up to `_BRIDGE_SENTENCES` back in the paragraph.
        """
        first = self.tree.sentences[max(0, node.sentence - _BRIDGE_SENTENCES)][0]
        paragraph = self.tree.text.rfind("\n", 0, node.start_char)
        before = [n for n in reversed(self.tree.nodes[first : node.index]) if n.start_char > paragraph]
        subjects = [n for n in before if n.relation == "nsubj"]
        for group in (subjects, before):
            for candidate in group:
                if candidate.index in self.by_unit:
                    found = [self._named(candidate)]
                else:
                    found = [*self._said_of(candidate), *self._referred(candidate, wanted)] if group is subjects else []
                sure = [d for d in found if self._owns(self._draft(d), wanted)]
                if sure:
                    return [Denoted(sure[0].draft, _BRIDGED * sure[0].score, "bridging", sure[0].span)]
        return []

    def _owns(self, draft: Draft, wanted: frozenset[str]) -> bool:
        """Whether the thing may have members and officers left unsaid: of a wanted class, and no place."""
        place = KINDS.get(draft.best_class(self.ontology)) is Kind.PLACE
        return not place and draft.probability(self.ontology, wanted) >= _SURE_CLASS

    def _through(self, node: Node, wanted: frozenset[str], *, oblique: bool, depth: int) -> list[Denoted]:
        """What a noun without content of its own passes on: "the development of X", "the sectors of X and Y"."""
        carries = node.lemma in _TRANSPARENT or node.lemma in _RULERS
        inner = [c for c in self.tree.children(node, "nmod") if carries and self.tree.preposition(c) == "of"]
        if not inner and (node.lemma in _EMPTY_HEADS or not carries or node.lemma in _RULERS):
            inner = [c for c in self.tree.children(node, "compound", "nmod:poss") if c.index in self.by_unit]
        inner += [c for c in self.tree.children(node, "nmod") if self.tree.preposition(c) == "in" and c.lemma in FIELDS]
        found: list[Denoted] = []
        for child in inner:
            for member in self.tree.conjuncts(child):
                found += self.of(member, wanted, oblique=oblique, depth=depth + 1)
        return found

    def _span(self, node: Node) -> Span:
        return Span(node.start_char, node.end_char)

    def _named(self, node: Node) -> Denoted:
        return Denoted(self.by_unit[node.index], 1.0, "name", self._span(node))

    def _by(self, way: Way, node: Node) -> list[Denoted]:
        """What a way to refer finds for the node; looked for once, since no way but `_designated` asks what may change.

        Many frames ask of one node, each with the classes that it wants.
        """
        found = self._found.get((way, node.index))
        if found is None:
            found = self._found[way, node.index] = list(way(self, node))
        return found

    def _fitting(self, found: list[Denoted], wanted: frozenset[str]) -> list[Denoted]:
        if not found:
            return []
        return [d for d in found if self._draft(d).probability(self.ontology, wanted) >= MIN_CLASS]

    def _draft(self, denoted: Denoted) -> Draft:
        return self.discourse.drafts[denoted.draft]

    def _exemplified(self, node: Node) -> Iterator[Denoted]:
        """The members of a list that the noun introduces: "firms such as A and B", "four banks: A, B"."""
        plural = "Number=Plur" in node.morph
        introduced = [
            child
            for child in self.tree.children(node, "nmod", "appos", "obl", "dep")
            if self.tree.preposition(child) in EXEMPLIFYING or (child.relation == "appos" and plural)
        ]
        for clause in self.tree.children(node, "acl"):
            if clause.lemma == "include":
                introduced += self.tree.children(clause, "obj")
        for child in introduced:
            for member in self.tree.conjuncts(child):
                if member.index in self.by_unit:
                    yield Denoted(self.by_unit[member.index], _LIST, "list", self._span(member))

    def _said_of(self, node: Node) -> list[Denoted]:
        """The name that the noun is said of: "X, a platform that ..."; "a tool called X"; "the bank X"."""
        return self._by(Denotation._bearers, node)

    def _bearers(self, node: Node) -> Iterator[Denoted]:
        if node.pos not in ("NOUN", "PROPN", "ADJ"):
            return
        predication = noun_predication(self.tree, node)
        if predication is None or predication.support:
            return
        for argument in predication.fillers(SUBJECT):
            if argument.node in self.by_unit and argument.via[-1:] not in (("with",), ("list",)):
                other = self.tree.nodes[argument.node]
                yield Denoted(
                    self.by_unit[argument.node], _SAID_OF, argument.via[-1] if argument.via else "", self._span(other)
                )

    def unit_owner(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """The body that a unit without a name belongs to: "the cloud department of X", "X's research institute"."""
        if node.kind != "word" or node.lemma not in UNITS:
            return []
        owners = [c for c in self.tree.children(node, "nmod", "compound") if c.index in self.by_unit]
        owners = [c for c in owners if self.tree.preposition(c) in _OWNING]
        owners += [c for c in self.tree.children(node, "nmod:poss") if c not in owners]
        found = [d for c in owners for d in self.of(c, wanted, oblique=True)]
        return [Denoted(d.draft, _UNIT * d.score, "unit of it", d.span) for d in found]

    def _designated(self, node: Node) -> list[Denoted]:
        """The name beside the noun for its kind: "the Adapay platform", "the canton of Zug"."""
        for place in self.tree.children(node, "nmod") if node.lemma in self._place_heads else ():
            if self.tree.preposition(place) == "of" and place.index in self.by_unit:
                found = self._named(place)
                if KINDS.get(self._draft(found).best_class(self.ontology)) is Kind.PLACE:
                    return [Denoted(found.draft, _SAID_OF, "name behind its kind", found.span)]
        return self._by(Denotation._name_before, node)

    def _name_before(self, node: Node) -> Iterator[Denoted]:
        name = self.tree.nodes[node.index - 1] if node.index else None
        if name is None or not name.is_name or name.head != node.index or name.relation not in ("compound", "amod"):
            return
        classes = frozenset(self.discourse.lexicon.by_head.get(node.lemma, ()))
        found = self._named(name)
        if name.index in self.by_unit and self._draft(found).probability(self.ontology, classes) >= _SURE_CLASS:
            yield Denoted(found.draft, _SAID_OF, "name before its kind", found.span)

    def _in_sentence(self, node: Node) -> Iterator[Denoted]:
        """The one thing of its kind that the sentence named before: "X of the Y Association said the association"."""
        if not any(d.lemma == "the" for d in self.tree.children(node, "det")) or not self._is_plain(node):
            return
        classes = frozenset(self.discourse.lexicon.by_head.get(node.lemma, ()))
        first = self.tree.sentences[node.sentence][0]
        before = [self.tree.nodes[i] for i in range(node.index - 1, first - 1, -1) if i in self.by_unit]
        before = [n for n in before if n.is_name and n.head != node.head]
        ended = [n for n in before if n.text.lower().split()[-1] == node.lemma]
        kind = ended or [
            n for n in before if self._draft(self._named(n)).probability(self.ontology, classes) >= _SURE_CLASS
        ]
        if kind and (ended or len({self.by_unit[n.index] for n in kind}) == 1):
            yield Denoted(self.by_unit[kind[0].index], _IN_SENTENCE, "named in the sentence", self._span(kind[0]))

    def _named_later(self, node: Node) -> Iterator[Denoted]:
        """What the lead calls "a new alliance" and one name after it ends with: "the Bay Alliance"."""
        if node.sentence > _LEAD_SENTENCES or not any(d.lemma in ("a", "an") for d in self.tree.children(node, "det")):
            return
        ended = self._names_ending().get(node.lemma, {})
        if len(ended) == 1:
            draft, name = next(iter(ended.items()))
            if name.index > node.index:
                yield Denoted(draft, _NAMED_LATER, "named later", self._span(node))

    def _names_ending(self) -> Mapping[str, Mapping[str, Node]]:
        """For each word, the things with a name that ends with it, each with the first node that has such a name."""
        if self._ending is None:
            self._ending = defaultdict(dict)
            for n in self.tree.nodes:
                if n.is_name and n.index in self.by_unit:
                    self._ending[n.text.lower().split()[-1]].setdefault(self.by_unit[n.index], n)
        return self._ending

    def _spoken_for(self, node: Node) -> Iterator[Denoted]:
        """What "they" are in the words of a person with a post: the body that the person speaks for."""
        if node.lemma not in _COLLECTIVE:
            return
        clause = self.tree.head(node)
        while clause is not None and clause.relation not in ("ccomp", "parataxis"):
            clause = self.tree.head(clause)
        verb = self.tree.head(clause) if clause is not None else None
        speaker = self.tree.child(verb, "nsubj") if verb is not None and verb.lemma in REPORTING else None
        owner = self.affiliations.get(self.by_unit.get(speaker.index, "")) if speaker is not None else None
        if owner is not None:
            yield Denoted(owner, _SPOKEN_FOR, "speaker's organisation", self._span(node))

    def _taken_up(self, node: Node, wanted: frozenset[str]) -> list[Denoted]:
        """The thing without a name that "the platform" takes up: the last that the text called "a payment platform".

        Nothing where a name of a wanted class stands between the two, which may as well be meant.
        """
        definite = any(d.lemma in ("the", "this", "that") for d in self.tree.children(node, "det"))
        if not definite or not self._is_plain(node):
            return []
        first = self.tree.sentences[max(0, node.sentence - _TAKEN_UP_SENTENCES)][0]
        for i in range(node.index - 1, first - 1, -1):
            earlier = self.tree.nodes[i]
            if self._introduces(earlier, node.lemma):
                found = [
                    d for d in self.of(earlier, wanted, oblique=False) if i in self.by_unit or d.step == DESCRIPTION
                ]
                return [Denoted(d.draft, _TAKEN_UP * d.score, "taken up", self._span(node)) for d in found]
            if i in self.by_unit and self._fitting([self._named(earlier)], wanted):
                return []
        return []

    def _introduces(self, node: Node, noun: str) -> bool:
        """Whether this is an indefinite phrase of the noun without a name: "a payment platform".

        Behind a comma it describes what was named before: "They showed Amber last week, a payment platform".
        """
        determiners = self.tree.children(node, "det") if node.children else ()
        article = next((d for d in determiners if d.lemma in ("a", "an")), None)
        if article is None or node.lemma.split()[-1] != noun or any(c.isupper() for c in node.text):
            return False
        return article.index == 0 or self.tree.nodes[article.index - 1].text != ","

    def _is_plain(self, node: Node) -> bool:
        """A noun in the singular with nothing that says which one is meant."""
        return "Number=Plur" not in node.morph and not self.tree.child(node, "compound", "amod", "nmod", "acl")

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
        drafts = self.discourse.drafts
        chosen = reference.among(lambda e: drafts[e].probability(self.ontology, wanted) >= MIN_CLASS)
        if not chosen or chosen.score < MIN_REFERENCE:
            return []
        span = Span(chosen.start_char, chosen.end_char)
        return [Denoted(entity, min(chosen.score, 1.0), chosen.reason, span) for entity in chosen.entities]

    def _described(self, node: Node, wanted: frozenset[str], *, oblique: bool) -> list[Denoted]:
        """A thing without a name that matters all the same, or a common noun that names a sector."""
        if node.pos not in ("NOUN", "PROPN") or node.lemma in _GENERIC or node.kind != "word":
            return []
        class_ = self._head_class(node, wanted, describable=True)
        if class_ is not None and self._specific(node):
            return [self._new(node, class_, _DESCRIBED, DESCRIPTION)]
        open_class = [c for c in self._open_classes if self.ontology.fits(c, wanted)] if oblique else []
        # "invests in companies" names no sector where companies themselves are wanted
        plain = len(open_class) == 1 and self._head_class(node, wanted, describable=False) is None
        if plain and self._may_name_common(node):
            return [self._new(node, open_class[0], _OPEN_CLASS, "common noun")]
        return []

    def _head_class(self, node: Node, wanted: frozenset[str], *, describable: bool) -> str | None:
        """The wanted class that the noun is a head noun of; with `describable` only classes of things without names."""
        suggested = self.discourse.lexicon.by_head.get(node.lemma, ())
        classes = self.ontology.classes
        return next(
            (c for c in suggested if self.ontology.fits(c, wanted) and (classes[c].describable or not describable)),
            None,
        )

    def _specific(self, node: Node) -> bool:
        """An indefinite or modified singular noun: "a blockchain platform", not "the platform" or "platforms"."""
        if "Number=Plur" in node.morph:
            return False
        determiners = [d.lemma for d in self.tree.children(node, "det")]
        if any(d in ("this", "that", "these", "those", "no", "any", "every", "each", "such") for d in determiners):
            return False
        content = [
            c
            for c in self.tree.children(node, "compound", "amod", "nmod:poss")
            if c.lemma not in ("new", "other", "own", "same")
        ]
        return bool(content)

    def _may_name_common(self, node: Node) -> bool:
        """A bare noun phrase, no pronoun, number or determiner other than "the"."""
        modified = self.tree.child(node, "compound", "amod") is not None
        for child in self.tree.children(node):
            if child.relation == "nummod" or child.dep == "nmod:poss":
                return False
            if child.relation == "det" and (child.lemma != "the" or not modified):
                return False
        return node.pos == "NOUN" and not any(c.lemma in NAMING for c in self.tree.children(node, "acl"))

    def _new(self, node: Node, class_: str, score: float, step: str) -> Denoted:
        start, end = self.tree.phrase(
            node, without=("acl", "appos", "conj", "cc", "punct", "parataxis", "det", "nmod", "advmod", "nummod")
        )
        first, last = self.tree.node_at(start), self.tree.node_at(end - 1)
        span = Span(first.start_char, last.end_char)
        draft = self.discourse.described(self.tree.text[span.start : span.end], span, class_)
        return Denoted(draft.id, score, step, span)
