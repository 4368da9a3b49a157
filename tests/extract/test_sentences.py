from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from kg.cache.store import FILE, open_store
from kg.extract.compiling import compile_frames
from kg.extract.examples import READINGS, Reading, reworded
from kg.extract.sentences import AMID_PARAGRAPHS, read_sentences
from kg.ontology import load_ontology
from kg.ontology.examples import parse_examples
from kg.reading import load_reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

TEXTS = ("Quay Bank bought North Bank.", "Jane Roe, head of research at Veridia.", "Quay Bank joined the Bay Alliance.")
PREFIXES = """
@prefix kg: <https://example.org/kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Company a owl:Class ; rdfs:label "company" ; rdfs:comment "A firm." ; kg:headNoun "firm" .
kg:acquired a owl:ObjectProperty ; rdfs:label "acquired" ; rdfs:comment "Takes over." ;
    rdfs:domain kg:Company ; rdfs:range kg:Company .
"""
LINES = (
    'kg:acquired kg:example "[subject Quay Bank] {bought|absorbed} [object North Bank]." .\n',
    'kg:acquired kg:example "[subject Quay Bank] took over [object North Bank]." .\n',
    'kg:acquired kg:example "[object North Bank], now a firm of [subject Quay Bank]." .\n',
)


class Counting:
    """A pipeline that notes what it reads, and is else the one of kg."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.texts: list[str] = []

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Read in one stream."""
        for text in texts:
            self.texts.append(text)
            yield self._nlp(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the pipeline has
        return getattr(self._nlp, name)


@pytest.fixture(scope="module")
def model() -> Language:
    """The pipeline with the model of the package."""
    return load_reader()


@pytest.fixture
def reader(model: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - stands for a Language
    """The same, counting, with a cache of its own."""
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    return Counting(model)


def shape(doc: Doc) -> list[tuple[str, str, str, int]]:
    """What examples are compiled from."""
    return [(token.text, token.lemma_, token.dep_, token.head.i) for token in doc]


@pytest.mark.model
def test_reading_does_not_depend_on_neighbours(reader: Any) -> None:  # noqa: ANN401
    """Alone, in a crowd, in another order, new or kept: the same."""
    alone = [shape(doc) for text in TEXTS for doc in read_sentences(reader, [text])]
    assert [shape(doc) for doc in read_sentences(reader, TEXTS)] == alone
    assert [shape(doc) for doc in read_sentences(reader, TEXTS[::-1])] == alone[::-1]
    assert [shape(doc) for doc in reader.pipe(TEXTS)] == alone


@pytest.mark.model
def test_what_is_kept_is_not_read(reader: Any) -> None:  # noqa: ANN401
    """Nor is a sentence that stands there twice."""
    assert len(list(read_sentences(reader, [*TEXTS, TEXTS[0]]))) == 4
    list(read_sentences(reader, [*TEXTS, "Nova Energy bought Quay Bank."]))
    assert reader.texts == [*TEXTS, "Nova Energy bought Quay Bank."]


@pytest.mark.model
def test_company_is_read_and_cut_off(reader: Any) -> None:  # noqa: ANN401
    """The document is the text alone."""
    (doc,) = read_sentences(reader, TEXTS[:1], company=AMID_PARAGRAPHS)
    assert doc.text == TEXTS[0]
    assert reader.texts == [AMID_PARAGRAPHS[0] + TEXTS[0] + AMID_PARAGRAPHS[1]]


@pytest.mark.model
@pytest.mark.parametrize("damage", [b"", b"\0\0\0\4abcd", None])
def test_damaged_reading_is_made_anew(reader: Any, tmp_path: Path, damage: bytes | None) -> None:  # noqa: ANN401
    """Foreign bytes under a right hash, as well as a row whose hash is wrong."""
    (whole,) = read_sentences(reader, TEXTS[:1])
    with sqlite3.connect(tmp_path / "cache" / FILE) as connection:
        (key,) = connection.execute("SELECT key FROM entry").fetchone()
        if damage is None:
            connection.execute("UPDATE entry SET value = ?", (b"x",))
    connection.close()
    if damage is not None:
        store = open_store(tmp_path / "cache")
        store.keep([(key, damage)])
        store.close()
    (again,) = read_sentences(reader, TEXTS[:1])
    assert shape(again) == shape(whole)
    assert reader.texts == [TEXTS[0]] * 2


@pytest.mark.model
def test_new_line_leaves_the_frames_of_others(reader: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """And of sentences, those of the new line alone are read."""
    frames, read = [], []
    for number in range(1, len(LINES) + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "o.ttl").write_text(PREFIXES + "".join(LINES[:number]), encoding="utf-8")
        found = compile_frames(load_ontology(folder), reader)
        frames.append({frame for each in found.by_lemma.values() for frame in each})
        read.append(reader.texts)
        reader.texts = []
    assert frames[0]
    assert frames[0] <= frames[1] <= frames[2]
    assert {text for text in read[1] if "bought" in text or "absorbed" in text} == set()
    assert {text for text in read[2] if "now a firm" not in text} == set()


def test_clause_at_the_end_of_a_phrase_makes_it_no_sentence() -> None:
    """It gets a verb, as a phrase does; a sentence with such a clause in it has its own."""
    smiling = Reading(verb="smiled")
    (phrase,) = parse_examples("[subject PayHub], which is based on [object blockchain].")
    (sentence,) = parse_examples("[subject PayHub], which is new, relied on [object blockchain].")
    assert reworded(phrase, smiling).text == "PayHub, which is based on blockchain, smiled."
    assert reworded(sentence, smiling) == sentence
    assert len(set(READINGS)) == len(READINGS)
