"""Measure which names of one article are taken for one thing, on the corpus of annotated news.

    python -m benchmarks.naming                 precision and recall over pairs of distinct names, articles and snippets
    python -m benchmarks.naming --held-out      on the tenth that nobody looks at
    python -m benchmarks.naming --errors 40     the pairs that were joined or parted wrongly; never with --held-out

A pair is two different spellings that one text uses; it is joined where any two of their mentions are. Spellings that
one text uses for two things (a family name of two persons) are counted mention by mention.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from bisect import bisect
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.naming import NameInText, cluster_names
from training.corpus.markup import corpus_files, is_held_out, read_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.corpus.markup import Block, Mention

_SENTENCE_END: Final = re.compile(r"[.?!][\"\u201d]?\s+(?=[A-Z\"\u201c])|\n")


class Pair(NamedTuple):
    """Two spellings in one text: `same` as annotated, `joined` as clustered."""

    left: str
    right: str
    same: bool
    joined: bool


def names_of(block: Block) -> tuple[list[Mention], list[NameInText]]:
    """Return the mentions of a text that are names, and the same as the clustering takes them."""
    mentions = [mention for mention in block.mentions if mention.is_name]
    title_end = max(block.text.find("\n"), 0)
    ends = [match.end() for match in _SENTENCE_END.finditer(block.text)]
    names: list[NameInText] = []
    for i, mention in enumerate(mentions):
        before = mentions[i - 1] if i else None
        bracketed = before is not None and block.text[before.end : mention.start] == " ("
        names.append(
            NameInText(
                block.text[mention.start : mention.end],
                block.classes[mention.entity],
                mention.start,
                acronym_of=block.text[before.start : before.end] if before is not None and bracketed else None,
                in_title=mention.end <= title_end,
                sentence=bisect(ends, mention.start),
            )
        )
    return mentions, names


def pairs(block: Block) -> Iterator[Pair]:
    """Yield the pairs of different spellings of a text."""
    mentions, names = names_of(block)
    cluster_of = {i: n for n, cluster in enumerate(cluster_names(names)) for i in cluster.members}
    places: dict[tuple[str, str], set[int]] = {}
    for i, mention in enumerate(mentions):
        places.setdefault((names[i].surface, mention.entity), set()).add(cluster_of[i])
    for (left, right), (here, there) in zip(combinations(places, 2), combinations(places.values(), 2), strict=True):
        yield Pair(left[0], right[0], left[1] == right[1], bool(here & there))


def main() -> None:
    """Print the figures as a table in Markdown, and errors where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    counts: Counter[tuple[bool, bool]] = Counter()
    texts, shown, start = 0, 0, time.process_time()
    for path in corpus_files():
        for block in read_blocks(path.read_text(encoding="utf-8")):
            if is_held_out(block.ident) != options.held_out:
                continue
            texts += 1
            for pair in pairs(block):
                counts[pair.same, pair.joined] += 1
                if pair.same != pair.joined and shown < options.errors and not options.held_out:
                    shown += 1
                    print("parted" if pair.same else "joined", block.ident, *pair[:2], sep=" | ", file=sys.stderr)
    right, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
    print("| texts | pairs of one thing | joined | of them right | precision | recall | CPU s |")
    print("|---|---|---|---|---|---|---|")
    figures = f"{right / (right + wrong):.4f} | {right / (right + missed):.4f} | {time.process_time() - start:.1f}"
    print(f"| {texts:,} | {right + missed:,} | {right + wrong:,} | {right:,} | {figures} |")


if __name__ == "__main__":
    main()
