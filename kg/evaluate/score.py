"""How much of gold a graph has, and how much of the graph is gold."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg import vocabulary as v
from kg.evaluate.matching import is_class, normal, reaches, same_role, stand_for, states
from kg.evaluate.reliability import Judged, Reliability, reliability
from kg.model import Modality, MoneyValue, QuantityValue
from kg.turtle.nodes import content
from kg.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.evaluate.gold import GoldArticle, GoldFact, Pair
    from kg.model import Entity, Graph, Statement


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision and recall with what they were counted from."""

    right: int
    predicted: int
    hit: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found; 0 where there is no gold."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_json(self) -> dict[str, float | int]:
        """Rounded to three places, with the counts."""
        rates = {"p": round(self.precision, 3), "r": round(self.recall, 3), "f1": round(self.f1, 3)}
        return {**rates, "predicted": self.predicted, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference from gold: `kind` is "missed", "wrong", "negative" or "no such article"."""

    article: str
    kind: str
    fact: str


@dataclass(slots=True)
class Score:
    """Counts over gold articles; read it through its rates."""

    counts: Counter[str] = field(default_factory=Counter)
    properties: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    mistakes: list[Mistake] = field(default_factory=list)
    nodes: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # gold entity -> keys that stand for it
    merging: Counter[str] | None = None
    judged: list[Judged] = field(default_factory=list)  # the facts that count, by their confidence

    def add(self, article: str, kind: str, fact: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(article, kind, fact))

    @property
    def facts(self) -> Rate:
        """Over all facts that count."""
        return _rate(self.counts)

    @property
    def entities(self) -> Rate:
        """Over all entities."""
        c = self.counts
        return Rate(c["entity_right"], c["entity_predicted"], c["entity_hit"], c["entity_gold"])

    @property
    def by_property(self) -> dict[str, Rate]:
        """By the property that was built, for precision, and that gold has, for recall."""
        return {name: _rate(counter) for name, counter in sorted(self.properties.items())}

    @property
    def reliability(self) -> Reliability | None:
        """How well confidence tells right facts from wrong ones; None for too few facts."""
        return reliability(self.judged)

    def share(self, part: str, whole: str) -> float | None:
        """One count over another, or None where there is nothing to count."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def as_json(self) -> dict[str, Any]:
        """All figures, rounded to three places."""
        shares = {
            "typed_entity_recall": ("entity_typed", "entity_gold"),
            "role_accuracy": ("role_right", "role"),
            "modality_accuracy": ("modality_right", "modality"),
            "evidence": ("evident", "evidence"),
        }
        document: dict[str, Any] = {
            "articles": self.counts["articles"],
            "missing": self.counts["missing"],
            "facts": self.facts.as_json(),
            "entities": self.entities.as_json(),
        }
        for name, (part, whole) in shares.items():
            share = self.share(part, whole)
            document[name] = None if share is None else round(share, 3)
        document["negatives_asserted"] = self.counts["negative"]
        document["overmerged"] = self.counts["overmerged"]
        document["by_property"] = {name: rate.as_json() for name, rate in self.by_property.items()}
        if self.merging is not None:
            document["merging"] = dict(self.merging)
        if self.reliability is not None:
            document["reliability"] = self.reliability.as_json()
        return document


def _rate(counter: Counter[str]) -> Rate:
    return Rate(counter["right"], counter["predicted"], counter["hit"], counter["gold"])


def score(graph: Graph, gold: Sequence[GoldArticle], pairs: tuple[list[Pair], list[Pair]] = ([], [])) -> Score:
    """Compare a graph with gold articles, which are found by the names of their files."""
    result = Score()
    built = _Built(graph)
    for article in gold:
        _Article(article, built, result).count()
    if any(pairs):
        result.merging = _merging(pairs, result.nodes)
    return result


class _Built:
    """A graph by article."""

    def __init__(self, graph: Graph) -> None:
        self.entities: Mapping[str, Entity] = {entity.key: entity for entity in graph.entities}
        self.ids = {article.path.rsplit("/", 1)[-1]: article.id for article in graph.articles}
        self.statements: dict[str, list[Statement]] = defaultdict(list)
        self.named: dict[str, set[str]] = defaultdict(set)
        self.roles: dict[tuple[str, str], set[str]] = defaultdict(set)
        for statement in sorted(graph.statements, key=_order):
            if statement.modality is Modality.FORMER:
                continue
            for article in {evidence.article for evidence in statement.evidence}:
                self.statements[article].append(statement)
            if isinstance(statement.object, str):
                roles = {e.role for e in statement.evidence if e.role and e.modality is not Modality.FORMER}
                self.roles[statement.subject, statement.object] |= roles
        for entity in graph.entities:
            for article in entity.articles:
                self.named[article].add(entity.key)


def _order(statement: Statement) -> tuple[str, ...]:
    """The order of the triples, literals before nodes: which of two facts earns a gold fact depends on it."""
    subject = f"{v.entity_iri('', statement.subject)}'"
    match statement.object:
        case str(key):
            return subject, f"{statement.property}'", "node", f"{v.entity_iri('', key)}'"
        case QuantityValue() | MoneyValue() as value:
            return subject, f"{statement.property}'", "node", f"{v.hashed_iri('', 'value', *content(value))}'"
        case value:
            return subject, f"{statement.property}'", "literal", f"{content(value)[1]}'"


class _Article:
    """Counts one gold article."""

    def __init__(self, gold: GoldArticle, built: _Built, score_: Score) -> None:
        self.gold = gold
        self.built = built
        self.score = score_
        self.article = built.ids.get(f"{gold.stem}.txt")
        self.statements = built.statements.get(self.article or "", [])
        ends = {end for s in self.statements for end in (s.subject, s.object) if isinstance(end, str)}
        keys = sorted((built.named.get(self.article or "", set()) | ends) & built.entities.keys())
        self.entities = [built.entities[key] for key in keys]
        self.found, overmerged = stand_for(self.entities, gold)
        score_.counts["overmerged"] += overmerged
        self.hit = [False] * len(gold.facts)

    def count(self) -> None:
        """Count entities, then what was built, then what gold has."""
        self.score.counts["articles"] += 1
        if self.article is None:
            self.score.counts["missing"] += 1
            self.score.add(self.gold.stem, "no such article", "")
        self._count_gold_entities()
        self._count_built_entities()
        for statement in self.statements:
            self._count_statement(statement)
        self._count_gold_facts()

    def _count_gold_entities(self) -> None:
        counts = self.score.counts
        for i, entity in self.gold.entities.items():
            mine = [each for each in self.entities if self.found.get(each.key) == i]
            self.score.nodes[self.gold.stem, i] = {each.key for each in mine}
            if entity.unnamed and not mine:
                continue
            counts["entity_gold"] += 1
            counts["entity_hit"] += bool(mine)
            counts["entity_typed"] += any(is_class(each.class_, entity.classes) for each in mine)

    def _count_built_entities(self) -> None:
        """Technologies and sectors that the text names but gold leaves out cost nothing."""
        text = f" {normal(self.gold.text)} "
        for entity in self.entities:
            known = entity.key in self.found
            named = any(f" {normal(label)} " in text for label in (entity.label, *entity.aliases))
            if not known and entity.class_ in {"Technology", "Sector"} and named:
                continue
            self.score.counts["entity_predicted"] += 1
            self.score.counts["entity_right"] += known

    def _count_statement(self, statement: Statement) -> None:
        right = [k for k, fact in enumerate(self.gold.facts) if self._is(fact, statement)]
        fresh = [k for k in right if not self.hit[k]]
        for k in right:
            self.hit[k] = True
        if right:
            self._count_details(statement, right, fresh)
            if not fresh or all(self.gold.facts[k].free for k in right):
                return
        elif any(self._is(fact, statement) for fact in self.gold.wrong):
            self.score.counts["negative"] += 1
            self.score.add(self.gold.stem, "negative", self._words(statement))
        elif any(self._is(fact, statement) for fact in self.gold.acceptable):
            return
        for counter in (self.score.counts, self.score.properties[statement.property]):
            counter["predicted"] += 1
            counter["right"] += bool(right)
        self.score.judged.append(Judged(statement.confidence, bool(right)))
        if not right:
            self.score.add(self.gold.stem, "wrong", self._words(statement))

    def _is(self, fact: GoldFact, statement: Statement) -> bool:
        entity = isinstance(statement.object, str)
        return states(
            fact,
            reaches(self.found, self.gold, statement.subject),
            statement.property,
            reaches(self.found, self.gold, statement.object) if isinstance(statement.object, str) else (),
            None if entity else statement.object,  # type: ignore[arg-type] # a value, as `entity` says
        )

    def _count_details(self, statement: Statement, right: list[int], fresh: list[int]) -> None:
        """Evidence, modality and role of a fact that is right."""
        counts, first = self.score.counts, self.gold.facts[right[0]]
        counts["evidence"] += 1
        counts["evident"] += any(evidence.article == self.article for evidence in statement.evidence)
        if first.modality in {None, "planned"}:
            counts["modality"] += 1
            counts["modality_right"] += (first.modality == "planned") == (statement.modality is Modality.PLANNED)
        if first.property == statement.property == "holdsPosition" and first.role and fresh:
            wanted = [role for k in right if (role := self.gold.facts[k].role)]
            built = self.built.roles[statement.subject, str(statement.object)]
            counts["role"] += 1
            counts["role_right"] += any(same_role(role, own) for role in wanted for own in built)

    def _count_gold_facts(self) -> None:
        for fact, hit in zip(self.gold.facts, self.hit, strict=True):
            if fact.free:
                continue
            for counter in (self.score.counts, self.score.properties[fact.property]):
                counter["gold"] += 1
                counter["hit"] += hit
            if not hit:
                self.score.add(self.gold.stem, "missed", self._gold_words(fact))

    def _words(self, statement: Statement) -> str:
        def name(key: str) -> str:
            return self.built.entities[key].label if key in self.built.entities else key

        obj = name(statement.object) if isinstance(statement.object, str) else in_words(statement.object)
        return f"{name(statement.subject)} {statement.property} {obj}"

    def _gold_words(self, fact: GoldFact) -> str:
        form = fact.forms[0]
        names = {i: entity.name for i, entity in self.gold.entities.items()}
        subjects = " or ".join(sorted(names.get(i, i) for i in form.subjects))
        obj = names.get(form.object, form.object) if form.object else ", ".join(form.values)
        absent = self._absent({*form.subjects, *([form.object] if form.object else [])})
        return f"{subjects} {fact.property} {obj}" + (f" (not found: {', '.join(absent)})" if absent else "")

    def _absent(self, ids: Collection[str]) -> list[str]:
        known = self.gold.entities
        return sorted(known[i].name for i in ids if i in known and not self.score.nodes[self.gold.stem, i])


def _merging(pairs: tuple[list[Pair], list[Pair]], nodes: Mapping[tuple[str, str], set[str]]) -> Counter[str]:
    """Pairs that are, as they must be, one node or two; "absent" where one end was not found at all."""
    counts: Counter[str] = Counter()
    for key, wanted, of_kind in (("merge", True, pairs[0]), ("apart", False, pairs[1])):
        for pair in _known(of_kind, nodes):
            left, right = (nodes[end] for end in pair)
            right_so = bool(left & right) == wanted
            counts[key + ("_absent" if not left or not right else "_ok" if right_so else "_bad")] += 1
    return counts


def _known(pairs: Iterable[Pair], nodes: Mapping[tuple[str, str], set[str]]) -> Iterable[Pair]:
    return (pair for pair in pairs if all(end in nodes for end in pair))
