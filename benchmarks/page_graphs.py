"""Invented graphs of any size for measuring the page: communities of all sizes, one with a tenth and a half of all."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from typing import Final

from kg.model import Article, Background, Entity, Evidence, Graph, Modality, Span, Statement

LARGEST: Final = 0.15
"""Share of the entities that are linked with one hub: 3,000 of 20,000."""

WITHIN: Final = 0.85
"""Share of the facts that stay within a community, as Louvain finds them in graphs of news."""

TO_HUB: Final = 0.3
"""Share of these that lead to the hub of their community."""

SMALLEST: Final = 6
FACTS_PER_ARTICLE: Final = 20
CLASSES: Final = ("Company", "Person", "City", "Product", "Platform", "Technology", "Alliance", "University")
PROPERTIES: Final = {
    "partnersWith": "works with",
    "uses": "relies on",
    "investsIn": "has put money into",
    "locatedIn": "is based in",
    "launched": "has launched",
}
SYLLABLES: Final = "ar bel cor dun el far gol hin is jor kem lor mar nes ol pir ras sul tor ur ven wil yar zin".split()


def graph_of(nodes: int, *, seed: int = 1) -> Graph:
    """A graph with twice as many facts as entities, each stated by one sentence of an article; equal seeds agree."""
    chance = random.Random(seed)
    entities = [_entity(chance, number) for number in range(nodes)]
    pairs = _pairs(chance, _communities(chance, nodes), 2 * nodes)
    stories: dict[str, list[str]] = {}
    named: dict[str, set[str]] = {entity.key: set() for entity in entities}
    statements = []
    for number, (left, right) in enumerate(pairs):
        article = f"wire/{number // FACTS_PER_ARTICLE:05}"
        sentences = stories.setdefault(article, [])
        subject, target = sorted((entities[left], entities[right]), key=lambda entity: entity.key)
        name = chance.choice(sorted(PROPERTIES))
        sentence, evidence = _evidence(chance, (subject, PROPERTIES[name], target), sentences, article)
        sentences.append(sentence)
        statements.append(Statement(subject.key, name, target.key, evidence.modality, evidence.confidence, (evidence,)))
        named[subject.key].add(article)
        named[target.key].add(article)
    return Graph(
        articles=tuple(_article(number, name, stories[name]) for number, name in enumerate(sorted(stories))),
        entities=tuple(
            Entity(item.key, item.label, item.classes, item.aliases, tuple(sorted(named[item.key])), item.background)
            for item in sorted(entities, key=lambda item: item.key)
        ),
        statements=tuple(sorted(statements, key=lambda item: (item.subject, item.property, str(item.object)))),
    )


def _entity(chance: random.Random, number: int) -> Entity:
    kind = chance.choice(CLASSES)
    name = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
    background = None
    if kind == "City":
        background = Background((), round(chance.uniform(-40, 65), 3), round(chance.uniform(-120, 150), 3))
    return Entity(f"{name.lower()}-{number}", f"{name} {number}", (kind,), (name,), (), background)


def _communities(chance: random.Random, nodes: int) -> list[range]:
    """Ranges of entities: the largest first, the others of mixed sizes."""
    found = [range(int(nodes * LARGEST))]
    while found[-1].stop < nodes:
        start = found[-1].stop
        found.append(range(start, min(nodes, start + chance.randint(SMALLEST, SMALLEST + int(nodes**0.5)))))
    return found


def _pairs(chance: random.Random, communities: list[range], count: int) -> list[tuple[int, int]]:
    """Each entity with the hub of its community, then pairs at random until there are enough."""
    pairs = {(members.start, other) for members in communities for other in members[1:]}
    home = {number: members for members in communities for number in members}
    while len(pairs) < count:
        left = chance.randrange(len(home))
        members = home[left]
        if chance.random() > WITHIN:
            right = chance.randrange(len(home))
        elif chance.random() < TO_HUB:
            right = members.start
        else:
            right = chance.choice(members)
        if left != right and (right, left) not in pairs:
            pairs.add((left, right))
    return sorted(pairs)


def _evidence(
    chance: random.Random, fact: tuple[Entity, str, Entity], before: list[str], article: str
) -> tuple[str, Evidence]:
    subject, words, target = fact
    start = sum(len(sentence) + 1 for sentence in before)
    sentence = f"{subject.label} {words} {target.label}, officials said."
    place = start + len(subject.label) + len(words) + 2
    modality = chance.choice((Modality.ASSERTED,) * 8 + (Modality.PLANNED, Modality.FORMER))
    return sentence, Evidence(
        article=article,
        span=Span(start, start + len(sentence)),
        modality=modality,
        confidence=round(chance.uniform(0.55, 0.99), 2),
        extractor="frames",
        subject=Span(start, start + len(subject.label)),
        object=Span(place, place + len(target.label)),
    )


def _article(number: int, name: str, sentences: list[str]) -> Article:
    text = " ".join(sentences)
    return Article(
        id=name,
        path=f"{name}.md",
        title=f"Report no. {number + 1}",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=date(2016, 1, 1) + timedelta(days=number % 3000),
        url=f"https://news.example/{number}",
        publisher="The Harbour Wire",
    )
