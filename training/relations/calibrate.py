"""Fit how far the two extractors are to be believed: `python -m training.relations.calibrate MODEL`.

Runs both on the texts of the corpus that are held out, fits the weights of `kg.extract.weighing` to what is right, and
writes them into the model folder. Prints how good frames, network and both are there, by cross-validation.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from kg.extract import Extractor
from kg.extract.relations.network import CALIBRATION, FILES, MODEL_FORMAT, RelationNetwork
from kg.extract.weighing import FEATURES
from kg.ontology import load_ontology
from kg.reading import load_reader
from training.corpus.markup import corpus_files, is_held_out, read_blocks
from training.networks import write_document, write_manifest
from training.relations.cases import Case, cases, examine, tally
from training.relations.measure import scores
from training.relations.prepare import ONTOLOGY
from training.relations.storage import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FOLDS = 5
# Strength of the prior that a feature says nothing, per mean loss of a candidate. Weak: few candidates are the frames'
# alone, and a strong one leaves these thrice as probable as they are.
_L2 = 1e-5
_NEWTON_STEPS = 200
# With each .05 more, precision climbs by .03 and F1 falls by .02 on the texts held out. At .53 nine of ten facts of the
# founding articles are right, and three of four elsewhere.
LEAST = 0.53
# What an example of the ontology says is kept unless the network is strongly against it: of what it does not propose
# one in ten is right on the texts held out, but three in four of the founding articles.
LEAST_BY_GRAMMAR = 0.08
# Least probabilities that are tried.
_LEASTS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
# Decimals of the weights written.
_DECIMALS = 4


def gather(files: Iterable[Path], extractor: Extractor) -> tuple[list[Case], int]:
    """Give the candidates of all texts held out and how many facts these state, and say how good the rest is."""
    data, counts = list[Case](), Counter[str]()
    texts = total = 0
    for path in files:
        for block in read_blocks(path.read_text(encoding="utf-8")):
            if is_held_out(block.ident):
                examined = examine(block, extractor)
                data += cases(examined, texts, total)
                counts += tally(examined)
                texts, total = texts + 1, total + len(block.facts)
    reached = len({c.fact for c in data if c.right})
    print(f"{texts} texts, {total} facts, {len(data)} candidates, reached {reached}")
    print(dict(counts))
    return data, total


def fit(data: Sequence[Case], names: Sequence[str]) -> torch.Tensor:
    """Fit a logistic regression over the features, the first of which is the constant, and the named properties."""
    x, y = _inputs(data, names), torch.tensor([float(c.right) for c in data], dtype=torch.float64)
    strength = torch.tensor([0.0, *[_L2] * (len(FEATURES) - 1 + len(names))], dtype=torch.float64)
    w = torch.zeros(len(FEATURES) + len(names), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=_NEWTON_STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(x @ w, y) + (strength * w**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return w.detach()


def _inputs(data: Sequence[Case], names: Sequence[str]) -> torch.Tensor:
    rows = [[*c.features, *(float(c.property == name) for name in names)] for c in data]
    return torch.tensor(rows, dtype=torch.float64)


def crossed(data: Sequence[Case], names: Sequence[str]) -> list[float]:
    """Give the probability of each candidate, by weights fitted without its text and others of its fold."""
    out = [0.0] * len(data)
    for fold in range(_FOLDS):
        rest = [c for c in data if c.text % _FOLDS != fold]
        if not rest:
            continue
        mine = [i for i, c in enumerate(data) if c.text % _FOLDS == fold]
        p = torch.sigmoid(_inputs([data[i] for i in mine], names) @ fit(rest, names)).tolist() if mine else []
        for i, q in zip(mine, p, strict=True):
            out[i] = q
    return out


def score(data: Sequence[Case], p: Sequence[float], least: float, total: int) -> tuple[float, float, float]:
    """Give precision, recall and F1 of the candidates that are kept, of `total` facts."""
    kept = [c for c, q in zip(data, p, strict=True) if q >= least and c.fits]
    return scores(sum(c.right for c in kept), len({c.fact for c in kept if c.right}), len(kept), total)


def compare(data: Sequence[Case], total: int, names: Sequence[str]) -> None:
    """Say how good each extractor is alone, and both together from each least probability on, by cross-validation."""
    alone = {
        "frames": [float(c.frames) for c in data],
        "network": [float(c.margin > 0) for c in data],
        "either": [float(c.frames or c.margin > 0) for c in data],
    }
    for title, p in alone.items():
        print(title, _shown(score(data, p, 0.5, total)))
    together = crossed(data, names)
    found = {least: score(data, together, least, total) for least in _LEASTS}
    for least, figures in found.items():
        print("both at", least, _shown(figures))


def _shown(figures: tuple[float, float, float]) -> str:
    return "P {:.3f} R {:.3f} F {:.3f}".format(*figures)


def calibrate(model: Path, data: Sequence[Case], total: int) -> None:
    """Fit the weights to candidates and write them into a model folder."""
    names = sorted({c.property for c in data})
    compare(data, total, names)
    fitted = [round(x, _DECIMALS) for x in fit(data, names).tolist()]
    weights, by_property = fitted[: len(FEATURES)], dict(zip(names, fitted[len(FEATURES) :], strict=True))
    print(dict(zip(FEATURES, weights, strict=True)), by_property)
    found = {"features": FEATURES, "weights": weights, "properties": by_property}
    document = {**found, "least": LEAST, "least_by_grammar": LEAST_BY_GRAMMAR}
    write_document(model / CALIBRATION, document)
    write_manifest(model, MODEL_FORMAT, FILES)


def main() -> None:
    """Read the command line, fit, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("files", nargs="*", type=Path, help="default: every .kg of the corpus")
    parser.add_argument("--keep", type=Path, help="file for the candidates and the number of facts, pickled")
    options = parser.parse_args()
    extractor = Extractor(load_ontology(ONTOLOGY), load_reader(), RelationNetwork(options.model))
    data, total = gather(options.files or corpus_files(), extractor)
    if options.keep:
        write(options.keep, (data, total))
    calibrate(options.model, data, total)


if __name__ == "__main__":
    main()
