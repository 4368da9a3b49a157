"""Compiles the Turtle of an ontology folder into an `Ontology`, or says everything that is wrong with it at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar, get_args

from kg import vocabulary as v
from kg.errors import OntologyError
from kg.ontology.lessons import LessonReader
from kg.ontology.schema import Class, Concept, Kind, Ontology, Property
from kg.ontology.source import read_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.ontology.source import Source

KINDS: Final[Mapping[str, Kind]] = {
    v.XSD_DATE: "date",
    v.XSD_INTEGER: "integer",
    v.SCHEMA_QUANTITATIVE_VALUE: "quantity",
    v.SCHEMA_MONETARY_AMOUNT: "money",
}
"""Ranges that make the object a value; every other range is a class."""

MAX_LISTED: Final = 40
"""Problems shown in one message; an author who has more will run the check again anyway."""


_Named = TypeVar("_Named", Class, Property)


def load_ontology(folder: Path) -> Ontology:
    """The ontology in all Turtle files under the folder, save `shapes.ttl` and `questions/`.

    Raises `OntologyError`: a syntax error by file, line and reason; otherwise every unknown term, missing declaration
    and broken example together.
    """
    source, digest = read_source(folder)
    compiler = _Compiler(source)
    ontology = compiler.compile(digest)
    if compiler.problems:
        raise OntologyError(_message(folder, compiler.problems))
    return ontology


def _message(folder: Path, problems: list[str]) -> str:
    shown = sorted(dict.fromkeys(problems))
    lines = [f"the ontology in {folder} does not compile:", *(f"  {problem}" for problem in shown[:MAX_LISTED])]
    if len(shown) > MAX_LISTED:
        lines.append(f"  and {len(shown) - MAX_LISTED} more")
    return "\n".join([*lines, "Correct these lines, then try again."])


class _Compiler:
    """Turns triples into classes, properties and concepts; gathers problems instead of stopping at the first."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.problems: list[str] = []
        self._class_iris = source.with_object(v.RDF_TYPE, v.OWL_CLASS)
        self._namespaces = {v.namespace(iri) for iri in self._class_iris} | {v.KG}

    def compile(self, digest: str) -> Ontology:
        self._check_imports()
        classes = self._named([self._class(iri) for iri in self._class_iris])
        properties = self._named([self._property(iri, classes) for iri in self._property_iris()])
        concepts = tuple(self._concept(iri, classes) for iri in self._source.with_object(v.RDF_TYPE, v.SKOS_CONCEPT))
        if not classes:
            self.problems.append("no class is declared: an ontology needs at least one owl:Class")
        return Ontology(classes, properties, concepts, digest)

    def _problem(self, place: str, what: str) -> None:
        self.problems.append(f"{place}: {what}")

    def _check_imports(self) -> None:
        here = set(self._source.with_object(v.RDF_TYPE, v.OWL_ONTOLOGY))
        for subject in self._source.subjects():
            for imported in self._source.iris(subject, v.OWL_IMPORTS):
                if imported not in here:
                    place = self._source.place_of_text(imported)
                    what = f"owl:imports <{imported}> is not followed: kg reads no network. Put a copy into the folder"
                    self._problem(place, f"{what}, or remove the line")

    def _named(self, terms: list[_Named]) -> dict[str, _Named]:
        """The terms by local name, which must be unique over all namespaces."""
        named: dict[str, _Named] = {}
        for term in sorted(terms, key=lambda each: (each.name, each.iri)):
            if term.name in named:
                where = self._source.place_of_term(term.iri)
                self._problem(where, f"{term.iri} and {named[term.name].iri} share the name {term.name}")
            named[term.name] = term
        return named

    def _labels(self, iri: str) -> tuple[str, ...]:
        labels = tuple(self._source.texts(iri, v.RDFS_LABEL, v.SKOS_ALT_LABEL))
        if not labels:
            self._problem(self._source.place_of_term(iri), f"{v.local_name(iri)} has no rdfs:label in English")
        return labels or (v.local_name(iri),)

    def _comment(self, iri: str) -> str:
        return " ".join(self._source.texts(iri, v.RDFS_COMMENT))

    # Classes

    def _class(self, iri: str) -> Class:
        superclasses = self._source.iris(iri, v.RDFS_SUBCLASS_OF)
        aligned = self._source.iris(iri, v.OWL_EQUIVALENT_CLASS, v.SKOS_EXACT_MATCH, v.SKOS_CLOSE_MATCH)
        return Class(
            name=v.local_name(iri),
            iri=iri,
            labels=self._labels(iri),
            comment=self._comment(iri),
            parents=tuple(v.local_name(parent) for parent in self._ancestors(iri)),
            heads=tuple(head.lower() for head in self._source.texts(iri, v.KG_HEAD_NOUN)),
            reader_labels=tuple(self._source.texts(iri, v.KG_READER_LABEL)),
            exact=tuple(dict.fromkeys([*(each for each in superclasses if not self._is_own(each)), *aligned])),
            common_noun=v.KG_COMMON_NOUN in self._source.iris(iri, v.KG_NAMED_BY),
            describable=v.KG_DESCRIPTION in self._source.iris(iri, v.KG_NAMED_BY),
        )

    def _is_own(self, iri: str) -> bool:
        """Whether the IRI belongs to this ontology, and so must be declared, rather than to an aligned vocabulary."""
        return v.namespace(iri) in self._namespaces

    def _ancestors(self, iri: str) -> list[str]:
        """Superclasses of the ontology, nearest first."""
        found: list[str] = []
        level = [iri]
        while level:
            above = dict.fromkeys(parent for each in level for parent in self._declared_parents(each))
            if iri in above:
                self._problem(self._source.place_of_term(iri), f"{v.local_name(iri)} is a subclass of itself")
                return found
            level = [each for each in above if each not in found]
            found.extend(level)
        return found

    def _declared_parents(self, iri: str) -> list[str]:
        parents = [each for each in self._source.iris(iri, v.RDFS_SUBCLASS_OF) if self._is_own(each)]
        for parent in parents:
            if parent not in self._class_iris:
                place = self._source.place_of_term(parent, within=iri)
                name = v.local_name(iri)
                self._problem(place, f"{name} has the superclass {v.local_name(parent)}, which is undeclared")
        return [each for each in parents if each in self._class_iris]

    # Properties

    def _property_iris(self) -> list[str]:
        declared = (v.OWL_OBJECT_PROPERTY, v.OWL_DATATYPE_PROPERTY)
        return sorted({iri for each in declared for iri in self._source.with_object(v.RDF_TYPE, each)})

    def _property(self, iri: str, classes: Mapping[str, Class]) -> Property:
        domain = self._class_union(iri, "domain", v.RDFS_DOMAIN, v.SCHEMA_DOMAIN_INCLUDES)
        kind = self._kind(iri)
        range_ = self._class_union(iri, "range", v.RDFS_RANGE, v.SCHEMA_RANGE_INCLUDES) if kind == "entity" else []
        shape = Property(
            name=v.local_name(iri),
            iri=iri,
            labels=self._labels(iri),
            comment=self._comment(iri),
            domain=frozenset(v.local_name(each) for each in domain),
            range=frozenset(v.local_name(each) for each in range_),
            kind=kind,
            symmetric=v.OWL_SYMMETRIC_PROPERTY in self._source.iris(iri, v.RDF_TYPE),
            qualified=v.KG_POSITION in self._source.iris(iri, v.KG_QUALIFIED_BY),
            examples=(),
            counterexamples=(),
            spatial=v.KG_GAZETTEER in self._source.iris(iri, v.KG_CHECKED_AGAINST),
        )
        return self._with_examples(shape, classes)

    def _with_examples(self, shape: Property, classes: Mapping[str, Class]) -> Property:
        reader = LessonReader(self._source, shape, classes, self.problems)
        examples = reader.read(v.KG_EXAMPLE)
        counterexamples = reader.read(v.KG_COUNTEREXAMPLE)
        reader.refuse_contradictions(examples, counterexamples)
        return replace(shape, examples=examples, counterexamples=counterexamples)

    def _kind(self, iri: str) -> Kind:
        ranges = self._source.iris(iri, v.RDFS_RANGE, v.SCHEMA_RANGE_INCLUDES)
        kinds = {KINDS.get(each, "entity") for each in ranges}
        if len(kinds) > 1:
            where = self._source.place_of_term(iri)
            self._problem(where, f"{v.local_name(iri)} mixes ranges: {' and '.join(sorted(kinds))}; split the property")
        return min(kinds, default="entity", key=get_args(Kind).index)

    def _class_union(self, iri: str, what: str, single: str, union: str) -> list[str]:
        """The declared classes of a domain or range: one `rdfs:` class, or any number of schema.org's `Includes`."""
        name = v.local_name(iri)
        singles = [each for each in self._source.iris(iri, single) if each not in KINDS]
        found = [*singles, *(each for each in self._source.iris(iri, union) if each not in KINDS)]
        if not found:
            self._problem(self._source.place_of_term(iri), f"{name} has no {what}")
        if len(singles) > 1:
            cure = f"several rdfs:{what} mean their intersection; write schema:{what}Includes for a union"
            self._problem(self._source.place_of_term(iri), f"{name}: {cure}")
        for each in found:
            if each not in self._class_iris:
                place = self._source.place_of_term(each, within=iri)
                self._problem(place, f"{name} has the {what} {v.local_name(each)}, which is no declared class")
        return [each for each in found if each in self._class_iris]

    # Concepts

    def _concept(self, iri: str, classes: Mapping[str, Class]) -> Concept:
        preferred = self._source.texts(iri, v.SKOS_PREF_LABEL)
        name = v.local_name(iri)
        if len(preferred) != 1:
            self._problem(self._source.place_of_term(iri), f"{name} needs exactly one skos:prefLabel in English")
        label = preferred[0] if preferred else name
        others = self._source.texts(iri, v.SKOS_ALT_LABEL, v.SKOS_HIDDEN_LABEL)
        broader = self._source.iris(iri, v.SKOS_BROADER)
        for each in broader:
            if v.SKOS_CONCEPT not in self._source.iris(each, v.RDF_TYPE):
                place = self._source.place_of_term(each, within=iri)
                self._problem(place, f"{name} has the broader concept {v.local_name(each)}, which is undeclared")
        return Concept(
            iri=iri,
            name=name,
            class_=self._concept_class(iri, classes),
            label=label,
            alternatives=tuple(dict.fromkeys(each.lower() for each in [label, *others])),
            broader=tuple(broader),
            verbs=tuple(self._source.texts(iri, v.KG_VERB)),
        )

    def _concept_class(self, iri: str, classes: Mapping[str, Class]) -> str:
        """The class named by the concept's scheme: a class of the ontology, or `Position` for posts."""
        schemes = self._source.iris(iri, v.SKOS_IN_SCHEME)
        found = [each for scheme in schemes for each in self._source.iris(scheme, v.KG_CONCEPT_CLASS)]
        name = v.local_name(iri)
        if len(found) != 1:
            what = f"{name} needs one skos:inScheme whose scheme has one kg:conceptClass"
            self._problem(self._source.place_of_term(iri), what)
            return ""
        class_ = v.local_name(found[0])
        if class_ not in classes and found[0] != v.KG_POSITION:
            self._problem(self._source.place_of_term(found[0]), f"{name} is in a scheme of {class_}, which is no class")
        return class_
