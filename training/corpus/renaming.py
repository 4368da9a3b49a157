"""Texts of the corpus told of other things: each name gives way to one of a thing of the same class.

A model that sees "Tromsø Lines joined the pact" a hundred times remembers Tromsø Lines; one that sees another firm
each time has to read "joined".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final

from kg.naming import is_acronym
from training.corpus.markup import Mention

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from training.corpus.markup import Block

RENAMED_SHARE: Final = 0.7
"""Of the things of a text, so many get another name; the rest stay, as what one knows among what one does not."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The names of one thing in one text, the longest first, and its acronyms."""

    long: tuple[str, ...]
    short: tuple[str, ...]

    def counterparts(self, donor: Forms) -> dict[str, str]:
        """Give for each name that of the donor which stands in its place."""
        pairs = ((self.long, donor.long), (self.short, donor.short))
        return {own: other for ours, theirs in pairs for own, other in zip(ours, theirs, strict=False)}


Inventory = dict[tuple[str, int, int], list[Forms]]
"""The names of things by class and by how many long names and acronyms they have at least."""


def inventory(blocks: Iterable[Block]) -> Inventory:
    """Collect the names of things in the order of the texts, each thing's once a text."""
    found: Inventory = defaultdict(list)
    for block in blocks:
        for entity, forms in _forms(block).items():
            for long, short in product(range(len(forms.long) + 1), range(len(forms.short) + 1)):
                found[block.classes[entity], long, short].append(forms)
    return dict(found)


def renamed(block: Block, names: Inventory, rng: random.Random) -> Block:
    """Give the text with other names for most of its things, drawn from an inventory; annotations move along.

    A long form gives way to a long one, a short form to a short one and an acronym to an acronym. A thing that has no
    counterpart with as many forms keeps its names, as do countries by their adjectives.
    """
    other: dict[str, dict[str, str]] = {}
    things = _forms(block)
    taken = {name for forms in things.values() for name in (*forms.long, *forms.short)}
    for entity, forms in things.items():
        if rng.random() >= RENAMED_SHARE:
            continue
        fitting = names.get((block.classes[entity], len(forms.long), len(forms.short)))
        given = forms.counterparts(rng.choice(fitting)) if fitting else {}
        if taken.isdisjoint(given.values()):
            taken.update(given.values())
            other[entity] = given
    return _rewritten(block, other)


def _forms(block: Block) -> dict[str, Forms]:
    surfaces = defaultdict[str, set[str]](set)
    for mention in block.mentions:
        if mention.is_name:
            surfaces[mention.entity].add(block.text[mention.start : mention.end])
    return {entity: _parted(found) for entity, found in sorted(surfaces.items())}


def _parted(names: Iterable[str]) -> Forms:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return Forms(
        tuple(name for name in ordered if not is_acronym(name)),
        tuple(name for name in ordered if is_acronym(name)),
    )


def _rewritten(block: Block, other: Mapping[str, Mapping[str, str]]) -> Block:
    text, end, mentions = "", 0, list[Mention]()
    for mention in sorted(block.mentions, key=lambda m: m.start):
        text += block.text[end : mention.start]
        surface = block.text[mention.start : mention.end]
        if mention.is_name:
            surface = _cased(other.get(mention.entity, {}).get(surface, surface), surface)
        mentions.append(Mention(mention.entity, len(text), len(text) + len(surface), mention.is_name))
        text, end = text + surface, mention.end
    return replace(block, text=text + block.text[end:], mentions=tuple(mentions))


def _cased(name: str, like: str) -> str:
    """Give a name a capital where the one that it replaces begins a sentence or a headline."""
    return name[:1].upper() + name[1:] if like[:1].isupper() else name
