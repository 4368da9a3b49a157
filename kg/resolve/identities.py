"""All that the user says of identity, made one: nodes of `aliases.ttl`, pairs of `aliases.csv`, rows of gazetteers.

What says more of a thing is added to it: a pair to the node that bears one of its names, a row to the node whose label
it lists, or that lists the row's. Whatever cannot all be true is an error that names both places.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError
from kg.naming import normal_form, slug
from kg.resolve.aliases import Aliases, AliasNode
from kg.vocabulary import namespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.resolve.alias_tables import Listed, Pair

_SHOWN: Final = 10
"""Conflicts that one message lists: enough to see a pattern."""
_HASH_DIGITS: Final = 6


@dataclass(slots=True, eq=False)
class _Draft:
    """A node in the making; `places` say where it comes from."""

    key: str | None
    names: list[str]
    classes: tuple[str, ...]
    same_as: set[str]
    places: list[str] = field(default_factory=list)

    @property
    def forms(self) -> set[str]:
        return {normal_form(name) for name in self.names}


class _Drafts:
    """All drafts, found by name."""

    def __init__(self, nodes: Iterable[AliasNode], path: str) -> None:
        self.all: list[_Draft] = []
        self.conflicts: list[str] = []
        self._by_form: dict[str, list[_Draft]] = defaultdict(list)
        for node in nodes:
            self.add(_Draft(node.key, list(node.names), node.classes, set(node.same_as), [f"{path} (id:{node.key})"]))

    def add(self, draft: _Draft) -> None:
        """Keep a new draft."""
        self.all.append(draft)
        for form in draft.forms:
            self._by_form[form].append(draft)

    def named(self, name: str) -> list[_Draft]:
        """Return the drafts that bear a name."""
        return self._by_form.get(normal_form(name), [])

    def all_names(self, name: str) -> set[str]:
        """Return a name and whatever else the things are called that bear it, in normal form."""
        return {normal_form(name), *(form for draft in self.named(name) for form in draft.forms)}

    def extend(self, draft: _Draft, names: Iterable[str], place: str) -> None:
        """Give a draft more names."""
        for name in names:
            form = normal_form(name)
            if form not in draft.forms:
                draft.names.append(name)
                self._by_form[form].append(draft)
        draft.places.append(place)

    def same(self, component: Sequence[Pair]) -> None:
        """Take over names that pairs join."""
        names = list(dict.fromkeys(name for pair in component for name in (pair.name, pair.other)))
        found = list(dict.fromkeys(draft for name in names for draft in self.named(name)))
        if len(found) > 1:
            places = " and ".join(sorted(draft.places[0] for draft in found))
            self.conflicts.append(f"{component[0].place}: makes one of {', '.join(names)}, which are two in {places}")
        elif found:
            self.extend(found[0], names, component[0].place)
        else:
            self.add(_Draft(None, names, (), set(), [component[0].place]))

    def listed(self, row: Listed) -> None:
        """Take over a row of a gazetteer."""
        label = normal_form(row.names[0])
        wanted = {normal_form(name) for name in row.names}
        near = dict.fromkeys(draft for name in row.names for draft in self.named(name))
        found = [
            draft
            for draft in near
            if (label in draft.forms or normal_form(draft.names[0]) in wanted)
            and (row.class_ is None or not draft.classes or row.class_ in draft.classes)
        ]
        if len(found) != 1:
            self.add(_Draft(None, list(row.names), (row.class_,) if row.class_ else (), set(row.same_as), [row.place]))
            return
        draft = found[0]
        clash = _clash(draft.same_as, row.same_as)
        if clash:
            self.conflicts.append(f"{row.place}: links {row.names[0]} to {clash[1]}, {draft.places[0]} to {clash[0]}")
        self.extend(draft, row.names, row.place)
        draft.same_as |= set(row.same_as)
        draft.classes = draft.classes or ((row.class_,) if row.class_ else ())

    def different(self, pair: Pair) -> None:
        """Check that nothing makes one of two names that differ."""
        if normal_form(pair.name) == normal_form(pair.other):
            self.conflicts.append(f"{pair.place}: {pair.name} and {pair.other} are one name")
        for draft in self.named(pair.name):
            if normal_form(pair.other) in draft.forms:
                places = ", ".join(draft.places)
                self.conflicts.append(
                    f"{pair.place}: says that {pair.name} is not {pair.other}, which are one in {places}"
                )


def combine(turtle: Aliases, path: str, pairs: Sequence[Pair], listed: Sequence[Listed]) -> Aliases:
    """Return all identities as one; `path` is the file that `turtle` was read from.

    Raises `OntologyError` with every contradiction and the places of both sides.
    """
    drafts = _Drafts(turtle.nodes, path)
    for component in _components([pair for pair in pairs if pair.same]):
        drafts.same(component)
    for row in listed:
        drafts.listed(row)
    apart = [pair for pair in pairs if not pair.same]
    for pair in apart:
        drafts.different(pair)
    if drafts.conflicts:
        more = len(drafts.conflicts) - _SHOWN
        lines = [*drafts.conflicts[:_SHOWN], *([f"... and {more} more"] if more > 0 else [])]
        raise OntologyError("names contradict each other; correct one of the two places:\n  " + "\n  ".join(lines))
    nodes = _with_keys(drafts.all)
    different: dict[str, set[str]] = defaultdict(set)
    for pair in apart:
        left, right = drafts.all_names(pair.name), drafts.all_names(pair.other)
        for form in left:
            different[form] |= right
        for form in right:
            different[form] |= left
    return Aliases(
        tuple(sorted(nodes, key=lambda node: node.key)),
        {form: frozenset(others) for form, others in sorted(different.items())},
        turtle.links,
    )


def _components(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Put pairs that hang together by a name into one list each, in the order of the file."""
    root: dict[str, str] = {}

    def find(form: str) -> str:
        while root.setdefault(form, form) != form:
            root[form] = root[root[form]]
            form = root[form]
        return form

    for pair in pairs:
        root[find(normal_form(pair.other))] = find(normal_form(pair.name))
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[find(normal_form(pair.name))].append(pair)
    return list(found.values())


def _clash(left: Iterable[str], right: Iterable[str]) -> tuple[str, str] | None:
    """Return two links into one data set that differ."""
    known = {namespace(link): link for link in sorted(left)}
    return next(((a, b) for b in sorted(right) if (a := known.get(namespace(b), b)) != b), None)


def _with_keys(drafts: Iterable[_Draft]) -> list[AliasNode]:
    ordered = sorted(drafts, key=lambda draft: (draft.key is None, draft.key or "", draft.names, draft.classes))
    keys: dict[str, _Draft] = {}
    for draft in ordered:
        keys[draft.key or next(key for key in _choices(draft) if key not in keys)] = draft
    return [AliasNode(key, tuple(d.names), d.classes, tuple(sorted(d.same_as))) for key, d in keys.items()]


def _choices(draft: _Draft) -> tuple[str, ...]:
    plain = slug(draft.names[0])
    by_class = f"{plain}-{slug(draft.classes[0])}" if draft.classes else plain
    said = "\n".join((*draft.names, *draft.classes, *sorted(draft.same_as), *draft.places))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return (plain, by_class, f"{by_class}-{digest[:_HASH_DIGITS]}", f"{by_class}-{digest}")


def names_apart(different: Mapping[str, frozenset[str]], names: Iterable[str]) -> frozenset[str]:
    """Return the normal forms of all names that are said to differ from any of `names`."""
    return frozenset(other for name in names for other in different.get(normal_form(name), ()))
