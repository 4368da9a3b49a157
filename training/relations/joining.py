"""Several items as one, so that a step of the training is a few large products rather than many small ones.

Processors prepare code of their own for every shape of a product; so sizes are brought to multiples, and few differ.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from training.relations.items import Item, Mentions, References
from training.relations.samples import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor

# What the counts of words, mentions and things, and references are brought to multiples of.
WORD_STEP, THING_STEP, REFERENCE_STEP = 64, 32, 16
# The text, or thing, of what only fills up.
_NONE = -1


def join(items: Sequence[Item]) -> Item:
    """Put items of one inventory of properties side by side; nothing of one is a pair, or a candidate, of another."""
    words = _offsets(len(item.tags) for item in items)
    things = _offsets(len(item.of_text) for item in items)
    texts = _offsets(len(item.referring) for item in items)
    return Item(
        ident=" ".join(item.ident for item in items),
        states=_filled([item.states for item in items], WORD_STEP),
        tags=_filled([item.tags for item in items], WORD_STEP),
        sentences=_filled([item.sentences for item in items], WORD_STEP),
        marks=_filled([item.marks for item in items], WORD_STEP, UNKNOWN),
        text=_filled([item.text + k for item, k in zip(items, texts, strict=True)], WORD_STEP, _NONE),
        of_text=_filled([item.of_text + k for item, k in zip(items, texts, strict=True)], THING_STEP, _NONE),
        classes=_filled([item.classes for item in items], THING_STEP, UNKNOWN),
        mentions=_mentions(items, words, things),
        references=_references(items, words, things),
        pairs=torch.cat([item.pairs + k for item, k in zip(items, things, strict=True)]),
        near=torch.cat([item.near for item in items]),
        around=_around([item.around for item in items]),
        target=torch.cat([item.target for item in items]),
        modality=torch.cat([item.modality for item in items]),
        ignored=torch.cat([item.ignored for item in items]),
        allowed=torch.cat([item.allowed for item in items]),
        far=torch.cat([item.far for item in items]),
        spoken=torch.cat([item.spoken for item in items]),
        referring=tuple(known for item in items for known in item.referring),
        foreign=items[0].foreign,
    )


def _mentions(items: Sequence[Item], words: Sequence[int], things: Sequence[int]) -> Mentions:
    found = [item.mentions for item in items]
    thing = [m.thing + k for m, k in zip(found, things, strict=True)]
    return Mentions(
        _filled([m.first + k for m, k in zip(found, words, strict=True)], THING_STEP),
        _filled([m.last + k for m, k in zip(found, words, strict=True)], THING_STEP),
        _filled(thing, THING_STEP, _NONE),
        _filled([m.weight for m in found], THING_STEP),
        _filled([m.is_name for m in found], THING_STEP),
    )


def _references(items: Sequence[Item], words: Sequence[int], things: Sequence[int]) -> References:
    found = [item.references for item in items]
    gaps = torch.block_diag(*(r.gaps for r in found)).long()  # type: ignore[no-untyped-call]
    rows, columns = -len(gaps) % REFERENCE_STEP, -gaps.shape[1] % THING_STEP
    return References(
        _filled([r.first + k for r, k in zip(found, words, strict=True)], REFERENCE_STEP),
        _filled([r.last + k for r, k in zip(found, words, strict=True)], REFERENCE_STEP),
        _filled([r.thing + k for r, k in zip(found, things, strict=True)], REFERENCE_STEP, UNKNOWN),
        F.pad(gaps, (0, columns, 0, rows)),
    )


def _around(parts: Sequence[Tensor]) -> Tensor:
    """Put codes of surroundings side by side; words of other texts, and what fills up, are no surroundings."""
    # codes count from 1 while they are joined
    whole = torch.block_diag(*(part.long() + 1 for part in parts)) - 1  # type: ignore[no-untyped-call]
    rows, columns = -len(whole) % THING_STEP, -whole.shape[1] % WORD_STEP
    return F.pad(whole, (0, columns, 0, rows), value=_NONE)


def _offsets(sizes: Iterable[int]) -> list[int]:
    return list(accumulate(sizes, initial=0))[:-1]


def _filled(parts: Sequence[Tensor], step: int, value: float = 0) -> Tensor:
    """Put the parts behind each other and fill up their first axis to a multiple."""
    whole = torch.cat(list(parts))
    missing = -len(whole) % step
    return F.pad(whole, (0, 0) * (whole.dim() - 1) + (0, missing), value=value) if missing else whole
