"""Check the corpus and count what it holds: `python -m training.corpus.validate [FILE.kg ...]`."""

from __future__ import annotations

import argparse
import collections
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from training.corpus.markup import Block, MarkupError, corpus_files, read_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


ARTICLE_WORDS: Final = 120
"""Words from which a block counts as a whole article and no longer as a snippet."""


def validate(paths: Iterable[Path]) -> tuple[list[Block], list[str]]:
    """Read files; give their blocks and one line per problem, identifiers used twice among them."""
    blocks, problems = list[Block](), list[str]()
    for path in paths:
        try:
            blocks += read_blocks(path.read_text(encoding="utf-8"))
        except MarkupError as error:
            problems.append(f"{path.name}: {error}")
    counted = collections.Counter(block.ident for block in blocks)
    problems += [f"{ident}: identifier used {n} times" for ident, n in sorted(counted.items()) if n > 1]
    return blocks, problems


def statistics(blocks: Sequence[Block]) -> dict[str, dict[str, int]]:
    """Count blocks, facts by property and modality, and mentions by class; each table sorted by its names."""
    facts = [fact for block in blocks for fact in block.facts]
    tables = {
        "texts": collections.Counter(
            "articles" if len(block.text.split()) >= ARTICLE_WORDS else "snippets" for block in blocks
        ),
        "words": collections.Counter({"words": sum(len(block.text.split()) for block in blocks)}),
        "facts by property": collections.Counter(fact.properties[0] for fact in facts),
        "facts by modality": collections.Counter(fact.modality for fact in facts),
        "denied": collections.Counter({"denied": sum(len(block.denied) for block in blocks)}),
        "entities by class": collections.Counter(label for block in blocks for label in block.classes.values()),
        "mentions": collections.Counter(
            "names" if mention.is_name else "coreferent" for block in blocks for mention in block.mentions
        ),
    }
    return {title: dict(sorted(table.items())) for title, table in tables.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print statistics, or the problems; 1 where there are any."""
    parser = argparse.ArgumentParser(description="Check and count the annotated corpus.")
    parser.add_argument("files", nargs="*", type=Path, help="default: every .kg of the corpus")
    blocks, problems = validate(parser.parse_args(arguments).files or corpus_files())
    for problem in problems:
        print(problem, file=sys.stderr)
    for title, table in statistics(blocks).items():
        print(f"{title}: {', '.join(f'{name} {number}' for name, number in table.items())}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
