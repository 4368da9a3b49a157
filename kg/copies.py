"""Articles that repeat another: wire copy and syndicated reports, cut or lightly edited, count as one source.

Candidates share bands of MinHash signatures (Broder, "On the resemblance and containment of documents", 1997) over
runs of five words; what they really share is then counted exactly. Signatures only ever save work: no result depends on
their random choices, except that two texts of little in common are not looked at.
"""

from __future__ import annotations

import hashlib
import math
import re
from array import array
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.model import Copy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.model import Article

SECTION: Final = "near_duplicates"
"""The key of the report that holds the copies."""
SHINGLE_WORDS: Final = 5
"""Words of a run: short enough that an edited sentence leaves some whole, long enough that chance repeats none."""
MIN_OVERLAP: Final = 0.6
"""Share of the shorter article's runs that make it a copy. An edit every 20 words leaves three in four; two reports
of one event share their quotations, which are seldom a third of either."""
MIN_SHINGLES: Final = 20
"""Runs below which a text is too short to tell: a headline and a sentence are the same by chance."""
_PERMUTATIONS: Final = 128
_BANDS: Final = 64
"""Bands of two: of texts alike enough to be copies (two fifths of all runs in common, if they are of one length) one in
half a million escapes; of those that share a hundredth one in two hundred is looked at for nothing."""
_SEED: Final = 1
_SURE: Final = 5.0
"""Standard errors below what a copy needs at which an estimate settles that there is none: one copy in three million is
lost so, and of articles of one make hardly a pair has to be counted."""
_WORD: Final = re.compile(r"\w+")


def find_copies(articles: Iterable[Article], texts: Mapping[str, str] | None = None) -> tuple[Copy, ...]:
    """Return the articles that repeat another, sorted; `texts` gives texts by article id where articles hold none.

    Of articles that repeat each other, directly or by way of others, the original is the one published first (undated
    ones last), then the one of the least id. The order of articles is of no effect.
    """
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - where there is nothing to compare, nothing is loaded

    ordered = sorted(articles, key=lambda article: (article.published or date.max, article.id))
    index = RMinHashLSH(MIN_OVERLAP, _PERMUTATIONS, _BANDS)
    groups = _Groups(len(ordered))
    known: dict[int, array[int]] = {}
    signatures: dict[int, RMinHash] = {}
    for i, article in enumerate(ordered):
        runs = shingles(texts[article.id] if texts is not None else article.text)
        if len(runs) < MIN_SHINGLES:
            continue
        signature = RMinHash(_PERMUTATIONS, _SEED)
        signature.update(sorted(runs))
        own = frozenset(map(_number, runs))
        for other in sorted(index.query(signature)):
            if signature.jaccard(signatures[other]) < _least_resemblance(len(own), len(known[other])):
                continue
            share = overlap(own, known[other])
            if share >= MIN_OVERLAP:
                groups.join(other, i, share)
        index.insert(i, signature)
        known[i] = array("Q", own)
        signatures[i] = signature
    return groups.copies(ordered)


def shingles(text: str) -> frozenset[str]:
    """Return the runs of five words of a text, in lower case and without punctuation."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))


def _least_resemblance(one: int, other: int) -> float:
    """Return the least share of equal minima, of sets of these sizes, that `MIN_OVERLAP` of the smaller leaves likely.

    The share estimates the Jaccard index with the error of as many throws as there are permutations.
    """
    shared = MIN_OVERLAP * min(one, other)
    needed = shared / (one + other - shared)
    return needed - _SURE * math.sqrt(needed * (1.0 - needed) / _PERMUTATIONS)


def _number(run: str) -> int:
    """Return a number for a run: eight bytes instead of thirty, and quick to compare; two runs never share one."""
    return int.from_bytes(hashlib.blake2b(run.encode(errors="surrogatepass"), digest_size=8).digest(), "big")


def overlap(left: Collection[object], right: Collection[object]) -> float:
    """Return which share of the smaller collection the larger one holds as well; each holds a thing once."""
    return sum(map(frozenset(left).__contains__, right)) / max(min(len(left), len(right)), 1)


class _Groups:
    """Articles by position that repeat each other; the first of a group is its original."""

    def __init__(self, size: int) -> None:
        self._first = list(range(size))
        self._share: dict[int, float] = defaultdict(float)

    def join(self, first: int, second: int, share: float) -> None:
        """Note that two articles repeat each other."""
        self._share[second] = max(self._share[second], share)
        a, b = sorted((self._find(first), self._find(second)))
        if a != b:
            self._share[b] = max(self._share[b], share)
            self._first[b] = a

    def copies(self, articles: Sequence[Article]) -> tuple[Copy, ...]:
        """Return all that are no originals, with the greatest share that they have in common with another."""
        found = [
            Copy(article.id, articles[first].id, round(self._share[i], 3))
            for i, article in enumerate(articles)
            if (first := self._find(i)) != i
        ]
        return tuple(sorted(found, key=lambda copy: copy.article))

    def _find(self, i: int) -> int:
        while self._first[i] != i:
            self._first[i] = self._first[self._first[i]]
            i = self._first[i]
        return i


def section(copies: Iterable[Copy]) -> list[dict[str, Any]]:
    """Return what the report says of copies: each original with the articles that repeat it."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for copy in copies:
        found[copy.original].append({"article": copy.article, "overlap": copy.overlap})
    return [{"original": original, "copies": rows} for original, rows in sorted(found.items())]


def read_copies(report: Mapping[str, Any] | None) -> dict[str, str]:
    """Read from a report which article each copy repeats, by article id; a report that does not say gives none."""
    rows = (report or {}).get(SECTION)
    if not isinstance(rows, list):
        return {}
    return {str(copy["article"]): str(row["original"]) for row in rows for copy in row["copies"]}
