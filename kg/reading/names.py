"""Names of one article as a whole: mentions of one thing settle on one type."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kg.reading.labels import NAME_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reading.decoding import Floats

# Types that a mention has for itself: no vote over the article.
_OWN = frozenset(NAME_TYPES.index(name) for name in ("Date", "Number", "Nationality"))
_PERSON = NAME_TYPES.index("Person")
# What the long form says counts so much more than one mention of its acronym: the long form has the words that tell.
LONG_FORM_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name [start, end) of words, its type index, and the probability of each type."""

    start: int
    end: int
    kind: int
    scores: Floats


def vote(words: Sequence[str], names: Sequence[Name]) -> list[Name]:
    """Give each name the type that its mentions in the article speak for together.

    Mentions count as one thing when their words are the same but for case and a leading "the". An acronym in brackets
    goes with the long form before it, a single surname with the full names that end in it. Scores become the mean over
    the mentions; spans stay.
    """
    total: dict[str, Floats] = {}
    count: dict[str, float] = {}
    keys = [_key(words, name) for name in names]
    voting = [i for i, name in enumerate(names) if name.kind not in _OWN]
    for i in voting:
        total[keys[i]] = total.get(keys[i], 0.0) + names[i].scores
        count[keys[i]] = count.get(keys[i], 0.0) + 1.0
    extra: list[tuple[str, Floats, float]] = []
    for i, j in itertools.pairwise(voting):
        if _is_acronym_of(words, names[j], names[i]) and keys[i] != keys[j]:
            weight = LONG_FORM_WEIGHT * count[keys[i]]
            extra.append((keys[j], total[keys[i]] / count[keys[i]] * weight, weight))
    extra += _from_full_names(total, count)
    for key, scores, weight in extra:
        total[key] = total[key] + scores
        count[key] += weight
    out = list(names)
    for i in voting:
        mean = total[keys[i]] / count[keys[i]]
        kind = int(mean.argmax())
        if kind in _OWN:
            kind = names[i].kind
        out[i] = replace(names[i], kind=kind, scores=mean)
    return out


def _key(words: Sequence[str], name: Name) -> str:
    parts = [w.casefold() for w in words[name.start : name.end]]
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    return " ".join(parts)


def _is_acronym_of(words: Sequence[str], short: Name, long: Name) -> bool:
    """Tell whether `short` stands alone in brackets right behind `long`: "Hong Kong Blockchain Association (HKBA)"."""
    if short.start - long.end != 1 or short.end - short.start != 1 or short.end >= len(words):
        return False
    text = words[short.start]
    in_brackets = words[long.end] == "(" and words[short.end] == ")"
    return in_brackets and bool(re.fullmatch(r"[A-Z][A-Za-z0-9&-]*", text)) and sum(c.isupper() for c in text) > 1


def _from_full_names(total: dict[str, Floats], count: dict[str, float]) -> list[tuple[str, Floats, float]]:
    """Let full names of persons speak for the one-word mentions of their last (or, in Chinese, first) word."""
    found: dict[str, tuple[Floats, float]] = {}
    for key, speaking in total.items():
        parts = key.split()
        if len(parts) > 1 and int(speaking.argmax()) == _PERSON:
            for part in {parts[0], parts[-1]}:
                if part in total:
                    scores, weight = found.get(part, (np.zeros(len(NAME_TYPES)), 0.0))
                    found[part] = (scores + speaking, weight + count[key])
    return [(part, scores, weight) for part, (scores, weight) in sorted(found.items())]
