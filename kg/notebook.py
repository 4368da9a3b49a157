"""Lists as Python and notebooks have them: answers, facts, entities; each reads as text and as a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Final, overload

from kg.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Self, SupportsIndex

    from kg.model import Entity, Graph, Statement
    from kg.ontology.schema import Ontology
    from kg.query.answers import Term

Python = str | int | float | bool | Decimal | date | None
"""What a term of an answer becomes: IRIs and text are strings."""

_SHOWN_ROWS: Final = 50  # rows that a notebook shows of a list
_SHOWN_LINES: Final = 10  # lines that a terminal shows of one
_NUMBERS: Final[Mapping[str, Callable[[str], int | float | Decimal]]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
}


class Row(dict[str, Python]):
    """One solution: variable -> value; `terms` has the RDF terms."""

    def __init__(self, values: Mapping[str, Python], terms: tuple[Term | None, ...]) -> None:
        super().__init__(values)
        self.terms = terms


class Result:
    """The rows of an answer, in order. Iterable, indexable, and a table in a notebook; `pandas.DataFrame` takes it."""

    def __init__(self, variables: Sequence[str], rows: Sequence[tuple[Term | None, ...]], *, complete: bool) -> None:
        self.variables = tuple(variables)
        self.complete = complete
        self._rows = [Row(dict(zip(self.variables, map(python_value, row), strict=True)), tuple(row)) for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]

    def __repr__(self) -> str:
        more = "" if self.complete else ", cut"
        return f"<{len(self)} row{'' if len(self) == 1 else 's'} of {', '.join(self.variables)}{more}>"

    def _repr_html_(self) -> str:
        return _table(self.variables, self._rows)


class Facts(tuple["Statement", ...]):  # noqa: SLOT001 - a tuple of any length cannot have slots
    """Statements, in order; their words are read with `rows()`."""

    _graph: Graph
    _ontology: Ontology

    def __new__(cls, statements: Iterable[Statement], graph: Graph, ontology: Ontology) -> Self:
        """Statements of a graph, whose names and ontology put them into words."""
        facts = super().__new__(cls, statements)
        facts._graph, facts._ontology = graph, ontology
        return facts

    @overload
    def __getitem__(self, index: SupportsIndex) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> Facts: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Statement | Facts:
        if isinstance(index, slice):
            return Facts(tuple(self)[index], self._graph, self._ontology)
        return super().__getitem__(index)

    def rows(self) -> list[dict[str, Python]]:
        """The facts in words, a row each with the surest sentence: what `pandas.DataFrame` takes."""
        labels = {entity.key: entity.label for entity in self._graph.entities}
        texts = {article.id: article.text for article in self._graph.articles}
        return [self._row(fact, labels, texts) for fact in self]

    def _row(self, fact: Statement, labels: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Python]:
        known = self._ontology.properties.get(fact.property)
        best = max(fact.evidence, key=lambda each: each.confidence)
        return {
            "subject": labels.get(fact.subject, fact.subject),
            "property": known.label if known else fact.property,
            "object": labels.get(fact.object, fact.object) if isinstance(fact.object, str) else in_words(fact.object),
            "modality": str(fact.modality),
            "confidence": fact.confidence,
            "articles": len({each.article for each in fact.evidence}),
            "quote": " ".join(texts.get(best.article, "")[best.span.start : best.span.end].split()),
        }

    def __repr__(self) -> str:
        shown = ("{subject} {property} {object} [{modality}, {confidence}]".format(**row) for row in self._first())
        return _listed("fact", len(self), shown)

    def _repr_html_(self) -> str:
        names = ("subject", "property", "object", "modality", "confidence", "articles", "quote")
        return _table(names, self[:_SHOWN_ROWS].rows(), len(self))

    def _first(self) -> list[dict[str, Python]]:
        return self[:_SHOWN_LINES].rows()


class Entities(tuple["Entity", ...]):
    """Entities, in order."""

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex) -> Entity: ...
    @overload
    def __getitem__(self, index: slice) -> Entities: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Entity | Entities:
        return Entities(super().__getitem__(index)) if isinstance(index, slice) else super().__getitem__(index)

    def rows(self) -> list[dict[str, Python]]:
        """The entities, a row each: what `pandas.DataFrame` takes."""
        return [
            {
                "key": each.key,
                "label": each.label,
                "class": each.class_,
                "aliases": ", ".join(each.aliases),
                "articles": len(each.articles),
            }
            for each in self
        ]

    def __repr__(self) -> str:
        plural = "entity" if len(self) == 1 else "entities"
        return _listed(plural, len(self), (f"{each.label} ({each.class_})" for each in self[:_SHOWN_LINES]), ending="")

    def _repr_html_(self) -> str:
        return _table(("key", "label", "class", "aliases", "articles"), self[:_SHOWN_ROWS].rows(), len(self))


def python_value(term: Term | None) -> Python:
    """A term as Python has it: numbers, truth values and full dates as such, all else as text; None where unbound."""
    import pyoxigraph as ox  # noqa: PLC0415 - who only lists facts asks nothing

    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)
    kind = term.datatype.value.rpartition("#")[2]
    try:
        if kind in _NUMBERS:
            return _NUMBERS[kind](term.value)
        if kind == "date":
            return date.fromisoformat(term.value)
    except (ValueError, ArithmeticError):
        return term.value
    return term.value == "true" if kind == "boolean" else term.value


def _listed(noun: str, number: int, lines: Iterable[str], *, ending: str = "s") -> str:
    """A count, and the first few below it."""
    more = [f"... and {number - _SHOWN_LINES:,} more"] if number > _SHOWN_LINES else []
    head = f"<{number:,} {noun}{'' if number == 1 else ending}>"
    return "\n  ".join([head, *lines, *more])


def _table(names: Sequence[str], rows: Sequence[Mapping[str, Python]], number: int | None = None) -> str:
    """An HTML table of the first rows; `number` is how many there are, where not all are given."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    shown = rows[:_SHOWN_ROWS]
    body = "".join(f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in names)}</tr>" for row in shown)
    more = (len(rows) if number is None else number) - _SHOWN_ROWS
    foot = f"<p>and {more:,} more rows</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"


def _cell(value: Python) -> str:
    text = "" if value is None else str(value)
    if isinstance(value, str) and value.startswith(("http://", "https://")) and " " not in value:
        return f'<a href="{escape(value)}">{escape(value)}</a>'
    return escape(text)
