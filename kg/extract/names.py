"""Names in an article: what the reader found, what the ontology lists, and what a common noun describes.

A name's class stays open here: each mention carries a distribution over the ontology's classes, from the reader's labels
and the head noun of the name itself. `typing` decides later, when the grammar has said more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.naming import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Span

    from kg.model import Article
    from kg.ontology.schema import Concept, Ontology

# Weight of the reader's distribution when a head noun speaks too; the head noun of a full name ("... Alliance") is the
# better witness, the reader the better one for single words.
_HEAD_WEIGHT = 0.6
# Probability that a label known for a whole branch ("ORG") gives to each class below it, before other evidence.
_UNSEEN = 0.01
_MAX_CONCEPT_WORDS = 6
_TRIM_LEFT = frozenset("the a an this that its their our his her some any".split())
_QUOTES = "\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class NameSpan:
    """One mention by name: token offsets, half-open; `scores` is a distribution over classes that sums to at most 1."""

    start: int
    end: int
    start_char: int
    end_char: int
    surface: str
    scores: Mapping[str, float]
    concept: str | None = None
    acronym_of: str | None = None
    in_title: bool = False


class Lexicon:
    """What the ontology knows of names: concepts by their words, classes by reader label and by head noun."""

    def __init__(self, ontology: Ontology) -> None:
        self.concepts: dict[tuple[str, ...], Concept] = {}
        for concept in ontology.concepts:
            if concept.class_ in ontology.classes:
                for form in concept.alternatives:
                    self.concepts.setdefault(tuple(form.replace("-", " - ").split()), concept)
        self.by_label: dict[str, tuple[str, ...]] = {}
        self.by_head: dict[str, tuple[str, ...]] = {}
        for name, class_ in sorted(ontology.classes.items()):
            for label in class_.reader_labels:
                self.by_label[label] = (*self.by_label.get(label, ()), name)
            for head in class_.heads:
                self.by_head[head.lower()] = (*self.by_head.get(head.lower(), ()), name)

    def from_labels(self, labels: Mapping[str, float]) -> dict[str, float]:
        """The reader's scores by label as scores by class; labels that stand for several classes are split."""
        scores: dict[str, float] = {}
        for label, weight in sorted(labels.items()):
            classes = self.by_label.get(label, ())
            for name in classes:
                scores[name] = scores.get(name, 0.0) + weight / len(classes)
        return scores

    def from_head(self, words: list[str]) -> dict[str, float]:
        """The classes that the last words of a name or description suggest, longest head noun first."""
        lowered = [w.lower().strip(_QUOTES) for w in words]
        for size in (3, 2, 1):
            if len(lowered) >= size:
                classes = self.by_head.get(" ".join(lowered[-size:])) or self.by_head.get(_singular(" ".join(lowered[-size:])))
                if classes:
                    return {c: 1.0 / len(classes) for c in classes}
        for i, word in enumerate(lowered):
            # "Ministry of Finance", "Bank of Ningbo", "University of Macau": the head stands before "of"
            if word in ("of", "for") and i:
                classes = self.by_head.get(lowered[i - 1])
                return {c: 1.0 / len(classes) for c in classes} if classes else {}
        return {}


def _singular(words: str) -> str:
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words


def find_names(doc: Doc, article: Article, lexicon: Lexicon) -> list[NameSpan]:
    """All mentions by name, without overlaps, in the order of the text."""
    found = [*_reader_names(doc, lexicon), *_concept_names(doc, lexicon)]
    taken: set[int] = set()
    kept = []
    for name in sorted(found, key=lambda n: (n.start - n.end, n.concept is not None, n.start)):
        span = range(name.start, name.end)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(name)
    kept.sort(key=lambda n: n.start)
    return _with_titles(article, _with_acronyms(doc, kept))


def _reader_names(doc: Doc, lexicon: Lexicon) -> Iterator[NameSpan]:
    scores = doc.user_data.get("kg_name_scores", {})
    for ent in doc.ents:
        span = _trimmed(ent)
        if span is None:
            continue
        labels = scores.get((ent.start, ent.end)) or {ent.label_: 1.0}
        classes = _mix(lexicon.from_labels(labels), lexicon.from_head(span.text.split()))
        if classes:
            concept = lexicon.concepts.get(tuple(t.lower_ for t in span))
            if concept is not None:
                classes = {concept.class_: 1.0}
            yield NameSpan(
                span.start, span.end, span.start_char, span.end_char, span.text, classes, concept.iri if concept else None
            )


def _trimmed(ent: Span) -> Span | None:
    """The span without determiners, quotes and a final possessive; None if nothing that names is left."""
    start, end = ent.start, ent.end
    doc = ent.doc
    while start < end and (doc[start].lower_ in _TRIM_LEFT or doc[start].text in _QUOTES or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in ("'s", "’s", "'", "’", ",") or doc[end - 1].text in _QUOTES or doc[end - 1].is_space):
        end -= 1
    return doc[start:end] if any(t.is_alpha and not t.like_num for t in doc[start:end]) else None


def _mix(reader: dict[str, float], head: dict[str, float]) -> dict[str, float]:
    """The reader's scores and the head noun's, weighted; a head counts only among classes that the reader can imagine."""
    if not head or not reader:
        return reader
    agreeing = {c: w * (reader.get(c, 0.0) + _UNSEEN) for c, w in head.items()}
    total = sum(agreeing.values())
    return {
        c: (1 - _HEAD_WEIGHT) * reader.get(c, 0.0) + _HEAD_WEIGHT * agreeing.get(c, 0.0) / total
        for c in sorted(reader.keys() | head.keys())
    }


def _concept_names(doc: Doc, lexicon: Lexicon) -> Iterator[NameSpan]:
    words = [t.lower_ for t in doc]
    lemmas = [t.lemma_.lower() for t in doc]
    i = 0
    while i < len(words):
        size, concept = _longest_concept(words, lemmas, i, lexicon)
        if concept is not None:
            span = doc[i : i + size]
            yield NameSpan(i, i + size, span.start_char, span.end_char, span.text, {concept.class_: 1.0}, concept.iri)
        i += max(size, 1)


def _longest_concept(words: list[str], lemmas: list[str], i: int, lexicon: Lexicon) -> tuple[int, Concept | None]:
    for size in range(min(_MAX_CONCEPT_WORDS, len(words) - i), 0, -1):
        head = words[i : i + size - 1]
        concept = lexicon.concepts.get((*head, words[i + size - 1])) or lexicon.concepts.get((*head, lemmas[i + size - 1]))
        if concept is not None:
            return size, concept
    return 0, None


def _with_acronyms(doc: Doc, names: list[NameSpan]) -> list[NameSpan]:
    """Mark a short name in brackets right after a full one: "Bay Trade Network (BTN)"."""
    result: list[NameSpan] = []
    for name in names:
        before = result[-1] if result else None
        opened = name.start > 0 and doc[name.start - 1].text in ("(", "[")
        if before is not None and opened and before.end >= name.start - 2 and name.concept is None:
            name = _replace(name, acronym_of=before.surface)  # noqa: PLW2901
        result.append(name)
    return result


def _with_titles(article: Article, names: list[NameSpan]) -> list[NameSpan]:
    """Names in a title line count only if the body knows them: headline case makes names of common words."""
    title = article.title_span
    if title is None:
        return names
    body = {normal_form(n.surface) for n in names if n.start_char >= title.end}
    words = {w for form in body for w in form.split()}
    kept = []
    for name in names:
        if name.start_char >= title.end:
            kept.append(name)
        elif name.concept is not None or normal_form(name.surface) in body or set(normal_form(name.surface).split()) <= words:
            kept.append(_replace(name, in_title=True))
    return kept


def _replace(name: NameSpan, *, acronym_of: str | None = None, in_title: bool = False) -> NameSpan:
    return NameSpan(
        name.start, name.end, name.start_char, name.end_char, name.surface, name.scores, name.concept,
        acronym_of or name.acronym_of, in_title or name.in_title,
    )  # fmt: skip
