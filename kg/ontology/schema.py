"""The ontology as the stages see it: frozen values, checked by the loader, picklable, free of RDF libraries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["entity", "date", "integer", "quantity", "money"]
"""What stands on the object side of a property: an entity, or one kind of value."""

Role = Literal["subject", "object", "value", "role"]
"""What a mark in an example sentence stands for."""


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence that states (or, as a counterexample, does not state) a property.

    `source` is the line as the ontology has it, `text` the sentence after choosing among its alternatives and dropping
    the marks. `marks` are code points in `text`, half-open. `classes` narrows a mark to a class below the property's
    domain or range. `predicate` is the word that carries the property, where the author points at it.
    """

    source: str
    text: str
    marks: Mapping[Role, tuple[int, int]]
    predicate: tuple[int, int] | None = None
    classes: Mapping[Role, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Class:
    """A class of entities.

    `parents` are all superclasses in the ontology, nearest first. `heads` are the head nouns that suggest the class, as
    lower-case lemmas ("central bank" may have several words). `reader_labels` are labels of named-entity recognisers
    that suggest it. Things of a `common_noun` class are named by any noun phrase ("trade finance"); a thing of a
    `describable` class may matter without a name ("a blockchain platform"). `exact` are IRIs of other vocabularies that
    it is aligned with.
    """

    name: str
    iri: str
    labels: tuple[str, ...]
    comment: str
    parents: tuple[str, ...]
    heads: tuple[str, ...]
    reader_labels: tuple[str, ...]
    exact: tuple[str, ...]
    common_noun: bool = False
    describable: bool = False

    @property
    def label(self) -> str:
        """The first label, for people."""
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class Property:
    """A property whose facts kg looks for.

    `domain` and `range` are unions of classes; `range` is empty where the object is a value. A `qualified` property has
    a role and a position node besides the direct triple. A `spatial` one says where its subject lies, which a gazetteer
    may know better. Examples keep the order of the file, alternatives expanded.
    """

    name: str
    iri: str
    labels: tuple[str, ...]
    comment: str
    domain: frozenset[str]
    range: frozenset[str]
    kind: Kind
    symmetric: bool
    qualified: bool
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]
    spatial: bool = False

    @property
    def label(self) -> str:
        """The first label, for people."""
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a SKOS scheme: a technology, a sector, a post.

    `class_` is the class of its scheme. `alternatives` are all its labels in lower case, the preferred one first.
    `broader` are IRIs. `verbs` are lemmas of verbs that say the same of a subject ("head", "preside over").
    """

    iri: str
    name: str
    class_: str
    label: str
    alternatives: tuple[str, ...]
    broader: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """A checked ontology; `classes` and `properties` are sorted by name, `concepts` by IRI.

    `digest` is the SHA-256 (hexadecimal) of the files it was read from, names included.
    """

    classes: Mapping[str, Class]
    properties: Mapping[str, Property]
    concepts: tuple[Concept, ...]
    digest: str

    def is_a(self, class_: str, ancestor: str) -> bool:
        """Whether the class is the ancestor or lies below it; an unknown class lies below nothing but itself."""
        if class_ == ancestor:
            return True
        known = self.classes.get(class_)
        return known is not None and ancestor in known.parents

    def fits(self, class_: str, union: frozenset[str]) -> bool:
        """Whether the class lies below any member of a domain or range."""
        if class_ in union:
            return True
        known = self.classes.get(class_)
        return known is not None and not union.isdisjoint(known.parents)
