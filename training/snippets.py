"""The annotated news snippets: reading their markup, varying them, and bringing them into document form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.reading.features import GAP_LINE, GAP_PARAGRAPH, gap_code
from kg.reading.labels import NAME_TYPES
from training.corpus import markup
from training.documents import START_UNKNOWN, Document
from training.names import MAKERS
from training.schemes import NO_NAME

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from training.retokenize import Tokenize

_MARK = re.compile(r"\[\[(e\d+)\|([A-Za-z~]+)\|([^\[\]|]+)\]\]")
_FUNCTION_WORDS = frozenset(
    "The Its It Their They He She His Her Him Both This That These Those Who Which Whose We Our I You Each All Neither "
    "Either One Two Three Four Five Six The A An Another Other Some Any Former Latter".split()
)


@dataclass(slots=True)
class Segment:
    """A stretch of text; `label` is a name type, "~" for a mention that is not a name, "" for anything else."""

    text: str
    label: str = ""
    entity: str = ""


@dataclass(slots=True)
class Snippet:
    """A snippet as segments; line breaks of the source stay."""

    ident: str
    segments: list[Segment]


def read_snippets(path: Path) -> list[Snippet]:
    """Read one file of the corpus markup.

    Raises ValueError for a name type that does not exist or markup that does not close.
    """
    snippets = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines or not lines[0].startswith("#"):
            continue
        ident = lines[0].lstrip("# ").split()[0]
        text = "\n".join(line for line in lines[1:] if not re.match(r"[FN] ", line))
        snippets.append(Snippet(ident, _segments(text, f"{path}: {ident}")))
    return snippets


def _segments(text: str, where: str) -> list[Segment]:
    segments, end = [], 0
    for match in _MARK.finditer(text):
        if match.start() > end:
            segments.append(Segment(text[end : match.start()]))
        if match[2] != "~" and match[2] not in NAME_TYPES:
            raise ValueError(f"{where}: unknown class {match[2]}")
        segments.append(Segment(match[3], match[2], match[1]))
        end = match.end()
    segments.append(Segment(text[end:]))
    if any("[[" in s.text or "]]" in s.text for s in segments):
        raise ValueError(f"{where}: markup that does not close")
    return [s for s in segments if s.text]


def is_held_out(snippet: Snippet) -> bool:
    """Tell whether a snippet belongs to the tenth that is only for measuring."""
    return markup.is_held_out(snippet.ident)


def name_pool(snippets: list[Snippet]) -> dict[str, list[str]]:
    """Collect the surfaces of each name type, sorted."""
    pool: dict[str, set[str]] = {}
    for snippet in snippets:
        for segment in snippet.segments:
            if segment.label in NAME_TYPES:
                pool.setdefault(segment.label, set()).add(segment.text)
    return {label: sorted(surfaces) for label, surfaces in sorted(pool.items())}


SWAP_SHARE, MADE_UP_SHARE = 0.35, 0.6
TITLE_CASE_SHARE, CAPITALS_SHARE, LOWER_SHARE = 0.10, 0.05, 0.02
QUOTE_SHARE, ACRONYM_SHARE, CURLY_SHARE = 0.08, 0.12, 0.4
MIN_ACRONYM = 3
_QUOTABLE = frozenset(("Product", "Platform", "Project", "Document", "Technology", "Event", "Facility"))
_WITH_ACRONYM = frozenset(("Company", "Alliance", "Association", "GovernmentBody", "University"))


def vary(snippet: Snippet, pool: dict[str, list[str]], rng: random.Random) -> Snippet:
    """Give the snippet with names swapped, quoted or abbreviated, and letters in other case, at random."""
    swaps: dict[tuple[str, str], str] = {}
    out: list[Segment] = []
    introduced: set[str] = set()
    for i, segment in enumerate(snippet.segments):
        label, text = segment.label, segment.text
        if label in NAME_TYPES:
            key = (label, text)
            if key not in swaps:
                swaps[key] = _other_name(label, text, pool, rng) if rng.random() < SWAP_SHARE else text
            text = swaps[key]
            following = snippet.segments[i + 1].text if i + 1 < len(snippet.segments) else ""
            acronym = "".join(w[0] for w in text.split() if w[:1].isupper())
            if label in _QUOTABLE and rng.random() < QUOTE_SHARE:
                left, right = rng.choice((('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’")))
                out += [Segment(left), Segment(text, label, segment.entity), Segment(right)]
                continue
            fresh = segment.entity not in introduced and not following.lstrip().startswith("(")
            introduced.add(segment.entity)
            if label in _WITH_ACRONYM and fresh and len(acronym) >= MIN_ACRONYM and rng.random() < ACRONYM_SHARE:
                out += [Segment(text, label, segment.entity), Segment(" ("), Segment(acronym, label, ""), Segment(")")]
                continue
        out.append(Segment(text, label, segment.entity))
    return Snippet(snippet.ident, _vary_letters(out, rng))


def _other_name(label: str, text: str, pool: dict[str, list[str]], rng: random.Random) -> str:
    if label in MAKERS and rng.random() < MADE_UP_SHARE:
        return MAKERS[label](rng)
    other = rng.choice(pool.get(label, [text]))
    return other if other[:1].islower() == text[:1].islower() else text


def _vary_letters(segments: list[Segment], rng: random.Random) -> list[Segment]:
    draw = rng.random()
    change: Callable[[str], str] | None = None
    if draw < TITLE_CASE_SHARE:
        change = _title_case
    elif draw < TITLE_CASE_SHARE + CAPITALS_SHARE:
        change = str.upper
    elif draw < TITLE_CASE_SHARE + CAPITALS_SHARE + LOWER_SHARE:
        change = str.lower
    if change:
        segments = [Segment(change(s.text), s.label, s.entity) for s in segments]
    if rng.random() < CURLY_SHARE:
        segments = [Segment(s.text.replace("'", "’"), s.label, s.entity) for s in segments]
    return segments


_SMALL_WORDS = frozenset("a an the of to in on at by for with and or as from".split())


def _title_case(text: str) -> str:
    return re.sub(r"[^\W\d_][^\s]*", lambda m: m[0] if m[0] in _SMALL_WORDS else m[0][:1].upper() + m[0][1:], text)


def to_document(snippet: Snippet, tokenize: Tokenize) -> Document:
    """Bring a snippet into document form, with sentence starts where punctuation leaves no doubt."""
    text = "".join(s.text for s in snippet.segments)
    tokens = tokenize(text)
    words = [text[a:b] for a, b in tokens]
    gaps = [
        gap_code(text[before:start])
        for before, start in zip([0, *(b for _, b in tokens)], (a for a, _ in tokens), strict=False)
    ]
    if gaps:
        gaps[0] = GAP_PARAGRAPH
    names: list[tuple[int, int, list[int]]] = []
    position = 0
    for segment in snippet.segments:
        start, end = position, position + len(segment.text)
        position = end
        types = _allowed(segment)
        inside = [k for k, (a, b) in enumerate(tokens) if a < end and b > start] if types else []
        if inside and (not names or names[-1][1] <= inside[0]):
            names.append((inside[0], inside[-1] + 1, types))
    starts = _certain_starts(words, gaps)
    units = [i for i, s in enumerate(starts) if s == 1]
    return Document("corpus", words, gaps, units, starts, None, names, snippet.ident)


def _allowed(segment: Segment) -> list[int]:
    if segment.label in NAME_TYPES:
        return [NAME_TYPES.index(segment.label)]
    if segment.label == "~":
        # A short form ("Orchard" for "Orchard Ledger") is marked like a pronoun: a name or none, any type.
        words = [w for w in segment.text.split() if w[:1].isupper() and w not in _FUNCTION_WORDS]
        return [NO_NAME, *range(len(NAME_TYPES))] if words else []
    return []


_ENDS = frozenset((".", "!", "?"))
_CLOSERS = frozenset(('"', "”", "’", "'", ")", "]"))


def _certain_starts(words: list[str], gaps: list[int]) -> list[int]:
    """Mark starts that are sure (1), places that are surely inside (0), and the rest unknown."""
    starts = []
    for i, (word, gap) in enumerate(zip(words, gaps, strict=True)):
        if i == 0 or gap >= GAP_LINE:
            starts.append(1)
            continue
        before = i - 1
        while before > 0 and words[before] in _CLOSERS:
            before -= 1
        if words[before] in _ENDS and gap:
            opens = word[:1].isupper() or word[:1] in "\"“‘'(*-•" or word[:1].isdigit()
            starts.append(1 if opens else START_UNKNOWN)
        else:
            doubtful = words[before].endswith(".") or words[before] in (":", ";", "*", "•", "…", "...")
            starts.append(START_UNKNOWN if doubtful and gap else 0)
    return starts
