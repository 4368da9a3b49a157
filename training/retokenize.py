"""Carry a treebank's annotation over to the tokens that the run time will see."""

from __future__ import annotations

from collections.abc import Callable

from kg.reading.features import GAP_NONE
from training.documents import NO_HEAD, ROOT, Document, Parse

# Text to the character spans of its tokens, white space left out.
Tokenize = Callable[[str], list[tuple[int, int]]]

_SYMBOL_TAGS = {"-": "HYPH", ".": ".", ",": ",", "?": ".", "!": ".", "(": "-LRB-", ")": "-RRB-", '"': "''"}


def text_of(document: Document) -> tuple[str, list[tuple[int, int]]]:
    """Give the document as one line of text, and the character span of each word in it."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for word, gap in zip(document.words, document.gaps, strict=True):
        if gap != GAP_NONE and length:
            parts.append(" ")
            length += 1
        spans.append((length, length + len(word)))
        parts.append(word)
        length += len(word)
    return "".join(parts), spans


def retokenize(document: Document, tokenize: Tokenize) -> Document:
    """Give the document with the tokenizer's words in place of its own.

    Where words were merged, the token takes the labels of the one whose head lies outside; where a word was split,
    one part takes its labels and the others hang from that part.
    """
    text, words = text_of(document)
    tokens = tokenize(text)
    owner, main = _align(words, tokens)
    firsts: dict[int, int] = {}
    for k, (start, _) in enumerate(tokens):
        firsts[k] = next(g for g in owner[k] if words[g][1] > start)
    starts, gaps = [], []
    for k, (start, _) in enumerate(tokens):
        word = firsts[k]
        at_start = words[word][0] == start
        gaps.append(document.gaps[word] if at_start else GAP_NONE)
        begins = [document.starts[g] for g in owner[k] if words[g][0] >= start]
        starts.append(begins[0] if begins else 0)
    token_at = {g: k for k in range(len(tokens) - 1, -1, -1) for g in owner[k]}
    names = None
    if document.names is not None:
        last_token = {g: k for k in range(len(tokens)) for g in owner[k]}
        names, end_before = [], 0
        for a, b, types in document.names:
            start, end = max(token_at[a], end_before), last_token[b - 1] + 1
            if start < end:
                names.append((start, end, types))
                end_before = end
    units = sorted({token_at[u] for u in document.units if document.starts[u] != 0})
    return Document(
        document.source,
        [text[a:b] for a, b in tokens],
        gaps,
        units,
        starts,
        _carry_parse(document, text, tokens, owner, main) if document.parse else None,
        names,
        document.ident,
    )


def _align(words: list[tuple[int, int]], tokens: list[tuple[int, int]]) -> tuple[list[list[int]], dict[int, int]]:
    """Give the words that each token overlaps, and for each word the token that takes its labels."""
    owner: list[list[int]] = [[] for _ in tokens]
    main: dict[int, int] = {}
    g = 0
    for k, (start, end) in enumerate(tokens):
        while g < len(words) and words[g][1] <= start:
            g += 1
        h = g
        while h < len(words) and words[h][0] < end:
            owner[k].append(h)
            h += 1
    shared: dict[int, list[int]] = {}
    for k, found in enumerate(owner):
        for word in found:
            shared.setdefault(word, []).append(k)
    for word, candidates in shared.items():
        main[word] = max(
            candidates, key=lambda k: (min(words[word][1], tokens[k][1]) - max(words[word][0], tokens[k][0]), k)
        )
    return owner, main


def _carry_parse(
    document: Document,
    text: str,
    tokens: list[tuple[int, int]],
    owner: list[list[int]],
    main: dict[int, int],
) -> Parse:
    parse = document.parse
    assert parse is not None
    out = Parse([], [], [], [], [], [])
    for k, (start, end) in enumerate(tokens):
        own = [g for g in owner[k] if main[g] == k]
        if own:
            word = next((g for g in own if parse.heads[g] == ROOT or main[parse.heads[g]] != k), own[0])
            head = parse.heads[word]
            out.heads.append(head if head in (ROOT, NO_HEAD) else main[head])
            if out.heads[-1] == k:
                out.heads[-1] = NO_HEAD
            out.upos.append(parse.upos[word])
            out.xpos.append(parse.xpos[word])
            out.feats.append(parse.feats[word])
            lemma = parse.lemmas[word] if len(own) == 1 and len(owner[k]) == 1 else ""
            whole = len(own) == 1 and main[own[0]] == k and text[start:end] == document.words[own[0]]
            out.lemmas.append(lemma if whole else "")
            out.deps.append(parse.deps[word])
            continue
        word = owner[k][0]
        piece = text[start:end]
        symbol = not any(c.isalnum() for c in piece)
        out.heads.append(main[word])
        out.upos.append("PUNCT" if symbol else parse.upos[word])
        out.xpos.append(_SYMBOL_TAGS.get(piece, ":") if symbol else parse.xpos[word])
        out.feats.append("" if symbol else parse.feats[word])
        out.lemmas.append("")
        out.deps.append("punct" if symbol else "compound")
    return out
