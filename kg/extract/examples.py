"""Example sentences read like an article: marks as nodes, and other ways to read what the parser stumbles over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.names import Lexicon, concept_names
from kg.extract.tree import Tree, Unit, UnitKind, hyphenated
from kg.extract.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.ontology.schema import Example, Property, Role

# Sentences read in one go; a page of the reader holds some thirty short ones.
_PAGE = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read an example: with other names under its marks, a verb behind a bare phrase, so many in one go."""

    subject: str = ""
    object: str = ""
    verb: str = ""
    page: int = _PAGE


ALONE = Reading(page=1)

# Parsers stumble over invented names, bare noun phrases and the company of other sentences: an example that links
# nothing is read again in the next of these ways.
READINGS = (
    Reading(),
    Reading("Microsoft", "Google"),
    Reading("the company", "the group"),
    Reading(verb="smiled"),
    Reading("Microsoft", "Google", "smiled"),
    ALONE,
    Reading("Microsoft", "Google", page=1),
)
_AUXILIARIES = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "took"))


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
