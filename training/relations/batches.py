"""The texts that the learned extractor trains and is measured on, and in which order they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from training.corpus.markup import is_held_out
from training.relations.items import PROPERTY_NAMES, Item, make_item
from training.relations.joining import join
from training.relations.measure import stated
from training.relations.storage import read_foreign, read_texts

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from training.relations.storage import Twice

# Words of a step: one article, or a handful of snippets.
BATCH_WORDS = 300
# How often a text comes with the things as annotated; otherwise with the things as found.
ANNOTATED_SHARE = 0.5
# At the beginning of a training from nothing, for this share of it, foreign texts come this often.
FOREIGN_FIRST, FOREIGN_AT_FIRST = 0.1, 0.85

Text = tuple[Item | None, Item | None]
"""A text with the things as annotated and as found; None where it has no pair of things."""
Measured = list[tuple[Item, int]]
"""Items, each with the number of facts that its text states, whether its things were found or not."""


@dataclass(slots=True)
class Texts:
    """Texts to train on, texts held out, and foreign ones with the names of their properties."""

    train: list[Text] = field(default_factory=list)
    held_out: dict[str, Measured] = field(default_factory=lambda: {"gold": [], "found": []})
    foreign: list[Item] = field(default_factory=list)
    foreign_properties: tuple[str, ...] = ()


def read(samples: Iterable[Path], foreign: Path | None, names: Sequence[str] = PROPERTY_NAMES) -> Texts:
    """Read what `prepare` and `docred` wrote; of the properties of the corpus those with these names."""
    texts = split(read_texts(samples), names)
    if foreign is not None:
        texts.foreign_properties, documents = read_foreign(foreign)
        items = (make_item(d, texts.foreign_properties, foreign=True) for d in documents)
        texts.foreign = [item for item in items if item is not None]
    return texts


def split(made: Iterable[Twice], names: Sequence[str] = PROPERTY_NAMES) -> Texts:
    """Part the texts to train on from those held out."""
    texts = Texts()
    for gold, found in made:
        items = make_item(gold, names), make_item(found, names)
        if is_held_out(gold.ident):
            for name, item in zip(texts.held_out, items, strict=True):
                if item is not None:
                    texts.held_out[name].append((item, stated(gold, names)))
        elif any(items):
            texts.train.append(items)
    return texts


class Batches:
    """Gives the texts of each step: epochs of them, and foreign ones between them."""

    def __init__(self, train: Sequence[Text], foreign: Sequence[Item], rng: random.Random) -> None:
        """Take what to train on."""
        self.train, self.foreign, self.rng = train, foreign, rng
        self.epoch = 0
        self._queue: list[Text] = []
        self._strange: list[Item] = []

    def next(self, foreign_share: float) -> Item:
        """Give the texts of one step, joined; foreign ones come among themselves, in this share of the steps."""
        if self.foreign and self.rng.random() < foreign_share:
            return join(self._filled_up(self._next_foreign))
        return join(self._filled_up(self._next_text))

    def _filled_up(self, draw: Callable[[], Item]) -> list[Item]:
        batch = [draw()]
        while sum(len(item.tags) for item in batch) < BATCH_WORDS:
            batch.append(draw())
        return batch

    def _next_foreign(self) -> Item:
        self._strange = self._strange or self.rng.sample(self.foreign, len(self.foreign))
        return self._strange.pop()

    def _next_text(self) -> Item:
        if not self._queue:
            self._queue, self.epoch = self.rng.sample(self.train, len(self.train)), self.epoch + 1
        gold, found = self._queue.pop()
        item = (gold if self.rng.random() < ANNOTATED_SHARE else found) or gold or found
        assert item is not None
        return item


def foreign_share(done: float, share: float, *, fresh: bool) -> float:
    """Give how often foreign texts come when this share of the training is done: falling from `share` to nothing."""
    return FOREIGN_AT_FIRST if fresh and done < FOREIGN_FIRST else share * (1 - done)
