"""Example sentences read like an article: marks as nodes, and other ways to read what the parser stumbles over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.names import Lexicon, concept_names
from kg.extract.sentences import AFTER_A_DAY, ALONE, AMID_PARAGRAPHS, AT_THE_END, AT_THE_TOP
from kg.extract.tree import Tree, Unit, UnitKind, hyphenated
from kg.extract.values import Values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kg.extract.sentences import Company
    from kg.ontology.schema import Example, Property, Role


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read an example: with other names under its marks, a verb behind a bare phrase, in some company."""

    subject: str = ""
    object: str = ""
    verb: str = ""
    company: Company = ALONE


# As it would stand in an article.
AMID = Reading(company=AMID_PARAGRAPHS)

# Parsers stumble over invented names, bare noun phrases and lonely sentences: an example that links nothing is read
# again in the next of these ways.
READINGS = (
    Reading(),
    Reading("Microsoft", "Google"),
    Reading("the company", "the group"),
    Reading(verb="smiled"),
    Reading("Microsoft", "Google", "smiled"),
    AMID,
    replace(AMID, subject="Microsoft", object="Google"),
    Reading(company=AT_THE_TOP),
    Reading(company=AT_THE_END),
    Reading(company=AFTER_A_DAY),
)
_RELATIVE_CLAUSE = re.compile(r", (?:which|who|whose|whom|where)\b[^,]*$")
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
    """Whether an example is a bare noun phrase, told by its words: no auxiliary and nothing that ends like a verb.

    What stands in a relative clause at its end does not count.
    """
    words = re.findall(r"\w+", _RELATIVE_CLAUSE.sub("", text))
    return not any(w in _AUXILIARIES or (w.islower() and w.endswith(("ed", "s"))) for w in words)


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
