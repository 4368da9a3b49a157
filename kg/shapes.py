"""SHACL: whether outputs have the form that the shapes of an ontology ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph
import pyshacl
import rdflib

from kg import vocabulary as v
from kg.errors import OntologyError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rdflib.term import Node

SHAPES_FILE: Final = "shapes.ttl"
_NO_DECLARATIONS: Final = frozenset({SHAPES_FILE, "aliases.ttl"})

# Only what shapes ask of an ontology. With all of it in the data, validation takes minutes and concerns the ontology.
_OF_THE_ONTOLOGY: Final = (v.RDF_TYPE, v.RDFS_SUBCLASS_OF)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that does not have the form asked for; `path` and `value` are empty where they have no part in it."""

    node: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.node, self.path, self.value) if part)
        return f"{place}: {self.message}"


def validate(turtle: Iterable[Path], ontology: Path, prefixes: Mapping[str, str] = v.PREFIXES) -> tuple[Violation, ...]:
    """What in these Turtle files, taken together, violates the ontology's shapes; sorted.

    Raises OntologyError where there are no shapes or they are no SHACL, OutputError where a file cannot be read.
    """
    shapes = _read_shapes(ontology / SHAPES_FILE)
    data = _read_data(turtle, ontology)
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    except (pyshacl.errors.ShapeLoadError, pyshacl.errors.ConstraintLoadError) as error:
        raise OntologyError(f"{ontology / SHAPES_FILE}: is not SHACL ({error})") from error
    if not isinstance(report, rdflib.Graph):
        raise OntologyError(f"{ontology / SHAPES_FILE}: cannot be applied ({text})")
    return tuple(sorted(_violations(report, prefixes)))


def _read_shapes(path: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except FileNotFoundError as error:
        raise OntologyError(f"{path}: is missing; it says in SHACL what outputs must look like") from error
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path}: cannot be read ({error})") from error


def _read_data(turtle: Iterable[Path], ontology: Path) -> rdflib.Graph:
    """The files and what shapes ask of the ontology, in rdflib's own store.

    pySHACL asks many small questions, which that store answers ten to a hundred times faster than Oxigraph behind
    rdflib; Oxigraph parses. Plain literals go over as N-Triples, in which rdflib keeps them plain.
    """
    store = pyoxigraph.Store()
    for path in turtle:
        _load(store, path)
    store.extend(_hierarchy(ontology))
    triples = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    return rdflib.Graph().parse(data=triples, format="nt")


def _load(store: pyoxigraph.Store, path: Path) -> None:
    try:
        store.bulk_load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        raise OutputError(f"{path}: cannot be read ({error}); run `kg build` again") from error


def _hierarchy(ontology: Path) -> Iterable[pyoxigraph.Quad]:
    for path in sorted(ontology.rglob("*.ttl")):
        if path.name not in _NO_DECLARATIONS:
            for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
                if quad.predicate.value in _OF_THE_ONTOLOGY and _is_about_terms(quad):
                    yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)


def _is_about_terms(quad: pyoxigraph.Quad) -> bool:
    """Whether a triple declares a class, a property or the like, rather than a concept or a blank node's part."""
    return isinstance(quad.subject, pyoxigraph.NamedNode) and quad.object != pyoxigraph.NamedNode(v.SKOS_CONCEPT)


def _violations(report: rdflib.Graph, prefixes: Mapping[str, str]) -> Iterable[Violation]:
    shacl = rdflib.SH

    def named(node: Node | None) -> str:
        if node is None:
            return ""
        if isinstance(node, rdflib.Literal):
            return f'"{node}"'
        text = str(node)
        best = max((p for p in prefixes if text.startswith(prefixes[p])), key=lambda p: len(prefixes[p]), default=None)
        return f"<{text}>" if best is None else f"{best}:{text.removeprefix(prefixes[best])}"

    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        messages = sorted(str(message) for message in report.objects(result, shacl.resultMessage))
        yield Violation(
            node=named(report.value(result, shacl.focusNode)),
            path=named(report.value(result, shacl.resultPath)),
            value=named(report.value(result, shacl.value)),
            message=" ".join(" ".join(messages).split()),
        )
