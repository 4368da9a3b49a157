"""The ontology's words: labels of its concepts, head nouns and reader labels of its classes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kg.naming.typing_errors import is_typing_error

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from kg.ontology.schema import Class, Concept, Ontology

# No label of a concept, and no head noun, is looked up that is longer than this, in words.
_MAX_CONCEPT_WORDS = 6
_MAX_HEAD_WORDS = 3
# Letters from which a noun with one wrong letter is no other word.
_LONG_WORD = 8
QUOTES = "\"'“”‘’«»"


class Lexicon:
    """What the ontology knows of names: concepts by their words, classes by reader label and by head noun."""

    def __init__(self, ontology: Ontology) -> None:
        classes = ontology.classes
        self.concepts = _concepts_by_words(ontology)
        self._first_words = frozenset(form[0] for form in self.concepts if form)
        self.concept_classes = {concept.class_ for concept in self.concepts.values()}
        self.describable_heads = {head for c in classes.values() if c.describable for head in c.heads}
        self.nameless = {name for name, c in classes.items() if c.common_noun or c.describable} | self.concept_classes
        self.by_label = _names_by(classes, lambda c: c.reader_labels)
        self.by_head = _names_by(classes, lambda c: (head.lower() for head in c.heads))
        self._long_heads: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for head in self.by_head:
            if len(head) >= _LONG_WORD:
                self._long_heads[head[0], head[-1]].append(head)

    def spelled(self, noun: str, used: Container[str] = ()) -> str:
        """The head noun that a misspelt word stands for ("platfrom"), the word itself if none.

        Letters swapped or doubled are an error; one that is wrong, missing or too many is where the text spells the
        head noun right elsewhere (`used`), since it may make another word: "electron", "election". Errors at the ends
        of a word are left alone: "resident", "inventory".
        """
        if len(noun) < _LONG_WORD or noun in self.by_head or not noun.isalpha():
            return noun
        near = [head for head in self._long_heads.get((noun[0], noun[-1]), ()) if _is_misspelt(noun, head, used)]
        return near[0] if len(near) == 1 else noun

    def concept_at(self, words: Sequence[str], lemmas: Sequence[str], i: int) -> tuple[int, Concept | None]:
        """The concept with the longest label that begins at a word, and its length in words; the last may be inflected.

        Words and lemmas are in lower case.
        """
        if words[i] not in self._first_words and lemmas[i] not in self._first_words:
            return 0, None
        for size in range(min(_MAX_CONCEPT_WORDS, len(words) - i), 0, -1):
            last = i + size - 1
            front = words[i:last]
            concept = self.concepts.get((*front, words[last])) or self.concepts.get((*front, lemmas[last]))
            if concept is not None:
                return size, concept
        return 0, None

    def from_labels(self, labels: Mapping[str, float]) -> dict[str, float]:
        """The reader's scores by label as scores by class; labels that stand for several classes are split."""
        scores: dict[str, float] = {}
        for label, weight in sorted(labels.items()):
            classes = self.by_label.get(label, ())
            for name in classes:
                scores[name] = scores.get(name, 0.0) + weight / len(classes)
        return scores

    def from_head(self, words: Iterable[str]) -> dict[str, float]:
        """The classes that the head noun of a name or description suggests, all alike.

        The head is the last words, the longest that are known; else what stands before "of": "Ministry of Finance".
        A plural that belongs to a name says what it deals with: "Harbor Systems" is no system, "new systems" are.
        """
        bare = [word.strip(QUOTES) for word in words]
        lowered = [word.lower() for word in bare]
        described = not bare or bare[-1].islower()
        return evenly(self._ending(lowered, described=described) or self._before_of(lowered))

    def _ending(self, words: Sequence[str], *, described: bool) -> tuple[str, ...]:
        for size in range(min(_MAX_HEAD_WORDS, len(words)), 0, -1):
            head = " ".join(words[-size:])
            if found := self.by_head.get(head) or (self.by_head.get(_singular(head)) if described else None):
                return found
        return ()

    def _before_of(self, words: Sequence[str]) -> tuple[str, ...]:
        of = next((i for i, word in enumerate(words) if i and word in ("of", "for")), None)
        return () if of is None else self.by_head.get(words[of - 1], ())


def _concepts_by_words(ontology: Ontology) -> dict[tuple[str, ...], Concept]:
    """The concepts that are of a class, by each of their labels; of two with one label, the first."""
    found: dict[tuple[str, ...], Concept] = {}
    for concept in ontology.concepts:
        if concept.class_ in ontology.classes:
            for label in concept.alternatives:
                found.setdefault(tuple(label.replace("-", " - ").split()), concept)
    return found


def _names_by(classes: Mapping[str, Class], words_of: Callable[[Class], Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The classes that have each word, by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, class_ in sorted(classes.items()):
        for word in words_of(class_):
            found[word] = (*found.get(word, ()), name)
    return found


def evenly(classes: Sequence[str]) -> dict[str, float]:
    """A distribution that prefers none of the classes."""
    return {name: 1.0 / len(classes) for name in classes}


def _is_misspelt(word: str, noun: str, used: Container[str]) -> bool:
    if abs(len(word) - len(noun)) > 1:
        return False
    return is_typing_error(word, noun) or (noun in used and OSA.distance(word, noun, score_cutoff=1) == 1)


def _singular(words: str) -> str:
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words
