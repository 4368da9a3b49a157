"""The sentences of an ontology's examples: each read as a document of its own, and its reading kept between runs.

What an example is read as depends on its words and the reading model alone: neither on the examples beside it nor on
their order, so that a new one changes what no other says, and reading it is all the reading that it costs.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, Protocol

from kg.cache.keys import digest_of_reader, machine
from kg.cache.place import cache_folder
from kg.cache.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.cache.store import Store

READER: Final = "kg_reader"
"""The component whose readings are kept: of another spaCy pipeline nothing says what its files hold."""

Company = tuple[str, str]
"""What stands before a text and after it."""
ALONE: Final[Company] = ("", "")
AMID_PARAGRAPHS: Final[Company] = ("Shares rose on Monday.\n\n", "\n\nAnalysts were surprised.")
AT_THE_TOP: Final[Company] = ("", AMID_PARAGRAPHS[1])
AT_THE_END: Final[Company] = (AMID_PARAGRAPHS[0], "")
AFTER_A_DAY: Final[Company] = ("On Monday, ", "")
"""Sentences without names, as they stand about any sentence of an article: the reading model saw few alone."""

_TOGETHER: Final = 256
"""Sentences that are looked up, read and kept in one go: a stopped run loses a second's work."""
_KEY_BYTES: Final = 20


class _Reader(Protocol):
    """What is needed of the component beside its place in the pipeline."""

    def dump(self, doc: Doc) -> bytes:
        """What it wrote into a document, as bytes."""

    def load(self, data: bytes, text: str) -> Doc:
        """The document of this text with what it wrote; raises ValueError for bytes that are none of its own."""


def read_sentences(nlp: Language, texts: Sequence[str], *, company: Company = ALONE) -> Iterator[Doc]:
    """One document per text, in order; `company` is what the text stands between while it is read."""
    before, after = company
    for text, doc in zip(texts, _docs(nlp, [before + text + after for text in texts]), strict=True):
        if company == ALONE:
            yield doc
        else:
            span = doc.char_span(len(before), len(before) + len(text), alignment_mode="expand")
            yield nlp.make_doc("") if span is None else span.as_doc()


def _docs(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """A document per text, in order, from the cache where it holds one, else read in one stream and then kept."""
    hashes = hashes_of(nlp)
    if hashes is None:
        yield from nlp.pipe(texts)
        return
    reader: _Reader = nlp.get_pipe(READER)  # type: ignore[assignment]
    base = "\n".join(["sentence", json.dumps(hashes, sort_keys=True), *machine(), digest_of_reader()]).encode()
    store = open_store(cache_folder())
    try:
        for first in range(0, len(texts), _TOGETHER):
            together = texts[first : first + _TOGETHER]
            yield from _read(nlp, reader, store, {text: _key(base, text) for text in together}, together)
    finally:
        store.close()


def hashes_of(nlp: Language) -> Mapping[str, str] | None:
    """The hashes of the model's files, by name; None for a pipeline that is not of kg's own reader alone."""
    if nlp.pipe_names != [READER]:
        return None
    hashes = getattr(getattr(nlp.get_pipe(READER), "network", None), "hashes", None)
    return hashes if isinstance(hashes, dict) else None


def _read(
    nlp: Language, reader: _Reader, store: Store, keys: Mapping[str, bytes], texts: Iterable[str]
) -> Iterator[Doc]:
    kept = store.find(list(keys.values()))
    found: dict[str, Doc] = {}
    for text, key in keys.items():
        if key in kept:
            try:
                found[text] = reader.load(kept[key], text)
            except ValueError:
                del kept[key]
    left = [text for text in keys if text not in found]
    found.update(zip(left, nlp.pipe(left), strict=True))
    store.keep([(keys[text], reader.dump(found[text])) for text in left])
    for text in texts:
        yield found[text]


def _key(base: bytes, text: str) -> bytes:
    digest = hashlib.blake2b(base, digest_size=_KEY_BYTES)
    digest.update(b"\0" + text.encode(errors="surrogatepass"))
    return digest.digest()
