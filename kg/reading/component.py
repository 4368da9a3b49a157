"""The reading model as a spaCy component, and the pipelines that `kg` reads with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS

from kg.errors import ModelError
from kg.reading.decoding import name_spans, type_scores
from kg.reading.features import gap_code
from kg.reading.labels import NAME_TYPES
from kg.reading.lemmas import Lemmatizer, read_exceptions
from kg.reading.names import Name, vote
from kg.reading.runtime import EXCEPTIONS, PIECES, Network, Sentence
from kg.reading.scores import NameScores
from kg.reading.tokens import blank_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Key of `Doc.user_data`: for each name, by its (start, end) in tokens, the probability of each type.
NAME_SCORES = "kg_name_scores"
# Labels that only a parser of Universal Dependencies has, and that every such parser of English has.
UD_LABELS = frozenset(("nsubj", "obj", "obl", "nmod"))
_OUTSIDE, _INSIDE, _BEGIN = 2, 1, 3


class Reader:
    """Writes sentences, tags, lemmas, trees and names into a tokenized Doc."""

    def __init__(self, vocab: Vocab, network: Network) -> None:
        """Prepare to write with the strings of `vocab`."""
        self.vocab = vocab
        self.network = network
        labels = network.labels
        known = _known_words(network)
        self._lemmatize = Lemmatizer(read_exceptions(network.folder / EXCEPTIONS), known)
        strings = vocab.strings
        self._pos = np.array([IDS[name] for name in labels["upos"]], dtype=np.uint64)
        self._tag = np.array([strings.add(name) for name in labels["xpos"]], dtype=np.uint64)
        self._morph = np.array([vocab.morphology.add(name) for name in labels["feats"]], dtype=np.uint64)
        deps = ["ROOT" if name == "root" else name for name in labels["deps"]]
        self._dep = np.array([strings.add(name) for name in deps], dtype=np.uint64)
        self._kind = np.array([strings.add(name) for name in NAME_TYPES], dtype=np.uint64)
        self._space = (IDS["SPACE"], strings.add("_SP"), vocab.morphology.add(""), strings.add("dep"))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc in place and give it back."""
        tokens, words, gaps = split_words(doc)
        sentences, names = self.read(words, gaps)
        doc.from_array(
            [POS, TAG, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE],
            cast("Any", self._array(doc, tokens, words, sentences, names)),
        )
        doc.tensor = cast("Any", _states(doc, tokens, sentences))
        doc.user_data[NAME_SCORES] = NameScores(
            {(tokens[n.start], tokens[n.end - 1] + 1): [float(p) for p in n.scores] for n in names}
        )
        return doc

    def read(
        self, words: list[str], gaps: list[int], *, starts: list[int] | None = None
    ) -> tuple[list[Sentence], list[Name]]:
        """Give sentences and names of a text of words; see `Network.read` for the arguments."""
        sentences = self.network.read(words, gaps, starts=starts)
        return sentences, vote(words, _names(sentences))

    def lemma(self, word: str, upos: str, xpos: str) -> str:
        """Give the lemma of a word with these tags."""
        return self._lemmatize(word, upos, xpos)

    def dump(self, doc: Doc) -> bytes:
        """Give what it wrote into a Doc as bytes."""
        from kg.reading.stored import dump_doc  # noqa: PLC0415 - imports this module

        return dump_doc(doc)

    def load(self, data: bytes, text: str) -> Doc:
        """Give the Doc of a text with what it wrote; raises ValueError for other bytes than those of `dump`."""
        from kg.reading.stored import load_doc  # noqa: PLC0415 - imports this module

        return load_doc(data, text, self.vocab)

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002 - spaCy passes it
        """Annotate a stream, one Doc at a time: what comes out does not depend on the company."""
        for doc in stream:
            yield self(doc)

    def _array(
        self, doc: Doc, tokens: list[int], words: list[str], sentences: list[Sentence], names: list[Name]
    ) -> np.ndarray[Any, np.dtype[np.uint64]]:
        labels, strings = self.network.labels, self.vocab.strings
        out = np.zeros((len(doc), 8), dtype=np.uint64)
        heads = np.arange(len(doc))
        out[:, 6] = _OUTSIDE
        self._write_spaces(doc, out, heads, set(tokens))
        at = np.array(tokens, dtype=np.int64)
        for sentence in sentences:
            rows = at[sentence.start : sentence.end]
            out[rows, 0] = self._pos[sentence.upos]
            out[rows, 1] = self._tag[sentence.xpos]
            out[rows, 2] = self._morph[sentence.feats]
            out[rows, 5] = self._dep[sentence.deps]
            own = np.arange(len(rows))
            relative = np.array(sentence.heads) - 1
            heads[rows] = rows[np.where(relative < 0, own, relative)]
            tags = zip(sentence.upos.tolist(), sentence.xpos.tolist(), strict=True)
            out[rows, 3] = [
                strings.add(self.lemma(word, labels["upos"][upos], labels["xpos"][xpos]))
                for word, (upos, xpos) in zip(words[sentence.start : sentence.end], tags, strict=True)
            ]
        for name in names:
            first, last = tokens[name.start], tokens[name.end - 1]
            out[first : last + 1, 6] = _INSIDE
            out[first, 6] = _BEGIN
            out[first : last + 1, 7] = self._kind[name.kind]
        out[:, 4] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        return out

    def _write_spaces(self, doc: Doc, out: np.ndarray[Any, Any], heads: np.ndarray[Any, Any], words: set[int]) -> None:
        """Hang white space tokens from the word before them, at the beginning of the text from the one after."""
        before = next((i for i in range(len(out)) if i in words), 0)
        for i in range(len(out)):
            if i in words:
                before = i
                continue
            out[i, 0], out[i, 1], out[i, 2], out[i, 5] = self._space
            out[i, 3] = doc[i].orth
            heads[i] = before
        if not words and len(out):
            out[0, 5] = self.vocab.strings.add("ROOT")


def split_words(doc: Doc) -> tuple[list[int], list[str], list[int]]:
    """Give the tokens that are no white space: indices, texts, and codes of the white space before each.

    Before the first one stands, as it were, a blank line.
    """
    tokens, words, gaps = [], [], []
    between = "\n\n"
    for token in doc:
        text = token.text
        if token.is_space:
            between += text + token.whitespace_
            continue
        tokens.append(token.i)
        words.append(text)
        gaps.append(gap_code(between))
        between = token.whitespace_
    return tokens, words, gaps


def _states(doc: Doc, tokens: list[int], sentences: list[Sentence]) -> np.ndarray[Any, np.dtype[np.float16]]:
    """Give the words' vectors [tokens, D] for `Doc.tensor`; those of white space are zero."""
    if not sentences:
        return np.zeros((len(doc), 0), dtype=np.float16)
    states = np.concatenate([s.states for s in sentences]).astype(np.float16)
    out = np.zeros((len(doc), states.shape[1]), dtype=np.float16)
    out[tokens] = states
    return out


def _names(sentences: list[Sentence]) -> list[Name]:
    names = []
    for sentence in sentences:
        for start, end, kind in name_spans(sentence.names):
            scores = type_scores(sentence.names[start:end])
            names.append(Name(sentence.start + start, sentence.start + end, kind, scores))
    return names


def _known_words(network: Network) -> frozenset[str]:
    """List the whole words of the piece vocabulary: a word list that the model carries anyway."""
    vocabulary = json.loads((network.folder / PIECES).read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(w for w in vocabulary if len(w) > 1 and w.isalpha())


@Language.factory(
    "kg_reader",
    default_config={"model": None, "threads": 1},
    assigns=[
        "token.pos",
        "token.tag",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "doc.sents",
        "doc.ents",
        "doc.tensor",
    ],
)
def make_reader(
    nlp: Language,
    name: str,  # noqa: ARG001 - spaCy passes it
    model: str | None,
    threads: int,
) -> Reader:
    """Create the component for spaCy's registry; raises ModelError as `load_reader` does."""
    return Reader(nlp.vocab, Network(Path(model) if model else None, threads=threads))


def load_reader(*, threads: int = 1, model: Path | None = None, pipeline: str | None = None) -> Language:
    """Load the pipeline that articles are read with: the tokenizer and `kg_reader`.

    `model` is another folder of the same files, `pipeline` the name of another installed spaCy pipeline to use in
    its place. Raises ModelError if a model file is missing or damaged, if there is no such pipeline, or if its parser
    is not of Universal Dependencies.
    """
    if pipeline:
        return _load_other(pipeline)
    nlp = blank_english()
    nlp.add_pipe("kg_reader", config={"model": str(model) if model else None, "threads": threads})
    return nlp


def _load_other(pipeline: str) -> Language:
    try:
        nlp = spacy.load(pipeline)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(f"cannot load the spaCy pipeline {pipeline!r}: {error}; install it or name another") from error
    labels = {str(x) for name in ("parser", "experimental_biaffine_parser") for x in nlp.pipe_labels.get(name, ())}
    missing = sorted(UD_LABELS - labels)
    if missing:
        raise ModelError(
            f"the spaCy pipeline {pipeline!r} does not parse with Universal Dependencies (its parser has no label "
            f"{', '.join(missing)}): name one that does, or leave `pipeline` out to use the model of kg"
        )
    return nlp
