"""Near-duplicates: wire copy in several outlets is one source."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg import copies
from kg.copies import MIN_OVERLAP, find_copies, overlap, shingles
from kg.model import Article, Copy
from tests.resolve.world import Thing, extraction, fact, resolved

if TYPE_CHECKING:
    from collections.abc import Collection

WIRE = (
    "The harbour of Lunt opened its third ledger park on Monday. Orlo Freight and nineteen other firms moved into the "
    "new halls, which the city paid for with a loan of forty million. The mayor said that the park would draw more of "
    "them before the year was out. Sedge Port, the largest tenant, runs the customs desk for all. It expects to clear "
    "nine thousand boxes a month. Two banks keep a branch there, and a school trains the clerks who work with them."
)
OTHER = (
    "A third park for ledger firms stands in Lunt since the start of the week. Twenty companies have signed leases, "
    "among them Orlo Freight, whose director praised the light and the view. Critics ask who will repay what the town "
    "has borrowed. Officials answered that rents cover the interest, and that Sedge Port alone employs three hundred "
    "people in the new quarter. The customs service has sent a team of its own, and more parks are being drawn up."
)


def article(name: str, text: str, published: date | None = None) -> Article:
    """An article of this text."""
    return Article(name, f"{name}.txt", name, text, "0" * 64, published)


def edited(text: str) -> str:
    """The text as another desk prints it: a word here and there."""
    return text.replace("on Monday", "this Monday").replace("said that", "promised that").replace("largest", "biggest")


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        edited(WIRE),
        WIRE.upper(),
        WIRE[: len(WIRE) // 2],
        f"LUNT (Wire) - {WIRE} Read more on page 4.",
        edited(WIRE)[40:],
    ],
    ids=["same", "edited", "capitals", "cut", "with furniture", "edited and cut"],
)
def test_copies_are_recognised(copy: str) -> None:
    """Verbatim, edited, shouted, cut and framed copies repeat the article that appeared first."""
    found = find_copies([article("b", copy, date(2021, 5, 4)), article("a", WIRE, date(2021, 5, 3))])
    assert [(each.article, each.original) for each in found] == [("b", "a")]
    assert found[0].overlap >= 0.6


@pytest.mark.parametrize(
    "text", [OTHER, "", "Lunt opened its third ledger park on Monday."], ids=["other", "empty", "short"]
)
def test_other_words_are_no_copy(text: str) -> None:
    """Another report of the same event is a source of its own; so is what is too short to tell."""
    assert find_copies([article("a", WIRE), article("b", text), article("c", text[:60])]) == ()


def test_the_first_published_is_the_original() -> None:
    """The earliest day, then the least id; an undated article comes last; chains lead to one original."""
    days = {"a": None, "b": date(2021, 5, 4), "c": date(2021, 5, 3), "d": date(2021, 5, 4)}
    found = find_copies([article(name, WIRE, day) for name, day in days.items()])
    assert found == tuple(Copy(name, "c", 1.0) for name in "abd")


def test_the_order_of_articles_is_of_no_effect() -> None:
    """Any order gives the same copies; texts may stand elsewhere."""
    articles = [article(str(i), text) for i, text in enumerate((WIRE, OTHER, edited(WIRE), edited(OTHER), WIRE[:300]))]
    first = find_copies(articles)
    assert [(each.article, each.original) for each in first] == [("2", "0"), ("3", "1"), ("4", "0")]
    assert find_copies(articles[::-1]) == find_copies(articles[3:] + articles[:3]) == first
    bare = [article(each.id, "") for each in articles]
    assert find_copies(bare, {each.id: each.text for each in articles}) == first


def test_overlap_is_of_the_shorter_text() -> None:
    """A part is all of itself."""
    assert overlap(shingles("a b c d e f g"), shingles("B, c - d e: f")) == 1.0


ORLO: Thing = ("Company", "Orlo Freight")
QUAY: Thing = ("Facility", "Eastern Quay")


def test_copies_are_one_witness() -> None:
    """A fact that an article and its copies state is as certain as one of them makes it; another report adds to it."""
    stated = [
        extraction(name, ORLO, QUAY, facts=[fact(0, "locatedIn", 1, article=name, confidence=p)])
        for name, p in (("a", 0.5), ("b", 0.6), ("c", 0.5))
    ]
    copies = (Copy("b", "a", 0.9),)
    confidences = [resolved(stated[:n], copies=copies).statements[0].confidence for n in (1, 2, 3)]
    assert confidences == pytest.approx([0.5, 0.6, 0.8])
    assert resolved(stated, copies=copies).copies == copies


def test_each_text_is_gone_through_once() -> None:
    """Articles of one make, as market reports are, meet each other all the time: their words are counted once."""

    class Reports(dict[str, str]):
        """Texts that note when they are read."""

        def __getitem__(self, name: str) -> str:
            read.append(name)
            return super().__getitem__(name)

    read: list[str] = []
    texts = Reports({f"a{i:02}": f"{edited(WIRE)} The park number {i} is not yet open." for i in range(12)})
    assert len(find_copies([article(name, "") for name in texts], texts)) == 11
    assert sorted(read) == sorted(texts)


def test_what_is_counted_is_what_may_be_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two hundred articles with a quarter of their sentences in common, few pairs are; copies are all found."""
    chance = random.Random(4)  # noqa: S311 - sampling, seeded
    words = [f"word{number}" for number in range(3000)]
    common = " ".join(chance.choices(words, k=60))
    texts = [f"{common} {' '.join(chance.choices(words, k=180))}" for _ in range(200)]
    texts += [text.replace("word12", "term12") for text in texts[:20]]
    articles = [article(f"{number:03}", text) for number, text in enumerate(texts)]
    counted: list[int] = []

    def counting(left: Collection[object], right: Collection[object]) -> float:
        counted.append(1)
        return overlap(left, right)

    monkeypatch.setattr(copies, "overlap", counting)
    found = find_copies(articles)
    together = [shingles(text) for text in texts]
    expected = {
        f"{late:03}"
        for late in range(220)
        if any(overlap(together[early], together[late]) >= MIN_OVERLAP for early in range(late))
    }
    assert {copy.article for copy in found} == expected
    assert expected
    assert len(counted) < 220 * 219 / 2 / 20
