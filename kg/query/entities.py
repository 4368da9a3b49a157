"""Entities of a store by their names, as people give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import UsageError
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LABEL: Final = ox.NamedNode(v.RDFS_LABEL)
_ALIAS: Final = ox.NamedNode(v.SKOS_ALT_LABEL)
_TYPE: Final = ox.NamedNode(v.RDF_TYPE)


def find_entity(store: ox.Store, name: str, classes: Sequence[str], prefixes: Mapping[str, str]) -> str:
    """The IRI of the entity with this label, other name or key (in any case), of one of the classes if any are given.

    `classes` are prefixed names. Raises UsageError where no entity, or more than one, is called so.
    """
    wanted = name.strip().casefold()
    space = prefixes["id"]
    key = wanted.removeprefix("id:")
    by_key = [each for each in _exactly(store, space, key) if _is_any(store, each, classes, prefixes)]
    names = [
        (each, text, is_label)
        for each, text, is_label in _names(store, space)
        if _is_any(store, each, classes, prefixes)
    ]
    by_label = _distinct(each for each, text, is_label in names if is_label and text.casefold() == wanted)
    by_alias = _distinct(each for each, text, _ in names if text.casefold() == wanted)
    found = by_label or by_alias or by_key
    if len(found) == 1 or len(by_key) == 1:
        return (found if len(found) == 1 else by_key)[0].value
    if found:
        keys = ", ".join(unquote(each.value.removeprefix(space)) for each in found)
        raise UsageError(f'"{name}" is the name of {len(found)} entities; choose one by its key: {keys}')
    kind = " or ".join(each.partition(":")[2].lower() for each in classes)
    raise UsageError(f'no {kind or "entity"} is called "{name}"{did_you_mean(name, (text for _, text, _ in names))}')


def _exactly(store: ox.Store, space: str, key: str) -> list[ox.NamedNode]:
    """The entity of this key, where there is one; keys are lower-case."""
    try:
        node = ox.NamedNode(v.entity_iri(space.removesuffix("id/"), unquote(key)))
    except ValueError:
        return []
    return [node] if any(True for _ in store.quads_for_pattern(node, _LABEL, None)) else []


def _names(store: ox.Store, space: str) -> Iterator[tuple[ox.NamedNode, str, bool]]:
    """Every name of every entity, labels first, by IRI; whether it is the label."""
    for predicate in (_LABEL, _ALIAS):
        found = [
            (quad.subject.value, quad.object.value)
            for quad in store.quads_for_pattern(None, predicate, None)
            if isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.Literal)
            and quad.subject.value.startswith(space)
        ]
        yield from ((ox.NamedNode(iri), text, predicate == _LABEL) for iri, text in sorted(found))


def _is_any(store: ox.Store, node: ox.NamedNode, classes: Sequence[str], prefixes: Mapping[str, str]) -> bool:
    if not classes:
        return True
    wanted = (f"{prefixes.get(prefix, prefix + ':')}{name}" for prefix, _, name in (c.partition(":") for c in classes))
    return any(ox.Quad(node, _TYPE, ox.NamedNode(iri)) in store for iri in wanted)


def _distinct(nodes: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
    return list(dict.fromkeys(nodes))
