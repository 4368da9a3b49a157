"""Mention records with known truth, for measuring entity resolution: the same arguments give the same records.

An entity is a firm, body, university, platform or person with a made-up name. Few are named often and most seldom
(Zipf). Each mention writes the name as the press does: legal forms, short forms, acronyms, "the", heads in another
order, hyphens, diacritics, capitals, two romanizations, titles and family names of persons, and typing errors. One
entity in twenty has a namesake that is another thing: a bank of the same group, a hospital of a university, an alliance
of another trade, a person of the same family name. Two companions of the entity stand beside each mention, their names
written the same careless way.
"""

from __future__ import annotations

import csv
import random
from bisect import bisect
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MENTIONS_PER_ENTITY: Final = 4
NAMESAKES: Final = 0.05
COMPANIONS: Final = 6
"""Entities that an entity is seen with; each mention names two of them."""
TYPING_ERRORS: Final = 0.03

_CHINESE: Final = (
    "an bai bin cai chao chen chuan dai dong er fan fei feng gao gong hai hao heng hong hua ji jia jiang jing jun kai "
    "kun lan lei li liang lin long lu mao ming nan ning peng qi qin ren rong rui sen shan shao shi shuang song su tai "
    "teng tian tong wan wei xi xiang xin xing xu yang yao yi ying yu yuan yue yun zai ze zhang zhao zhen zhou zi"
).split()
_EUROPEAN: Final = (
    "ado ari bel bor cas cer dan dor eli fal fen gal gri hal hel ida jor kal kel lar lin lor mar mer mon nel nor oda "
    "ost pal per qua ral ren sal sel sil tar tor ulm val ver vil wen zan"
).split()
_ENDINGS: Final = "a ant ard ea en eno ia ic ina is ium o on ora ova us".split()
_TRADES: Final = (
    "Aviation Batteries Biotech Blockchain Capital Cargo Cloud Data Energy Finance Foods Health Insurance Logistics "
    "Marine Media Mining Payments Rail Robotics Semiconductor Shipping Software Steel Telecom Textiles Water"
).split()
_LEGAL: Final = ("Co., Ltd.", "Group", "Holdings", "Inc", "Corporation", "PLC", "GmbH", "S.A.")
_TITLES: Final = ("Mr.", "Ms.", "Dr.", "Professor", "President", "Chairman", "Minister")
_ROMANIZED: Final = (("zh", "ch"), ("x", "hs"), ("q", "ch"), ("j", "ch"), ("ong", "ung"), ("ao", "au"))
_ACCENTS: Final = str.maketrans("aeiou", "áéíöü")
_CLASSES: Final = {
    "Company": 38, "Alliance": 9, "Association": 8, "GovernmentBody": 9, "University": 8, "Person": 20, "Platform": 8,
}  # fmt: skip


class Entity(NamedTuple):
    """A thing and its full name."""

    class_: str
    name: str


class Row(NamedTuple):
    """One mention: `entity` is the truth, never shown to a resolver; `context` are names that stand beside it."""

    mention: int
    entity: int
    class_: str
    name: str
    context: tuple[str, ...]


def records(count: int, seed: int) -> Iterator[Row]:
    """Yield `count` mentions."""
    rng = random.Random(seed)
    entities = _entities(max(count // MENTIONS_PER_ENTITY, 2), rng)
    companions = [[rng.randrange(len(entities)) for _ in range(COMPANIONS)] for _ in entities]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(entities))))
    for mention in range(count):
        # Half of all mentions go to the few that the news is full of, half to any.
        often = bisect(weights, rng.random() * weights[-1])
        entity = min(often, len(entities) - 1) if rng.random() < 0.5 else rng.randrange(len(entities))  # noqa: PLR2004
        context = tuple(_written(entities[i], rng) for i in rng.sample(companions[entity], 2))
        yield Row(mention, entity, entities[entity].class_, _written(entities[entity], rng), context)


def read_records(path: Path) -> Iterator[Row]:
    """Yield the mentions of a CSV file with the columns mention_id, entity_id, class, name and context (by "|")."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            context = tuple(name for name in row["context"].split("|") if name)
            yield Row(int(row["mention_id"]), int(row["entity_id"]), row["class"], row["name"], context)


def _entities(count: int, rng: random.Random) -> list[Entity]:
    found: list[Entity] = []
    while len(found) < count:
        entity = _entity(rng)
        found.append(entity)
        if rng.random() < NAMESAKES:
            found.append(_namesake(entity, rng))
    return found


def _entity(rng: random.Random) -> Entity:
    class_ = rng.choices(list(_CLASSES), list(_CLASSES.values()))[0]
    proper, trade = _proper(rng), rng.choice(_TRADES)
    pattern = {
        "Person": f"{_proper(rng)} {proper}",
        "Company": f"{proper} {trade} {rng.choice(_LEGAL)}",
        "Alliance": f"{proper} {trade} {rng.choice(('Alliance', 'Consortium', 'Partnership'))}",
        "Association": f"{trade} Association of {proper}",
        "GovernmentBody": f"{proper} {rng.choice(('Bureau', 'Department', 'Commission'))} of {trade}",
        "University": f"University of {proper}",
        "Platform": f"{proper} {trade} Platform",
    }
    return Entity(class_, pattern[class_])


def _proper(rng: random.Random) -> str:
    if rng.random() < 0.5:  # noqa: PLR2004 - half of the names are Chinese
        return "".join(rng.choice(_CHINESE) for _ in range(2)).capitalize()
    return (rng.choice(_EUROPEAN) + rng.choice(_EUROPEAN) + rng.choice(_ENDINGS)).capitalize()


def _namesake(entity: Entity, rng: random.Random) -> Entity:
    first, *_, last = entity.name.split()
    match entity.class_:
        case "Person":
            return Entity(entity.class_, f"{_proper(rng)} {last}")
        case "Company":
            return Entity(entity.class_, f"{first} {rng.choice(('Bank', 'Insurance', 'Foundation'))}")
        case "Alliance" | "Platform" | "GovernmentBody":
            other = rng.choice([trade for trade in _TRADES if trade not in entity.name])
            return Entity(entity.class_, " ".join(other if w in _TRADES else w for w in entity.name.split()))
        case "University":
            return Entity(entity.class_, f"{last} University Hospital")
        case _:
            return Entity(entity.class_, f"{rng.choice(_TRADES)} Institute of {last}")


def _written(entity: Entity, rng: random.Random) -> str:
    name = _person(entity.name, rng) if entity.class_ == "Person" else _titled(entity, rng)
    if rng.random() < TYPING_ERRORS and len(name) > len("Abcde"):
        at = rng.randrange(1, len(name) - 2)
        name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name


def _person(name: str, rng: random.Random) -> str:
    given, family = name.split()
    forms = (name, family, f"{family} {given}", f"{rng.choice(_TITLES)} {name}", f"{rng.choice(_TITLES)} {family}")
    return rng.choices(forms, (60, 12, 10, 12, 6))[0]


def _titled(entity: Entity, rng: random.Random) -> str:
    words = entity.name.replace(",", "").split()
    forms = {
        entity.name: 46,
        _short(entity, words, rng): 18,
        "".join(word[0] for word in words if word[0].isupper()) if len(words) > 2 else entity.name: 6,  # noqa: PLR2004
        _reordered(words): 10,
        f"the {entity.name}": 8,
        _hyphenated(entity.name, words): 4,
        entity.name.translate(_ACCENTS) if rng.random() < 0.3 else entity.name.replace(*rng.choice(_ROMANIZED), 1): 8,  # noqa: PLR2004
    }
    return rng.choices(list(forms), list(forms.values()))[0].strip()


def _hyphenated(name: str, words: Sequence[str]) -> str:
    if len(words) < 3:  # noqa: PLR2004 - two words and more
        return name.upper()
    return " ".join([f"{words[0]}-{words[1]}", *words[2:]])


def _short(entity: Entity, words: Sequence[str], rng: random.Random) -> str:
    if entity.class_ != "Company" or len(words) == 2:  # noqa: PLR2004 - nobody calls a group's bank by the group's name
        return entity.name
    return words[0] if rng.random() < 0.4 else " ".join(words[:2])  # noqa: PLR2004 - the brand alone, less often


def _reordered(words: Sequence[str]) -> str:
    """Write "University of X" as "X University", and a bureau behind its place; other names as they are."""
    if "of" not in words:
        return " ".join(words)
    at = words.index("of")
    return " ".join([*words[at + 1 :], *words[:at]])
