"""The user's last word on identity: `aliases.ttl`, entities as the graph writes them, with all names that are theirs.

One node is one thing: all its names are one entity, and two nodes never are. `owl:sameAs` between two nodes makes them
one, to another vocabulary it is passed on; `owl:differentFrom` may say so in words, and is checked against the rest.
A node with nothing but links to other vocabularies adds them to the entity of its key.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.errors import OntologyError
from kg.naming import Kind, normal_form
from kg.naming.kinds import CANNOT_BITS, kind_bits
from kg.vocabulary import BASE, KG, OWL, OWL_SAME_AS, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, SKOS_PREF_LABEL, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.resolve.records import Record

ALIASES_FILE: Final = "aliases.ttl"
"""Where the ontology folder keeps the user's identities."""
_DIFFERENT_FROM: Final = OWL + "differentFrom"
_LABELS: Final = (RDFS_LABEL, SKOS_PREF_LABEL, SKOS_ALT_LABEL)


@dataclass(frozen=True, slots=True)
class AliasNode:
    """One thing as the user describes it: `names` with the label first, `classes` by local name, links elsewhere."""

    key: str
    names: tuple[str, ...]
    classes: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name that the graph shows."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Aliases:
    """All that the user says of identity: nodes sorted by key, names (normal forms) that differ, links by entity key.

    Links of a key that is no node's say nothing of names: the entity that has the key in the graph gets them.
    """

    nodes: tuple[AliasNode, ...] = ()
    different: Mapping[str, frozenset[str]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def anchor(self, records: Iterable[Record], kinds: Mapping[str, Kind]) -> dict[str, str]:
        """Return the key of the node that each record is, by record id; a name of two nodes decides nothing alone."""
        by_name: dict[str, list[AliasNode]] = defaultdict(list)
        for node in self.nodes:
            for name in dict.fromkeys(map(normal_form, node.names)):
                by_name[name].append(node)
        found = ((record.id, _best_node(record, by_name, kinds)) for record in records)
        return {record_id: node.key for record_id, node in found if node is not None}


def read_turtle(path: Path, *, base: str = BASE) -> Aliases:
    """Read an alias file; an absent one is empty. A node without a name that has only links gives links.

    Raises `OntologyError` for a syntax error, a node without a name, and nodes said to be the same and different.
    """
    if not path.is_file():
        return Aliases()
    triples = _read(path)
    prefix = f"{base}id/"
    canonical = _merge_same(triples, prefix)
    _check_different(triples, canonical, path)
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(triples, key=lambda t: canonical.get(t[0], t[0]) != t[0]):
        if subject.startswith(prefix):
            rows[canonical.get(subject, subject)][predicate].append(value)
        elif predicate in _LABELS:
            raise OntologyError(f"{path}: {subject} is outside {prefix}. Name entities under it, as graph.ttl does.")
    links = {iri: row for iri, row in rows.items() if row.keys() == {OWL_SAME_AS}}
    nodes = (_node(iri, row, prefix, path) for iri, row in sorted(rows.items()) if iri not in links)
    return Aliases(
        nodes=tuple(nodes),
        links={iri[len(prefix) :]: tuple(sorted(set(row[OWL_SAME_AS]))) for iri, row in sorted(links.items())},
    )


def _read(path: Path) -> list[tuple[str, str, str]]:
    try:
        quads = list(pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE))
    except OSError as error:
        raise OntologyError(f"{path} cannot be read: {error.strerror}. Make it readable.") from error
    except SyntaxError as error:
        raise OntologyError(f"{path}:{error.lineno or 1}: {error.msg}. Correct the line, then try again.") from error
    return [(_value(quad.subject), quad.predicate.value, _value(quad.object)) for quad in quads]


def _value(term: object) -> str:
    if isinstance(term, (pyoxigraph.NamedNode, pyoxigraph.Literal)):
        return term.value
    return str(term)


def _merge_same(triples: Sequence[tuple[str, str, str]], prefix: str) -> dict[str, str]:
    """Map each node that `owl:sameAs` joins to others to the least IRI of them."""
    canonical: dict[str, str] = {}
    for subject, predicate, value in sorted(triples):
        if predicate == OWL_SAME_AS and subject.startswith(prefix) and value.startswith(prefix):
            a, b = canonical.get(subject, subject), canonical.get(value, value)
            keep, gone = min(a, b), max(a, b)
            canonical = {key: keep if iri == gone else iri for key, iri in canonical.items()}
            canonical.update({gone: keep, subject: keep, value: keep})
    return canonical


def _check_different(triples: Sequence[tuple[str, str, str]], canonical: Mapping[str, str], path: Path) -> None:
    clashes = sorted(
        f"{local_name(subject)} and {local_name(value)}"
        for subject, predicate, value in triples
        if predicate == _DIFFERENT_FROM and canonical.get(subject, subject) == canonical.get(value, value)
    )
    if clashes:
        raise OntologyError(
            f"{path} says of {', '.join(clashes)} both that they are the same and that they differ. "
            "Remove one of the two statements."
        )


def _node(iri: str, row: Mapping[str, Sequence[str]], prefix: str, path: Path) -> AliasNode:
    names = tuple(dict.fromkeys(name for predicate in _LABELS for name in row.get(predicate, ())))
    if not names:
        raise OntologyError(f"{path}: {iri} has no name. Give it an rdfs:label.")
    return AliasNode(
        key=iri[len(prefix) :],
        names=names,
        classes=tuple(sorted(local_name(c) for c in row.get(RDF_TYPE, ()) if c.startswith(KG))),
        same_as=tuple(sorted({link for link in row.get(OWL_SAME_AS, ()) if not link.startswith(prefix)})),
    )


def _best_node(
    record: Record, by_name: Mapping[str, Sequence[AliasNode]], kinds: Mapping[str, Kind]
) -> AliasNode | None:
    """Return the node that most of a record's names belong to, its label first; None for a tie."""
    votes: dict[str, tuple[int, AliasNode]] = {}
    for name in {*record.names, record.label} if record.names else ():
        for node in by_name.get(normal_form(name), ()):
            if _fits(record, node, kinds):
                weight = 2 if name == record.label else 1
                votes[node.key] = (votes.get(node.key, (0, node))[0] + weight, node)
    ranked = sorted(votes.values(), key=lambda vote: (-vote[0], vote[1].key))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _fits(record: Record, node: AliasNode, kinds: Mapping[str, Kind]) -> bool:
    if not node.classes:
        return True
    wanted = {kinds.get(class_, Kind.THING): 1.0 / len(node.classes) for class_ in node.classes}
    return kind_bits(record.kinds, wanted) > CANNOT_BITS
