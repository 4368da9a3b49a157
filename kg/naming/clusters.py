"""One article's names, clustered: which of them name one thing.

A multi-pass sieve (Lee et al., "Deterministic coreference resolution", Computational Linguistics 39(4), 2013): the most
precise relation first, each pass over the clusters of the passes before, every merge with its reason, none across a
conflict (a part and its whole, two given names, disjoint kinds) between any two names of the two clusters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeVar

from kg.naming.acronyms import is_acronym
from kg.naming.forms import alike, core_tokens, normal_form
from kg.naming.kinds import CANNOT_BITS, CLOSE_BITS, KINDS, SURE_SHARE, Kind, kind_bits, kind_distribution
from kg.naming.persons import FORMS_OF_ADDRESS, PersonRelation, parse_person, relate_persons
from kg.naming.short_forms import conflicting, is_weak_name
from kg.naming.sieve import PASSES, is_bracketed, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.naming.sieve import Pass

Name = TypeVar("Name", bound=str)

SAME_CLASS: Final = 0.3
"""Probability of one class from which a place may lose the word for its kind: "Guizhou province" is the region Guizhou,
"Mexico City" is not the country."""

_AFTER_ALL: Final = 1 << 60
"""The order of a name in a title: titles use short forms before the text gives the full name."""


@dataclass(frozen=True, slots=True)
class NameInText:
    """A name as one place of an article has it: `order` grows along the text (its offset serves).

    `acronym_of` is the full name right before it, where it stands in brackets ("Bay Trade Network (BTN)"). `sentence`
    is equal for names of one sentence, and None where it is not known. `is_whole` says that something is said there to
    be part of it, or to come from it.
    """

    surface: str
    class_: str
    order: int
    class_scores: Mapping[str, float] = field(default_factory=dict)
    acronym_of: str | None = None
    in_title: bool = False
    sentence: int | None = None
    is_whole: bool = False


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
    """A growing cluster: `first` is the order of its first name, `body` of the first outside the title.

    `kind` is the likeliest of `kinds`.
    """

    members: list[int]
    surfaces: list[str]
    first: int
    body: int
    kinds: dict[Kind, float]
    classes: dict[str, float]
    introduced: list[str]
    sentences: frozenset[int] = frozenset()
    is_whole: bool = False
    reasons: list[str] = field(default_factory=list)
    kind: Kind = field(init=False)
    keys: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        self.kind = _likeliest(self.kinds)

    def absorb(self, other: _Node, reason: str | None) -> None:
        self.kinds = _pooled(self.kinds, len(self.members), other.kinds, len(other.members))
        self.kind = _likeliest(self.kinds)
        self.classes = _pooled(self.classes, len(self.members), other.classes, len(other.members))
        self.members = sorted(self.members + other.members)
        self.surfaces = list(dict.fromkeys(self.surfaces + other.surfaces))
        self.keys = None
        self.first, self.body = min(self.first, other.first), min(self.body, other.body)
        self.introduced += other.introduced
        self.sentences |= other.sentences
        self.is_whole |= other.is_whole
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
        first=name.order,
        body=_AFTER_ALL if name.in_title else name.order,
        kinds=kind_distribution(name.class_, name.class_scores, kinds),
        classes=dict(name.class_scores) or {name.class_: 1.0},
        introduced=[] if name.acronym_of is None else [name.acronym_of],
        sentences=frozenset() if name.sentence is None or name.in_title else frozenset({name.sentence}),
        is_whole=name.is_whole,
    )


def _same_names(names: Sequence[NameInText], kinds: Mapping[str, Kind]) -> list[_Node]:
    """Group equal names: one thing per name and article, unless the kinds exclude each other (Paris the person)."""
    groups: dict[str, list[_Node]] = defaultdict(list)
    for i in sorted(range(len(names)), key=lambda i: (names[i].order, i)):
        node = _node(i, names, kinds)
        found = groups[_name_key(node)]
        same = next((other for other in found if _may_be_one(node, other)), None)
        if same is None:
            found.append(node)
        else:
            same.absorb(node, None)
    return [node for found in groups.values() for node in found]


def _name_key(node: _Node) -> str:
    surface = node.surfaces[0]
    return parse_person(surface).form if node.kind is Kind.PERSON else normal_form(surface)


def _may_be_one(node: _Node, other: _Node) -> bool:
    """Say whether things of one name may be one: no kinds that exclude each other, no "Mr." here and "Mrs." there."""
    if kind_bits(node.kinds, other.kinds) <= CANNOT_BITS:
        return False
    if Kind.PERSON not in (node.kind, other.kind):
        return True
    pairs = ((a, b) for a in node.surfaces for b in other.surfaces)
    return not any(relate_persons(a, b) is PersonRelation.DIFFERENT for a, b in pairs)


def _join_brackets(nodes: list[_Node], places: frozenset[str]) -> list[_Node]:
    gone: set[int] = set()
    for node in nodes:
        for other in nodes if node.introduced else ():
            if other is node or id(other) in gone or id(node) in gone:
                continue
            alike = _is_titled(node) and _is_titled(other) and kind_bits(node.kinds, other.kinds) >= CLOSE_BITS
            reasons = (is_bracketed(a, b, node.introduced, alike=alike) for a in node.surfaces for b in other.surfaces)
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
        elif len(found) == 1 or (found and not step.unique and not _rivals(found, places)):
            found[0][0].absorb(node, found[0][1])
            gone.add(id(node))
    return [node for node in (*nodes, *added) if id(node) not in gone]


def _rivals(found: Sequence[tuple[_Node, str]], places: frozenset[str]) -> bool:
    """Say whether two of the things that a name fits are surely two ("J. Marsh" of Jane and John)."""
    return any(_conflict(a, b, places) for (a, _), (b, _) in combinations(found, 2))


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
    """Return the person whose title `name` has, else the one named last before it; for a headline, the only one."""
    if name.in_title:
        return found[0] if len(found) == 1 else None
    titles = set(parse_person(name.surface).titles) - FORMS_OF_ADDRESS
    titled = [
        (owner, reason)
        for owner, reason in found
        if owner.first < name.order and any(titles.intersection(parse_person(s).titles) for s in owner.surfaces)
    ]
    if len(titled) == 1:
        return titled[0]
    last = [
        (max(orders), i)
        for i, (owner, _) in enumerate(found)
        if (orders := [names[m].order for m in owner.members if names[m].order < name.order or names[m].in_title])
    ]
    return found[max(last)[1]] if last else None


def _reason(step: Pass, short: _Node, long: _Node, places: frozenset[str]) -> str | None:
    kind = Kind.PERSON if Kind.PERSON in (short.kind, long.kind) else long.kind
    if step.after and kind is not Kind.PERSON and not _follows(short, long, kind):
        return None  # persons: mention by mention, in _share_out
    if step.close and kind_bits(short.kinds, long.kinds) < CLOSE_BITS:
        return None
    for a in short.surfaces:
        for b in long.surfaces:
            reason = step.test(*alike(a, b), kind, places)
            if reason is not None:
                return None if _conflict(short, long, places) else f"{a} / {b}: {reason}"
    return None


def _is_titled(node: _Node) -> bool:
    return node.kind not in (Kind.PERSON, Kind.PLACE, Kind.THING)


def _follows(short: _Node, long: _Node, kind: Kind) -> bool:
    """Say whether a short name can take up a long one: it comes later, in sentences of its own; places: of one class.

    A writer who names both in one sentence ("Orlo and Orlo Freight"), or the shorter one first, means two things, and
    so does one who says that something split from the shorter (of 17 such pairs in annotated news 13 are two). For
    technologies and sectors the order is of no account.
    """
    if kind is Kind.PLACE:
        return sum(p * long.classes.get(name, 0.0) for name, p in sorted(short.classes.items())) >= SAME_CLASS
    if kind is Kind.CONCEPT:
        return True
    return long.first < short.body and not short.is_whole and short.sentences.isdisjoint(long.sentences)


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


def _keys(node: _Node) -> Iterable[str]:
    """Return the keys of all names of a node, worked out once for each set of names."""
    if node.keys is None:
        node.keys = tuple(dict.fromkeys(key for surface in node.surfaces for key in keys_of(surface)))
    return node.keys


def _label(node: _Node, names: Sequence[NameInText]) -> str:
    """Choose the best name: no acronym where there is a full name, a strong name, then the longest, then the first."""

    def rank(surface: str) -> tuple[bool, bool, int, str]:
        return (is_acronym(surface), is_weak_name(surface), -len(core_tokens(surface)), "")

    order = {names[i].surface: names[i].order for i in reversed(node.members)}
    best = min(node.surfaces, key=lambda surface: (rank(surface), order.get(surface, 0), surface))
    return " ".join(best.removesuffix("'s").removesuffix("\u2019s").split())


def _likeliest(kinds: Mapping[Kind, float]) -> Kind:
    return max(sorted(kinds), key=lambda kind: kinds[kind])


def _pooled(left: Mapping[Name, float], weight: int, right: Mapping[Name, float], more: int) -> dict[Name, float]:
    both = sorted(left.keys() | right.keys())
    return {k: (left.get(k, 0.0) * weight + right.get(k, 0.0) * more) / (weight + more) for k in both}
