"""Long articles in overlapping windows of whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.relations.scene import Place, Scene, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words of a window: what training saw in one piece, and a little more.
WINDOW_WORDS = 480
# Words that a window shares with the one before it.
_OVERLAP_WORDS = 160


def windows(scene: Scene) -> Iterator[tuple[int, Scene]]:
    """Cut a scene into windows; each comes with the word of the whole scene that it begins with."""
    for start, end in bounds(scene.sentences):
        things = []
        for thing in scene.things:
            inside = tuple(
                Place(p.start - start, p.end - start, p.weight, p.is_name)
                for p in thing.places
                if start <= p.start and p.end <= end
            )
            if inside:
                things.append(Thing(thing.key, thing.kind, inside))
        first = scene.sentences[start]
        sentences = tuple(s - first for s in scene.sentences[start:end])
        heads = tuple(h - start if start <= h < end else i for i, h in enumerate(scene.heads[start:end]))
        yield start, Scene(scene.tokens[start:end], scene.states[start:end], sentences, heads, tuple(things))


def bounds(sentences: tuple[int, ...]) -> list[tuple[int, int]]:
    """Give the first and last words of the windows over words whose sentences are known, half-open."""
    size = len(sentences)
    starts = [i for i in range(size) if i == 0 or sentences[i] != sentences[i - 1]]
    ends = [*starts[1:], size]
    out, start = list[tuple[int, int]](), 0
    while start < size:
        end = max((e for e in ends if e <= start + WINDOW_WORDS), default=0)
        # a sentence longer than a window is cut
        end = end if end > start else min(size, start + WINDOW_WORDS)
        out.append((start, end))
        if end == size:
            break
        later = [s for s in starts if start < s <= end and s >= end - _OVERLAP_WORDS]
        start = later[0] if later else end
    return out
