"""Turn a checkpoint into the model folder of the run time: `python -m training.export WORK RUN --out MODEL`."""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kg.reading.labels import NAME_TYPES
from kg.reading.lemmas import Lemmatizer
from kg.reading.runtime import EXCEPTIONS, FILES, LABELLER, LABELS, MODEL_FORMAT, NETWORK, PIECES
from training.layout import RuntimeLayer
from training.model import SHARED_LAYERS, EncoderConfig, Reader
from training.networks import Axes, Signature, model_folder, write_network
from training.prepare import write_json
from training.train import start_folder

if TYPE_CHECKING:
    from training.model import Layer

INPUTS = ("ids", "piece_shapes", "piece_gaps", "first", "last", "shapes", "gaps")
OUTPUTS = (
    "starts",
    "names",
    "upos",
    "xpos",
    "feats",
    "arcs",
    "label_dependents",
    "label_heads",
    "states",
)
# A lemma must have been seen this often with a form before it overrules the rules; below, only if undisputed.
MIN_LEMMA_COUNT = 1


class Runtime(nn.Module):
    """The network as the run time calls it: one window, no padding.

    The numbers are those of `Reader`; what differs is how they are laid out (`training.layout`), with words gathered by
    rows.
    """

    def __init__(self, reader: Reader) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.reader = reader
        self.layers = nn.ModuleList(RuntimeLayer(cast("Layer", layer)) for layer in reader.encoder.layers)

    def forward(  # noqa: PLR0913, PLR0917 - ONNX knows tensors only, one an input
        self,
        ids: Tensor,
        piece_shapes: Tensor,
        piece_gaps: Tensor,
        first: Tensor,
        last: Tensor,
        shapes: Tensor,
        gaps: Tensor,
    ) -> tuple[Tensor, ...]:
        """Map codes of T pieces and N words, each with a first axis of one, to the scores named in `OUTPUTS`."""
        reader = self.reader
        middle, top = self._encode(ids.squeeze(0), piece_shapes.squeeze(0), piece_gaps.squeeze(0))
        begin, end = first.squeeze(0), last.squeeze(0)
        ends = top[torch.stack([begin, end], 1)].view(-1, reader.join.in_features)
        x = reader.join(ends) + reader.shape(shapes.squeeze(0)) + reader.gap(gaps.squeeze(0))
        with_root = torch.cat([reader.root[None], x])
        dependents = F.gelu(reader.arc_dependent(x)) @ reader.arc_matrix + reader.arc_bias
        outputs = (
            reader.start(x).view(-1),
            F.log_softmax(reader.names(x), -1),
            reader.upos(x).argmax(-1),
            reader.xpos(x).argmax(-1),
            reader.feats(x).argmax(-1),
            dependents @ F.gelu(reader.arc_head(with_root)).t(),
            F.gelu(reader.label_dependent(x)),
            F.gelu(reader.label_head(with_root)),
            (middle[begin] + middle[end]) / 2,
        )
        return tuple(output[None] for output in outputs)

    def _encode(self, ids: Tensor, shapes: Tensor, gaps: Tensor) -> tuple[Tensor, Tensor]:
        """Map T codes to vectors [T, D]: those of the middle, and those of the top."""
        encoder = self.reader.encoder
        x = encoder.word(ids) + encoder.position.weight[: ids.shape[0]] + encoder.segment
        x = middle = encoder.norm(x + encoder.shape(shapes) + encoder.gap(gaps))
        for number, layer in enumerate(self.layers):
            x, _ = layer(x)
            middle = x if number + 1 == SHARED_LAYERS else middle
        return middle, x


def load_checkpoint(path: Path) -> tuple[Reader, dict[str, list[str]]]:
    """Load the averaged weights of a checkpoint, and the label inventories."""
    state: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
    vocabulary: dict[str, list[str]] = state["vocabulary"]
    reader = Reader({key: len(labels) for key, labels in vocabulary.items()}, EncoderConfig(*state["config"]))
    reader.load_state_dict(state["average"])
    reader.eval()
    return reader, vocabulary


def write_reader(reader: Reader, path: Path) -> None:
    """Write the network as int8 ONNX."""
    pieces = torch.randint(5, 10, (1, 17))
    codes, words, zeros = torch.zeros(1, 17, dtype=torch.int64), torch.arange(1, 12)[None], torch.zeros(1, 11).long()
    taken: Axes = {name: {1: "pieces" if name in INPUTS[:3] else "words"} for name in INPUTS}
    given: Axes = {name: {1: "heads" if name == "label_heads" else "words"} for name in OUTPUTS}
    given["arcs"] = {1: "words", 2: "heads"}
    example = (pieces, codes, codes, words, words, zeros, zeros)
    write_network(Runtime(reader), Signature(taken, given, example), path)


class Labeller(nn.Module):
    """The scores of the labels, for heads already chosen."""

    def __init__(self, reader: Reader) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.reader = reader
        count, size, _ = reader.label_tensor.shape
        # [dependent, head x label]: a word's own matrix of labels then lies so that its head's vector runs along rows
        self.products = nn.Parameter(reader.label_tensor.detach().permute(1, 2, 0).reshape(size, size * count))

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Map M pairs of label vectors to scores [M, R]."""
        reader = self.reader
        count, size, _ = reader.label_tensor.shape
        bilinear = heads[:, None] @ (dependents @ self.products).view(-1, size, count)
        out: Tensor = bilinear.squeeze(1) + reader.label_from_dependent(dependents) + reader.label_from_head(heads)
        return out


def write_labeller(reader: Reader, path: Path) -> None:
    """Write the label scores as int8 ONNX."""
    size = reader.label_tensor.shape[1]
    pairs: Axes = {"dependents": {0: "words"}, "heads": {0: "words"}}
    signature = Signature(pairs, {"labels": {0: "words"}}, (torch.randn(7, size), torch.randn(7, size)))
    write_network(Labeller(reader), signature, path)


def lemma_exceptions(counts: dict[str, dict[str, int]], known: set[str]) -> list[tuple[str, str, str, str]]:
    """List what the rules get wrong, as (lower form, UPOS, XPOS or "" for any, lemma)."""
    rules = Lemmatizer({}, known)
    by_form: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    by_tag: dict[tuple[str, str, str], str] = {}
    for key, lemmas in counts.items():
        form, upos, xpos = key.split("\t")
        lemma = max(sorted(lemmas), key=lambda x: lemmas[x])
        if sum(lemmas.values()) < MIN_LEMMA_COUNT or not lemma or "\t" in lemma:
            continue
        by_tag[form, upos, xpos] = lemma
        by_form[form, upos][lemma] += sum(lemmas.values())
    out = []
    for (form, upos, xpos), lemma in sorted(by_tag.items()):
        if upos == "PROPN" and lemma == form:
            continue
        if rules.by_rule(form, upos, xpos).lower() != lemma:
            out.append((form, upos, xpos, lemma))
    return out


def export(work: Path, checkpoint: Path, out: Path, *, start: Path | None = None) -> None:
    """Write a complete model folder; `start` is the folder of the vocabulary of pieces."""
    reader, vocabulary = load_checkpoint(checkpoint)
    with model_folder(out, MODEL_FORMAT, FILES) as folder:
        write_reader(reader, folder / NETWORK)
        write_labeller(reader, folder / LABELLER)
        write_json(folder / LABELS, {**vocabulary, "names": list(NAME_TYPES)})
        shutil.copyfile((start or start_folder()) / PIECES, folder / PIECES)
        pieces = json.loads((folder / PIECES).read_text(encoding="utf-8"))["model"]["vocab"]
        counts = json.loads((work / "lemmas.json").read_text(encoding="utf-8"))
        exceptions = lemma_exceptions(counts, {w for w in pieces if len(w) > 1 and w.isalpha()})
        (folder / EXCEPTIONS).write_text("".join("\t".join(e) + "\n" for e in exceptions), encoding="utf-8")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="what training.prepare wrote")
    parser.add_argument("checkpoint", type=Path, help="checkpoint.pt of training.train")
    parser.add_argument("--out", type=Path, required=True, help="model folder")
    options = parser.parse_args()
    export(options.work, options.checkpoint, options.out)


if __name__ == "__main__":
    main()
