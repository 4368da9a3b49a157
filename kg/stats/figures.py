"""The figures of a graph: which queries they come from, and what they amount to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Rows = "Sequence[Sequence[str]]"

MOST_NAMED: Final = 25
"""Entities in the list of those that the most articles name."""

_LEAF: Final = "FILTER NOT EXISTS { ?e a ?narrower . ?narrower rdfs:subClassOf ?c }"

QUERIES: Final[Mapping[str, str]] = {
    "articles": "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }",
    "entities": "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a ?c FILTER (STRSTARTS(STR(?e), STR(id:))) }",
    "facts": "SELECT (COUNT(*) AS ?n) { ?f a rdf:Statement }",
    "evidence": "SELECT (COUNT(*) AS ?n) { ?e a kg:Evidence }",
    # Coverage: every class and property of the ontology, also those that nothing was found of.
    "classes": f"""
        SELECT ?label (COUNT(DISTINCT ?e) AS ?n) {{
          ?c a owl:Class ; rdfs:label ?label FILTER (STRSTARTS(STR(?c), STR(kg:)))
          OPTIONAL {{ ?e a ?c FILTER (STRSTARTS(STR(?e), STR(id:))) {_LEAF} }}
        }} GROUP BY ?c ?label ORDER BY DESC(?n) ?label""",
    "properties": """
        SELECT ?label (COUNT(?f) AS ?n) {
          VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty }
          ?p a ?kind ; rdfs:label ?label FILTER (STRSTARTS(STR(?p), STR(kg:)))
          OPTIONAL { ?f rdf:predicate ?p }
        } GROUP BY ?p ?label ORDER BY DESC(?n) ?label""",
    "modalities": """
        SELECT ?label (COUNT(?f) AS ?n) { ?f a rdf:Statement ; kg:modality ?m
          BIND (LCASE(REPLACE(STR(?m), "^.*#", "")) AS ?label)
        } GROUP BY ?label ORDER BY DESC(?n) ?label""",
    "months": """
        SELECT ?label (COUNT(?f) AS ?n) {
          { SELECT ?f (MIN(STR(?date)) AS ?first)
            { ?f a rdf:Statement ; prov:wasDerivedFrom/schema:datePublished ?date } GROUP BY ?f }
          BIND (SUBSTR(?first, 1, 7) AS ?label)
        } GROUP BY ?label ORDER BY ?label""",
    "named": f"""
        SELECT ?label (COUNT(DISTINCT ?a) AS ?n) {{ ?a schema:mentions ?e . ?e rdfs:label ?label }}
        GROUP BY ?e ?label ORDER BY DESC(?n) ?label LIMIT {MOST_NAMED}""",
    "degrees": """
        SELECT ?label (COUNT(?e) AS ?n) {
          { SELECT ?e (COUNT(?f) AS ?label) {
              { ?f rdf:subject ?e } UNION { ?f rdf:object ?e FILTER (STRSTARTS(STR(?e), STR(id:))) }
            } GROUP BY ?e }
        } GROUP BY ?label ORDER BY ?label""",
    "confidences": """
        SELECT ?label (COUNT(?f) AS ?n) { ?f a rdf:Statement ; kg:confidence ?c
          BIND (STR(FLOOR(?c * 20)) AS ?label)
        } GROUP BY ?label ORDER BY ?label""",
    "publishers": """
        SELECT ?label (COUNT(DISTINCT ?f) AS ?n) {
          ?a a schema:NewsArticle . ?f prov:wasDerivedFrom ?a ; a rdf:Statement
          OPTIONAL { ?a schema:publisher ?named }
          BIND (COALESCE(?named, "not named") AS ?label)
        } GROUP BY ?label ORDER BY DESC(?n) ?label LIMIT 25""",
}
"""Each gives one number, or (label, number) rows."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was found."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a graph amounts to.

    `classes` and `properties` are all of the ontology's, `months` (as 2021-05) those in which facts were first
    reported, `degrees` how many entities have how many facts, `confidences` facts by twentieths (0 to 19).
    """

    articles: int
    entities: int
    facts: int
    evidence: int
    classes: tuple[Tally, ...]
    properties: tuple[Tally, ...]
    modalities: tuple[Tally, ...]
    months: tuple[Tally, ...]
    named: tuple[Tally, ...]
    degrees: tuple[Tally, ...]
    confidences: tuple[Tally, ...]
    publishers: tuple[Tally, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: numbers, and name -> number in the order of the tallies."""
        return {
            name: {each["label"]: each["count"] for each in value} if isinstance(value, tuple | list) else value
            for name, value in asdict(self).items()
        }


def figures(answers: Mapping[str, Sequence[Sequence[str]]]) -> Figures:
    """The figures that the answers to `QUERIES` amount to, by the queries' names; cells are values as text."""
    tallies = {
        name: tuple(Tally(row[0], int(row[1])) for row in rows) for name, rows in answers.items() if name not in _TOTALS
    }
    tallies["confidences"] = tuple(
        Tally(each.label, each.count)
        for each in sorted(_twentieths(tallies["confidences"]), key=lambda each: int(each.label))
    )
    tallies["degrees"] = tuple(sorted(tallies["degrees"], key=lambda each: int(each.label)))
    totals = {name: int(answers[name][0][0]) for name in _TOTALS}
    return Figures(**totals, **tallies)  # type: ignore[arg-type] # totals are the numbers, tallies the rest


_TOTALS: Final = ("articles", "entities", "facts", "evidence")


def _twentieths(tallies: Sequence[Tally]) -> list[Tally]:
    """Confidence 1.00 falls into the last twentieth, not one of its own."""
    found: dict[int, int] = {}
    for each in tallies:
        step = min(int(float(each.label)), 19)
        found[step] = found.get(step, 0) + each.count
    return [Tally(str(step), count) for step, count in found.items()]
