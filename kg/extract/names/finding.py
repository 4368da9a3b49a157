"""All names of an article, without overlaps: the reader's, listed concepts, capitalised phrases with a head noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.names.mentions import NameSpan
from kg.extract.names.neighbours import (
    with_acronyms,
    with_editions,
    with_listed_places,
    with_owners,
    with_titles,
    with_wholes,
)
from kg.extract.names.reader import reader_names

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from spacy.tokens import Doc, Token

    from kg.extract.names.lexicon import Lexicon
    from kg.model import Article


def find_names(doc: Doc, article: Article, lexicon: Lexicon) -> list[NameSpan]:
    """All mentions by name, without overlaps, in the order of the text."""
    found = [*reader_names(doc, lexicon), *concept_names(doc, lexicon)]
    found += _capitalised_names(doc, article, found, lexicon)
    names = with_listed_places(doc, list(with_editions(doc, _without_overlaps(found))), lexicon)
    names = list(with_owners(doc, list(with_acronyms(doc, names))))
    names = list(with_wholes(doc, names))
    return with_titles(article, names)


def _without_overlaps(names: Iterable[NameSpan]) -> list[NameSpan]:
    """Of names that share words keep the longest, a proper name before a concept; in the order of the text."""
    taken: set[int] = set()
    kept = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.concept is not None, n.start)):
        words = range(name.start, name.end)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


def concept_names(doc: Doc, lexicon: Lexicon) -> Iterator[NameSpan]:
    """The concepts that the ontology lists, by the longest of their labels at each place."""
    words = [t.lower_ for t in doc]
    lemmas = [t.lemma_.lower() for t in doc]
    i = 0
    while i < len(words):
        size, concept = lexicon.concept_at(words, lemmas, i)
        if concept is not None and not (size == 1 and _is_plain_word(doc, i)):
            yield NameSpan.of(doc[i : i + size], {concept.class_: 1.0}, concept.iri)
        i += max(size, 1)


def _is_plain_word(doc: Doc, i: int) -> bool:
    """Whether a word is no field: a verb ("finances"), or one thing among others ("a charity")."""
    if doc[i].pos_ == "VERB":
        return True
    counted = i > 0 and doc[i - 1].lower_ in ("a", "an")
    ends = i + 1 == len(doc) or (doc[i + 1].pos_ not in ("NOUN", "PROPN", "ADJ") and doc[i + 1].text != "-")
    return counted and ends


def _capitalised_names(doc: Doc, article: Article, known: Iterable[NameSpan], lexicon: Lexicon) -> Iterator[NameSpan]:
    """Capitalised phrases of the body that end in a head noun, "the Ledger Forum", where the reader saw no name."""
    taken = {i for name in known if name.concept is None for i in range(name.start, name.end)}
    body = article.title_span.end if article.title_span is not None else 0
    for start, end in _capitalised_runs(doc, taken):
        # the first word of a sentence has its capital from there
        first = start + 1 if doc[start].is_sent_start else start
        phrase = doc[first:end]
        if len(phrase) > 1 and phrase[0].idx >= body and end not in taken and phrase[-1].pos_ in ("NOUN", "PROPN"):
            scores = lexicon.from_head(t.text for t in phrase)
            if scores:
                yield NameSpan.of(phrase, scores)


def _capitalised_runs(doc: Doc, taken: Container[int]) -> Iterator[tuple[int, int]]:
    """The longest runs of capitalised words outside known names, each within one sentence; half-open."""
    start = 0
    while start < len(doc):
        end = start
        while (
            end < len(doc)
            and _is_capitalised(doc[end])
            and end not in taken
            and (end == start or not doc[end].is_sent_start)
        ):
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _is_capitalised(token: Token) -> bool:
    return token.is_title and token.is_alpha and token.pos_ in ("NOUN", "PROPN", "ADJ")
