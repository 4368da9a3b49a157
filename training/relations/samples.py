"""Texts with known facts as the learned extractor sees them: things, and which of them are related."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.analysis import analyse
from kg.extract.relations.properties import HAS_POST
from kg.extract.relations.scene import Place, Scene, Thing, make_scene
from kg.model import Article, DateValue, Span
from training.corpus import markup
from training.relations.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from kg.extract.pipeline import Extractor
    from training.corpus.markup import Block, Statement

UNHELD = "unheld"
"""The modality of what a text denies, supposes or rumours."""
UNKNOWN = -100
"""The modality of a fact of which it is not known; torch's cross entropy leaves it out."""
MODALITIES = (*markup.MODALITIES, UNHELD)
# Properties that hold in both directions.
_SYMMETRIC = frozenset(("partnersWith",))
# The property whose statements name a post.
_HOLDS = "holdsPosition"
# Least overlap of a found name with an annotated one, intersection over union in words, to be the same.
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """A fact between things by index, said by any one of `properties`; `modality` is an index, or `UNKNOWN`."""

    subject: int
    object: int
    properties: tuple[str, ...]
    modality: int


@dataclass(slots=True)
class Sample:
    """A scene with what is known of it.

    `classes` holds the class of each thing, "" for no entity at all, None where it is not known. `open` are facts that
    may or may not be stated. `references` are words, half-open, that stand for a thing without naming it, and that
    thing; None where they are not annotated.
    """

    ident: str
    scene: Scene
    classes: list[str | None]
    facts: list[Label]
    denied: list[Label]
    open: list[Label] = field(default_factory=list)
    references: list[tuple[int, int, int]] | None = None


def spaced(block: Block) -> tuple[str, list[int]]:
    """Give the text with blank lines between its paragraphs, and the new offset of each old one."""
    offsets, shift = list[int](), 0
    for char in block.text:
        offsets.append(len(offsets) + shift)
        shift += char == "\n"
    offsets.append(len(offsets) + shift)
    return block.text.replace("\n", "\n\n"), offsets


def as_article(block: Block, text: str) -> Article:
    """Give the text as an article; the first of several paragraphs is its title."""
    title, _, rest = text.partition("\n")
    return Article(
        block.ident, f"{block.ident}.txt", title, text, "", published=_first_day(block.published),
        title_span=Span(0, len(title)) if rest else None,
    )  # fmt: skip


def _first_day(published: str | None) -> dt.date | None:
    if published is None:
        return None
    year, month, day = (*map(int, DateValue(published).lexical.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def samples(block: Block, extractor: Extractor) -> tuple[Sample, Sample]:
    """Give a text twice: with the things as annotated, and with the things as found."""
    text, offsets = spaced(block)
    doc = extractor.nlp(text)
    known = analyse(as_article(block, text), doc, extractor.ontology, extractor.taught.lexicon)
    found = make_scene(known, extractor.taught.frames.post_nouns)
    annotated, keys = annotated_scene(block, offsets, doc, found)
    number = {key: i for i, key in enumerate(keys)}
    gold = _sample(block, {key: [i] for key, i in number.items()}, Values(annotated, known), keys)
    gold.references = [
        (p.start, p.end, number[t.key]) for t in annotated.things for p in t.places if not p.is_name and t.key in number
    ]
    # what was found, by the annotated thing that it is
    match = alignment(annotated, found)
    by_key: dict[str, list[int]] = {}
    for i, key in match.items():
        by_key.setdefault(key, []).append(i)
    return gold, _sample(block, by_key, Values(found, known), [match.get(i, "") for i in range(len(found.things))])


def annotated_scene(block: Block, offsets: Sequence[int], doc: Doc, found: Scene) -> tuple[Scene, list[str]]:
    """Give the words of a found scene with the annotated entities in place of the found ones, and their keys.

    `offsets` are those of `spaced`. Values and posts are not annotated: they are the found ones, after the entities.
    """
    number = found.numbers()
    places: dict[str, list[Place]] = {key: [] for key in block.classes}
    for mention in block.mentions:
        span = doc.char_span(offsets[mention.start], offsets[mention.end - 1] + 1, alignment_mode="expand")
        inside = [number[t.i] for t in span or () if t.i in number]
        if inside:
            places[mention.entity].append(Place(inside[0], inside[-1] + 1, 1.0, mention.is_name))
    entities = [Thing(key, "entity", tuple(p)) for key, p in places.items() if any(x.is_name for x in p)]
    others = [t for t in found.things if t.kind != "entity"]
    scene = Scene(found.tokens, found.states, found.sentences, found.heads, (*entities, *others))
    return scene, [t.key for t in entities]


def alignment(annotated: Scene, found: Scene) -> dict[int, str]:
    """Give for the found entities, by index, the key of the annotated one whose names most of their names are."""
    result = {}
    for i, thing in enumerate(found.things):
        if thing.kind != "entity":
            continue
        votes: dict[str, int] = {}
        for key in _votes(thing, annotated):
            votes[key] = votes.get(key, 0) + 1
        if votes:
            result[i] = max(sorted(votes), key=lambda k: votes[k])
    return result


def _votes(thing: Thing, annotated: Scene) -> Iterator[str]:
    """Give the key of an annotated entity once for each two of their names that are the same."""
    entities = [t for t in annotated.things if t.kind == "entity"]
    for place in (p for p in thing.places if p.is_name):
        for other in entities:
            for spot in (p for p in other.places if p.is_name):
                if _overlap(place, spot) >= _OVERLAP:
                    yield other.key


def _overlap(a: Place, b: Place) -> float:
    """Give the share of their words, taken together as one run, that both have; below 0 where they are apart."""
    return (min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start))


def _sample(block: Block, by_key: dict[str, list[int]], values: Values, keys: list[str]) -> Sample:
    facts, unsure = list[Label](), list[Label]()
    for statement in block.facts:
        held = MODALITIES.index(statement.modality)
        for label, sure in _labels(statement, by_key, values, held):
            (facts if sure else unsure).append(label)
    held = MODALITIES.index(UNHELD)
    between = [s for s in block.denied if s.value in block.classes]
    denied = [label for s in between for label, _ in _labels(s, by_key, values, held)]
    classes: list[str | None] = [block.classes.get(key, "") for key in keys]
    classes += [""] * (len(values.scene.things) - len(classes))
    return Sample(block.ident, values.scene, classes, facts, denied, unsure)


def _labels(s: Statement, by_key: dict[str, list[int]], values: Values, held: int) -> Iterator[tuple[Label, bool]]:
    """Give the labels of a statement; not sure are those of values that say the same farther off."""
    for subject in by_key.get(s.subject, ()):
        if s.value not in by_key:
            for k, value in enumerate(values.of(s, subject)):
                yield Label(subject, value, s.properties, held), k == 0
            continue
        for obj in by_key[s.value]:
            if obj != subject:
                yield Label(subject, obj, s.properties, held), True
                if s.properties[0] in _SYMMETRIC:
                    yield Label(obj, subject, s.properties, held), True
        if s.properties[0] == _HOLDS:
            for k, post in enumerate(values.posts(s.note, subject)):
                yield Label(subject, post, (HAS_POST,), held), k == 0
