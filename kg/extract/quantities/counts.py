"""Counts: a number and the noun phrase that it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.lexicon.measures import MEASURES, PARTITIVES, TIME_UNITS, TOTALS, VALUE_VERBS
from kg.extract.lexicon.numerals import NUMBER, parse_number
from kg.extract.quantities.quantity import Quantity, QuantityKind, qualifier_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from decimal import Decimal

    from spacy.tokens import Doc, Span, Token

_NUMERAL = re.compile(
    rf"(?<![\w.,/#$€£¥₹+:’'-])(?P<number>{NUMBER})(?![\w°:/]|[.,]\d|'s\b|’s\b)(?P<plus>\+(?!\d))?(?:-(?P<joined>[A-Za-z]+))?",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|o['’]clock|GMT|hrs\b)|\s*[-–]\s*\d|\s\d[\d-]*(?!\w)", re.IGNORECASE)
_LABEL_BEFORE = re.compile(
    r"\b(?:no\.?|nos\.?|number|article|section|chapter|phase|level|tier|version|v|room|page|stage|series|type|class|"
    r"model|gate|route|flight|top|aged|age|double|fortune|covid|group\s+of|g|line|round|step|part|volume|vol\.|"
    r"edition|tel\.?|phone|fax)\s*$|\d\s$",
    re.IGNORECASE,
)
_JOINED_MEMBERS = frozenset({"member", "nation", "country", "company", "person", "strong", "city", "bank", "firm"})
_YEAR_LIKE = re.compile(r"(?:1[89]|20)\d\d")
_STRONG = re.compile(r"[-\s]strong\b", re.IGNORECASE)
_FRACTIONS = re.compile(r"(?:third|quarter|fifth|sixth|eighth|tenth)s?$")
_PART_OF_NAME = frozenset({"Date", "Number", "Nationality"})
_SENTENCE_MARKS = frozenset({".", "!", "?"})
NOUNS = frozenset({"NOUN", "PROPN"})
VERB_REACH = 4
"""Tokens between a number and its verb: "grown to more than 50"."""

PHRASE_TOKENS = 8
"""How far behind its number a counted noun may stand: "54 large and medium-sized financial technology companies"."""


def find_counts(doc: Doc, text: str) -> Iterator[Quantity]:
    """All counts and measures, in order; "one", ordinals, and numbers in names and labels are none."""
    last: Quantity | None = None
    named = {i for ent in doc.ents if ent.label_ not in _PART_OF_NAME for i in range(ent.start, ent.end)}
    for match in _NUMERAL.finditer(text):
        value = parse_number(match["number"])
        if value is None or match["number"].lower() == "one" or value != int(value) or _is_label(doc, match, named):
            continue
        counted = _joined(doc, match, value) if match["joined"] else _plain(doc, match, value)
        counted = counted or (_gapped(doc, match, value, last) if last is not None else None)
        if counted is not None:
            yield counted
            last = counted if counted.head is not None else last


def _gapped(doc: Doc, match: re.Match[str], value: Decimal, last: Quantity) -> Quantity | None:
    """A number that shares the noun of the one before: "9 parks in Bonn, 4 in Ulm", "Bonn has 9 parks, Ulm 4"."""
    tokens = tokens_of(doc, match.start("number"), match.end("number"))
    if last.kind is not QuantityKind.COUNT or _YEAR_LIKE.fullmatch(match["number"]) or tokens.start == 0:
        return None
    before, after = doc[tokens.start - 1], doc[tokens.end] if tokens.end < len(doc) else None
    placed = before.pos_ == "PROPN" or (after is not None and after.lower_ in {"in", "from"})
    breaks = any(token.text in _SENTENCE_MARKS for token in doc[last.end : tokens.start])
    return _quantity(doc, match, value, unit=last.unit, head=last.head) if placed and not breaks else None


def _is_label(doc: Doc, match: re.Match[str], named: Container[int]) -> bool:
    """Whether the number names something ("Phase 2", "Fortune 500", "10:30") rather than counting it."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    if _LABEL_BEFORE.search(before) or _CLOCK_AFTER.match(match.string, match.end("number")):
        return True
    tokens = tokens_of(doc, match.start("number"), match.end("number"))
    return any(i in named for i in range(tokens.start, tokens.end))


def _joined(doc: Doc, match: re.Match[str], value: Decimal) -> Quantity | None:
    """Count as in "a 54-member alliance", "the 77-nation group": the number stands in the adjective."""
    word = match["joined"].lower()
    if word in _JOINED_MEMBERS:
        return _quantity(doc, match, value, unit="members" if word in {"member", "strong"} else word)
    if word in TIME_UNITS or word in MEASURES:
        return _quantity(doc, match, value, kind=QuantityKind.MEASURE, unit=word)
    return _plain(doc, match, value) if word == "odd" else None


def _plain(doc: Doc, match: re.Match[str], value: Decimal) -> Quantity | None:
    tokens = tokens_of(doc, match.start("number"), match.end("number"))
    head = _counted_head(doc, tokens)
    if head is None or (_YEAR_LIKE.fullmatch(match["number"]) and not is_plural(head)):
        return _bare(doc, match, value, tokens)
    if _is_measure(head):
        return _quantity(doc, match, value, kind=QuantityKind.MEASURE, unit=head.lower_, head=head.i)
    unit = doc[_first_of_unit(doc, tokens.end) : _end_of_unit(head)]
    return _quantity(doc, match, value, unit=unit.text, head=head.i, definite=_is_definite(doc, tokens))


def _bare(doc: Doc, match: re.Match[str], value: Decimal, tokens: Span) -> Quantity | None:
    """A number without a noun: of members in "430 strong", else what it is the value of, or a total's alone."""
    if _YEAR_LIKE.fullmatch(match["number"]):
        return None
    if _STRONG.match(match.string, match.end("number")):
        return _quantity(doc, match, value, unit="members")
    unit = _before_colon(doc, tokens) or _unit_of_value(tokens)
    if unit is not None:
        return _quantity(doc, match, value, unit=unit.text, head=unit.root.i)
    return _quantity(doc, match, value) if _is_value(tokens) else None


def _quantity(  # noqa: PLR0913 - the fields of the record
    doc: Doc,
    match: re.Match[str],
    value: Decimal,
    *,
    kind: QuantityKind = QuantityKind.COUNT,
    unit: str | None = None,
    head: int | None = None,
    definite: bool = False,
) -> Quantity:
    start, end = match.span("number")
    tokens = tokens_of(doc, start, end)
    qualifier = qualifier_of(match.string, start, end)
    return Quantity(start, end, tokens.start, tokens.end, kind, value, qualifier, unit, head, definite=definite)


def _counted_head(doc: Doc, tokens: Span) -> Token | None:
    """The noun that the number modifies: as the parser has it, else the end of the nouns that follow."""
    if doc.has_annotation("DEP"):
        head = tokens.root.head
        if head.pos_ in NOUNS and tokens.end <= head.i < tokens.end + PHRASE_TOKENS and _unbroken(doc, tokens, head):
            return head
    last = None
    for token in doc[tokens.end : tokens.end + PHRASE_TOKENS]:
        if token.pos_ in NOUNS:
            last = token
        elif not (token.pos_ == "ADJ" or (token.text == "-" and not token.whitespace_) or _is_participle(token)):
            break
    return last


def _unbroken(doc: Doc, tokens: Span, head: Token) -> bool:
    """Whether the words between number and noun can all stand before a noun."""
    return not any(
        token.pos_ in {"VERB", "AUX", "SCONJ", "PRON"} and not _is_participle(token)
        for token in doc[tokens.end : head.i]
    )


def _is_measure(head: Token) -> bool:
    word = head.lower_
    return bool({word, word.removesuffix("s"), head.lemma_.lower()} & (MEASURES | TIME_UNITS)) or bool(
        _FRACTIONS.fullmatch(word)
    )


def _first_of_unit(doc: Doc, start: int) -> int:
    """Where the counted phrase begins: "other", "more" and "of the" say nothing of what is counted."""
    while start < len(doc) - 1 and doc[start].lower_ in {"other", "more", "additional", "of", "the", "such", "+"}:
        start += 1
    return start


def _end_of_unit(head: Token) -> int:
    """Where the counted phrase ends: behind its noun, or behind the "of" phrase of a noun like "pieces"."""
    if head.lemma_.lower() in PARTITIVES or head.lower_.removesuffix("s") in PARTITIVES:
        for child in head.rights:
            if child.dep_ == "nmod" and any(case.lower_ == "of" for case in child.lefts):
                return child.i + 1
    return head.i + 1


def _is_definite(doc: Doc, tokens: Span) -> bool:
    """Whether it was spoken of before, as in "the six bodies"."""
    return tokens.start > 0 and doc[tokens.start - 1].lower_ in {"the", "these", "those", "both", "all"}


def _before_colon(doc: Doc, tokens: Span) -> Span | None:
    """What a number behind a colon counts: "Corporate members: 63"."""
    if tokens.start < 1 or doc[tokens.start - 1].text != ":":
        return None
    for token in reversed(doc[max(0, tokens.start - PHRASE_TOKENS) : tokens.start - 1]):
        if token.is_punct:
            return None
        if token.pos_ in NOUNS and (is_plural(token) or token.lemma_.lower() in TOTALS):
            return doc[token.i : token.i + 1]
    return None


def _is_value(tokens: Span) -> bool:
    """Whether the number is what something amounts or has grown to."""
    return _value_verb(tokens) is not None


def _value_verb(tokens: Span) -> Token | None:
    """The verb of a total over the number: the one it depends on, or the one right before ("grown to 50")."""
    root, doc = tokens.root, tokens.doc
    if not doc.has_annotation("DEP"):
        return None
    if root.dep_ in {"obj", "obl", "xcomp", "advmod"} and root.head.lemma_.lower() in VALUE_VERBS:
        return root.head
    for token in reversed(doc[max(0, tokens.start - VERB_REACH) : tokens.start]):
        if token.pos_ not in {"ADP", "ADV", "ADJ"}:
            return token if token.pos_ == "VERB" and token.lemma_.lower() in VALUE_VERBS else None
    return None


def _unit_of_value(tokens: Span) -> Span | None:
    """What a number without a noun is the value of: "the number of members reached 54"."""
    verb = _value_verb(tokens)
    for child in verb.children if verb is not None else ():
        if child.dep_ in {"nsubj", "nsubj:pass", "obj"} and child.i not in range(tokens.start, tokens.end):
            unit = _total_of(child)
            if unit is not None:
                return unit
    return None


def is_plural(token: Token) -> bool:
    """Whether a noun stands in the plural."""
    return "Plur" in token.morph.get("Number", [])


def _is_participle(token: Token) -> bool:
    """Whether a verb form may stand before a noun: "founding members", "listed companies"."""
    return not {"Part", "Ger"}.isdisjoint(token.morph.get("VerbForm", []))


def _total_of(noun: Token) -> Span | None:
    """The things that a total counts: "members" of "number of members", "membership" itself, a plural subject."""
    doc = noun.doc
    for child in noun.rights:
        if child.dep_ == "nmod" and any(case.lower_ == "of" for case in child.lefts):
            first = min((left.i for left in child.lefts if left.dep_ in {"compound", "amod"}), default=child.i)
            return doc[first : child.i + 1]
    return doc[noun.i : noun.i + 1] if is_plural(noun) or noun.lemma_.lower() in TOTALS else None
