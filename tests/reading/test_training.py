"""The whole path from data to model with a toy: a random encoder of two layers and a few sentences of our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.reading.runtime import MODEL_FOLDER, PIECES

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("torch", reason="the training extra is not installed")
pytest.importorskip("onnx", reason="the training extra is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.model,  # for its vocabulary of pieces
    pytest.mark.filterwarnings("ignore"),  # torch's exporter warns of its own doings
]

TREE = """\
# newdoc id = toy
# newpar
# text = Juma leads Blue Tea.
1\tJuma\tJuma\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tEntity=(1-person-new)
2\tleads\tlead\tVERB\tVBZ\tNumber=Sing|Person=3\t0\troot\t_\t_
3\tBlue\tBlue\tPROPN\tNNP\tNumber=Sing\t4\tcompound\t_\tEntity=(2-organization-new
4\tTea\tTea\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tEntity=2)|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# text = It cannot stop.
1\tIt\tit\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tcannot\t_\t_\t_\t_\t_\t_\t_\t_
2\tcan\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tnot\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tstop\tstop\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""
SNIPPET = """\
# toy-{n} wire tea 2021-01-02
[[e1|Company|Blue Tea {n}]] Opens in [[e2|City|Lomé]]
[[e1|~|The firm]] uses [[e3|Technology|steam]], said [[e4|Person|Amina Juma]].
F e1 uses e3
"""
COLUMNS = "# newdoc id = toy\n1\tJuma\tB-PER\t-\n2\tleads\tO\t-\n3\tQuito\tB-LOC\t-\n\n"
DOCRED = [
    {
        "title": "Toy",
        "sents": [["Blue", "Tea", "is", "Dutch", "."]],
        "vertexSet": [
            [{"name": "Blue Tea", "pos": [0, 2], "sent_id": 0, "type": "ORG"}],
            [{"name": "Dutch", "pos": [3, 4], "sent_id": 0, "type": "LOC"}],
        ],
    }
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data sets in their publishers' formats."""
    for name in ("ewt", "gum", "pud"):
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True)
        for split in ("train", "test"):
            (folder / f"{split}.conllu").write_text(TREE * 3, encoding="utf-8")
    (tmp_path / "data/uner-ewt").mkdir()
    for split in ("dev", "test"):
        (tmp_path / f"data/uner-ewt/{split}.iob2").write_text(COLUMNS * 2, encoding="utf-8")
    (tmp_path / "data/re-docred").mkdir()
    for split in ("dev", "test"):
        (tmp_path / f"data/re-docred/{split}.json").write_text(json.dumps(DOCRED), encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/toy.kg").write_text("\n".join(SNIPPET.format(n=n) for n in range(20)), encoding="utf-8")
    return tmp_path / "data"


def test_from_data_to_model(data: Path, tmp_path: Path) -> None:
    """Preparation, training, taking up again, export and evaluation fit together."""
    from kg.reading import load_reader
    from training.evaluate import evaluate
    from training.export import export
    from training.model import EncoderConfig
    from training.prepare import prepare
    from training.train import Options, Trainer

    work, run, corpus = tmp_path / "work", tmp_path / "run", tmp_path / "corpus"
    prepare(data, [corpus], work)
    small = EncoderConfig(width=32, heads=2, inner=48, layers=2)
    options = Options(work, run, minutes=10, steps=8, start_weights=MODEL_FOLDER, config=small)
    Trainer(options).run()
    options.steps = 12
    again = Trainer(options)
    assert again.step == 8
    again.run()
    assert Trainer(options).step == 12
    export(work, run / "checkpoint.pt", tmp_path / "model", start=MODEL_FOLDER)
    doc = load_reader(model=tmp_path / "model")("Juma leads Blue Tea.\n\nIt cannot stop.")
    assert all(t.pos_ and t.dep_ and t.lemma_ for t in doc)
    report = evaluate(data, [corpus], model=tmp_path / "model")
    assert report["parse"]["pud"]["gold"]["tokens"] == 100
    assert set(report["names"]) == {"uner-ewt", "re-docred", "snippets"}


def test_training_repeats(data: Path, tmp_path: Path) -> None:
    """The same seed gives the same losses."""
    import random

    from training.model import EncoderConfig
    from training.prepare import prepare
    from training.train import Options, Trainer
    from training.windows import Cutter, TrainingSet

    prepare(data, [tmp_path / "corpus"], tmp_path / "work")
    small = EncoderConfig(width=32, heads=2, inner=48, layers=1)
    losses = []
    for _ in range(2):
        options = Options(tmp_path / "work", tmp_path / "none", start_weights=MODEL_FOLDER, config=small)
        trainer = Trainer(options)
        rng = random.Random(5)  # noqa: S311 - no secrets here
        cutter = Cutter(trainer.pieces, trainer.vocabulary, rng)
        batches = list(TrainingSet(options.work).epoch(cutter, rng, 300))[:3]
        losses.append([trainer.train_step(windows) for windows in batches])
    assert losses[0] == losses[1]


def test_frozen_layers_stay_while_those_above_learn(data: Path, tmp_path: Path) -> None:
    """What the learned extractor stands on does not move when the reader is trained on."""
    import torch

    from training.model import EncoderConfig
    from training.prepare import prepare
    from training.train import Options, Trainer

    prepare(data, [tmp_path / "corpus"], tmp_path / "work")
    small = EncoderConfig(width=32, heads=2, inner=48, layers=2)
    options = Options(
        tmp_path / "work", tmp_path / "run", minutes=10, steps=3, start_weights=MODEL_FOLDER, config=small,
        frozen_layers=1,
    )  # fmt: skip
    trainer = Trainer(options)
    before = {key: value.clone() for key, value in trainer.reader.state_dict().items()}
    trainer.run()
    moved = {key for key, value in trainer.reader.state_dict().items() if not torch.equal(value, before[key])}
    below = [k for k in before if k.startswith("encoder.") and not k.startswith("encoder.layers.1.")]
    assert below
    assert moved.isdisjoint(below)
    assert any(key.startswith("encoder.layers.1.") for key in moved)
    assert any(key.startswith("names.") for key in moved)


def test_preparation_repeats(data: Path, tmp_path: Path) -> None:
    """The same data give the same bytes."""
    from training.prepare import prepare

    for name in ("a", "b"):
        prepare(data, [tmp_path / "corpus"], tmp_path / name)
    first = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*.*")}
    assert first == {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*.*")}
    assert len(first) > 10
    assert (MODEL_FOLDER / PIECES).exists()


def test_the_network_of_run_time_gives_the_numbers_of_the_trained_one() -> None:
    """Laid out without a batch, with attention in three products and labels by matrices of words: the same scores."""
    import torch

    from training.export import OUTPUTS, Labeller, Runtime
    from training.model import EncoderConfig, Reader

    torch.manual_seed(1)
    config = EncoderConfig(vocabulary=50, width=24, heads=3, inner=48, layers=4, positions=20)
    reader = Reader({"upos": 4, "xpos": 5, "feats": 6, "deps": 7}, config).eval()
    ids, shapes, gaps = torch.randint(50, (1, 12)), torch.randint(9, (1, 12)), torch.randint(5, (1, 12))
    first, last = torch.tensor([[1, 3, 4, 8]]), torch.tensor([[2, 3, 7, 10]])
    words = first, last, shapes[:, :4], gaps[:, :4]
    with torch.no_grad():
        found = dict(zip(OUTPUTS, Runtime(reader)(ids, shapes, gaps, *words), strict=True))
        states, x = reader.words(ids, shapes, gaps, None, *words)
        dependents, heads = reader.arc_vectors(x)
        vectors = reader.label_vectors(x)
        torch.testing.assert_close(found["states"], states)
        torch.testing.assert_close(found["starts"], reader.start(x)[..., 0])
        torch.testing.assert_close(found["names"], reader.names(x).log_softmax(-1))
        torch.testing.assert_close(found["arcs"], dependents @ heads.transpose(1, 2))
        torch.testing.assert_close((found["label_dependents"], found["label_heads"]), vectors)
        assert found["xpos"].equal(reader.xpos(x).argmax(-1))
        pairs = vectors[0][0], vectors[1][0, [0, 3, 1, 1]]
        torch.testing.assert_close(Labeller(reader)(*pairs), reader.label_scores(*pairs))
