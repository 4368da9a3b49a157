"""The whole path of the learned extractor with a toy: a random layer above the real reader, and a dozen texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from kg.extract.relations.network import CALIBRATION, RelationNetwork
from kg.extract.weighing import FEATURES
from tests.training.texts import corpus, idents

torch = pytest.importorskip("torch", reason="the training extra is not installed")
pytest.importorskip("onnx", reason="the training extra is not installed")

if TYPE_CHECKING:
    from kg.extract import Extractor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore"),  # torch's exporter warns of its own doings
]

ONTOLOGY: Final = Path(__file__).parents[2] / "ontology"
RECORD: Final = {
    "title": "Toy",
    "sents": [["Blue", "Tea", "is", "Dutch", "."]],
    "vertexSet": [
        [{"name": "Blue Tea", "pos": [0, 2], "sent_id": 0, "type": "ORG"}],
        [{"name": "Dutch", "pos": [3, 4], "sent_id": 0, "type": "LOC"}],
    ],
    "labels": [{"h": 0, "t": 1, "r": "P17"}],
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Frames over the reader of the package."""
    from kg.extract import Extractor
    from kg.ontology import load_ontology
    from kg.reading import load_reader

    return Extractor(load_ontology(ONTOLOGY), load_reader())


@pytest.fixture(scope="module")
def work(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with samples of three texts to train on and two held out, foreign ones, and a reader's checkpoint."""
    from training.corpus.markup import read_blocks
    from training.model import EncoderConfig, Reader
    from training.relations.docred import sample
    from training.relations.prepare import prepare
    from training.relations.storage import write_foreign, write_texts

    folder = tmp_path_factory.mktemp("relations")
    names = idents(3, held_out=False) + idents(2, held_out=True)
    (folder / "toy.kg").write_text(corpus(*names), encoding="utf-8")
    write_texts(folder / "toy.samples", prepare(read_blocks(corpus(*names)), extractor))
    write_foreign(folder / "foreign.samples", ("", "P17"), [sample(RECORD, extractor.nlp)])
    config = EncoderConfig(vocabulary=9, heads=4, inner=32, layers=4, positions=4)
    vocabulary = {key: ["a", "b"] for key in ("upos", "xpos", "feats", "deps")}
    weights = Reader(dict.fromkeys(vocabulary, 2), config).state_dict()
    torch.save({"vocabulary": vocabulary, "config": tuple(config), "average": weights}, folder / "reader.pt")
    return folder


def test_held_out_texts_never_train(work: Path) -> None:
    """Texts that are held out are for measuring, with the things as annotated and as found; the others train."""
    from training.relations.batches import read

    texts = read([work / "toy.samples"], work / "foreign.samples")
    trained = {item.ident for pair in texts.train for item in pair if item is not None}
    assert trained == set(idents(3, held_out=False))
    for items in texts.held_out.values():
        assert {item.ident for item, _ in items} == set(idents(2, held_out=True))
    assert [item.foreign for item in texts.foreign] == [True]


def test_from_samples_to_model(work: Path, extractor: Extractor) -> None:
    """Training, taking up again, export and calibration fit together, and the run time reads what comes out."""
    from kg.extract import Extractor
    from training.relations.calibrate import calibrate, gather
    from training.relations.export import export
    from training.relations.train import Options, Trainer

    options = Options(
        [work / "toy.samples"], work / "reader.pt", work / "run", docred=work / "foreign.samples", minutes=60, steps=4
    )
    Trainer(options).run()
    options.steps = 6
    again = Trainer(options)
    assert again.step == 4
    again.run()
    assert Trainer(options).step == 6
    export(work / "run/checkpoint.pt", work / "model")
    network = RelationNetwork(work / "model")
    assert network.properties[0] == ""
    both = Extractor(extractor.ontology, extractor.nlp, network)
    data, total = gather([work / "toy.kg"], both)
    assert total == 2 * 4
    assert any(case.right for case in data)
    calibrate(work / "model", data, total)
    fitted = json.loads((work / "model" / CALIBRATION).read_text(encoding="utf-8"))
    assert fitted["features"] == list(FEATURES)
    assert RelationNetwork(work / "model").weights.weights == tuple(fitted["weights"])


def test_a_property_that_nothing_was_learnt_of(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Left out of training it has no column, and is tried by its examples: none, some, all."""
    from training.relations.export import export
    from training.relations.train import Options, Trainer
    from training.relations.unseen import COUNTS, compare

    options = Options(
        [work / "toy.samples"], work / "reader.pt", work / "without", minutes=60, steps=2, without=["memberOf"]
    )
    Trainer(options).run()
    export(work / "without/checkpoint.pt", work / "model-without")
    network = RelationNetwork(work / "model-without")
    assert "memberOf" not in network.properties
    capsys.readouterr()
    compare([work / "toy.samples"], network, ["memberOf"])
    (row,) = capsys.readouterr().out.splitlines()
    name, examples, *figures = row.split(" | ")
    assert name == "memberOf"
    assert int(examples) > 15
    assert len(figures) == len(COUNTS)
    assert figures[0] == "P 0.00 R 0.00 F 0.00"
