"""What is made from an ontology's examples, kept between runs: reading them takes longer than reading many articles.

A file is named by everything that its content depends on and holds plain JSON. It only ever saves time: what cannot be
read is made anew, what cannot be written is not kept, and the result is the same either way.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.cache.files import read_whole, write_whole
from kg.cache.keys import AFTER_EXTRACTION, digest_of_code, machine
from kg.cache.place import cache_folder
from kg.extract.sentences import hashes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from spacy.language import Language

    from kg.ontology.schema import Ontology

KEPT_FILES: Final = 8
"""Files of a kind that stay when one is added, the newest: some ontologies, each about a megabyte."""

_Made = TypeVar("_Made")


def kept(  # noqa: PLR0913 - what is kept, and under which key
    kind: str, ontology: Ontology, nlp: Language, make: Callable[[], _Made], encode: Callable[[_Made], Any],
    decode: Callable[[Any], _Made], *, also: Iterable[str] = (),
) -> _Made:  # fmt: skip
    """Give what `make` makes of an ontology's examples, from the cache where it holds this, else made and then kept.

    It is made of the ontology, the reading model, the code of kg up to extraction and the hashes in `also`. Only for
    the reading model of kg: another spaCy pipeline does not say what its files hold. `decode` raises ValueError,
    KeyError or TypeError for what `encode` did not write.
    """
    path = _file(kind, ontology, nlp, also)
    if path is None:
        return make()
    try:
        return decode(_read(path))
    except (ValueError, KeyError, TypeError, AttributeError):
        made = make()
        body = json.dumps(encode(made), ensure_ascii=True, separators=(",", ":")).encode()
        write_whole(path, body, most=KEPT_FILES)
        return made


def _file(kind: str, ontology: Ontology, nlp: Language, also: Iterable[str]) -> Path | None:
    folder, hashes = cache_folder(), hashes_of(nlp)
    if folder is None or hashes is None:
        return None
    parts = [ontology.digest, json.dumps(hashes, sort_keys=True), *machine(), *also, digest_of_code(AFTER_EXTRACTION)]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return folder / f"{kind}-{key[:32]}.json"


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    body = read_whole(path)
    if body is None:
        raise ValueError(f"{path} is absent or damaged")
    return json.loads(body)
