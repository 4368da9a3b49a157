"""The things of one article while it is being read: drafts of entities that gather names, descriptions and classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.names import has_capital, likeliest
from kg.model import ArticleEntity, Mention, MentionKind, Span
from kg.naming import NameInText, cluster_names, normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.extract.names import Lexicon, NameSpan
    from kg.ontology.schema import Ontology

# What one description ("Adapay, a payment tool") weighs against one mention's distribution from the reader.
_DESCRIPTION_WEIGHT = 1.5
# A description may bring up a class that the reader did not think of, with this share of its weight.
_UNLIKELY, _NEW_CLASS = 0.02, 0.3
# What one frame that wants a class adds to the classes it wants, and the most that all frames together may add.
_VOTE_WEIGHT = 0.25
_MAX_VOTES = 1.0
# Weights that differ by less are equal: the more specific class wins then.
_DECIMALS = 6


@dataclass(slots=True)
class Draft:
    """An entity in the making; `scores` are weights by class, not normalised, `spans` those of its names as nodes.

    Scores and votes change through the methods alone, which forget what was worked out from them.
    """

    id: str
    label: str
    mentions: list[Mention] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)
    votes: dict[str, float] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    concept: str | None = None
    joined: tuple[str, ...] = ()
    _distribution: dict[str, float] | None = field(default=None, init=False, repr=False, compare=False)
    _fits: dict[frozenset[str], tuple[dict[str, float], float]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _best: str | None = field(default=None, init=False, repr=False, compare=False)

    def distribution(self) -> Mapping[str, float]:
        """Probabilities by class."""
        if self._distribution is None:
            self._distribution = _normalised(self.scores)
        return self._distribution

    def _fitting(self, ontology: Ontology, union: frozenset[str]) -> tuple[dict[str, float], float]:
        """Probabilities by class of those that lie below one of the classes, and their sum."""
        found = self._fits.get(union)
        if found is None:
            classes = {c: p for c, p in self.distribution().items() if ontology.fits(c, union)}
            found = self._fits[union] = classes, sum(classes.values())
        return found

    def probability(self, ontology: Ontology, union: frozenset[str]) -> float:
        """How probable it is that the thing belongs to one of the classes."""
        return self._fitting(ontology, union)[1]

    def add_scores(self, scores: Mapping[str, float], weight: float = 1.0) -> None:
        """Add evidence for classes."""
        for name, score in scores.items():
            self.scores[name] = self.scores.get(name, 0.0) + weight * score
        self._distribution, self._best = None, None
        self._fits.clear()

    def vote(self, ontology: Ontology, union: frozenset[str]) -> None:
        """A frame takes the thing for one of the classes: strengthen those that it may be already."""
        fitting, total = self._fitting(ontology, union)
        for name, p in fitting.items():
            vote = self.votes.get(name, 0.0)
            if vote < _MAX_VOTES:
                self.votes[name] = min(_MAX_VOTES, vote + _VOTE_WEIGHT * p / total)
                self._best = None

    def best_class(self, ontology: Ontology) -> str:
        """The likeliest class with the frames' votes; the more specific one wins a tie."""
        if self._best is None:
            weights = self._with_votes()
            most = round(max(weights.values()), _DECIMALS)
            likeliest = sorted(c for c, w in weights.items() if round(w, _DECIMALS) == most)
            self._best = max(likeliest, key=lambda c: len(ontology.classes[c].parents) if c in ontology.classes else 0)
        return self._best

    def _with_votes(self) -> dict[str, float]:
        weights = dict(self.distribution())
        for name, vote in self.votes.items():
            weights[name] = weights.get(name, 0.0) + vote
        return weights

    def finished(self, ontology: Ontology) -> ArticleEntity:
        """The frozen entity."""
        names = sorted({m.surface for m in self.mentions if m.kind is MentionKind.NAME})
        scores = {c: round(p, 4) for c, p in sorted(_normalised(self._with_votes()).items())}
        mentions = tuple(sorted(set(self.mentions), key=lambda m: (m.span, m.kind)))
        return ArticleEntity(
            self.id, self.label, self.best_class(ontology), tuple(names), mentions, scores, self.concept, self.joined
        )


def _normalised(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {c: w / total for c, w in sorted(weights.items())} if total else {}


class Discourse:
    """All drafts of one article, in the order of their first mention."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        self.ontology = ontology
        self.lexicon = lexicon
        self.drafts: dict[str, Draft] = {}

    def add_names(self, names: Sequence[NameSpan], sentences: Sequence[int]) -> list[str]:
        """Cluster the names; `sentences` says in which sentence each stands. Returns the draft id of each."""
        result = [""] * len(names)
        proper = [i for i, n in enumerate(names) if n.concept is None]
        clusters = cluster_names([_as_name(names[i], sentences[i]) for i in proper])
        for cluster in clusters:
            members = [proper[m] for m in cluster.members]
            draft = self._new(cluster.label)
            draft.joined = cluster.reasons
            for i in members:
                draft.mentions += [_mention(names[i]), *_full_mention(names[i])]
                draft.spans.append((names[i].start_char, names[i].end_char))
                draft.add_scores(names[i].scores)
                result[i] = draft.id
        for i, name in enumerate(names):
            if name.concept is not None:
                draft = self._of_concept(name)
                draft.mentions.append(_mention(name))
                draft.spans.append((name.start_char, name.end_char))
                draft.add_scores(name.scores)
                result[i] = draft.id
        return result

    def _of_concept(self, name: NameSpan) -> Draft:
        for draft in self.drafts.values():
            if draft.concept == name.concept:
                return draft
        draft = self._new(name.surface)
        draft.concept = name.concept
        return draft

    def _new(self, label: str) -> Draft:
        base = normal_form(label) or label
        key, number = base, 1
        while key in self.drafts:
            number += 1
            key = f"{base}~{number}"
        draft = self.drafts[key] = Draft(key, label)
        return draft

    def describe(self, draft: Draft, noun: str, words: Sequence[str]) -> None:
        """A noun is said of the thing: remember it, and let it speak for a class."""
        draft.descriptions.append(noun)
        scores = self.lexicon.from_head(list(words))
        known = draft.distribution()
        possible = _normalised({c: s * (known.get(c, 0.0) + _UNLIKELY) for c, s in scores.items()})
        # "group" may describe a company or an alliance: it speaks for what the thing is likely to be
        draft.add_scores(possible, _DESCRIPTION_WEIGHT * min(1.0, sum(known.get(c, 0.0) for c in scores) + _NEW_CLASS))

    def described(self, phrase: str, span: Span, class_: str) -> Draft:
        """The draft of a thing that the article only describes ("a blockchain platform"); one per phrase."""
        key = f"{normal_form(phrase)} (described)"
        draft = self.drafts.get(key)
        if draft is None:
            draft = self.drafts[key] = Draft(key, phrase)
            draft.add_scores({class_: 1.0})
        draft.mentions.append(Mention(span, phrase, MentionKind.NAME))
        return draft

    def finished(self, used: Iterable[str]) -> tuple[ArticleEntity, ...]:
        """The entities: all that a proper name or a listed concept names, and those that the facts use."""
        keep = set(used)
        return tuple(
            draft.finished(self.ontology)
            for key, draft in sorted(self.drafts.items())
            if draft.scores and (key in keep or draft.concept or any(has_capital(m.surface) for m in draft.mentions))
        )


def _as_name(name: NameSpan, sentence: int) -> NameInText:
    surface = name.full or name.surface
    return NameInText(
        surface, likeliest(name.scores), name.start_char, name.scores, name.acronym_of, name.in_title, sentence,
        name.is_whole,
    )  # fmt: skip


def _mention(name: NameSpan) -> Mention:
    return Mention(Span(name.start_char, name.end_char), name.surface, MentionKind.NAME)


def _full_mention(name: NameSpan) -> Iterator[Mention]:
    if name.full is not None:
        yield Mention(Span(name.start_char, name.full_end), name.full, MentionKind.NAME)
