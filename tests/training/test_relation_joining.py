"""Several texts in one step: each is judged as if it stood alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest

from kg.extract.relations.scene import Place, Scene, Thing

torch = pytest.importorskip("torch", reason="the training extra is not installed")

if TYPE_CHECKING:
    from torch import Tensor

    from training.relations.items import Item
    from training.relations.model import RelationModel

NAMES: Final = ("", "uses", "develops")
WIDTH: Final = 8


def item(seed: int, *things: Thing, words: int = 9, sentences: tuple[int, ...] | None = None) -> Item:
    """A text of random words in which the first thing uses the second, and a word refers to the first."""
    from training.relations.items import make_item
    from training.relations.samples import Label, Sample

    states = np.random.default_rng(seed).normal(size=(words, WIDTH)).astype(np.float16)
    scene = Scene(tuple(range(words)), states, sentences or (0,) * words, tuple(range(words)), things)
    classes: list[str | None] = ["Company" if t.kind == "entity" else "" for t in things]
    sample = Sample(str(seed), scene, classes, [Label(0, 1, ("uses",), 1)], [], references=[(5, 7, 0)])
    made = make_item(sample, NAMES)
    assert made is not None
    return made


@pytest.fixture
def texts() -> list[Item]:
    """Two texts: three things in nine words, and two in twelve."""
    it = Place(5, 7, is_name=False)
    first = item(1, Thing("a", "entity", (Place(0, 2), it)), Thing("b", "entity", (Place(3, 4),)),
                 Thing("c", "date", (Place(7, 9),)))  # fmt: skip
    second = item(2, Thing("d", "entity", (Place(1, 2), it)), Thing("e", "entity", (Place(8, 9), Place(10, 12))),
                  words=12, sentences=(4,) * 6 + (5,) * 6)  # fmt: skip
    return [first, second]


@pytest.fixture
def model() -> RelationModel:
    """A small random network that drops nothing."""
    from training.model import EncoderConfig
    from training.relations.items import CLASS_NAMES
    from training.relations.model import RelationModel

    torch.manual_seed(3)
    config = EncoderConfig(width=WIDTH, heads=2, inner=8, layers=4)
    made = RelationModel(len(CLASS_NAMES), len(NAMES), config).eval()
    for parameter in made.rounds.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return made


def judged(model: RelationModel, text: Item) -> list[Tensor]:
    """What the network makes of a text: pairs, classes of things, marks of words, and antecedents of references."""
    from training.relations.losses import antecedent_scores, things_by_name

    encoded = model.encode(text.states.float(), text.tags, text.sentences, text.text)
    places = text.places(torch.ones_like(text.mentions.is_name))
    things = model.things(model.mentions(encoded.words, places), places.owner)
    names = things_by_name(model, encoded, text)
    pairs = model.properties(model.pairs(encoded, places, things, text.pairs, text.near, text.around))
    return [pairs, model.kind(names), model.refers(encoded.words), antecedent_scores(model, encoded, text, names)]


def test_texts_do_not_see_each_other(texts: list[Item], model: RelationModel) -> None:
    """Side by side two texts get the scores that each gets alone; what fills up comes last."""
    from training.relations.joining import join

    alone = [judged(model, text) for text in texts]
    together = judged(model, join(texts))
    for k in range(3):
        expected = torch.cat([scores[k] for scores in alone])
        torch.testing.assert_close(together[k][: len(expected)], expected, atol=2e-2, rtol=1e-2)
    first, second = (scores[3] for scores in alone)
    torch.testing.assert_close(together[3][:1, :3], first, atol=2e-2, rtol=1e-2)
    torch.testing.assert_close(together[3][1:2, 3:5], second, atol=2e-2, rtol=1e-2)
    assert together[3][0].argmax() < 3 <= together[3][1].argmax()


def test_joined_labels_follow_their_things(texts: list[Item]) -> None:
    """Pairs, references and mentions point to the things and words of their own text."""
    from training.relations.joining import REFERENCE_STEP, THING_STEP, WORD_STEP, join
    from training.relations.samples import UNKNOWN

    joined = join(texts)
    assert [len(joined.tags), len(joined.classes), len(joined.references.first)] == [
        WORD_STEP, THING_STEP, REFERENCE_STEP
    ]  # fmt: skip
    said = joined.target.nonzero()
    assert [joined.pairs[row].tolist() for row in said[:, 0]] == [[0, 1], [3, 4]]
    assert joined.references.thing[:3].tolist() == [0, 3, UNKNOWN]
    assert joined.references.first[:2].tolist() == [5, 9 + 5]
    assert joined.mentions.thing[joined.mentions.is_name].tolist() == [0, 1, 2, 3, 4, 4]
    assert joined.text.tolist() == [0] * 9 + [1] * 12 + [-1] * (WORD_STEP - 21)


def test_a_joined_loss_is_the_mean_over_all_texts(
    texts: list[Item], model: RelationModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words weigh the marks, entities the classes, related pairs the modality."""
    from training.relations import losses
    from training.relations.joining import join

    monkeypatch.setattr(losses, "NAMES_HIDDEN", 0.0)
    first, second, together = (
        losses.item_losses(model, text, random.Random(0))  # noqa: S311 - which pairs are shown, no secret
        for text in (*texts, join(texts))
    )
    for key, left, right in (("marks", 9, 12), ("kinds", 2, 2), ("modality", 1, 1)):
        mean = (left * first[key] + right * second[key]) / (left + right)
        torch.testing.assert_close(together[key], mean, atol=2e-2, rtol=1e-2)


def test_hidden_names_are_nothing_but_a_place(
    texts: list[Item], model: RelationModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all names hidden the classes of things do not depend on the words of their names."""
    from training.relations import losses

    monkeypatch.setattr(losses, "NAMES_HIDDEN", 1.0)
    text = texts[0]
    before = losses.item_losses(model, text, random.Random(0))["kinds"]  # noqa: S311 - as above
    text.states[0:2] = 7
    assert losses.item_losses(model, text, random.Random(0))["kinds"] == before  # noqa: S311 - as above
