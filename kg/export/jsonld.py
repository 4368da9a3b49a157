"""JSON-LD with short names: one node per subject, a context that says what each name stands for.

"launched", "label" and "quote" instead of IRIs; links between things are plain strings. It is JSON-LD 1.1
(https://www.w3.org/TR/json-ld11/), so a processor gives back the very triples, and JSON that reads well without one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NATIVE: Final = {v.XSD_INTEGER: int}
_PREFERRED: Final = (v.KG, v.RDFS, v.SKOS, v.SCHEMA, v.OA, v.PROV, v.RDF, v.DCTERMS, v.OWL, v.GEO)
"""Vocabularies in the order in which they get a short name where two have the same (`kg:value`, `schema:value`)."""


def document(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, Any]:
    """Triples without blank nodes as one JSON-LD document, sorted; the same triples give the same document."""
    subjects: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for triple in sorted(set(triples), key=str):
        assert isinstance(triple.subject, ox.NamedNode), "kg writes no blank nodes"
        assert isinstance(triple.object, ox.NamedNode | ox.Literal), "kg writes no triple terms"
        subjects.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
    terms = _terms(subjects)
    used = _prefixes(subjects, terms, prefixes)
    context: dict[str, Any] = {name: used[name] for name in sorted(used)}
    for iri in sorted(terms, key=lambda iri: terms[iri]):
        context[terms[iri]] = _definition(iri, [o for each in subjects.values() for o in each.get(iri, ())], used)
    graph = [_node(iri, subjects[iri], terms, context, used) for iri in sorted(subjects)]
    return {"@context": context, "@graph": graph}


def _terms(subjects: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """Predicate -> short name; where two would have the same, the vocabulary that comes first has it."""
    predicates = {predicate for each in subjects.values() for predicate in each} - {v.RDF_TYPE}

    def rank(iri: str) -> tuple[int, str]:
        space = v.namespace(iri)
        return (_PREFERRED.index(space) if space in _PREFERRED else len(_PREFERRED), iri)

    terms: dict[str, str] = {}
    taken: set[str] = set()
    for iri in sorted(predicates, key=rank):
        name = v.local_name(iri)
        while not name or name in taken or not name.replace("_", "a").isalnum():
            name = f"{''.join(c for c in name if c.isalnum())}_"
        taken.add(name)
        terms[iri] = name
    return terms


def _prefixes(
    subjects: Mapping[str, Mapping[str, Iterable[ox.NamedNode | ox.Literal]]],
    terms: Mapping[str, str],
    prefixes: Mapping[str, str],
) -> dict[str, str]:
    """The prefixes that are of use and are no property's name."""
    named = {*subjects, *terms}
    for each in subjects.values():
        for objects in each.values():
            named |= {o.value if isinstance(o, ox.NamedNode) else o.datatype.value for o in objects}
    spaces = {v.namespace(iri) for iri in named} | named
    taken = set(terms.values())
    return {
        name: space
        for name, space in prefixes.items()
        if name not in taken and any(each.startswith(space) for each in spaces)
    }


def _definition(iri: str, objects: list[ox.NamedNode | ox.Literal], prefixes: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    """What the context says of a property: its IRI, and the type that all its values have."""
    short = _compact(iri, prefixes)
    kinds = Counter("@id" if isinstance(o, ox.NamedNode) else "" if o.language else o.datatype.value for o in objects)
    if len(kinds) != 1:
        return short
    (kind,) = kinds
    if kind in {"", v.XSD_STRING}:
        return short
    return {"@id": short, "@type": kind if kind == "@id" else _compact(kind, prefixes)}


def _compact(iri: str, prefixes: Mapping[str, str]) -> str:
    for name, space in sorted(prefixes.items(), key=lambda item: -len(item[1])):
        rest = iri.removeprefix(space)
        if rest != iri and rest and not rest.startswith("//"):
            return f"{name}:{rest}"
    return iri


def _node(
    iri: str,
    properties: Mapping[str, list[ox.NamedNode | ox.Literal]],
    terms: Mapping[str, str],
    context: Mapping[str, Any],
    prefixes: Mapping[str, str],
) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _compact(iri, prefixes)}
    for predicate in sorted(properties, key=lambda iri: (iri != v.RDF_TYPE, iri != v.RDFS_LABEL, iri)):
        objects = properties[predicate]
        if predicate == v.RDF_TYPE:
            values: list[Any] = [_compact(o.value, prefixes) for o in objects]
            name = "@type"
        else:
            name = terms[predicate]
            definition = context[name]
            typed = definition.get("@type") if isinstance(definition, dict) else None
            values = [_value(o, typed, prefixes) for o in objects]
        node[name] = values[0] if len(values) == 1 else values
    return node


def _value(term: ox.NamedNode | ox.Literal, typed: str | None, prefixes: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(term, ox.NamedNode):
        return _compact(term.value, prefixes) if typed == "@id" else {"@id": _compact(term.value, prefixes)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = _compact(term.datatype.value, prefixes)
    if typed == kind:
        return int(term.value) if term.datatype.value in _NATIVE and str(int(term.value)) == term.value else term.value
    return term.value if term.datatype.value == v.XSD_STRING else {"@value": term.value, "@type": kind}
