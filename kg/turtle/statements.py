"""Facts with where each comes from, as Turtle: all but a few lines of `evidence.ttl`.

There are as many of these blocks as of all others together times ten, in few shapes; so each shape is a template.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg import vocabulary as v
from kg.model import Modality
from kg.turtle import terms
from kg.turtle.blocks import NEXT_OBJECT, template
from kg.turtle.nodes import said
from kg.turtle.terms import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model import Evidence, Statement
    from kg.turtle.blocks import Names
    from kg.turtle.nodes import Nodes

_FACT: Final = tuple(
    iri(each)
    for each in (v.RDF_TYPE, v.RDF_SUBJECT, v.RDF_PREDICATE, v.RDF_OBJECT, v.KG_MODALITY, v.KG_CONFIDENCE,
                 v.PROV_WAS_DERIVED_FROM, v.KG_EVIDENCE)
)  # fmt: skip
_EVIDENCE: Final = tuple(
    iri(each)
    for each in (v.RDF_TYPE, v.OA_HAS_SOURCE, v.OA_EXACT, v.OA_START, v.OA_END, v.KG_MODALITY, v.KG_CONFIDENCE,
                 v.KG_EXTRACTOR)
)  # fmt: skip
_ARGUMENTS: Final = iri(v.KG_ARGUMENTS)
_ROLE: Final = iri(v.KG_ROLE)
_ROLES_PER_SENTENCE: Final = 2
"""With the eight triples that each piece of evidence has, ten."""
_STRENGTH: Final = {Modality.ASSERTED: 2, Modality.PLANNED: 1, Modality.FORMER: 0}


class Statements:
    """Writes statements; `texts` holds the articles by id."""

    def __init__(self, texts: Mapping[str, str], nodes: Nodes, names: Names) -> None:
        """Take the terms that every statement needs; their prefixes count as used."""
        self._texts = texts
        self._nodes = nodes
        self._names = names
        self._fact_prefix, self._evidence_prefix = (
            names.prefix(f"{nodes.base}{kind}/") for kind in ("fact", "evidence")
        )
        self._statement_class, self._evidence_class = names[iri(v.RDF_STATEMENT)], names[iri(v.KG_EVIDENCE_CLASS)]
        self._modalities = {each: names[iri(v.KG + each)] for each in {*Modality}}
        self._templates: dict[tuple[str, ...], str] = {}

    def of(self, statements: Iterable[Statement]) -> Iterator[str]:
        """The blocks of these: by what they state, each followed by its evidence."""
        by_subject: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            by_subject[statement.subject].append(statement)
        for subject in sorted(by_subject, key=self._nodes.entity):
            stated = ((self._stated(each), each) for each in by_subject.pop(subject))
            for (predicate, obj, name), statement in sorted(stated, key=lambda each: each[0]):
                yield from self._statement(statement, predicate, obj, name)

    def _stated(self, statement: Statement) -> tuple[str, str, str]:
        """What it says of its subject, and its name."""
        name = v.hashed_name("fact", *said(statement))
        return self._nodes.property(statement.property), self._nodes.object(statement.object), name

    def _statement(self, statement: Statement, predicate: str, obj: str, name: str) -> Iterator[str]:
        """The fact: eight triples with one piece of evidence, and two links for each further one; then these."""
        names, nodes, content = self._names, self._nodes, said(statement)
        by_name = {_name(content, found[0]): found for found in by_sentence(statement.evidence)}
        ordered = sorted(by_name)
        articles = sorted({nodes.article(each.article) for each in statement.evidence})
        yield self._template(_FACT if ordered else _FACT[:-2]).format(
            self._fact_prefix + name,
            self._statement_class,
            names[nodes.entity(statement.subject)],
            names[predicate],
            names[obj],
            self._modalities[statement.modality],
            names[terms.confidence(statement.confidence)],
            NEXT_OBJECT.join([names[each] for each in articles]),
            NEXT_OBJECT.join([self._evidence_prefix + each for each in ordered]),
        )
        for each in ordered:
            yield self._evidence(each, by_name[each])

    def _evidence(self, name: str, same_sentence: Sequence[Evidence]) -> str:
        """One node for a sentence, however many readings of it state the fact: at most ten triples.

        Eight are always there; one or two are left for the arguments' places and the roles, of which roles go first.
        """
        best, names = same_sentence[0], self._names
        span = best.span
        values = [
            self._evidence_prefix + name,
            self._evidence_class,
            names[self._nodes.article(best.article)],
            terms.string(self._texts[best.article][span.start : span.end]),
            str(span.start),
            str(span.end),
            self._modalities[best.modality],
            names[terms.confidence(best.confidence)],
            terms.string(best.extractor),
        ]
        shape = _EVIDENCE
        roles = sorted({each.role for each in same_sentence if each.role})[:_ROLES_PER_SENTENCE]
        if roles:
            shape = (*shape, _ROLE)
            values.append(NEXT_OBJECT.join(sorted(map(terms.string, roles))))
        if len(roles) < _ROLES_PER_SENTENCE and (places := arguments(best)):
            shape = (*shape, _ARGUMENTS)
            values.append(f'"{places}"')
        return self._template(shape).format(*values)

    def _template(self, shape: tuple[str, ...]) -> str:
        if shape not in self._templates:
            self._templates[shape] = template(shape, self._names)
        return self._templates[shape]


def _name(content: tuple[str, ...], evidence: Evidence) -> str:
    """A statement in one sentence of one article."""
    return v.hashed_name("evidence", *content, evidence.article, str(evidence.span.start), str(evidence.span.end))


def by_sentence(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Evidence of one fact by where it stands, the strongest and most certain first of each place."""
    places: dict[tuple[str, int, int], list[Evidence]] = {}
    for each in evidence:
        places.setdefault((each.article, each.span.start, each.span.end), []).append(each)
    return [sorted(places[place], key=_most_certain_first) for place in sorted(places)]


def _most_certain_first(evidence: Evidence) -> tuple[object, ...]:
    return (
        -_STRENGTH[evidence.modality],
        -evidence.confidence,
        evidence.extractor,
        arguments(evidence),
        evidence.role or "",
    )


def arguments(evidence: Evidence) -> str:
    """Where the arguments stand in the article, as "subject=12,19 object=40,47"; what stands nowhere is left out."""
    first, second = evidence.subject, evidence.object
    if first is not None and second is not None:
        return f"subject={first.start},{first.end} object={second.start},{second.end}"
    if first is not None:
        return f"subject={first.start},{first.end}"
    return f"object={second.start},{second.end}" if second is not None else ""
