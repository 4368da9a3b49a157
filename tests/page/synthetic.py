"""Invented graphs of any size: names from syllables, articles from their facts, offsets that hold."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from decimal import Decimal

from kg.model import (
    Article,
    Background,
    CountValue,
    DateValue,
    Entity,
    Evidence,
    Graph,
    Modality,
    MoneyValue,
    QuantityValue,
    Span,
    Statement,
)
from kg.ontology.schema import Class, Ontology, Property
from kg.vocabulary import KG

SYLLABLES = "bal cor dan el far gil hel is jor kel lum mar nor os per quin ral sol tam ul ver wes yar zen".split()
ENDINGS = {
    "City": ("burg", "haven", "mouth"),
    "Country": ("ia", "land"),
    "Company": (" Systems", " Pay", " Holdings", " Bank"),
    "Alliance": (" Alliance", " Consortium"),
    "Association": (" Association",),
    "University": (" University", " Institute of Technology"),
    "Person": (" Marrow", " Castellan", " Oduya", " Lind"),
    "Technology": (" ledger", " cryptography"),
    "Platform": (" Chain", " Hub"),
    "Product": (" Wallet", " One"),
    "Sector": (" trade", " logistics"),
    "Project": (" pilot", " programme"),
}
PARENTS = {
    "City": ("Place",),
    "Country": ("Place",),
    "Company": ("Organization",),
    "Alliance": ("Organization",),
    "Association": ("Organization",),
    "University": ("Organization",),
    "Platform": ("Product",),
}
WEIGHTS = {"Company": 9, "City": 3, "Person": 3, "Product": 3, "Platform": 3, "Alliance": 2, "Technology": 2}
PROPERTIES = {
    "locatedIn": ("located in", "is based in"),
    "memberOf": ("member of", "has joined"),
    "initiatedBy": ("initiated by", "was set up by"),
    "develops": ("develops", "is developing"),
    "launched": ("launched", "launched"),
    "uses": ("uses", "relies on"),
    "partnersWith": ("partners with", "signed an agreement with"),
    "investsIn": ("invests in", "has put money into"),
    "holdsPosition": ("holds a position at", "is a director of"),
    "focusesOn": ("focuses on", "concentrates on"),
}
VALUES = ("foundedOn", "memberCount", "hasCount", "amount")
MODALITIES = (Modality.ASSERTED,) * 8 + (Modality.PLANNED,) * 2 + (Modality.FORMER,)


def small_ontology() -> Ontology:
    """Classes and properties enough for the invented graphs."""
    names = sorted({*ENDINGS, "Place", "Organization"})
    classes = {
        name: Class(name, KG + name, (_words(name),), f"A {_words(name)}.", PARENTS.get(name, ()), (), (), ())
        for name in names
    }
    labels = {name: label for name, (label, _) in PROPERTIES.items()} | {
        "foundedOn": "founded on",
        "memberCount": "number of members",
        "hasCount": "has count",
        "amount": "amount",
    }
    properties = {
        name: Property(
            name=name,
            iri=KG + name,
            labels=(labels[name],),
            comment=f"Says that something {labels[name]} something.",
            domain=frozenset({"Organization"}),
            range=frozenset({"Organization"}) if name in PROPERTIES else frozenset(),
            kind="entity" if name in PROPERTIES else "date",
            symmetric=name == "partnersWith",
            qualified=name == "holdsPosition",
            examples=(),
            counterexamples=(),
        )
        for name in sorted(labels)
    }
    return Ontology(classes=classes, properties=properties, concepts=(), digest="0" * 64)


def synthetic_graph(nodes: int = 60, edges: int = 150, articles: int = 12, seed: int = 7) -> Graph:
    """A graph with communities, hubs, a few loose parts, values and coordinates; equal arguments, equal graph."""
    chance = random.Random(seed)  # noqa: S311 - invented names, no secret
    entities = _entities(chance, nodes)
    pairs = _pairs(chance, nodes, edges)
    stories: list[list[str]] = [[] for _ in range(articles)]
    found: dict[tuple[str, str, object], list[Evidence]] = {}
    named: dict[str, set[str]] = {entity.key: set() for entity in entities}
    for left, right in pairs:
        name = chance.choice(sorted(PROPERTIES))
        repeats = 2 if chance.random() < 0.2 else 1
        for story in chance.sample(range(articles), min(repeats, articles)):
            sentence, evidence = _sentence(chance, entities[left], entities[right], name, stories[story], story)
            stories[story].append(sentence)
            found.setdefault((entities[left].key, name, entities[right].key), []).append(evidence)
            named[entities[left].key].add(f"wire/{story:03}")
            named[entities[right].key].add(f"wire/{story:03}")
    statements = [_statement(subject, name, target, tuple(items)) for (subject, name, target), items in found.items()]
    texts = [" ".join(sentences) for sentences in stories]
    statements += _value_statements(chance, entities, statements)
    return Graph(
        articles=tuple(_article(number, text) for number, text in enumerate(texts)),
        entities=tuple(
            Entity(
                entity.key,
                entity.label,
                entity.classes,
                entity.aliases,
                tuple(sorted(named[entity.key])),
                entity.background,
            )
            for entity in sorted(entities, key=lambda entity: entity.key)
        ),
        statements=tuple(sorted(statements, key=lambda item: (item.subject, item.property, repr(item.object)))),
    )


def _words(name: str) -> str:
    return name.lower()


def _entities(chance: random.Random, count: int) -> list[Entity]:
    names: dict[str, Entity] = {}
    kinds = sorted(ENDINGS)
    while len(names) < count:
        kind = chance.choices(kinds, [WEIGHTS.get(kind, 1) for kind in kinds])[0]
        stem = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()
        label = stem + chance.choice(ENDINGS[kind])
        key = label.lower().replace(" ", "-")
        background = None
        if kind in {"City", "Country"}:
            background = Background(
                same_as=(f"https://places.example/{len(names)}/",),
                latitude=round(chance.uniform(-50, 65), 3),
                longitude=round(chance.uniform(-120, 150), 3),
            )
        aliases = (stem,) if " " in label and kind != "Sector" else ()
        names.setdefault(key, Entity(key, label, (kind, *PARENTS.get(kind, ())), aliases, (), background))
    return list(names.values())


def _pairs(chance: random.Random, nodes: int, edges: int) -> list[tuple[int, int]]:
    """Edges within groups of some twelve, with one hub each, and a few between groups."""
    if nodes < 2:
        return []
    groups = max(1, nodes // 12)
    pairs: set[tuple[int, int]] = set()
    for _ in range(edges * 20):
        if len(pairs) >= edges:
            break
        left = chance.randrange(nodes)
        same = [other for other in range(left % groups, nodes, groups) if other != left]
        draw = chance.random()
        if draw < 0.45 or not same:
            right = left % groups
        elif draw < 0.9:
            right = chance.choice(same)
        else:
            right = chance.randrange(nodes)
        if left != right:
            pairs.add((left, right))
    return sorted(pairs)


def _sentence(
    chance: random.Random, left: Entity, right: Entity, name: str, before: list[str], story: int
) -> tuple[str, Evidence]:
    start = sum(len(sentence) + 1 for sentence in before)
    tail = chance.choice((" this week", " after a long summer of talks", ", officials said", ""))
    head = f"{left.label} {PROPERTIES[name][1]} "
    sentence = f"{head}{right.label}{tail}."
    evidence = Evidence(
        article=f"wire/{story:03}",
        span=Span(start, start + len(sentence)),
        modality=chance.choice(MODALITIES),
        confidence=round(chance.uniform(0.55, 0.99), 2),
        extractor="frames",
        subject=Span(start, start + len(left.label)),
        object=Span(start + len(head), start + len(head) + len(right.label)),
    )
    return sentence, evidence


def _statement(subject: str, name: str, target: object, evidence: tuple[Evidence, ...]) -> Statement:
    modalities = {item.modality for item in evidence}
    modality = next(item for item in (Modality.ASSERTED, Modality.PLANNED, Modality.FORMER) if item in modalities)
    return Statement(
        subject,
        name,
        target,  # type: ignore[arg-type]
        modality,
        max(item.confidence for item in evidence),
        evidence,
    )


def _value_statements(chance: random.Random, entities: list[Entity], known: list[Statement]) -> list[Statement]:
    quoted = {item.subject: item.evidence[0] for item in known}
    values = (
        DateValue("2019-09-03"),
        CountValue(54, "over"),
        QuantityValue(Decimal(8), "blockchain alliances"),
        MoneyValue(Decimal(13400000000000), "CNY", "fund size"),
    )
    statements = []
    for entity in entities[:: max(1, len(entities) // 8)]:
        if entity.key in quoted:
            which = chance.randrange(len(values))
            statements.append(_statement(entity.key, VALUES[which], values[which], (quoted[entity.key],)))
    return statements


def _article(number: int, text: str) -> Article:
    return Article(
        id=f"wire/{number:03}",
        path=f"wire/{number:03}.md",
        title=f"Report no. {number + 1} from the harbour",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=date(2021, 1, 4) + timedelta(days=9 * number),
        url=f"https://news.example/{number}",
        publisher="The Harbour Wire",
    )
