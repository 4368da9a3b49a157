"""One article's names, clustered: which of them name one thing.

A multi-pass sieve (Lee et al., "Deterministic coreference resolution", Computational Linguistics 39(4), 2013): the most
precise relation first, each pass over the clusters of the passes before, every merge with its reason, none across a
conflict (a part and its whole, two given names, disjoint kinds) between any two names of the two clusters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.naming.acronyms import initial_variants, is_acronym
from kg.naming.forms import core_tokens, fold, normal_form, singular, squeezed
from kg.naming.kinds import CANNOT_BITS, CLOSE_BITS, KINDS, SURE_SHARE, Kind, kind_bits, kind_distribution
from kg.naming.persons import parse_person
from kg.naming.short_forms import conflicting, is_weak_name
from kg.naming.sieve import PASSES, is_bracketed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.naming.sieve import Pass

_AFTER_ALL: Final = 1 << 60
"""The order of a name in a title: titles use short forms before the text gives the full name."""


@dataclass(frozen=True, slots=True)
class NameInText:
    """A name as one place of an article has it: `order` grows along the text (its offset serves).

    `acronym_of` is the full name right before it, where it stands in brackets ("Bay Trade Network (BTN)").
    """

    surface: str
    class_: str
    order: int
    class_scores: Mapping[str, float] = field(default_factory=dict)
    acronym_of: str | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Names of one thing: `members` are positions in the input, sorted; `label` is the fullest usual name.

    `reasons` say how the names were joined, one per merge, in order.
    """

    members: tuple[int, ...]
    label: str
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """A growing cluster."""

    members: list[int]
    surfaces: list[str]
    first: int
    kinds: dict[Kind, float]
    introduced: list[str]
    reasons: list[str] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return max(sorted(self.kinds), key=lambda kind: self.kinds[kind])

    def absorb(self, other: _Node, reason: str | None) -> None:
        self.kinds = _pooled(self.kinds, len(self.members), other.kinds, len(other.members))
        self.members = sorted(self.members + other.members)
        self.surfaces = list(dict.fromkeys(self.surfaces + other.surfaces))
        self.first = min(self.first, other.first)
        self.introduced += other.introduced
        self.reasons += other.reasons if reason is None else [*other.reasons, reason]


def cluster_names(
    names: Sequence[NameInText], *, kinds: Mapping[str, Kind] = KINDS, places: frozenset[str] = frozenset()
) -> list[Cluster]:
    """Cluster the names of one article; clusters are sorted by their first member.

    `names` may hold each mention, or each distinct name once: mentions let a family name that two persons share go to
    the nearer one before it. `places` are normal forms of known places beside those that `names` holds.
    """
    nodes = _same_names(names, kinds)
    sure = [node for node in nodes if node.kinds.get(Kind.PLACE, 0.0) >= SURE_SHARE]
    known = places | {normal_form(surface) for node in sure for surface in node.surfaces}
    nodes = _join_brackets(nodes, known)
    for step in PASSES:
        nodes = _run(step, nodes, names, kinds, known)
    clusters = [Cluster(tuple(node.members), _label(node, names), tuple(node.reasons)) for node in nodes]
    return sorted(clusters, key=lambda cluster: cluster.members)


def _node(i: int, names: Sequence[NameInText], kinds: Mapping[str, Kind]) -> _Node:
    name = names[i]
    return _Node(
        members=[i],
        surfaces=[name.surface],
        first=_AFTER_ALL if name.in_title else name.order,
        kinds=kind_distribution(name.class_, name.class_scores, kinds),
        introduced=[] if name.acronym_of is None else [name.acronym_of],
    )


def _same_names(names: Sequence[NameInText], kinds: Mapping[str, Kind]) -> list[_Node]:
    """Group equal names: one thing per name and article, unless the kinds exclude each other (Paris the person)."""
    groups: dict[str, list[_Node]] = defaultdict(list)
    for i in sorted(range(len(names)), key=lambda i: (names[i].order, i)):
        node = _node(i, names, kinds)
        found = groups[_name_key(node)]
        same = next((other for other in found if kind_bits(node.kinds, other.kinds) > CANNOT_BITS), None)
        if same is None:
            found.append(node)
        else:
            same.absorb(node, None)
    return [node for found in groups.values() for node in found]


def _name_key(node: _Node) -> str:
    surface = node.surfaces[0]
    return " ".join(parse_person(surface).parts) if node.kind is Kind.PERSON else normal_form(surface)


def _join_brackets(nodes: list[_Node], places: frozenset[str]) -> list[_Node]:
    gone: set[int] = set()
    for node in nodes:
        for other in nodes:
            if other is node or id(other) in gone or id(node) in gone or not node.introduced:
                continue
            reasons = (is_bracketed(a, b, node.introduced) for a in node.surfaces for b in other.surfaces)
            reason = next((text for text in reasons if text), None)
            if reason is not None and not _conflict(node, other, places, brackets=True):
                other.absorb(node, f"{node.surfaces[0]} / {other.surfaces[0]}: {reason}")
                gone.add(id(node))
    return [node for node in nodes if id(node) not in gone]


def _run(
    step: Pass, nodes: list[_Node], names: Sequence[NameInText], kinds: Mapping[str, Kind], places: frozenset[str]
) -> list[_Node]:
    """Run one pass: every node, as the shorter name, looks for the node that it belongs to."""
    index = _index(nodes)
    gone: set[int] = set()
    added: list[_Node] = []
    for node in sorted(nodes, key=lambda node: node.members):
        found = [
            (other, reason)
            for other in _candidates(node, index)
            if other is not node and id(other) not in gone and (reason := _reason(step, node, other, places))
        ]
        if found and node.kind is Kind.PERSON and step.after:
            added += _share_out(node, found, names, kinds)
            gone.add(id(node))
        elif len(found) == 1 or (found and not step.unique):
            found[0][0].absorb(node, found[0][1])
            gone.add(id(node))
    return [node for node in (*nodes, *added) if id(node) not in gone]


def _share_out(
    node: _Node, found: list[tuple[_Node, str]], names: Sequence[NameInText], kinds: Mapping[str, Kind]
) -> list[_Node]:
    """Give each mention of a part of a name to the person named last before it; return what is left over."""
    rest: list[_Node] = []
    for i in node.members:
        single = _node(i, names, kinds)
        owner = _owner(names[i], found, names)
        if owner is not None:
            owner[0].absorb(single, owner[1] if len(found) == 1 else f"{owner[1]}, the nearest before")
        elif rest:
            rest[0].absorb(single, None)
        else:
            rest.append(single)
    return rest


def _owner(name: NameInText, found: list[tuple[_Node, str]], names: Sequence[NameInText]) -> tuple[_Node, str] | None:
    """Return the person named last before `name`; for a title, the only one that the text names."""
    if name.in_title:
        return found[0] if len(found) == 1 else None
    last = [
        (max(orders), i)
        for i, (owner, _) in enumerate(found)
        if (orders := [names[m].order for m in owner.members if names[m].order < name.order or names[m].in_title])
    ]
    return found[max(last)[1]] if last else None


def _reason(step: Pass, short: _Node, long: _Node, places: frozenset[str]) -> str | None:
    if step.after and long.first >= short.first and short.kind is not Kind.PERSON:
        return None  # persons: mention by mention, in _share_out
    if step.close and kind_bits(short.kinds, long.kinds) < CLOSE_BITS:
        return None
    kind = Kind.PERSON if Kind.PERSON in (short.kind, long.kind) else long.kind
    for a in short.surfaces:
        for b in long.surfaces:
            reason = step.test(a, b, kind, places)
            if reason is not None:
                return None if _conflict(short, long, places) else f"{a} / {b}: {reason}"
    return None


def _conflict(left: _Node, right: _Node, places: frozenset[str], *, brackets: bool = False) -> bool:
    if kind_bits(left.kinds, right.kinds) <= CANNOT_BITS:
        return True
    if brackets:
        return False
    kind = Kind.PERSON if Kind.PERSON in (left.kind, right.kind) else right.kind
    return any(conflicting(a, b, kind, places) is not None for a in left.surfaces for b in right.surfaces)


def _index(nodes: Iterable[_Node]) -> dict[str, list[_Node]]:
    index: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        for key in _keys(node):
            index[key].append(node)
    return index


def _candidates(node: _Node, index: Mapping[str, list[_Node]]) -> Iterator[_Node]:
    """Yield the nodes that share a key with `node`, each once, in order of their keys."""
    seen: set[int] = set()
    for key in _keys(node):
        for other in index.get(key, ()):
            if id(other) not in seen:
                seen.add(id(other))
                yield other


def _keys(node: _Node) -> list[str]:
    keys: dict[str, None] = {}
    for surface in node.surfaces:
        words = core_tokens(surface)
        keys.update(dict.fromkeys(words))
        keys.update(dict.fromkeys("~" + "".join(sorted(set(word))) for word in words))
        keys["=" + squeezed(surface)] = None
        keys["=" + singular(surface)] = None
        if len(words) > 1:
            keys["@" + words[0][:1]] = None
        if is_acronym(surface):
            keys["@" + fold(surface)[:1]] = None
            keys["^" + fold(surface).replace(".", "").removesuffix("'s").upper()] = None
        keys.update(dict.fromkeys("^" + initials for initials in sorted(initial_variants(surface))))
    return list(keys)


def _label(node: _Node, names: Sequence[NameInText]) -> str:
    """Choose the best name: no acronym where there is a full name, a strong name, then the longest, then the first."""

    def rank(surface: str) -> tuple[bool, bool, int, str]:
        return (is_acronym(surface), is_weak_name(surface), -len(core_tokens(surface)), "")

    order = {names[i].surface: names[i].order for i in reversed(node.members)}
    best = min(node.surfaces, key=lambda surface: (rank(surface), order.get(surface, 0), surface))
    return " ".join(best.removesuffix("'s").removesuffix("\u2019s").split())


def _pooled(left: Mapping[Kind, float], weight: int, right: Mapping[Kind, float], more: int) -> dict[Kind, float]:
    both = sorted(left.keys() | right.keys())
    return {k: (left.get(k, 0.0) * weight + right.get(k, 0.0) * more) / (weight + more) for k in both}
