"""Facts of all articles, joined: one statement for each subject, property and object, with all its evidence."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.model import CountValue, DateValue, Evidence, Modality, MoneyValue, QuantityValue, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import ArticleFact, Value
    from kg.ontology.schema import Ontology

MAX_CONFIDENCE: Final = 0.99
"""No number of reports makes a fact certain."""

_Triple = tuple[str, str, "str | Value"]


def join_facts(
    facts: Iterable[tuple[str, ArticleFact]],
    keys: Mapping[str, str],
    ontology: Ontology,
    originals: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """Join (article, fact) pairs into statements, sorted; `keys` maps record ids to entity keys.

    `originals` maps articles that repeat another to that one. A fact between two names of one entity says nothing and
    is dropped.
    """
    evidence: dict[_Triple, list[Evidence]] = defaultdict(list)
    for article, fact in facts:
        triple = _triple(article, fact, keys, ontology)
        if triple is not None:
            evidence[triple].append(fact.evidence)
    _refine_dates(evidence)
    _join_units(evidence)
    statements = [_statement(triple, found, originals or {}) for triple, found in evidence.items()]
    return tuple(sorted(statements, key=lambda s: (s.subject, s.property, value_key(s.object))))


def value_key(value: str | Value) -> tuple[str, str, str, str]:
    """Return a key that orders objects of all kinds: entities by key, values by what they say."""
    match value:
        case str():
            return ("0", value, "", "")
        case DateValue():
            return ("1", value.lexical, "", "")
        case CountValue():
            return ("2", f"{value.value:020d}", value.qualifier or "", "")
        case QuantityValue():
            return ("3", f"{value.value:040f}", value.unit, value.qualifier or "")
        case MoneyValue():
            return ("4", f"{value.value:040f}", f"{value.currency} {value.kind or ''}", value.qualifier or "")


def _triple(article: str, fact: ArticleFact, keys: Mapping[str, str], ontology: Ontology) -> _Triple | None:
    subject = keys[f"{article}#{fact.subject}"]
    if not isinstance(fact.object, str):
        return (subject, fact.property, fact.object)
    other = keys[f"{article}#{fact.object}"]
    if subject == other:
        return None
    known = ontology.properties.get(fact.property)
    if known is not None and known.symmetric:
        subject, other = min(subject, other), max(subject, other)
    return (subject, fact.property, other)


def _refine_dates(evidence: dict[_Triple, list[Evidence]]) -> None:
    """Move the evidence of a coarse date to the one finer date of the same fact that it agrees with."""
    dates: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject, name, value in evidence:
        if isinstance(value, DateValue):
            dates[subject, name].append(value.lexical)
    for (subject, name), lexicals in sorted(dates.items()):
        for coarse in sorted(lexicals, key=len):
            finer = [lexical for lexical in lexicals if lexical.startswith(coarse + "-")]
            finest = [f for f in finer if not any(other.startswith(f + "-") for other in finer)]
            if len(finest) == 1:
                moved = evidence.pop((subject, name, DateValue(coarse)))
                evidence[subject, name, DateValue(finest[0])] += moved


def _join_units(evidence: dict[_Triple, list[Evidence]]) -> None:
    """Join counts of one unit in different case, and one value with and without a qualifier, under the usual form.

    Two different qualifiers ("over", "nearly") contradict each other: then all stay as they are.
    """
    groups: dict[tuple[object, ...], list[_Triple]] = defaultdict(list)
    for triple in evidence:
        value = triple[2]
        if isinstance(value, QuantityValue):
            groups[(*triple[:2], value.value, value.unit.casefold())].append(triple)
        elif isinstance(value, (MoneyValue, CountValue)):
            groups[(*triple[:2], replace(value, qualifier=None))].append(triple)
    for triples in groups.values():
        qualifiers = {_qualifier(triple[2]) for triple in triples} - {None}
        if len(qualifiers) > 1:
            continue
        first, *others = sorted(triples, key=lambda t: (-len(evidence[t]), value_key(t[2])))
        for other in others:
            evidence[first] += evidence.pop(other)


def _qualifier(value: str | Value) -> str | None:
    return None if isinstance(value, (str, DateValue)) else value.qualifier


def _statement(triple: _Triple, found: Sequence[Evidence], originals: Mapping[str, str]) -> Statement:
    evidence = _distinct(found)
    modality = next(m for m in Modality if any(e.modality is m for e in evidence))
    return Statement(*triple, modality, _confidence(evidence, originals), evidence)


def _distinct(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Keep one evidence for each place, modality and role, the most confident, sorted by place."""
    best: dict[tuple[object, ...], Evidence] = {}
    for item in sorted(found, key=_evidence_key):
        best.setdefault((item.article, item.span, item.modality, item.role), item)
    return tuple(sorted(best.values(), key=lambda e: (e.article, e.span, e.modality, e.role or "")))


def _evidence_key(item: Evidence) -> tuple[object, ...]:
    return (
        -item.confidence,
        item.extractor,
        *((span.start, span.end) if (span := part) else (-1, -1) for part in (item.subject, item.object)),
        item.explanation,
    )


def _confidence(evidence: Sequence[Evidence], originals: Mapping[str, str]) -> float:
    """Combine evidence by noisy-or over sources: sentences of one article, and its copies, are one witness."""
    best: dict[str, float] = {}
    for item in evidence:
        source = originals.get(item.article, item.article)
        best[source] = max(best.get(source, 0.0), item.confidence)
    doubt = math.prod(1.0 - confidence for _, confidence in sorted(best.items()))
    return round(min(1.0 - doubt, MAX_CONFIDENCE), 6)
