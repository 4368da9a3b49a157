"""Groups to entities: label, class, key, background."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.model import Background, Entity
from kg.naming import core_tokens, is_acronym, slug, strip_legal_suffix
from kg.resolve.gazetteer import CLASSES, Place, country_iri
from kg.resolve.records import is_full_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import Article
    from kg.ontology.schema import Concept, Ontology
    from kg.resolve.aliases import Aliases, AliasNode
    from kg.resolve.groups import Group
    from kg.resolve.records import Record

HASH_DIGITS: Final = 6
"""Hexadecimal digits that part namesakes of one class: sixteen million, for the few that share a name."""
GAZETTEER_VOTE: Final = 0.5
"""Weight of the gazetteer's class per record of a place, against a whole vote of the reader."""


class Known:
    """What is known of things from outside the articles, by the anchor of their group."""

    def __init__(self, concepts: Sequence[Concept], aliases: Aliases, places: Mapping[str, Place]) -> None:
        self.concepts = {f"concept:{concept.iri}": concept for concept in concepts}
        self.nodes = {f"alias:{node.key}": node for node in aliases.nodes}
        self.links = aliases.links
        self._places = places

    def place(self, group: Group) -> Place | None:
        """Return the place that most records of a group mean."""
        found = Counter(place.id for r in group.records if (place := self._places.get(r.id)) is not None)
        if not found:
            return None
        best = min(found, key=lambda key: (-found[key], key))
        return next(place for r in group.records if (place := self._places.get(r.id)) is not None and place.id == best)

    def concept(self, group: Group) -> Concept | None:
        """Return the concept that a group is."""
        return self.concepts.get(group.anchor or "")

    def node(self, group: Group) -> AliasNode | None:
        """Return the node of the alias file that a group is."""
        return self.nodes.get(group.anchor or "")


def make_entities(
    groups: Sequence[Group], articles: Sequence[Article], ontology: Ontology, known: Known
) -> dict[str, Entity]:
    """Return the entity of each group, by group id."""
    first_seen = {article.id: (article.published or date.max, article.id) for article in articles}
    ordered = sorted(groups, key=lambda group: (min(first_seen[a] for a in group.articles), group.id))
    classes = {group.id: _classes(group, ontology, known) for group in ordered}
    keys = _keys(ordered, first_seen, known)
    return {group.id: _entity(group, keys[group.id], classes[group.id], known) for group in ordered}


def _entity(group: Group, key: str, classes: tuple[str, ...], known: Known) -> Entity:
    label = _label(group, known)
    node = known.node(group)
    aliases = sorted(({*group.names} | set(node.names if node else ())) - {label})
    articles = sorted({record.article for record in group.records if record.names or record.concept})
    background = _background(known.place(group), (*(node.same_as if node else ()), *known.links.get(key, ())))
    return Entity(key, label, classes, tuple(aliases), tuple(articles), background)


def _background(place: Place | None, stated: Iterable[str]) -> Background | None:
    links = {*stated, *([place.iri] if place else [])}
    if place is None:
        return Background(same_as=tuple(sorted(links))) if links else None
    country = country_iri(place.country) if place.country else None
    return Background(tuple(sorted(links)), place.latitude, place.longitude, country, place.iso_code)


def _label(group: Group, known: Known) -> str:
    """Return the name to show: the alias file's, the concept's, else the usual full name in the articles."""
    node, concept = known.node(group), known.concept(group)
    if node is not None:
        return node.label
    if concept is not None:
        return concept.label
    counts = Counter(record.label for record in group.records)
    return min(counts, key=lambda label: _label_rank(label, counts[label], group))


def _label_rank(label: str, count: int, group: Group) -> tuple[bool, bool, bool, int, int, str]:
    shouted = label.isupper() and not is_acronym(label)
    unnamed = bool(group.names) and label not in group.names
    return (unnamed, not is_full_name(label, group.kind), shouted, -count, -len(label), label)


def _classes(group: Group, ontology: Ontology, known: Known) -> tuple[str, ...]:
    """Return the class with the greatest sum of scores, then its superclasses; a tie goes to the more specific."""
    node, concept, place = known.node(group), known.concept(group), known.place(group)
    if node is not None and node.classes:
        return _with_parents(node.classes, ontology)
    if concept is not None:
        return _with_parents((concept.class_,), ontology)
    scores: dict[str, float] = defaultdict(float)
    for record in group.records:
        for name, score in record.class_scores.items():
            scores[name] += score
    if place is not None and CLASSES[place.type] in scores:
        scores[CLASSES[place.type]] += GAZETTEER_VOTE * len(group.records)
    best = min(scores, key=lambda name: (-round(scores[name], 9), -_depth(name, ontology), name))
    return _with_parents((best,), ontology)


def _with_parents(classes: Sequence[str], ontology: Ontology) -> tuple[str, ...]:
    ranked = sorted(classes, key=lambda name: (-_depth(name, ontology), name))
    parents = [p for name in ranked if name in ontology.classes for p in ontology.classes[name].parents]
    return tuple(dict.fromkeys((*ranked, *parents)))


def _depth(class_: str, ontology: Ontology) -> int:
    return len(ontology.classes[class_].parents) if class_ in ontology.classes else 0


def _keys(ordered: Sequence[Group], first_seen: Mapping[str, tuple[date, str]], known: Known) -> dict[str, str]:
    """Give every group a key, the things seen first before the others; see docs/decisions/0030-keys.md."""
    reserved = {node.key for node in known.nodes.values()}
    keys = {group.id: node.key for group in ordered if (node := known.node(group)) is not None}
    taken = reserved | set(keys.values())
    for group in ordered:
        if group.id in keys:
            continue
        first = min(group.records, key=lambda record: (first_seen[record.article], *_fullness(record), record.id))
        key = next(k for k in _key_choices(first, group, known) if k not in taken)
        taken.add(key)
        keys[group.id] = key
    return keys


def _key_source(first: Record, group: Group, known: Known) -> str:
    """Return the name that the key is made from: a concept's or place's own, else that of the first article."""
    concept, place = known.concept(group), known.place(group)
    if concept is not None:
        return concept.label
    if place is not None:
        return place.name
    return strip_legal_suffix(_first_name(first))


def _fullness(record: Record) -> tuple[bool, bool, int]:
    """Return a key that puts the fuller name of two that one article has for a thing first, descriptions last."""
    name = _first_name(record)
    described = name.rsplit(maxsplit=1)[-1][:1].islower() if name.strip() else True
    return (described, not is_full_name(name, record.kind), -len(core_tokens(name)))


def _first_name(record: Record) -> str:
    full = [name for name in record.names if is_full_name(name, record.kind)]
    return record.label if record.label in full or not full else max(full, key=lambda name: (len(name), name))


def _key_choices(first: Record, group: Group, known: Known) -> tuple[str, ...]:
    """Return the keys that a group may have, the plainest first; all are made from its first record alone."""
    plain, place = slug(_key_source(first, group, known)), known.place(group)
    if place is not None:
        where = f"{plain}-{slug(f'{place.country or place.code} {place.code}')}"
        return (plain, where, f"{where}-{place.id}")
    class_ = max(sorted(first.class_scores), key=lambda name: first.class_scores[name])
    by_class = f"{plain}-{slug(class_)}"
    digest = hashlib.sha256(f"{class_}\n{first.id}".encode("utf-8", "surrogatepass")).hexdigest()
    return (plain, by_class, f"{by_class}-{digest[:HASH_DIGITS]}", f"{by_class}-{digest}")
