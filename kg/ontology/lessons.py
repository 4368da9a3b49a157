"""Reads the example lines of a property and checks them against what the property may link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.examples import ExampleSyntaxError, parse_examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ontology.schema import Class, Example, Property
    from kg.ontology.source import Source


class LessonReader:
    """The lines of one property; a broken one is added to `problems` and left out."""

    def __init__(self, source: Source, property_: Property, classes: Mapping[str, Class], problems: list[str]) -> None:
        self._source = source
        self._property = property_
        self._classes = classes
        self._problems = problems

    def read(self, predicate: str) -> tuple[Example, ...]:
        """The sentences under the predicate, alternatives expanded; a broken line becomes a problem."""
        found: list[Example] = []
        for line in self._source.texts(self._property.iri, predicate):
            try:
                variants = parse_examples(line)
            except ExampleSyntaxError as error:
                self._problem(line, str(error))
                continue
            for variant in variants:
                self._check(variant)
            found.extend(variants)
        return tuple(found)

    def refuse_contradictions(self, examples: tuple[Example, ...], counterexamples: tuple[Example, ...]) -> None:
        """One sentence with the same arguments cannot both state the property and not state it."""
        stated = {(each.text, tuple(sorted(each.marks.items()))) for each in examples}
        for each in counterexamples:
            if (each.text, tuple(sorted(each.marks.items()))) in stated:
                self._problem(each.source, "stands as an example and as a counterexample")

    def _problem(self, line: str, what: str) -> None:
        place = self._source.place_of_text(line)
        self._problems.append(f"{place}: an example of {self._property.name}: {what}: {line!r}")

    def _check(self, example: Example) -> None:
        target = "object" if self._property.kind == "entity" else "value"
        for wanted in ("subject", target):
            if wanted not in example.marks:
                self._problem(example.source, f"lacks [{wanted} ...]")
        allowed = {"subject", target, *(["role"] if self._property.qualified else [])}
        for role in example.marks:
            if role not in allowed:
                self._problem(example.source, f"has [{role} ...], which this property does not take")
        for role, class_ in example.classes.items():
            self._check_class(example, role, class_)

    def _check_class(self, example: Example, role: str, class_: str) -> None:
        union = {"subject": self._property.domain, "object": self._property.range}.get(role, frozenset())
        known = self._classes.get(class_)
        if known is None:
            self._problem(example.source, f"{class_} is no declared class")
        elif class_ not in union and not union & set(known.parents):
            self._problem(example.source, f"{class_} lies outside the {'domain' if role == 'subject' else 'range'}")
