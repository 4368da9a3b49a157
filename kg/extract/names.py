"""Names in an article: what the reader found, what the ontology lists, and what a common noun describes.

A name's class stays open here: each mention carries a distribution over the ontology's classes, from the reader's
labels and the head noun of the name itself. `typing` decides later, when the grammar has said more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kg.extract.coreference.words import is_plural
from kg.naming import normal_form
from kg.naming.kinds import KINDS, Kind
from kg.naming.lexicon import COMMON_GIVEN, SURNAMES_FIRST
from kg.naming.persons import FULL_NAME_PARTS
from kg.naming.typing_errors import is_typing_error

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from spacy.tokens import Doc, Span, Token

    from kg.model import Article
    from kg.ontology.schema import Concept, Ontology

# Weight of the reader's distribution when a head noun speaks too; the head noun of a full name ("... Alliance") is the
# better witness, the reader the better one for single words.
_HEAD_WEIGHT = 0.6
# Probability that a label known for a whole branch ("ORG") gives to each class below it, before other evidence.
_UNSEEN = 0.01
_MAX_CONCEPT_WORDS = 6
# A quoted part of a name is not longer, in words.
_MAX_QUOTED = 6
# Letters from which a noun with one wrong letter is no other word.
_LONG_WORD = 8
_TRIM_LEFT = frozenset("the a an this that its their our his her some any".split())
_OWNED = (Kind.ORGANIZATION, Kind.FACILITY)
_QUOTES = "\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class NameSpan:
    """One mention by name: token offsets, half-open; `scores` is a distribution over classes that sums to at most 1.

    `full` is the surface with the owner that follows it ("Innovation Center" + "of the University of Macau"), up to the
    code point `full_end`.
    """

    start: int
    end: int
    start_char: int
    end_char: int
    surface: str
    scores: Mapping[str, float]
    concept: str | None = None
    acronym_of: str | None = None
    in_title: bool = False
    full: str | None = None
    full_end: int = 0


class Lexicon:
    """What the ontology knows of names: concepts by their words, classes by reader label and by head noun."""

    def __init__(self, ontology: Ontology) -> None:
        self.concepts: dict[tuple[str, ...], Concept] = {}
        for concept in ontology.concepts:
            if concept.class_ in ontology.classes:
                for form in concept.alternatives:
                    self.concepts.setdefault(tuple(form.replace("-", " - ").split()), concept)
        self.concept_starts = frozenset(form[0] for form in self.concepts if form)
        self.concept_classes = {c.class_ for c in self.concepts.values()}
        described = {n for n, c in ontology.classes.items() if c.common_noun or c.describable}
        self.describable_heads = {h for c in ontology.classes.values() if c.describable for h in c.heads}
        self.nameless = described | self.concept_classes
        self.by_label: dict[str, tuple[str, ...]] = {}
        self.by_head: dict[str, tuple[str, ...]] = {}
        for name, class_ in sorted(ontology.classes.items()):
            for label in class_.reader_labels:
                self.by_label[label] = (*self.by_label.get(label, ()), name)
            for head in class_.heads:
                self.by_head[head.lower()] = (*self.by_head.get(head.lower(), ()), name)
        self._long_heads: dict[tuple[str, str], list[str]] = {}
        for head in self.by_head:
            if len(head) >= _LONG_WORD:
                self._long_heads.setdefault((head[0], head[-1]), []).append(head)

    def spelled(self, noun: str, used: Container[str] = ()) -> str:
        """The head noun that a misspelt word stands for ("platfrom"), the word itself if none.

        Letters swapped or doubled are an error; one that is wrong, missing or too many is where the text spells the
        head noun right elsewhere (`used`), since it may make another word: "electron", "election". Errors at the ends
        of a word are left alone: "resident", "inventory".
        """
        if len(noun) < _LONG_WORD or noun in self.by_head or not noun.isalpha():
            return noun
        near = [h for h in self._long_heads.get((noun[0], noun[-1]), ()) if _is_misspelt(noun, h, used)]
        return near[0] if len(near) == 1 else noun

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
                classes = self.by_head.get(" ".join(lowered[-size:])) or self.by_head.get(
                    _singular(" ".join(lowered[-size:]))
                )
                if classes:
                    return {c: 1.0 / len(classes) for c in classes}
        for i, word in enumerate(lowered):
            # "Ministry of Finance", "Bank of Ningbo", "University of Macau": the head stands before "of"
            if word in ("of", "for") and i:
                classes = self.by_head.get(lowered[i - 1])
                return {c: 1.0 / len(classes) for c in classes} if classes else {}
        return {}


def _is_misspelt(word: str, noun: str, used: Container[str]) -> bool:
    if abs(len(word) - len(noun)) > 1:
        return False
    return is_typing_error(word, noun) or (noun in used and OSA.distance(word, noun, score_cutoff=1) == 1)


def _singular(words: str) -> str:
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words


def find_names(doc: Doc, article: Article, lexicon: Lexicon) -> list[NameSpan]:
    """All mentions by name, without overlaps, in the order of the text."""
    found = [*_parted(doc, _reader_names(doc, lexicon), lexicon), *concept_names(doc, lexicon)]
    found += _capitalised_names(doc, found, lexicon, article)
    taken: set[int] = set()
    kept = []
    for name in sorted(found, key=lambda n: (n.start - n.end, n.concept is not None, n.start)):
        span = range(name.start, name.end)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(name)
    kept.sort(key=lambda n: n.start)
    kept = _joined_places(doc, kept)
    return _with_titles(article, _with_owners(doc, _with_acronyms(doc, kept)))


def _reader_names(doc: Doc, lexicon: Lexicon) -> Iterator[NameSpan]:
    scores = doc.user_data.get("kg_name_scores", {})
    for ent in doc.ents:
        span = _trimmed(ent, lexicon.describable_heads)
        if span is None or (len(span) == 1 and span[0].pos_ == "ADJ" and span[0].is_title):
            # a demonym ("Norwegian") names no place
            continue
        labels = scores.get((ent.start, ent.end)) or {ent.label_: 1.0}
        if ent.label_ not in lexicon.by_label:
            continue
        read = lexicon.from_labels(labels)
        classes = _mix(read, lexicon.from_head(span.text.split()))
        if classes and not _holds_concept(span, read, lexicon) and _may_name(span, classes, lexicon):
            concept = lexicon.concepts.get(tuple(t.lower_ for t in span))
            if concept is not None:
                classes = {concept.class_: 1.0}
            yield NameSpan(
                span.start,
                span.end,
                span.start_char,
                span.end_char,
                span.text,
                classes,
                concept.iri if concept else None,
            )


def _parted(doc: Doc, names: Iterable[NameSpan], lexicon: Lexicon) -> Iterator[NameSpan]:
    """Part an organisation from the person behind it, read as one name: "manager of Huida Info" + "Zhang Wei"."""
    for name in names:
        cut = name.end - FULL_NAME_PARTS
        behind_post = name.start >= 2 and doc[name.start - 1].lower_ == "of" and _is_post(doc[name.start - 2], lexicon)  # noqa: PLR2004
        if not behind_post or cut <= name.start or not _starts_person(doc[cut].lower_):
            yield name
            continue
        for start, end, label in ((name.start, cut, "ORG"), (cut, name.end, "PERSON")):
            span = doc[start:end]
            scores = _most_alike(name.scores, lexicon, person=label == "PERSON")
            yield NameSpan(start, end, span.start_char, span.end_char, span.text, scores)


def _is_post(token: Token, lexicon: Lexicon) -> bool:
    return any(KINDS.get(c) is Kind.PERSON for c in lexicon.by_head.get(token.lemma_.lower(), ()))


def _starts_person(word: str) -> bool:
    return word in SURNAMES_FIRST or word in COMMON_GIVEN


def _most_alike(scores: Mapping[str, float], lexicon: Lexicon, *, person: bool) -> dict[str, float]:
    """A distribution over the classes of persons, or over the others that the reader thought of."""
    kept = {c: s for c, s in scores.items() if (KINDS.get(c) is Kind.PERSON) == person}
    total = sum(kept.values())
    if total > 0:
        return {c: s / total for c, s in sorted(kept.items())}
    kind = Kind.PERSON if person else Kind.ORGANIZATION
    classes = sorted({c for cs in lexicon.by_head.values() for c in cs if KINDS.get(c) is kind})
    return {c: 1.0 / len(classes) for c in classes}


def _capitalised_names(doc: Doc, known: list[NameSpan], lexicon: Lexicon, article: Article) -> Iterator[NameSpan]:
    """Capitalised phrases that end in a head noun, "the Ledger Forum", where the reader saw no name."""
    taken = {i for n in known for i in range(n.start, n.end) if n.concept is None}
    body = article.title_span.end if article.title_span is not None else 0
    i = 0
    while i < len(doc):
        end = i
        while (
            end < len(doc)
            and _is_capitalised(doc[end])
            and end not in taken
            and not (end > i and doc[end].is_sent_start)
        ):
            end += 1
        first = i + 1 if i < end and doc[i].is_sent_start else i
        if end - first > 1 and doc[first].idx >= body and (end >= len(doc) or end not in taken):
            scores = lexicon.from_head([t.text for t in doc[first:end]])
            if scores and doc[end - 1].pos_ in ("NOUN", "PROPN"):
                span = doc[first:end]
                yield NameSpan(first, end, span.start_char, span.end_char, span.text, scores)
        i = max(end, i + 1)


def _is_capitalised(token: Token) -> bool:
    return token.is_title and token.is_alpha and token.pos_ in ("NOUN", "PROPN", "ADJ")


def _may_name(span: Span, classes: Mapping[str, float], lexicon: Lexicon) -> bool:
    """Lower-case words name things only of classes that do without proper names; "a new alliance" is no name."""
    best = max(sorted(classes), key=lambda c: classes[c])
    if any(c.isupper() for c in span.text):
        return True
    # of a noun in the singular the lemma is the noun itself, with a typing error put right
    plain = len(span) == 1 and not is_plural(span[0]) and span[0].lemma_.lower() in lexicon.describable_heads
    return best in lexicon.nameless and not plain


def _holds_concept(span: Span, classes: Mapping[str, float], lexicon: Lexicon) -> bool:
    """Whether a lower-case phrase only adds a general noun to a listed concept: "blockchain applications"."""
    best = max(sorted(classes), key=lambda c: classes[c])
    if any(c.isupper() for c in span.text) or len(span) == 1 or best not in lexicon.concept_classes:
        return False
    words, lemmas = [t.lower_ for t in span], [t.lemma_.lower() for t in span]
    return 0 < _longest_concept(words, lemmas, 0, lexicon)[0] < len(words)


def _trimmed(ent: Span, heads: Container[str]) -> Span | None:
    """The span without determiners, quotes and a final possessive; None if nothing that names is left."""
    doc = ent.doc
    start, end = _with_quotes(doc, ent.start, ent.end)
    end = _with_head(doc, start, end, heads)
    while start < end and (doc[start].lower_ in _TRIM_LEFT or doc[start].text in _QUOTES or doc[start].is_space):
        start += 1
    while end > start and (
        doc[end - 1].text in ("'s", "’s", "'", "’", ",") or doc[end - 1].text in _QUOTES or doc[end - 1].is_space
    ):
        end -= 1
    return doc[start:end] if any(t.is_alpha and not t.like_num for t in doc[start:end]) else None


def _with_head(doc: Doc, start: int, end: int, heads: Container[str]) -> int:
    """Take in the head noun that a described thing ends with: "blockchain general development" + "platform"."""
    plain = end - start > 1 and not any(c.isupper() for c in doc[start:end].text)
    if plain and end < len(doc) and doc[end].lower_ in heads and doc[end - 1].head.i == end:
        return end + 1
    return end


def _with_quotes(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Take in the opening quote, and the noun before it, of a name that closes one: '"double creation" platform'."""
    inside = [t.text for t in doc[start:end]]
    if "”" in inside[:-1] and "“" not in inside:
        opening = next((i for i in range(start - 1, max(start - _MAX_QUOTED, -1), -1) if doc[i].text == "“"), None)
        if opening is not None:
            start = opening
            while start > 0 and doc[start - 1].pos_ in ("NOUN", "PROPN") and not doc[start - 1].is_sent_end:
                start -= 1
    return start, end


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


def concept_names(doc: Doc, lexicon: Lexicon) -> Iterator[NameSpan]:
    """The concepts that the ontology lists, by the longest of their labels at each place."""
    words = [t.lower_ for t in doc]
    lemmas = [t.lemma_.lower() for t in doc]
    i = 0
    while i < len(words):
        size, concept = _longest_concept(words, lemmas, i, lexicon)
        if concept is not None and not (size == 1 and _is_plain_word(doc, i)):
            span = doc[i : i + size]
            yield NameSpan(i, i + size, span.start_char, span.end_char, span.text, {concept.class_: 1.0}, concept.iri)
        i += max(size, 1)


def _is_plain_word(doc: Doc, i: int) -> bool:
    """Whether a word is no field: a verb ("finances"), or one thing among others ("a charity")."""
    if doc[i].pos_ == "VERB":
        return True
    counted = i > 0 and doc[i - 1].lower_ in ("a", "an")
    ends = i + 1 == len(doc) or (doc[i + 1].pos_ not in ("NOUN", "PROPN", "ADJ") and doc[i + 1].text != "-")
    return counted and ends


def _longest_concept(words: list[str], lemmas: list[str], i: int, lexicon: Lexicon) -> tuple[int, Concept | None]:
    if words[i] not in lexicon.concept_starts and lemmas[i] not in lexicon.concept_starts:
        return 0, None
    for size in range(min(_MAX_CONCEPT_WORDS, len(words) - i), 0, -1):
        head = words[i : i + size - 1]
        concept = lexicon.concepts.get((*head, words[i + size - 1])) or lexicon.concepts.get(
            (*head, lemmas[i + size - 1])
        )
        if concept is not None:
            return size, concept
    return 0, None


def _with_acronyms(doc: Doc, names: list[NameSpan]) -> list[NameSpan]:
    """Mark a short name in brackets right after a full one: "Bay Trade Network (BTN)", also in quotes there."""
    result: list[NameSpan] = []
    for name in names:
        before = result[-1] if result else None
        bracket = name.start - 1
        while bracket > 0 and (doc[bracket].is_quote or doc[bracket].lower_ == "the"):  # (the "BTN")
            bracket -= 1
        opened = bracket > 0 and doc[bracket].text in ("(", "[")
        if before is not None and opened and before.end >= bracket - 1 and name.concept is None:
            name = replace(name, acronym_of=before.surface)  # noqa: PLW2901
        result.append(name)
    return result


def _kind(name: NameSpan) -> Kind:
    """The coarse kind of the likeliest class."""
    return KINDS.get(max(sorted(name.scores), key=lambda c: name.scores[c]), Kind.THING)


def _joined_places(doc: Doc, names: list[NameSpan]) -> list[NameSpan]:
    """Places listed at the front of a name belong to it: "Guangdong, Hong Kong and Macao Bay Alliance".

    The last name must itself begin with a place and be more than one; only commas and "and" may stand between.
    """
    places = {normal_form(n.surface) for n in names if _kind(n) is Kind.PLACE}
    result: list[NameSpan] = []
    for name in names:
        run = len(result)
        words = normal_form(name.surface).split()
        begins = any(" ".join(words[:k]) in places for k in (1, 2)) and normal_form(name.surface) not in places
        if begins and _follows(doc, result, name, "and"):
            run -= 1
            while run > 0 and _kind(result[run]) is Kind.PLACE and _follows(doc, result[:run], result[run], ","):
                run -= 1
            if _kind(result[run]) is Kind.PLACE:
                first = result[run]
                surface = doc.text[first.start_char : name.end_char]
                name = replace(name, start=first.start, start_char=first.start_char, surface=surface)  # noqa: PLW2901
                del result[run:]
        result.append(name)
    return result


def _follows(doc: Doc, before: list[NameSpan], name: NameSpan, sign: str) -> bool:
    """Whether a place stands right before the name, with only `sign` (or a comma before it) between."""
    if not before or _kind(before[-1]) is not Kind.PLACE:
        return False
    between = [t.text for t in doc[before[-1].end : name.start]]
    return between in ([sign], [",", sign])


def _with_owners(doc: Doc, names: list[NameSpan]) -> list[NameSpan]:
    """A unit's full name carries its owner: "Innovation Center of the University of Macau"."""
    result = []
    for name, owner in zip_longest(names, names[1:]):
        if owner is not None and _kind(name) in _OWNED and _kind(owner) is Kind.ORGANIZATION and name.concept is None:
            between = [t.lower_ for t in doc[name.end : owner.start]]
            if between in (["of"], ["of", "the"]):
                name = replace(name, full=doc.text[name.start_char : owner.end_char], full_end=owner.end_char)  # noqa: PLW2901
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
        elif (
            name.concept is not None
            or normal_form(name.surface) in body
            or set(normal_form(name.surface).split()) <= words
        ):
            kept.append(replace(name, in_title=True))
    return kept
