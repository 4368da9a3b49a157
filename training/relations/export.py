"""Turn a checkpoint into the learned extractor's model: `python -m training.relations.export CHECKPOINT --out MODEL`.

Letters in shapes: N words of width D, K mentions of E things, P pairs, R references.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import Tensor, nn

from kg.extract.relations.network import CALIBRATION, ENCODER, FILES, LABELS, MODEL_FORMAT, PAIRS, THINGS
from kg.extract.weighing import FEATURES
from training.layout import RuntimeLayer
from training.model import EncoderConfig
from training.networks import Axes, Signature, model_folder, write_document, write_network
from training.relations.model import Encoded, Places, RelationModel
from training.relations.samples import MODALITIES

if TYPE_CHECKING:
    from training.model import Layer

# Until `training.relations.calibrate` has run: a proposal needs a margin, a fact of the frames is left as it is.
UNFITTED: dict[str, object] = {
    "weights": [float(f in {"margin", "frames", "frames confidence"}) for f in FEATURES],
    "least": 0.5,
    "least_by_grammar": 0.5,
}
_WORD_AXES: Axes = {"words": {0: "n"}, "attention": {0: "n", 1: "n"}}
_MENTION_AXES: Axes = {"first": {0: "k"}, "last": {0: "k"}, "owner": {0: "e", 1: "k"}}
# Sizes of the example that the networks are traced with, each another, so that no axis is taken for another one.
_WORDS, _MENTIONS, _THINGS, _RELATED, _REFERENCES = 11, 5, 4, 6, 3


class _Encoder(nn.Module):
    """Words of one window to vectors, attention and marks of references."""

    def __init__(self, model: RelationModel) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.model = model
        self.layers = nn.ModuleList(RuntimeLayer(cast("Layer", layer)) for layer in model.layers)

    def forward(self, states: Tensor, tags: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Map states [N, D], codes of words and sentences [N] to vectors [N, D], attention [N, N], marks [N, 3]."""
        words = self.model.words(states, tags, sentences)
        attention = words.new_zeros(())
        for layer in self.layers:
            words, attention = layer(words)
        return words, attention.mean(0), torch.log_softmax(self.model.refers(words), -1)


class _Things(nn.Module):
    """Things by their names: log probabilities of classes, and scores of what references stand for."""

    def __init__(self, model: RelationModel) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.model = model

    def forward(  # noqa: PLR0913, PLR0917 - ONNX knows tensors only
        self, words: Tensor, first: Tensor, last: Tensor, owner: Tensor, at: Tensor, to: Tensor, gaps: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Map mentions [K] of things [E] and references [R] to classes [E, ...] and antecedents [R, E]."""
        model = self.model
        # one product for all mentions: the quantiser would transpose weights that two share twice
        mentions = model.mentions(words, Places(torch.cat([first, at]), torch.cat([last, to]), owner))
        things = model.things(mentions[: first.shape[0]], owner)
        scores = model.antecedents(mentions[first.shape[0] :], things, gaps)
        return torch.log_softmax(model.kind(things), -1), torch.log_softmax(scores, -1)


class _Pairs(nn.Module):
    """Pairs of things: vectors, scores of properties, log probabilities of modalities."""

    def __init__(self, model: RelationModel) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.model = model

    def forward(  # noqa: PLR0913, PLR0917 - ONNX knows tensors only
        self,
        words: Tensor,
        attention: Tensor,
        first: Tensor,
        last: Tensor,
        owner: Tensor,
        pairs: Tensor,
        near: Tensor,
        around: Tensor,
        least: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Map mentions [K] and pairs [P, 2] of things to numbers of pairs [Q] that promise something, `least` or more.

        With them come their vectors, scores of properties and log probabilities of modalities [Q, ...].
        """
        model = self.model
        places, encoded = Places(first, last, owner), Encoded(words, attention)
        things = model.things(model.mentions(words, places), owner)
        promise = model.promise(things, pairs, near)
        # the best one at least: networks do not like nothing at all
        kept = (promise >= torch.minimum(least, promise.max())).nonzero()[:, 0]
        z = model.pairs(encoded, places, things, pairs[kept], near[kept], around)
        return kept, z, model.properties(z), torch.log_softmax(model.modality(z), -1)


def load_checkpoint(path: Path) -> tuple[RelationModel, dict[str, Any]]:
    """Load the averaged weights, and the names of classes and properties."""
    state: dict[str, Any] = torch.load(path, weights_only=True)
    config = EncoderConfig(*state.get("config", ()))
    model = RelationModel(len(state["classes"]), len(state["properties"]), config)
    model.load_state_dict(state["average"])
    model.eval()
    return model, state


def write_networks(model: RelationModel, folder: Path, *, quantised: bool = True) -> None:
    """Write the three networks as ONNX."""
    words = torch.randn(_WORDS, model.config.width)
    attention = torch.softmax(torch.randn(_WORDS, _WORDS), -1)
    mentions = (torch.arange(_MENTIONS), torch.arange(_MENTIONS) + 2, torch.zeros(_THINGS, _MENTIONS))
    of_words, at = _codes(_WORDS), torch.arange(_REFERENCES)
    encoder = Signature(
        {"states": {0: "n"}, "tags": {0: "n"}, "sentences": {0: "n"}},
        {**_WORD_AXES, "marks": {0: "n"}},
        (words, of_words, of_words),
    )
    things = Signature(
        {"words": {0: "n"}, **_MENTION_AXES, "at": {0: "r"}, "to": {0: "r"}, "gaps": {0: "r", 1: "e"}},
        {"kinds": {0: "e"}, "antecedents": {0: "r", 1: "e"}},
        (words, *mentions, at, at, _codes(_REFERENCES, _THINGS)),
    )
    pairs = Signature(
        {**_WORD_AXES, **_MENTION_AXES, "pairs": {0: "p"}, "near": {0: "p"}, "around": {0: "e", 1: "n"}, "least": {}},
        {"kept": {0: "q"}, "vectors": {0: "q"}, "properties": {0: "q"}, "modalities": {0: "q"}},
        (
            words,
            attention,
            *mentions,
            _codes(_RELATED, 2),
            _codes(_RELATED),
            _codes(_THINGS, _WORDS),
            torch.tensor(0.0),
        ),
    )
    write_network(_Encoder(model), encoder, folder / ENCODER, quantised=quantised)
    write_network(_Things(model), things, folder / THINGS, quantised=quantised)
    write_network(_Pairs(model), pairs, folder / PAIRS, quantised=quantised)


def _codes(*shape: int) -> Tensor:
    return torch.zeros(*shape, dtype=torch.int64)


def export(checkpoint: Path, out: Path, *, quantised: bool = True) -> None:
    """Write a complete model folder."""
    model, state = load_checkpoint(checkpoint)
    labels = {"classes": state["classes"], "properties": state["properties"], "modalities": MODALITIES}
    with model_folder(out, MODEL_FORMAT, FILES) as folder:
        write_networks(model, folder, quantised=quantised)
        write_document(folder / LABELS, labels)
        write_document(folder / CALIBRATION, UNFITTED)


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="leave the weights as they are")
    options = parser.parse_args()
    export(options.checkpoint, options.out, quantised=not options.float)


if __name__ == "__main__":
    main()
