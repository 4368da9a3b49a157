"""What the reading model wrote into a Doc, as bytes and back: numbers and strings, nothing that could run.

Only for Docs of `kg_reader`: a Doc that is read back is made by the same steps as one that is newly read, from the same
numbers. The bytes are meant for the pipeline that wrote them; whoever keeps them keeps the model's hash beside them.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, NORM, POS, TAG
from spacy.tokens import Doc

from kg.reading.component import NAME_SCORES
from kg.reading.labels import NAME_TYPES
from kg.reading.scores import NameScores

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_ATTRIBUTES: Final = (POS, TAG, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE, NORM)
_HEAD_COLUMN: Final = _ATTRIBUTES.index(HEAD)
_IOB_COLUMN: Final = _ATTRIBUTES.index(ENT_IOB)
_MOST_IOB: Final = 3
_LEVEL: Final = 1  # of zlib; the vectors are stored as they are, for nothing compresses them
_LENGTH_BYTES: Final = 4

Array = np.ndarray[Any, Any]


def dump_doc(doc: Doc) -> bytes:
    """The annotations of a Doc; its text is not among them."""
    words = np.array([[len(token), bool(token.whitespace_)] for token in doc], dtype=np.uint32).reshape(-1, 2)
    numbers = np.asarray(doc.to_array(list(_ATTRIBUTES)), dtype=np.uint64).reshape(len(doc), len(_ATTRIBUTES))
    scores = cast("NameScores", doc.user_data.get(NAME_SCORES, NameScores({})))
    spans = np.array(list(scores), dtype=np.uint32).reshape(-1, 2)
    rows = np.array([[scores[span][name] for name in NAME_TYPES] for span in scores], dtype=np.float64)
    tensor = np.ascontiguousarray(doc.tensor)
    strings = sorted({token.lemma_ for token in doc} | {token.norm_ for token in doc})
    header = {
        "tokens": len(doc),
        "names": len(spans),
        "strings": strings,
        "tensor": [tensor.dtype.str, *tensor.shape] if tensor.ndim == 2 else None,  # noqa: PLR2004 - words, vector
    }
    parts = [json.dumps(header).encode(), words.tobytes(), numbers.tobytes(), spans.tobytes(), rows.tobytes()]
    packed = zlib.compress(b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in parts), _LEVEL)
    vectors = tensor.tobytes() if header["tensor"] else b""
    return len(packed).to_bytes(_LENGTH_BYTES, "big") + packed + vectors


def load_doc(data: bytes, text: str, vocab: Vocab) -> Doc:
    """The Doc of this text with the annotations that `dump_doc` gave.

    Raises ValueError where the bytes are damaged or of another text.
    """
    try:
        end = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "big")
        header, *parts = _parts(zlib.decompress(data[_LENGTH_BYTES:end]))
        known = json.loads(header)
        words, numbers, spans, rows = (
            np.frombuffer(part, dtype).reshape(-1, width)
            for part, dtype, width in zip(
                parts, ("u4", "u8", "u4", "f8"), (2, len(_ATTRIBUTES), 2, len(NAME_TYPES)), strict=True
            )
        )
        _check(text, words, numbers, known)
        tensor = _tensor(data[end:], known["tensor"], len(words))
    except (zlib.error, KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no stored reading: {error}") from error
    for string in known["strings"]:
        vocab.strings.add(string)
    doc = Doc(vocab, words=list(_words(text, words)), spaces=[bool(space) for _, space in words])
    doc.from_array(list(_ATTRIBUTES), cast("Any", numbers))
    doc.tensor = tensor
    doc.user_data[NAME_SCORES] = NameScores(
        {(int(start), int(stop)): [float(p) for p in row] for (start, stop), row in zip(spans, rows, strict=True)}
    )
    return doc


def _parts(packed: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(packed):
        size = int.from_bytes(packed[at : at + _LENGTH_BYTES], "big")
        at += _LENGTH_BYTES
        parts.append(packed[at : at + size])
        at += size
    return parts


def _check(text: str, words: Array, numbers: Array, known: dict[str, Any]) -> None:
    """Refuse what spaCy would take and then fall over: its arrays trust their numbers."""
    count = len(words)
    if count != known["tokens"] or len(numbers) != count or int(words.sum()) != len(text):
        raise ValueError("the stored reading is of another text")
    heads = numbers[:, _HEAD_COLUMN].astype(np.int64) + np.arange(count)
    if count and (heads.min() < 0 or heads.max() >= count or numbers[:, _IOB_COLUMN].max() > _MOST_IOB):
        raise ValueError("the stored reading has heads outside of the text")


def _tensor(data: bytes, shape: list[Any] | None, count: int) -> Array:
    if shape is None:
        return np.zeros((0,), dtype=np.float32)
    kind, rows, columns = shape
    if rows != count:
        raise ValueError("the stored vectors are of another text")
    return np.frombuffer(data, np.dtype(kind)).reshape(rows, columns)


def _words(text: str, words: Array) -> list[str]:
    found, at = [], 0
    for length, space in words.tolist():
        found.append(text[at : at + length])
        at += length + space
    return found
