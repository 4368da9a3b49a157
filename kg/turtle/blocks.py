"""Blocks of Turtle: a subject with all its triples, and how one is written.

Terms are strings as N-Triples has them, which Turtle takes as they stand: only IRIs and numbers get shorter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TYPE: Final = f"<{v.RDF_TYPE}>"
# Predicates that open a block, in the order people read them; the others follow by IRI.
_OPENING = (
    *(v.RDF_TYPE, v.RDF_SUBJECT, v.RDF_PREDICATE, v.RDF_OBJECT),
    *(v.RDFS_LABEL, v.SKOS_ALT_LABEL, v.OA_HAS_SOURCE, v.OA_EXACT, v.OA_START, v.OA_END),
)
_RANK = {f"<{iri}>": rank for rank, iri in enumerate(_OPENING)}
_UNRANKED = len(_RANK)
_NEXT_PREDICATE = " ;\n    "
NEXT_OBJECT = ",\n        "

# Local names that every reader takes without escapes. Turtle allows more, and readers differ on it (raptor 2.0.15 among
# them), so whatever else is written as a full IRI.
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?>\Z")
_BARE_NUMBER = re.compile(rf'"(-?[0-9]+)"\^\^<{v.XSD_INTEGER}>\Z|"(-?[0-9]+\.[0-9]+)"\^\^<{v.XSD_DECIMAL}>\Z')
_MOST_NAMES: Final = 100_000
"""Terms whose form is remembered, some 20 MB; those of a fact stand together, so older ones can be forgotten."""
_MOST_SHAPES: Final = 10_000
"""Sets of predicates whose order is remembered; a graph of kg has some hundred."""


class Block(NamedTuple):
    """A subject's triples: predicate -> objects, sorted."""

    subject: str
    triples: dict[str, list[str]]


def block(subject: str, triples: Iterable[tuple[str, str]]) -> Block:
    """The block of a subject's predicates and objects; each triple once, however often it is among them."""
    objects: dict[str, dict[str, None]] = {}
    for predicate, obj in triples:
        objects.setdefault(predicate, {})[obj] = None
    return Block(subject, {predicate: sorted(found) for predicate, found in objects.items()})


@lru_cache(_MOST_SHAPES)
def in_order(predicates: tuple[str, ...]) -> tuple[str, ...]:
    """The predicates of a block in the order in which they stand there."""
    return tuple(sorted(predicates, key=lambda predicate: (_RANK.get(predicate, _UNRANKED), predicate)))


class Names(dict[str, str]):
    """A term of N-Triples -> its Turtle form; knows which prefixes were used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take the prefixes by namespace."""
        super().__init__()
        self._prefixes = prefixes
        self._used: set[str] = set()

    def __missing__(self, term: str) -> str:
        form = self._iri(term) if term[0] == "<" else term if term[0] == "_" else self._literal(term)
        if len(self) >= _MOST_NAMES:
            self.clear()
        self[term] = form
        return form

    def _iri(self, term: str) -> str:
        namespace = v.namespace(term[1:-1])
        if namespace not in self._prefixes or not _PLAIN_LOCAL.match(term, 1 + len(namespace)):
            return term
        return f"{self.prefix(namespace)}{term[1 + len(namespace) : -1]}"

    def _literal(self, term: str) -> str:
        if number := _BARE_NUMBER.match(term):
            return number[1] or number[2]
        text, _, datatype = term.rpartition("^^")
        return f"{text}^^{self[datatype]}"

    def prefix(self, namespace: str) -> str:
        """How names of a namespace begin, which has a prefix and will be used."""
        self._used.add(namespace)
        return f"{self._prefixes[namespace]}:"

    def header(self) -> str:
        """The prefix lines for all that has been named so far."""
        used = sorted((self._prefixes[namespace], namespace) for namespace in self._used)
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in used)


def render(block_: Block, names: Names) -> str:
    """A block as Turtle, one object per line."""
    parts = []
    for predicate in in_order(tuple(block_.triples)):
        # Literals without a datatype or language end in a quotation mark and stand as they are.
        objects = [names[o] if o[-1] == ">" else o for o in block_.triples[predicate]]
        if predicate == TYPE:
            parts.append(f"a {', '.join(objects)}")
        else:
            parts.append(f"{names[predicate]} {NEXT_OBJECT.join(objects)}")
    return f"\n{names[block_.subject]} {_NEXT_PREDICATE.join(parts)} .\n"


def template(predicates: tuple[str, ...], names: Names) -> str:
    """What `str.format` makes a block of, given the subject and then the objects of each of these predicates.

    All as Turtle has them; several objects joined with `NEXT_OBJECT`. Predicates are of the vocabulary.
    """
    places = {predicate: place for place, predicate in enumerate(predicates, start=1)}
    verbs = ((places[each], "a" if each == TYPE else names[each]) for each in in_order(predicates))
    return "\n{0} " + _NEXT_PREDICATE.join(f"{verb} {{{place}}}" for place, verb in verbs) + " .\n"
