"""Find ways of saying that the corpus has and no example teaches: `python -m training.frames.missing`.

A way is a predicate with the roles of two arguments, maybe with one more word beside them or a class at one end. Those
that several texts have, and that mostly state their property, want an example: the shortest sentence shows which.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.extract import Extractor
from kg.extract.frames import CONTENT_POS, SELF, modifiers
from kg.extract.predication import SUBJECT, Truth
from kg.ontology import load_ontology
from kg.reading import load_reader
from training.frames.aligned import texts
from training.relations.prepare import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.predication import Predication
    from training.frames.aligned import Aligned

# What stands for no thing of its own.
_VALUES = frozenset(("date", "money", "count"))


class Way(NamedTuple):
    """One way of saying a property; `beside` is one word more that it needs, or the class of an end, or nothing."""

    property: str
    lemma: str
    subject: str
    object: str
    support: str
    beside: tuple[str, str] = ("", "")


@dataclass(slots=True)
class Seen:
    """The texts in which a way states its property, those in which it does not, and those where no example does."""

    right: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    untaught: set[str] = field(default_factory=set)
    sentence: str = ""

    @property
    def precision(self) -> float:
        """The share of the texts with it in which it states its property; right once, a text counts as right."""
        return len(self.right) / len(self.right | self.wrong)


def ways(read: Iterable[Aligned]) -> dict[Way, Seen]:
    """Gather all ways in which annotated entities are linked by one predication."""
    found: dict[Way, Seen] = defaultdict(Seen)
    for text in read:
        known = {(j.candidate.property.name, j.pair) for j in text.judged()}
        for predication in text.known.predications:
            if predication.kind != "name" and predication.truth <= Truth.FORMER:
                for way, pair in _said(text, predication):
                    _note(found[way], way, pair, text, predication, known)
    return dict(found)


def _note(
    seen: Seen, way: Way, pair: tuple[str, str], text: Aligned, predication: Predication,
    known: set[tuple[str, tuple[str, str]]],
) -> None:  # fmt: skip
    ident = text.block.ident
    if way.property not in text.stated.get(pair, ()):
        seen.wrong.add(ident)
        return
    seen.right.add(ident)
    if (way.property, pair) not in known:
        seen.untaught.add(ident)
        said = text.sentence(predication.node)
        seen.sentence = min(filter(None, (seen.sentence, said)), key=lambda s: (len(s), s))


def _said(text: Aligned, predication: Predication) -> Iterator[tuple[Way, tuple[str, str]]]:
    """Give for each two arguments that are annotated entities the ways in which they would say each property."""
    properties = [p for p in text.finder.ontology.properties.values() if p.kind == "entity" and not p.qualified]
    words = list(_words(text, predication))
    for (role, subject), (other, obj) in permutations(_entities(text, predication), 2):
        pair = subject, obj
        classes = [("subject", text.block.classes[subject]), ("object", text.block.classes[obj])]
        besides = [("", ""), *classes, *(word for word in words if word[0] not in (role, other))]
        for prop in properties:
            if subject != obj and text.admits(prop, pair):
                for beside in besides:
                    yield Way(prop.name, predication.lemma, role, other, predication.support, beside), pair


def _entities(text: Aligned, predication: Predication) -> list[tuple[str, str]]:
    """The arguments that are annotated entities, and the predicate itself where it is one: role and entity."""
    every = frozenset(text.finder.ontology.classes)
    nodes = text.known.tree.nodes
    places = [(a.role, a.node) for a in predication.arguments] + [(SELF, predication.node)] * (
        predication.kind == "noun"
    )
    found = dict.fromkeys(
        (role, text.who[d.draft])
        for role, index in places
        if nodes[index].kind not in _VALUES
        for d in text.finder.denotation.of(nodes[index], every, oblique=role != SUBJECT)
        if d.draft in text.who
    )
    return list(found)


def _words(text: Aligned, predication: Predication) -> Iterator[tuple[str, str]]:
    """The plain words beside the predicate, by role and lemma, and what modifies it."""
    nodes = text.known.tree.nodes
    for argument in predication.arguments:
        node = nodes[argument.node]
        if node.kind == "word" and not argument.via and node.pos in CONTENT_POS:
            yield argument.role, node.lemma
    yield from (("modifier", lemma) for lemma in sorted(modifiers(text.known.tree, predication)))


def wanting(found: dict[Way, Seen], least: int, precision: float) -> list[tuple[Way, Seen]]:
    """The ways that want an example, those of most texts first; of one that needs no word beside it only itself."""
    good = {w: s for w, s in found.items() if len(s.untaught) >= least and s.precision >= precision}
    plain = {w._replace(beside=("", "")) for w in good if w.beside == ("", "")}
    chosen = [(w, s) for w, s in good.items() if w.beside == ("", "") or w._replace(beside=("", "")) not in plain]
    return sorted(chosen, key=lambda x: (x[0].property, -len(x[1].untaught), x[0]))


def main() -> None:
    """Read the command line and print what wants an example."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="default: every .kg of the corpus")
    parser.add_argument("--texts", type=int, default=3, help="least texts in which a way stands without an example")
    parser.add_argument("--precision", type=float, default=0.7, help="least share of texts in which it is right")
    options = parser.parse_args()
    extractor = Extractor(load_ontology(ONTOLOGY), load_reader())
    for way, seen in wanting(ways(texts(options.files, extractor)), options.texts, options.precision):
        beside = " ".join(filter(None, way.beside))
        roles = f"{way.lemma}({way.subject}, {way.object}{', ' + beside if beside else ''}) {way.support}".strip()
        print(f"{way.property}: {roles}: {len(seen.untaught)} texts, right in {seen.precision:.2f}: {seen.sentence}")


if __name__ == "__main__":
    main()
