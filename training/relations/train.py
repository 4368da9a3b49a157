"""Train the learned extractor: `python -m training.relations.train SAMPLES ... --reader CHECKPOINT --out RUN`.

Started again, it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from training.checkpoints import FILE, copied, move_average, save_checkpoint
from training.export import load_checkpoint
from training.model import EncoderConfig
from training.relations.batches import Batches, Texts, foreign_share, read
from training.relations.items import CLASS_NAMES, PROPERTY_NAMES
from training.relations.losses import WEIGHTS, item_losses
from training.relations.measure import measure
from training.relations.model import RelationModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.relations.items import Item

# Layers that have learnt to read move less than heads that have learnt nothing yet.
LAYER_RATE, HEAD_RATE = 1.5e-4, 6e-4
WARM_UP_SHARE = 0.05
WEIGHT_DECAY = 0.01
CLIP_NORM = 1.0
# The running average of the weights: taken every so many steps, with this decay once it has run in.
AVERAGE_EVERY, AVERAGE_DECAY = 10, 0.99
# A first look at the figures, in steps: what is broken shows by then.
FIRST_REPORT = 200


@dataclass(slots=True)
class Options:
    """How long and on what to train; training ends at `steps` or after `minutes`, the rate decays towards it."""

    samples: list[Path]
    reader: Path
    out: Path
    docred: Path | None = None
    start: Path | None = None
    minutes: float = 40.0
    steps: int = 1_000_000
    docred_share: float = 0.25
    end_rate: float = 0.02
    share: float = 1.0
    without: list[str] = field(default_factory=list)
    seed: int = 1
    threads: int = 1
    checkpoint_seconds: float = 420.0


class Trainer:
    """Everything that changes while training, and how it is saved."""

    def __init__(self, options: Options) -> None:
        """Build the network, read the samples, and take up the last checkpoint below `options.out`, if there is one."""
        self.options = options
        torch.set_num_threads(options.threads)
        torch.manual_seed(options.seed)
        self.names = tuple(name for name in PROPERTY_NAMES if name not in options.without)
        self.model = _start(options, len(self.names))
        rng = random.Random(options.seed)
        self.texts = read(options.samples, options.docred, self.names)
        _keep_share(self.texts, options.share, rng)
        foreign = len(self.texts.foreign_properties)
        self.head = nn.Linear(self.model.properties.in_features, foreign) if foreign else None
        self.optimizer = self._make_optimizer()
        self.average = copied(self.model.state_dict())
        self.step, self.seconds = 0, 0.0
        self.batches = Batches(self.texts.train, self.texts.foreign, rng)
        self._losses = defaultdict[str, list[float]](list)
        if self._checkpoint.exists():
            self._load()

    @property
    def _checkpoint(self) -> Path:
        return self.options.out / FILE

    def _make_optimizer(self) -> torch.optim.AdamW:
        layers = [p for n, p in self.model.named_parameters() if n.startswith("layers.")]
        heads = [p for n, p in self.model.named_parameters() if not n.startswith("layers.")]
        heads += self.head.parameters() if self.head else []
        groups = [{"params": layers}, {"params": heads}]
        return torch.optim.AdamW(groups, lr=0.0, weight_decay=WEIGHT_DECAY, fused=True)

    def save(self) -> None:
        """Write the checkpoint; export needs of it the averaged weights and the names."""
        state: dict[str, Any] = {
            "average": self.average,
            "classes": CLASS_NAMES,
            "properties": self.names,
            "config": tuple(self.model.config),
            "model": self.model.state_dict(),
            "head": self.head.state_dict() if self.head else None,
            "optimizer": self.optimizer.state_dict(),
            "progress": (self.step, self.batches.epoch, self.seconds),
        }
        save_checkpoint(self._checkpoint, state)

    def _load(self) -> None:
        state = torch.load(self._checkpoint, weights_only=True)
        self.model.load_state_dict(state["model"])
        if self.head:
            self.head.load_state_dict(state["head"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average = state["average"]
        self.step, self.batches.epoch, self.seconds = state["progress"]
        # a run taken up again begins an epoch of its own
        self.batches.rng = random.Random(f"{self.options.seed}/{self.step}")

    def progress(self) -> float:
        """Give the share of the training that is done, 0 to 1."""
        return max(self.step / self.options.steps, self.seconds / (60 * self.options.minutes))

    def set_rates(self, done: float) -> None:
        """Set the learning rates: linear warm-up, and linear decay to the share `end_rate`."""
        share = min(1.0, done / WARM_UP_SHARE) * (1 - done * (1 - self.options.end_rate))
        for group, rate in zip(self.optimizer.param_groups, (LAYER_RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * share

    def train_step(self, item: Item) -> None:
        """Learn from the texts of one step."""
        self.set_rates(self.progress())
        with torch.autocast("cpu", torch.bfloat16):
            losses = item_losses(self.model, item, self.batches.rng, self.head if item.foreign else None)
            total = torch.stack([WEIGHTS[key] * value for key, value in losses.items()]).sum()
        if not math.isfinite(total.item()):
            raise FloatingPointError(f"loss is not finite at step {self.step}: {item.ident}")
        total.backward()  # type: ignore[no-untyped-call]
        parameters = [p for group in self.optimizer.param_groups for p in group["params"]]
        nn.utils.clip_grad_norm_(parameters, CLIP_NORM)
        self.optimizer.step()
        self.optimizer.zero_grad()
        if not item.foreign:
            for key, value in losses.items():
                self._losses[key].append(value.item())
        self.step += 1
        if self.step % AVERAGE_EVERY == 0:
            decay = min(AVERAGE_DECAY, 1 - 1 / (1 + self.step / AVERAGE_EVERY))
            move_average(self.average, self.model.state_dict(), decay)

    def run(self) -> None:
        """Train to the end; every few minutes and at the end the figures on texts held out, and a checkpoint."""
        self.model.train()
        held_out, foreign = len(self.texts.held_out["gold"]), len(self.texts.foreign)
        print(f"{len(self.texts.train)} texts, {held_out} held out, {foreign} foreign", flush=True)
        last = saved = time.monotonic()
        while (done := self.progress()) < 1:
            share = foreign_share(done, self.options.docred_share, fresh=self.options.start is None)
            self.train_step(self.batches.next(share))
            if time.monotonic() - saved > self.options.checkpoint_seconds or self.step == FIRST_REPORT:
                self.report()
                saved = time.monotonic()
            now = time.monotonic()
            self.seconds += now - last
            last = now
        self.report()

    def report(self) -> None:
        """Save, and print the losses since the last time and the averaged weights' figures on the texts held out."""
        self.save()
        own = copied(self.model.state_dict())
        self.model.load_state_dict(self.average)
        measured = {name: measure(self.model, items) for name, items in self.texts.held_out.items()}
        self.model.load_state_dict(own)
        losses = " ".join(f"{key}={sum(v) / len(v):.3f}" for key, v in self._losses.items())
        figures = " | ".join(
            f"{name} " + " ".join(f"{key} {value:.3f}" for key, value in found.items())
            for name, found in measured.items()
        )
        print(f"{self.seconds:.0f}s epoch {self.batches.epoch} step {self.step} {losses} | {figures}", flush=True)
        self._losses.clear()


def _start(options: Options, properties: int) -> RelationModel:
    """Build the network on the reader's upper layers, or on the averaged weights of an earlier training."""
    reader, _ = load_checkpoint(options.reader)
    config = EncoderConfig(*torch.load(options.reader, weights_only=True, map_location="cpu")["config"])
    model = RelationModel(len(CLASS_NAMES), properties, config)
    model.take_layers(reader)
    if options.start:
        # what an earlier network had not yet begins anew
        found = model.load_state_dict(torch.load(options.start, weights_only=True)["average"], strict=False)
        if found.unexpected_keys:
            raise ValueError(f"{options.start}: is of another network, with {found.unexpected_keys[0]}")
    return model


def _keep_share(texts: Texts, share: float, rng: random.Random) -> None:
    """Train on this share of the texts alone, drawn at random: how much more of them would bring shows so."""
    rng.shuffle(texts.train)
    del texts.train[int(len(texts.train) * share) :]


def parse_options(arguments: Iterator[str] | None = None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", type=Path, nargs="+", help="what training.relations.prepare wrote")
    parser.add_argument("--reader", type=Path, required=True, help="checkpoint of the reading model")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--docred", type=Path, help="what training.relations.docred wrote")
    parser.add_argument("--docred-share", type=float, default=0.25, help="how often its texts come, at the beginning")
    parser.add_argument("--minutes", type=float, default=40.0, help="length of the training")
    parser.add_argument("--steps", type=int, default=1_000_000, help="end earlier, after so many steps")
    parser.add_argument("--start", type=Path, help="checkpoint whose averaged weights to start from")
    parser.add_argument("--end-rate", type=float, default=0.02, help="share of the rate left at the end")
    parser.add_argument("--share", type=float, default=1.0, help="share of the texts to train on")
    parser.add_argument("--without", nargs="+", default=[], help="properties of which nothing is learnt")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    values = parser.parse_args(list(arguments) if arguments is not None else None)
    return Options(**vars(values))


def main() -> None:
    """Train as the command line says."""
    Trainer(parse_options()).run()


if __name__ == "__main__":
    main()
