"""The names that the reader found, brought to the ontology: bounds corrected, labels turned into classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.coreference.words import is_plural
from kg.extract.names.lexicon import QUOTES, evenly
from kg.extract.names.mentions import NameSpan, has_capital, likeliest
from kg.naming.kinds import KINDS, Kind
from kg.naming.lexicon import COMMON_GIVEN, SURNAMES_FIRST
from kg.naming.persons import FULL_NAME_PARTS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from spacy.tokens import Doc, Span, Token

    from kg.extract.names.lexicon import Lexicon

# Weight of the reader's distribution when a head noun speaks too; the head noun of a full name ("... Alliance") is the
# better witness, the reader the better one for single words.
_HEAD_WEIGHT = 0.6
# Probability that a label known for a whole branch ("ORG") gives to each class below it, before other evidence.
_UNSEEN = 0.01
# A quoted part of a name is not longer, in words.
_MAX_QUOTED = 6
_TRIM_LEFT = frozenset("the a an this that its their our his her some any".split())
_TRIM_RIGHT = frozenset(("'s", "’s", "'", "’", ","))


def reader_names(doc: Doc, lexicon: Lexicon) -> Iterator[NameSpan]:
    """The names of a document that are of classes of the ontology, in the order of the text."""
    scores = doc.user_data.get("kg_name_scores", {})
    for ent in doc.ents:
        span = _trimmed(ent, lexicon.describable_heads)
        if span is None or ent.label_ not in lexicon.by_label or _is_demonym(span):
            continue
        name = _name(span, scores.get((ent.start, ent.end)) or {ent.label_: 1.0}, lexicon)
        if name is not None:
            yield from _parted(doc, name, lexicon)


def _is_demonym(span: Span) -> bool:
    """Whether this is one adjective, "Norwegian", which names no place."""
    return len(span) == 1 and span[0].pos_ == "ADJ" and bool(span[0].is_title)


def _name(span: Span, labels: Mapping[str, float], lexicon: Lexicon) -> NameSpan | None:
    read = lexicon.from_labels(labels)
    classes = _mix(read, lexicon.from_head(span.text.split()))
    if not classes or _holds_concept(span, read, lexicon) or not _may_name(span, classes, lexicon):
        return None
    concept = lexicon.concepts.get(tuple(t.lower_ for t in span))
    if concept is not None:
        return NameSpan.of(span, {concept.class_: 1.0}, concept.iri)
    return NameSpan.of(span, classes)


def _mix(reader: dict[str, float], head: dict[str, float]) -> dict[str, float]:
    """The reader's scores and the head noun's, weighted; a head counts among classes that the reader can imagine."""
    if not head or not reader:
        return reader
    agreeing = {c: w * (reader.get(c, 0.0) + _UNSEEN) for c, w in head.items()}
    total = sum(agreeing.values())
    return {
        c: (1 - _HEAD_WEIGHT) * reader.get(c, 0.0) + _HEAD_WEIGHT * agreeing.get(c, 0.0) / total
        for c in sorted(reader.keys() | head.keys())
    }


def _may_name(span: Span, classes: Mapping[str, float], lexicon: Lexicon) -> bool:
    """Lower-case words name things only of classes that do without proper names; "a new alliance" is no name."""
    if has_capital(span.text):
        return True
    # of a noun in the singular the lemma is the noun itself, with a typing error put right
    plain = len(span) == 1 and not is_plural(span[0]) and span[0].lemma_.lower() in lexicon.describable_heads
    return likeliest(classes) in lexicon.nameless and not plain


def _holds_concept(span: Span, classes: Mapping[str, float], lexicon: Lexicon) -> bool:
    """Whether a lower-case phrase only adds a general noun to a listed concept: "blockchain applications"."""
    if has_capital(span.text) or len(span) == 1 or likeliest(classes) not in lexicon.concept_classes:
        return False
    words, lemmas = [t.lower_ for t in span], [t.lemma_.lower() for t in span]
    return 0 < lexicon.concept_at(words, lemmas, 0)[0] < len(words)


def _trimmed(ent: Span, heads: Container[str]) -> Span | None:
    """The span without determiners, quotes and a final possessive; None if nothing that names is left."""
    doc = ent.doc
    start, end = _with_quoted(doc, ent.start, ent.end)
    end = _with_head(doc, start, end, heads)
    while start < end and (doc[start].lower_ in _TRIM_LEFT or _is_no_word(doc[start])):
        start += 1
    while end > start and (doc[end - 1].text in _TRIM_RIGHT or _is_no_word(doc[end - 1])):
        end -= 1
    return doc[start:end] if any(t.is_alpha and not t.like_num for t in doc[start:end]) else None


def _is_no_word(token: Token) -> bool:
    return token.text in QUOTES or bool(token.is_space)


def _with_quoted(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Take in the opening quote, and the noun before it, of a name that closes one: '“double creation” platform'."""
    inside = [t.text for t in doc[start:end]]
    if "”" in inside[:-1] and "“" not in inside:
        opening = next((i for i in range(start - 1, max(start - _MAX_QUOTED, -1), -1) if doc[i].text == "“"), None)
        if opening is not None:
            start = opening
            while start > 0 and doc[start - 1].pos_ in ("NOUN", "PROPN") and not doc[start - 1].is_sent_end:
                start -= 1
    return start, end


def _with_head(doc: Doc, start: int, end: int, heads: Container[str]) -> int:
    """Take in the head noun that a described thing ends with: "blockchain general development" + "platform"."""
    plain = end - start > 1 and not has_capital(doc[start:end].text)
    if plain and end < len(doc) and doc[end].lower_ in heads and doc[end - 1].head.i == end:
        return end + 1
    return end


def _parted(doc: Doc, name: NameSpan, lexicon: Lexicon) -> Iterator[NameSpan]:
    """Part an organisation from the person behind it, read as one name: "manager of Huida Info" + "Zhang Wei"."""
    cut = name.end - FULL_NAME_PARTS
    if _behind_post(doc, name.start, lexicon) and name.start < cut and _starts_person(doc[cut].lower_):
        yield NameSpan.of(doc[name.start : cut], _restricted(name.scores, lexicon, person=False))
        yield NameSpan.of(doc[cut : name.end], _restricted(name.scores, lexicon, person=True))
    else:
        yield name


def _behind_post(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Whether a noun for a post and "of" stand before the word: "manager of"."""
    if start <= 1 or doc[start - 1].lower_ != "of":
        return False
    classes = lexicon.by_head.get(doc[start - 2].lemma_.lower(), ())
    return any(KINDS.get(c) is Kind.PERSON for c in classes)


def _starts_person(word: str) -> bool:
    return word in SURNAMES_FIRST or word in COMMON_GIVEN


def _restricted(scores: Mapping[str, float], lexicon: Lexicon, *, person: bool) -> dict[str, float]:
    """A distribution over the classes of persons, or over the others that the reader thought of."""
    kept = {c: s for c, s in scores.items() if (KINDS.get(c) is Kind.PERSON) == person}
    total = sum(kept.values())
    if total > 0:
        return {c: s / total for c, s in sorted(kept.items())}
    kind = Kind.PERSON if person else Kind.ORGANIZATION
    return evenly(sorted({c for classes in lexicon.by_head.values() for c in classes if KINDS.get(c) is kind}))
