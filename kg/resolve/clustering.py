"""Records to groups: equal names first, then spellings of one name, then short forms; never across a conflict.

Every step decides on the whole set before it changes anything, and breaks ties by ids, so the order of articles has no
effect. A merge is refused when anything forbids any pair of the two groups (see `groups.forbidden`): there is no chain
of merges around a conflict.
"""

from __future__ import annotations

import gc
import math
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.model import Decision
from kg.naming import Kind, core_tokens, is_acronym, normal_form
from kg.naming.kinds import are_close
from kg.resolve.blocking import LongNames, candidates, variant_pairs
from kg.resolve.decisions import by_name
from kg.resolve.evidence import AMBIGUITY_FACTOR, MARGIN_BITS, MERGE_BITS, Evidence, Neighbourhood, weigh
from kg.resolve.groups import Group, forbidden
from kg.resolve.namesakes import may_be_several, part_namesakes
from kg.resolve.records import is_full_name, name_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.resolve.blocking import Block
    from kg.resolve.records import Record

NEAR_MISS_BITS: Final = 0.0
"""Evidence from which a pair that was not merged is worth showing."""


@dataclass(frozen=True, slots=True)
class _Edge:
    evidence: Evidence
    left: str
    right: str
    names: tuple[str, str]
    doubt: str | None = None

    @classmethod
    def between(cls, left: Group, right: Group, evidence: Evidence) -> _Edge:
        """Make the edge of two groups."""
        return cls(evidence, left.id, right.id, (left.shown, right.shown))

    @property
    def is_clear(self) -> bool:
        """Whether the evidence suffices and has no rival."""
        return self.doubt is None and self.evidence.bits >= MERGE_BITS

    @property
    def rank(self) -> tuple[float, str, str]:
        return (-self.evidence.bits, self.left, self.right)


class _Partition:
    """Groups by record id, with the decisions made on them."""

    def __init__(self, groups: Iterable[Group], neighbourhood: Neighbourhood, places: frozenset[str]) -> None:
        self.neighbourhood = neighbourhood
        self.places = places
        self.groups = {group.id: group for group in groups}
        self.decisions: list[Decision] = []
        self._into: dict[str, str] = {}

    def find(self, key: str) -> Group:
        """Return the group that a group has become."""
        while key not in self.groups:
            key = self._into[key]
        return self.groups[key]

    def replace(self, group: Group, parts: Sequence[Group]) -> None:
        """Put the parts of a group, the main one first, in its place."""
        del self.groups[group.id]
        self.groups.update({part.id: part for part in parts})
        if group.id not in self.groups:
            self._into[group.id] = parts[0].id

    def merge(self, edges: Iterable[_Edge]) -> None:
        """Merge along edges, the strongest first; refused ones become near misses."""
        for edge in sorted(edges, key=lambda edge: edge.rank):
            left, right = self.find(edge.left), self.find(edge.right)
            if left is right:
                continue
            reason = edge.doubt or forbidden(left, right, self.places) or self._changed(edge, left, right)
            merged = reason is None and edge.evidence.bits >= MERGE_BITS
            self._decide(edge, merged=merged, reason=reason)
            if merged:
                self._join(left, right)

    def _changed(self, edge: _Edge, left: Group, right: Group) -> str | None:
        """Say what speaks against two groups that have gained posts since their edge was weighed."""
        if not (left.posts and right.posts) or {left.id, right.id} == {edge.left, edge.right}:
            return None
        evidence = weigh(left, right, self.neighbourhood, self.places)
        return evidence.reasons[-1] if evidence.bits < MERGE_BITS else None

    def _join(self, left: Group, right: Group) -> None:
        keep, gone = sorted((left, right), key=lambda group: group.id)
        del self.groups[gone.id]
        self._into[gone.id] = keep.id
        keep.absorb(gone)

    def _decide(self, edge: _Edge, *, merged: bool, reason: str | None) -> None:
        if not merged and edge.evidence.bits < NEAR_MISS_BITS:
            return
        reasons = edge.evidence.reasons if reason is None else (*edge.evidence.reasons, f"refused: {reason}")
        self.decisions.append(Decision(edge.left, edge.right, merged, edge.evidence.bits, reasons, edge.names))


def cluster_records(
    records: Sequence[Record], anchors: Mapping[str, str], places: frozenset[str]
) -> tuple[list[Group], list[Decision]]:
    """Group records that are one thing; `anchors` gives identities from outside by record id, `places` place names.

    Groups are sorted by id, decisions by their two ids.
    """
    with _collector_paused():
        neighbourhood = Neighbourhood(records)
        groups = _equal_names(records, anchors, neighbourhood, places)
        partition = _Partition(groups, neighbourhood, places)
        partition.decisions += [decision for group in groups for decision in by_name(group)]
        partition.merge(_spellings(partition))
        _attach_short_forms(partition, neighbourhood)
        groups = [partition.groups[key] for key in sorted(partition.groups)]
        decisions = sorted(set(partition.decisions), key=lambda d: (d.left, d.right, not d.merged, d.reasons))
    return groups, decisions


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Let the collector of reference cycles rest: it would walk millions of objects again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _spellings(partition: _Partition) -> Iterator[_Edge]:
    """Yield the edges of groups whose names may be spellings of one, as far as anything speaks for them."""
    for left, right in variant_pairs(partition.groups.values()):
        evidence = weigh(left, right, partition.neighbourhood, partition.places)
        if evidence.bits >= NEAR_MISS_BITS:
            yield _Edge.between(left, right, evidence)


def _equal_names(
    records: Sequence[Record], anchors: Mapping[str, str], neighbourhood: Neighbourhood, places: frozenset[str]
) -> list[Group]:
    """Put records of one anchor, or of the same names and kind, into one group; persons of two posts into two."""
    blocks: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in records:
        anchor = anchors.get(record.id)
        if record.unlike and (anchor is None or not anchor.startswith("alias:")):
            # What the user sets apart meets by its very name alone, whatever form or place two names have in common.
            blocks[("apart", record.kind, *sorted(set(map(normal_form, record.names))))].append(record)
        else:
            blocks[("anchor", anchor) if anchor else _identity(record)].append(record)
    groups: list[Group] = []
    for key, block in sorted(blocks.items()):
        if key[0] == "anchor":
            groups.append(Group.of(block, anchor=key[1]))
        elif key[:2] == ("full", Kind.PERSON) and may_be_several(block):
            groups += part_namesakes(block, " ".join(key), lambda a, b: weigh(a, b, neighbourhood, places))
        else:
            groups.append(Group.of(block))
    return groups


def _identity(record: Record) -> tuple[str, ...]:
    """Return the key that records of one thing share by their names alone; a record of its own where names are weak."""
    kind = record.kind
    full = sorted({name_form(name, kind) for name in record.names if is_full_name(name, kind)})
    if full:
        return ("full", kind, *full)
    if kind is Kind.PERSON or not record.names:
        return ("record", record.id)
    forms = sorted({name_form(name, kind) for name in record.names})
    if any(is_acronym(name) or len(core_tokens(name)) > 1 for name in record.names):
        return ("short", kind, *forms)
    return ("record", record.id)


def _attach_short_forms(partition: _Partition, neighbourhood: Neighbourhood) -> None:
    """Attach groups that short forms name to what they are short for.

    A name that several things could be short for is decided record by record, since each article may mean another; what
    stays open is one thing if the name is a full one ("Samsung"), else one per record.
    """
    index = LongNames(partition.groups.values(), partition.places)
    edges: list[_Edge] = []
    for key in sorted(partition.groups):
        group = partition.groups[key]
        if group.anchor is not None and group.kind is Kind.PLACE:
            continue
        blocks = index.blocks(group)
        readings = partial(_Options.of, blocks=blocks, possible=_judge(group, partition.places))
        options = readings(group)
        if len(options.groups) > 1 and len(group.records) > 1 and group.anchor is None and _one_word(group):
            edges += _split(partition, group, readings, neighbourhood)
        else:
            edges += _best(group, options, neighbourhood, partition.places)
    partition.merge(edges)


@dataclass(frozen=True, slots=True)
class _Options:
    """What a short name may stand for: the groups to weigh, and how many records all of its readings have."""

    groups: tuple[Group, ...]
    records: int

    @classmethod
    def of(cls, short: Group, blocks: Sequence[Block], possible: Callable[[Group], bool]) -> _Options:
        """Find the options of a group; of a long block of its kind all records count, though not all are weighed."""
        groups = tuple(other for other in candidates(short, blocks) if possible(other))
        long = sum(block.records for block in blocks if block.is_long and block.kind is short.kind)
        return cls(groups, max(long, sum(len(other.records) for other in groups)))


def _one_word(group: Group) -> bool:
    """Say whether all that a group is called is an acronym, a common description or one word."""
    return all(len(core_tokens(name)) == 1 for name in group.own.values())


def _judge(short: Group, places: frozenset[str]) -> Callable[[Group], bool]:
    """Return a test of what a group, or one of its records, may be short for; each other group is judged once."""
    known: dict[str, bool] = {short.id: False}

    def possible(other: Group) -> bool:
        if other.id not in known:
            known[other.id] = _possible(short, other, places)
        return known[other.id]

    return possible


def _possible(short: Group, long: Group, places: frozenset[str]) -> bool:
    if not are_close(short.kinds, long.kinds):
        return False
    return forbidden(short, long, places) is None


def _split(
    partition: _Partition, group: Group, options: Callable[[Group], _Options], neighbourhood: Neighbourhood
) -> list[_Edge]:
    singles = [Group.of([record]) for record in group.records]
    found = [(single, _best(single, options(single), neighbourhood, partition.places)) for single in singles]
    clear = {single.id: edges for single, edges in found if edges and edges[0].is_clear}
    if not clear and group.own:
        return []
    rest = [record for record in group.records if record.id not in clear]
    parts = [single for single in singles if single.id in clear]
    left = [Group.of(rest)] if rest and group.own else [single for single in singles if single.id not in clear]
    partition.replace(group, [*left, *parts])
    return [edge for _, edges in sorted(clear.items()) for edge in edges]


def _are_one(left: Group, right: Group, neighbourhood: Neighbourhood, places: frozenset[str]) -> bool:
    """Say whether two readings are one thing themselves, as this round will find."""
    return forbidden(left, right, places) is None and weigh(left, right, neighbourhood, places).bits >= MERGE_BITS


def _best(group: Group, options: _Options, neighbourhood: Neighbourhood, places: frozenset[str]) -> list[_Edge]:
    """Return the edge to the best option, or none where the second is as good; ambiguity costs bits."""
    weighed: list[tuple[float, str, Evidence, Group]] = []
    for other in options.groups:
        share = len(other.records) / options.records
        evidence = weigh(group, other, neighbourhood, places)
        evidence = evidence.plus(AMBIGUITY_FACTOR * math.log2(share), f"borne in {share:.0%} of such names")
        weighed.append((-evidence.bits, other.id, evidence, other))
    if not weighed:
        return []
    first, *others = sorted(weighed, key=lambda found: found[:2])
    edge = _Edge.between(group, first[3], first[2])
    if others and others[0][0] - first[0] < MARGIN_BITS:
        rival = others[0][3]
        if not _are_one(first[3], rival, neighbourhood, places):
            return [replace(edge, doubt=f"{rival.shown} fits as well")]
    return [edge]
