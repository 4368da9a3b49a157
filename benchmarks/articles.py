"""Invented news articles, as many as wanted, none a copy of another: for speed and size, not for quality.

python -m benchmarks.articles FOLDER COUNT [SEED]

An article takes its sentences from a stock of patterns, its names from syllables; a third of the names come from a pool
that all articles share, some of them often, so that articles meet in the graph as news does. The same arguments give
the same bytes.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

_SYLLABLES = (
    "ba ber bo dan del do fen gar hal ion jor kal ken lin lor mar mel mon nor pel quay ral ren sel sol tar tel tor val "
    "ven wes wil zan"
).split()
_TAILS = {
    "company": ("", " Labs", " Group", " Technologies", " Bank", " Holdings", " Systems"),
    "alliance": (" Blockchain Alliance", " Payments Alliance", " Consortium"),
    "body": (" Commerce Commission", " Development Bureau", " Ministry of Trade"),
    "university": (" University", " Institute of Technology"),
    "product": ("Pay", " Wallet", "Cloud", "Chain", " Platform"),
    "city": ("", "ton", "ham", " Bay"),
    "person": ("",),
}
_SHARED = 0.3
"""Share of the names that come from the pool, as in news of one industry."""
_POOL = 2000
LONG = (7, 15)
"""Sentences of an article as news agencies write them: some 200 words."""
SHORT = (2, 3)
"""Of a brief item: some 55 words."""
_LEAD = (
    "{city}, {month} {day} ({agency}) - {company} has launched {product}, a {sector} service, with {company2}.",
    "{city}, {month} {day} ({agency}) - {alliance} was set up in {city} by {company} and {university}.",
    "{city}, {month} {day} ({agency}) - {company} said on Monday it had acquired {company2} for {sum} million euros.",
    "{city}, {month} {day} ({agency}) - The {body} has approved a {sector} centre of {company} in {city2}.",
)
_BODY = (
    "The company, which is based in {city2}, was founded in {year} and employs some {count} people.",
    "{person}, chief executive of {company}, said the service would reach {count} merchants by the end of the year.",
    "According to {person}, the two firms signed an agreement with {university} on {technology}.",
    "{company2} joined {alliance} in {year}, along with {company3} and {university}.",
    "{product} uses {technology} to settle payments between banks, and supports {product2}.",
    "The fund, worth {sum} million dollars, invests in start-ups that work on {technology}.",
    "The city of {city} wants to become a centre of {technology}, and has set aside {sum} million euros for it.",
    "{person2}, who was once president of {company3}, now leads {alliance}.",
    "Analysts were less certain, and noted that a similar project in {city2} had ended without a result.",
    "It did not say how much it had paid, or when the deal would close.",
    "{body} supervises the trial, in which {count} shops take part.",
    "{company3} plans to adopt {product} next year, a spokesman told reporters, but gave no details.",
    "Together they account for {count} of the transactions that were counted in the region last year.",
    "The alliance has {count} members, among them {company}, {company2} and {company3}.",
    "{university} opened a laboratory for {technology} in {city} in {month} {year}.",
    "Nobody was available for comment at {company2} on {weekday}.",
    "“We began with three people and a borrowed desk,” {person} said, “and now our systems run in {count} ports.”",
    "{company} is a subsidiary of {company3}, which it left in {year} and joined again three years later.",
    "In {year}, {city2} released an action plan that encourages the use of {technology} in trade finance.",
    "The technology was developed by {company2} with researchers of {university}, and is used by {body}.",
)
_WORDS = {
    "technology": ("blockchain", "artificial intelligence", "digital identity", "cloud computing", "smart contracts"),
    "sector": ("trade finance", "logistics", "mobile payment", "insurance", "health care"),
    "agency": ("Wire", "Courier", "Ledger News"),
    "month": ("January", "February", "March", "April", "May", "June", "July", "September", "October", "November"),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}
_FIELDS = ("company", "company2", "company3", "alliance", "body", "university", "product", "product2", "city", "city2",
           "person", "person2")  # fmt: skip


def _name(chance: random.Random, kind: str) -> str:
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).capitalize()]
    if kind == "person":
        words.append("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 2))).capitalize())
    return " ".join(words) + chance.choice(_TAILS[kind])


def _pool(seed: int) -> dict[str, list[str]]:
    chance = random.Random(seed)
    return {kind: [_name(chance, kind) for _ in range(_POOL)] for kind in _TAILS}


def _article(chance: random.Random, pool: dict[str, list[str]], sentences: tuple[int, int]) -> str:
    names = {}
    for field in _FIELDS:
        kind = field.rstrip("23")
        rank = min(int(chance.paretovariate(0.6)) - 1, _POOL - 1)
        names[field] = pool[kind][rank] if chance.random() < _SHARED else _name(chance, kind)

    def sentence(pattern: str) -> str:
        words = {kind: chance.choice(values) for kind, values in _WORDS.items()}
        numbers = {"day": chance.randint(1, 28), "sum": chance.randint(2, 900), "count": chance.randint(3, 950),
                   "year": chance.randint(2009, 2024)}  # fmt: skip
        return pattern.format(**names, **words, **numbers)

    body = chance.sample(_BODY, chance.randint(*sentences))
    paragraphs = [sentence(chance.choice(_LEAD)), ""]
    for start in range(0, len(body), 3):
        paragraphs += [" ".join(sentence(pattern) for pattern in body[start : start + 3]), ""]
    return "\n".join(paragraphs)


def write_articles(folder: Path, count: int, *, seed: int = 1, sentences: tuple[int, int] = LONG) -> None:
    """Write so many articles, a thousand a folder; each has at least and at most so many sentences after its first."""
    pool = _pool(seed)
    for number in range(count):
        file = folder / f"{number // 1000:04}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_article(random.Random(f"{seed}/{number}"), pool, sentences), encoding="utf-8")


if __name__ == "__main__":
    write_articles(Path(sys.argv[1]), int(sys.argv[2]), seed=int(sys.argv[3]) if len(sys.argv) > 3 else 1)  # noqa: PLR2004
