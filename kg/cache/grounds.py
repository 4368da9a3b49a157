"""What an extraction stands on beside its key: what it asked of the ontology's examples, and what they answered.

An extraction asks for examples by the words of its article's predications. As long as those answer as they did, it
stands, whatever examples come and go for other words: verifying traces, as in Mokhov, Mitchell and Peyton Jones, "Build
Systems à la Carte" (2018).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.cache.codec import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EVERYTHING: Final = "*"
"""In place of words: it asked for all examples there are."""
_LENGTH_BYTES: Final = 4
_HASH_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Grounds:
    """`ontology` is the digest of the one it was made with, `asked` words in order, `answer` a digest of answers."""

    ontology: str
    asked: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What an ontology's examples answer: digests by word, and one of what they answer whatever is asked."""

    by_word: Mapping[str, str]
    always: str

    def to(self, asked: Iterable[str]) -> str:
        """One digest of the answers to these words, in this order."""
        digest = hashlib.blake2b(self.always.encode(), digest_size=_HASH_BYTES)
        for word in asked:
            answers = sorted(self.by_word.items()) if word == EVERYTHING else [(word, self.by_word.get(word, ""))]
            digest.update("".join(f"\0{each}\1{answer}" for each, answer in answers).encode(errors="surrogatepass"))
        return digest.hexdigest()


def encode_answers(answers: Answers) -> bytes:
    """Answers as bytes."""
    return json.dumps([answers.always, dict(sorted(answers.by_word.items()))]).encode()


def decode_answers(data: bytes) -> Answers | None:
    """The answers of `encode_answers`; None for what it did not write."""
    try:
        always, by_word = json.loads(data)
        return Answers({str(word): str(answer) for word, answer in by_word.items()}, str(always))
    except (ValueError, TypeError, AttributeError):
        return None


def encode_grounded(grounds: Grounds, extraction: bytes) -> bytes:
    """An encoded extraction with its grounds."""
    header = zlib.compress(json.dumps([grounds.ontology, grounds.answer, *grounds.asked]).encode(), 1)
    return len(header).to_bytes(_LENGTH_BYTES, "big") + header + extraction


def decode_grounded(data: bytes) -> tuple[Grounds, bytes]:
    """Grounds and encoded extraction of `encode_grounded`; raises DamagedError for what it did not write."""
    end = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "big")
    try:
        ontology, answer, *asked = map(str, json.loads(zlib.decompress(data[_LENGTH_BYTES:end])))
    except (zlib.error, ValueError, TypeError) as error:
        raise DamagedError(f"no grounds: {error}") from error
    return Grounds(ontology, tuple(asked), answer), data[end:]
