"""What a reader remembers of a text so far: which entities it has spoken of, where, and in what role."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.coreference.binding import first_conjunct, role
from kg.extract.coreference.expressions import Form
from kg.extract.lexicon import reference as words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.reference import EntityInText
    from kg.extract.coreference.words import Word, Words

_WORD = re.compile(r"[\w&]+")
_OF = re.compile(r"\s(?:of|for|in|on)\s")

LEAST_TAIL = 5
"""Letters that the end of a noun must share with a head noun to count as one word with it: fewer agree by chance."""

GENDERS = {Form.HE: "m", Form.SHE: "f"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity was spoken of; `named` tells names from references."""

    head: int
    start: int
    end: int
    sentence: int
    role: str
    named: bool


@dataclass(slots=True)
class Remembered:
    """An entity with its mentions in order, names and `places` of all sorts.

    `nouns` are descriptions known so far, singular and lower-case.
    """

    entity: EntityInText
    mentions: list[Mention]
    places: list[Mention]
    nouns: set[str]
    last_words: frozenset[str]
    name_words: frozenset[str]
    gender: str | None = None

    def before(self, token: int) -> list[Mention]:
        """All mentions that end before the token, in order."""
        return [mention for mention in self.places if mention.end <= token]


class Memory:
    """The entities of one text, and what its grammar says of them; references are added as they are resolved."""

    def __init__(
        self,
        doc: Words,
        entities: Sequence[EntityInText],
        heads: Mapping[str, Collection[str]],
        is_a: Callable[[str, str], bool],
    ) -> None:
        self.doc = doc
        self.is_a = is_a
        self.sentence_of = doc.sentences
        self.at: dict[int, str] = {}
        self._headed = heads
        self._kinds: dict[str, Mapping[str, float]] = {}
        self._classes: dict[str, frozenset[str]] = {}
        self.referring: set[int] = set()
        self.last_meant: dict[Form, str] = {}
        self.entities: dict[str, Remembered] = {}
        for entity in sorted(entities, key=lambda entity: (entity.names, entity.id)):
            self.entities[entity.id] = self._remember(entity)

    def _remember(self, entity: EntityInText) -> Remembered:
        mentions = []
        for start, end in entity.names:
            # `Doc.char_span` walks the whole text for each name.
            first, behind = bisect_right(self.doc.starts, start) - 1, bisect_left(self.doc.starts, end)
            if not 0 <= first < behind:
                continue
            head = self.doc.root(first, behind)
            mentions.append(Mention(head, first, behind, self.sentence_of[head], role(self.doc[head]), named=True))
            self.at.update({token: entity.id for token in range(first, behind) if token not in self.at})
        surfaces = {entity.label, *(self.doc.text[start:end] for start, end in entity.names)}
        mentions.sort(key=_head)
        return Remembered(
            entity,
            mentions,
            list(mentions),
            {noun.lower() for noun in entity.descriptions},
            frozenset(word for surface in surfaces for word in _head_word(surface)),
            frozenset(word.lower() for surface in surfaces for word in _WORD.findall(surface)),
            self._gender(entity),
        )

    def _gender(self, entity: EntityInText) -> str | None:
        """The gender, "m" or "f", by the title before a name or the given name, None where nothing tells."""
        if not self.is_a(entity.class_, "Person"):
            return None
        for start, end in entity.names:
            before = _WORD.findall(self.doc.text[max(0, start - 16) : start].lower())[-1:]
            inner = _WORD.findall(self.doc.text[start:end].lower())
            for word in (*before, *inner[:1]):
                if word in words.MALE_TITLES:
                    return "m"
                if word in words.FEMALE_TITLES:
                    return "f"
        given = _WORD.findall(entity.label.lower())
        return next((words.genders()[word] for word in given[:-1] or given if word in words.genders()), None)

    def named_tokens(self) -> frozenset[int]:
        """The tokens of all names."""
        return frozenset(self.at)

    def named_at(self, token: Word) -> str | None:
        """The entity that the word, as part of a name, names."""
        return self.at.get(token.i)

    def refer(self, entity: str, expression: Expression) -> None:
        """Note a reference, so that what follows can take it up."""
        remembered = self.entities[entity]
        head = expression.head
        self.referring.add(head)
        insort_right(
            remembered.places,
            Mention(head, expression.start, expression.end, self.sentence_of[head], role(self.doc[head]), named=False),
            key=_head,
        )
        remembered.gender = remembered.gender or GENDERS.get(expression.form)

    def meant_last(self, form: Form) -> str | None:
        """The entity that the last pronoun of the form meant; "" if it meant none, None if there was none yet."""
        return self.last_meant.get(form)

    def describe(self, entity: str, noun: str) -> None:
        """Note a noun that the text says of the entity, in the singular."""
        self.entities[entity].nouns.add(noun)

    def is_person(self, entity: str) -> bool:
        """Whether the entity is a person."""
        return self.is_a(self.entities[entity].entity.class_, "Person")

    def kinds_of(self, class_: str, kinds: Sequence[str]) -> Mapping[str, float]:
        """The kinds that the class is one of, as features."""
        if class_ not in self._kinds:
            self._kinds[class_] = {f"class {kind}": 1.0 for kind in kinds if self.is_a(class_, kind)}
        return self._kinds[class_]

    def classes_of(self, noun: str, modifiers: Sequence[str] = ()) -> frozenset[str]:
        """The classes that the noun, alone or with the word before it ("central bank"), is a head of."""
        phrase = f"{modifiers[-1]} {noun}" if modifiers else noun
        return self._headed_by(phrase) or self._class_of_noun(noun)

    def _class_of_noun(self, noun: str) -> frozenset[str]:
        if noun not in self._classes:
            self._classes[noun] = (
                self._headed_by(noun)
                or self._headed_by(noun.rpartition("-")[2])
                or frozenset().union(*(self._headed_by(tail) for tail in _tails(noun)))
            )
        return self._classes[noun]

    def _headed_by(self, noun: str) -> frozenset[str]:
        return frozenset(self._headed.get(noun, ()))

    def heads_class(self, noun: str) -> bool:
        """Whether a class has the noun, or the compound, among its heads."""
        return noun in self._headed

    def fits(self, entity: str, classes: frozenset[str]) -> bool:
        """Whether the entity can be of one of the classes: below it, or known more vaguely."""
        own = self.entities[entity].entity.class_
        return any(self.is_a(own, name) or self.is_a(name, own) for name in classes)

    def coordinated(self, token: Word) -> list[str]:
        """The entities named in the coordination of which the word is a member, in order."""
        first = first_conjunct(token)
        members = [first, *(word for word in first.subtree if word.dep == "conj" and first_conjunct(word) == first)]
        found = (self.at.get(member.i) for member in members)
        return list(dict.fromkeys(entity for entity in found if entity is not None))


def _tails(noun: str) -> Iterator[str]:
    """The ends of a noun that may be heads written together with what stands before: "maker" of "chipmaker"."""
    return (noun[start:] for start in range(len(noun) - LEAST_TAIL + 1))


def _head_word(surface: str) -> list[str]:
    """The word that says what a name is of: the last, or the last before "of", "for" or "on"."""
    return [word.lower() for word in _WORD.findall(_OF.split(surface)[0])[-1:]]


def _head(mention: Mention) -> int:
    return mention.head
