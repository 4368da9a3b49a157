"""The component with the trained model: what a Doc holds, and that it never depends on the company."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from kg.errors import ModelError
from kg.networks import MANIFEST
from kg.reading import load_reader
from kg.reading.labels import NAME_TYPES
from kg.reading.runtime import FILES, LABELS, MODEL_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model

NEWS = (
    "Harbour Ledger Opens Office In Lisbon\n\n"
    "Harbour Ledger Co., Ltd., a payment firm based in Singapore, opened an office in Lisbon on 3 May 2021. "
    "“We were asked to come,” said Amina Okafor, its chief executive. The Atlantic Chain Alliance (ACA), which was "
    "initiated by the University of Porto, welcomed the company.\n\n"
    "ACA has 54 members. They include Tagus Bank, Blue Heron Labs and Nimbus Pay."
)
TEXTS = (
    NEWS,
    "",
    " \n\n\t ",
    "Yes",
    "😀😀 👩‍👩‍👧‍👦 北京 is a city. \u200b",
    "The mayor said no. " * 40,
    "TITLE WITHOUT A STOP\nand a line\n\n\n\n- one\n- two\n",
    "(" * 300 + "a" + ")" * 300,
)


def facts(doc: Doc) -> list[tuple[object, ...]]:
    """Everything that the reader writes, word by word."""
    return [
        (t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for t in doc
    ]


def test_news(nlp: Language) -> None:
    """Sentences, names and a tree come out right for plain news."""
    doc = nlp(NEWS)
    sentences = [s.text.strip() for s in doc.sents]
    assert sentences[0] == "Harbour Ledger Opens Office In Lisbon"
    assert sentences[1].startswith("Harbour Ledger Co., Ltd.")
    assert sentences[1].endswith("2021.")
    assert len(sentences) == 6
    names = {(e.text, e.label_) for e in doc.ents}
    assert {("Singapore", "City"), ("Amina Okafor", "Person"), ("Atlantic Chain Alliance", "Alliance")} & names
    assert ("Amina Okafor", "Person") in names
    said = next(t for t in doc if t.text == "said")
    assert (said.lemma_, said.pos_) == ("say", "VERB")
    assert [t.text for t in said.children if t.dep_ == "nsubj"] == ["Okafor"] or [
        t.text for t in said.children if t.dep_ == "nsubj"
    ] == ["Amina"]


@pytest.mark.parametrize("text", TEXTS)
def test_trees_are_whole(nlp: Language, text: str) -> None:
    """Each sentence has one root, heads stay within it, white space is marked as such."""
    doc = nlp(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert sum(t.dep_ == "ROOT" for t in sentence) == 1
        assert all(sentence.start <= t.head.i < sentence.end for t in sentence)
        assert all((t.head.i == t.i) == (t.dep_ == "ROOT") for t in sentence)
    for token in doc:
        assert not token.is_space or (token.pos_ == "SPACE" and token.ent_iob_ in "OI")
        assert token.is_space or (token.lemma_ and token.pos_ and token.dep_)


def test_scores_of_names(nlp: Language) -> None:
    """Each name comes with a probability for every type, and its label is the most probable."""
    doc = nlp(NEWS)
    scores = doc.user_data["kg_name_scores"]
    assert set(scores) == {(e.start, e.end) for e in doc.ents}
    for entity in doc.ents:
        of = scores[entity.start, entity.end]
        assert set(of) == set(NAME_TYPES)
        assert abs(sum(of.values()) - 1) < 1e-4


def test_scores_survive_a_doc_bin(nlp: Language) -> None:
    """A Doc that spaCy stores with others comes back with the scores of its names."""
    from spacy.tokens import DocBin

    doc = nlp(NEWS)
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert dict(back.user_data["kg_name_scores"]) == dict(doc.user_data["kg_name_scores"])


def test_alone_as_in_company(nlp: Language) -> None:
    """A text reads the same alone, in a stream, and with two threads."""
    alone = [facts(nlp(text)) for text in TEXTS]
    assert [facts(doc) for doc in nlp.pipe(TEXTS)] == alone
    assert [facts(doc) for doc in nlp.pipe(reversed(TEXTS), batch_size=3)] == alone[::-1]
    two = load_reader(threads=2)
    assert [facts(two(text)) for text in TEXTS] == alone


def test_paragraphs_do_not_matter_to_others_far_away(nlp: Language) -> None:
    """Text behind a full window does not change what stands before it."""
    long = "\n\n".join(f"{NEWS} Part {i} ends here." for i in range(6))
    first = facts(nlp(long))[:30]
    assert facts(nlp(long + "\n\nOne more paragraph."))[:30] == first


def test_several_processes(nlp: Language) -> None:
    """The reader works in forked processes after it was used in this one."""
    alone = [facts(nlp(text)) for text in TEXTS[:4]]
    assert [facts(doc) for doc in nlp.pipe(TEXTS[:4], n_process=2)] == alone


def test_very_long_paragraph(nlp: Language) -> None:
    """Ten thousand words without a line break are all read."""
    doc = nlp("The bank said on Monday that it will open a branch in Quito. " * 770)
    assert len(doc) > 10_000
    assert len(list(doc.sents)) == 770


def test_words_given(nlp: Language) -> None:
    """A Doc of given words is annotated as well as one of text."""
    from spacy.tokens import Doc

    doc = nlp(Doc(nlp.vocab, words=["Huifu", "grows", "."], spaces=[True, False, False]))
    assert [t.dep_ for t in doc] == ["nsubj", "ROOT", "punct"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the model folder to damage."""
    folder = tmp_path / "model"
    folder.mkdir()
    for name in (*FILES, MANIFEST):
        shutil.copyfile(MODEL_FOLDER / name, folder / name)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_missing_file(copy: Path, name: str) -> None:
    """A missing file is named, with the cure."""
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"lacks .*{name}.*reinstall"):
        load_reader(model=copy)


def test_damaged_file(copy: Path) -> None:
    """One changed byte is found."""
    data = (copy / LABELS).read_bytes()
    (copy / LABELS).write_bytes(data[:-1] + b" ")
    with pytest.raises(ModelError, match=f"{LABELS} is damaged"):
        load_reader(model=copy)


def test_other_format(copy: Path) -> None:
    """A model of another format is refused."""
    manifest = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    (copy / MANIFEST).write_text(json.dumps({**manifest, "format": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 99"):
        load_reader(model=copy)


def test_damaged_manifest(copy: Path) -> None:
    """A manifest that is no JSON is told from a missing one."""
    (copy / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        load_reader(model=copy)
    (copy / MANIFEST).unlink()
    with pytest.raises(ModelError, match="no reading model"):
        load_reader(model=copy)
