"""Groups of records that are one thing, as the resolver grows them, and what forbids joining two."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.naming import Kind, normal_form
from kg.naming.acronyms import acronym_of
from kg.naming.comparison import is_misspelling
from kg.naming.kinds import CANNOT_BITS, kind_bits
from kg.naming.short_forms import ShortForm, conflicting, short_form
from kg.resolve.records import is_full_name, name_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kg.resolve.posts import Post
    from kg.resolve.records import Record

_SPELLINGS: Final = frozenset({ShortForm.BRACKETS, ShortForm.WITHOUT_PLACE, ShortForm.PART})
"""Relations of a shorter to a longer name that leave both names of their own."""


FEW_NAMES: Final = 8
"""Full names up to which a group compares all of them anew when it grows; with more it remembers what it has found."""


@dataclass(frozen=True, slots=True)
class _Longer:
    """Which of a group's full names are short for which other one: `of` maps form to form."""

    kind: Kind
    full: dict[str, str]
    of: dict[str, str]

    def extended(self, full: dict[str, str]) -> _Longer:
        """The same for more names: only pairs with a new one are compared."""
        new = {form: name for form, name in full.items() if self.full.get(form) != name}
        of: dict[str, str] = {}
        for form, name in full.items():
            known = self.of.get(form)
            if form not in new and known is not None and known not in new:
                of[form] = known
                continue
            against = full if form in new or known is not None else new
            found = (f for f, other in against.items() if other != name and _stands_for(name, other, self.kind))
            if (longer := next(found, None)) is not None:
                of[form] = longer
        return _Longer(self.kind, full, of)


@dataclass(slots=True)
class Group:
    """Records taken for one thing.

    `id` is the least id of its records. `names` counts surfaces; `forms` maps each name form to one surface of it.
    `anchor` is identity from outside (an alias node, a concept, a gazetteer entry): two anchors never meet.
    `kind` is the likeliest of `kinds`.
    `own` are the forms that name it by themselves, `short` those that its articles use for a longer one. `proper` are
    the names among `own` that are no misspelling of a more frequent one: they alone tell it from other things.
    `namesakes` is common to groups of one name that were found to be several things; they are never joined again.
    The other sets are those of its records.
    """

    id: str
    records: list[Record]
    anchor: str | None = None
    kind: Kind = Kind.THING
    names: Counter[str] = field(default_factory=Counter)
    forms: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    proper: tuple[str, ...] = ()
    short: dict[str, str] = field(default_factory=dict)
    kinds: dict[Kind, float] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)
    neighbours: Counter[str] = field(default_factory=Counter)
    posts: frozenset[Post] = frozenset()
    dates: frozenset[tuple[str, str]] = frozenset()
    related: frozenset[str] = frozenset()
    published: frozenset[date] = frozenset()
    unlike: frozenset[str] = frozenset()
    namesakes: str | None = None
    _longer: _Longer | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, records: Sequence[Record], anchor: str | None = None) -> Group:
        """Make a group of records, whatever their order."""
        ordered = sorted(records, key=lambda record: record.id)
        group = cls(ordered[0].id, ordered, anchor)
        for record in ordered:
            group.names.update(record.names)
            group.articles.add(record.article)
            group.neighbours.update(record.neighbours)
        group._collect(ordered)
        group.kinds = _mean_kinds(ordered)
        group.kind = _likeliest(group.kinds)
        group._sort_names()
        return group

    @property
    def shown(self) -> str:
        """The name to speak of it by: the most frequent of its own names, else of all."""
        own = [name for name in self.names if name_form(name, self.kind) in self.own] if self.own else list(self.names)
        names = own or [record.label for record in self.records[:1]]
        return min(names, key=lambda name: (-self.names[name], -len(name), name))

    def absorb(self, other: Group) -> None:
        """Take over all of `other`; both orders give the same group."""
        kind, here, there = self.kind, len(self.records), len(other.records)
        self.kinds = {
            kind: (self.kinds.get(kind, 0.0) * here + other.kinds.get(kind, 0.0) * there) / (here + there)
            for kind in sorted(self.kinds.keys() | other.kinds.keys())
        }
        self.kind = _likeliest(self.kinds)
        self.records += other.records
        self.names.update(other.names)
        self.articles |= other.articles
        self.neighbours.update(other.neighbours)
        self.id = min(self.id, other.id)
        self.anchor = self.anchor or other.anchor
        self.namesakes = self.namesakes or other.namesakes
        self.posts |= other.posts
        self.dates |= other.dates
        self.related |= other.related
        self.published |= other.published
        self.unlike |= other.unlike
        if kind is not self.kind or not other.forms.keys() <= self.forms.keys():
            self._sort_names()

    def _collect(self, records: Sequence[Record]) -> None:
        self.unlike = frozenset(form for record in records for form in record.unlike)
        stated = [record for record in records if record.posts or record.dates or record.related or record.published]
        if stated:  # most groups share the empty sets: a million of their own would take half a gigabyte
            self.posts = frozenset(post for record in stated for post in record.posts)
            self.dates = frozenset(pair for record in stated for pair in record.dates)
            self.related = frozenset(id_ for record in stated for id_ in record.related)
            self.published = frozenset(record.published for record in stated if record.published is not None)

    def _sort_names(self) -> None:
        kind = self.kind
        self.forms, often = _forms(self.names, kind)
        full = {form: name for form, name in self.forms.items() if is_full_name(name, kind)}
        known = self._longer if self._longer is not None and self._longer.kind is kind else _Longer(kind, {}, {})
        longer = known.extended(full)
        self.own = {form: name for form, name in full.items() if form not in longer.of}
        self._longer = longer if len(full) > FEW_NAMES else None
        self.short = {form: name for form, name in self.forms.items() if form not in self.own} if self.own else {}
        self.proper = _proper(self.own, often, kind)


def forbidden(left: Group, right: Group, places: frozenset[str]) -> str | None:
    """Return why two groups never are one thing, or None."""
    if left.anchor is not None and right.anchor is not None and left.anchor != right.anchor:
        return f"{left.anchor} is not {right.anchor}"
    if left.unlike and (name := next((n for n in sorted(right.names) if normal_form(n) in left.unlike), None)):
        return f"{name} is said to be different"
    if kind_bits(left.kinds, right.kinds) <= CANNOT_BITS:
        return f"{left.kind} is no {right.kind}"
    if left.namesakes is not None and left.namesakes == right.namesakes:
        return "two of one name"
    kind = Kind.PERSON if Kind.PERSON in (left.kind, right.kind) else min(left.kind, right.kind)
    for a in left.proper:
        for b in right.proper:
            reason = conflicting(a, b, kind, places)
            if reason is not None:
                return reason
    return None


def _stands_for(short: str, long: str, kind: Kind) -> bool:
    form = short_form(short, long, kind)
    return (form is not None and form not in _SPELLINGS) or acronym_of(short, long)


def _proper(own: Mapping[str, str], often: Mapping[str, int], kind: Kind) -> tuple[str, ...]:
    kept: list[str] = []
    for _, name in sorted(own.items(), key=lambda found: (-often[found[0]], found[1])):
        if not any(is_misspelling(name, other, kind) for other in kept):
            kept.append(name)
    return tuple(kept)


def _mean_kinds(records: Sequence[Record]) -> dict[Kind, float]:
    total: dict[Kind, float] = {}
    for record in records:
        for kind, p in record.kinds.items():
            total[kind] = total.get(kind, 0.0) + p / len(records)
    return dict(sorted(total.items()))


def _likeliest(kinds: Mapping[Kind, float]) -> Kind:
    return max(sorted(kinds), key=lambda kind: kinds[kind]) if len(kinds) > 1 else next(iter(kinds))


def _forms(names: Counter[str], kind: Kind) -> tuple[dict[str, str], dict[str, int]]:
    """Return a surface of each form, and how often all surfaces of it were met."""
    forms: dict[str, str] = {}
    often: dict[str, int] = {}
    for name in sorted(names):
        form = name_form(name, kind)
        forms.setdefault(form, name)
        often[form] = often.get(form, 0) + names[name]
    return forms, often
