"""Python use: build a graph, or open one, and ask it.

>>> import kg
>>> g = kg.open("out")
>>> for row in g.query("SELECT ?name ?day { id:huifu kg:launched ?x . ?x rdfs:label ?name ; kg:launchedOn ?day }"):
...     print(row["name"], row["day"])
Adapay 2019-09-03

What is loaded is loaded when it is first asked for, and kept. Nothing here prints; errors are those of `kg.errors`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.config import load_config
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import networkx as nx
    import rdflib

    from kg.config import Config
    from kg.diff import Difference
    from kg.explain import Explanation
    from kg.model import Entity, Graph, Modality, Statement
    from kg.ontology.schema import Ontology
    from kg.outputs import Outputs
    from kg.query import Source
    from kg.query.answers import Term
    from kg.stats import Figures

Python = str | int | float | bool | Decimal | date | None
"""What a term of an answer becomes: IRIs and text are strings."""

_SHOWN_ROWS: Final = 50  # rows that a notebook shows of an answer
_NUMBERS: Final[Mapping[str, Callable[[str], int | float | Decimal]]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
}


def build(
    sources: str | Path | Sequence[str | Path] | None = None,
    *,
    ontology: str | Path | None = None,
    out: str | Path | None = None,
    jobs: int | None = None,
    page: bool = True,
) -> KnowledgeGraph:
    """Build a graph from articles, as `kg build` does, and open it.

    What is not given is as in `kg.toml` of the working directory, or its default: `sources/`, `ontology/`, `out/`.
    Raises the KgError of whatever cannot be done.
    """
    from kg.build import build as build_outputs  # noqa: PLC0415 - reading models and grammar, for who builds

    given = [] if sources is None else [sources] if isinstance(sources, str | Path) else list(sources)
    config = _config(ontology, out).with_overrides(sources=tuple(Path(each) for each in given), jobs=jobs)
    build_outputs(config, with_page=page)
    return KnowledgeGraph(config)


def open_graph(out: str | Path | None = None, *, ontology: str | Path | None = None) -> KnowledgeGraph:
    """Open what `kg build` has written; raises OutputError where that is not there, or of two builds."""
    graph = KnowledgeGraph(_config(ontology, out))
    assert graph.outputs.folder == graph.config.out  # read now, so that what is missing is said now
    return graph


def _config(ontology: str | Path | None, out: str | Path | None) -> Config:
    folders = {"ontology": ontology, "out": out}
    return load_config(Path()).with_overrides(**{name: Path(each) for name, each in folders.items() if each})


class Row(dict[str, Python]):
    """One solution: variable -> value; `terms` has the RDF terms."""

    def __init__(self, values: Mapping[str, Python], terms: tuple[Term | None, ...]) -> None:
        super().__init__(values)
        self.terms = terms


class Result:
    """The rows of an answer, in order. Iterable, indexable, and a table in a notebook."""

    def __init__(self, variables: Sequence[str], rows: Sequence[tuple[Term | None, ...]], *, complete: bool) -> None:
        self.variables = tuple(variables)
        self.complete = complete
        self._rows = [Row(dict(zip(self.variables, map(python_value, row), strict=True)), tuple(row)) for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    def __repr__(self) -> str:
        more = "" if self.complete else ", cut"
        return f"<{len(self)} row{'' if len(self) == 1 else 's'} of {', '.join(self.variables)}{more}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row.values())}</tr>"
            for row in self._rows[:_SHOWN_ROWS]
        )
        more = len(self) - _SHOWN_ROWS
        foot = f"<p>and {more:,} more rows</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"


class KnowledgeGraph:
    """A built graph: entities, facts with their sentences, and everything that the command line can ask of it."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def __repr__(self) -> str:
        return f"<graph in {self.config.out}: {len(self.entities()):,} entities, {len(self.facts()):,} facts>"

    # What is loaded when it is first needed

    @cached_property
    def outputs(self) -> Outputs:
        """The files, after checking that they belong together."""
        from kg.outputs import open_outputs  # noqa: PLC0415 - loaded when asked for, as everything here

        return open_outputs(self.config.out)

    @cached_property
    def ontology(self) -> Ontology:
        """The ontology that the graph was built with."""
        from kg.ontology import load_ontology  # noqa: PLC0415

        return load_ontology(self.config.ontology)

    @cached_property
    def graph(self) -> Graph:
        """The graph as values (`kg.model`): entities, statements, articles."""
        from kg.outputs import read_graph  # noqa: PLC0415

        return read_graph(self.outputs, self.ontology, base=self.config.base_iri)

    @cached_property
    def source(self) -> Source:
        """The store that queries are put to."""
        from kg.query import open_source  # noqa: PLC0415

        return open_source(self.config.out, self.config.ontology)

    # Facts and entities

    def entities(self, class_: str | None = None) -> tuple[Entity, ...]:
        """All entities by key, or those of a class and its subclasses.

        >>> import kg
        >>> "Adapay" in [entity.label for entity in kg.open("out").entities("Product")]
        True
        """
        if class_ is not None and class_ not in self.ontology.classes:
            raise UsageError(
                f'the ontology has no class "{class_}"; it has: {", ".join(sorted(self.ontology.classes))}'
            )
        return tuple(each for each in self.graph.entities if class_ is None or class_ in each.classes)

    def facts(
        self,
        about: str | None = None,
        *,
        property: str | None = None,  # noqa: A002 - what it is called everywhere
        modality: Modality | str | None = None,
    ) -> tuple[Statement, ...]:
        """All facts, or those about an entity (any of its names), of a property, of a modality ("Planned").

        >>> import kg
        >>> [(fact.subject, fact.object) for fact in kg.open("out").facts("Huifu", property="launched")]
        [('huifu', 'adapay')]
        """
        from kg.explain import find  # noqa: PLC0415

        key = find(self.graph, about).key if about is not None else None
        if property is not None and property not in self.ontology.properties:
            raise UsageError(f'the ontology has no property "{property}"')
        return tuple(
            each
            for each in self.graph.statements
            if (key is None or key in {each.subject, each.object})
            and (property is None or each.property == property)
            and (modality is None or each.modality == modality)
        )

    def explain(self, entity: str, other: str | None = None) -> Explanation:
        """What is known of an entity, or of two together, with the sentences; as `kg explain`."""
        from kg.explain import explain  # noqa: PLC0415

        return explain(self.graph, self.ontology, entity, other)

    # Queries

    def query(self, sparql: str, *, seconds: float = 60.0, rows: int | None = None) -> Result | bool | rdflib.Graph:
        """The answer to a query: rows for SELECT, yes or no for ASK, an rdflib graph for CONSTRUCT and DESCRIBE.

        The project's prefixes need no declaration. Raises QueryError, with line and caret where the query is no SPARQL.

        >>> import kg
        >>> kg.open("out").query("ASK { id:huifu kg:launched id:adapay }")
        True
        """
        from kg.query import Table, Triples, ask  # noqa: PLC0415
        from kg.vocabulary import prefixes  # noqa: PLC0415

        answer = ask(self.source, sparql, prefixes=prefixes(self.config.base_iri), seconds=seconds, rows=rows)
        match answer:
            case Table():
                return Result(answer.variables, answer.rows, complete=answer.complete)
            case Triples():
                return _rdflib_graph("\n".join(f"{triple} ." for triple in answer.triples))
            case _:
                return answer

    def ask(self, question: str, **given: str | int) -> Result | bool | rdflib.Graph:
        """The answer to a saved question of the ontology, with what is given to it.

        >>> import kg
        >>> g = kg.open("out")
        >>> [row["member"] for row in g.ask("members", alliance="European Cell Alliance")]
        ['Qingfeng Motors']
        """
        from kg.query.entities import find_entity  # noqa: PLC0415
        from kg.query.parameters import bind  # noqa: PLC0415
        from kg.query.questions import find_question, read_questions  # noqa: PLC0415
        from kg.vocabulary import prefixes  # noqa: PLC0415

        found = find_question(read_questions(self.config.ontology), question)
        known = prefixes(self.config.base_iri)

        def find(name: str, classes: Sequence[str]) -> str:
            return find_entity(self.source.store, name, classes, known)

        values = {name.replace("_", "-"): str(value) for name, value in given.items()}
        return self.query(bind(found.query, found.parameters, values, find))

    # The graph for others

    def networkx(self) -> nx.MultiDiGraph[str]:
        """Entities as nodes, facts between two as edges, with labels, classes, modality, confidence and quotes.

        >>> import kg
        >>> kg.open("out").networkx().nodes["huifu"]["class_"]
        'Company'
        """
        from kg.view import project  # noqa: PLC0415

        return project(self.graph, self.ontology)

    def rdflib(self) -> rdflib.Graph:
        """Graph and evidence in rdflib, held by Oxigraph: rdflib's interface, without rdflib's times."""
        return _rdflib_graph(None, self.outputs.graph, self.outputs.evidence)

    def export(self, format_: str, to: str | Path) -> list[Path]:
        """Write the graph in one of `kg.export.FORMATS` to a file, or a folder where the format is several files."""
        from kg.export import FORMATS, export  # noqa: PLC0415

        if format_ not in FORMATS:
            raise UsageError(f'there is no format "{format_}"; there are: {", ".join(FORMATS)}')
        files = export(self.config.out, format_, ontology=lambda: self.ontology, base=self.config.base_iri)
        target, written = Path(to), []
        for name, content in files.items():
            path = target / name if len(files) > 1 or target.is_dir() else target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
        return written

    def diff(self, older: KnowledgeGraph) -> Difference:
        """What changed from another graph to this one."""
        from kg.diff import compare  # noqa: PLC0415

        return compare(older.graph, self.graph)

    def stats(self) -> Figures:
        """The figures of the graph."""
        from kg.stats import QUERIES, figures  # noqa: PLC0415

        answers = {}
        for name, query in QUERIES.items():
            result = self.query(query)
            assert isinstance(result, Result)
            answers[name] = [[getattr(term, "value", "") for term in row.terms] for row in result]
        return figures(answers)

    def _repr_html_(self) -> str:
        """In a notebook: how much there is, and what most articles name."""
        from kg.stats.pictures import bars  # noqa: PLC0415

        found = self.stats()
        numbers = f"{found.articles:,} articles, {found.entities:,} entities, {found.facts:,} facts"
        style = "<style>.kg text{font:13px sans-serif}.kg .name{text-anchor:end}.kg .mark{fill:#0072b2}</style>"
        picture = bars(found.named[:10], "Named by the most articles")
        place = escape(str(self.config.out))
        return f'<div class="kg">{style}<b>{place}</b>: {numbers}<div style="max-width:40em">{picture}</div></div>'


def python_value(term: Term | None) -> Python:
    """A term as Python has it: numbers, truth values and full dates as such, all else as text; None where unbound."""
    import pyoxigraph as ox  # noqa: PLC0415

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


def _rdflib_graph(nt: str | None, *files: Path) -> rdflib.Graph:
    """Triples in rdflib over Oxigraph."""
    import rdflib  # noqa: PLC0415

    graph = rdflib.Graph(store="Oxigraph")
    if nt is not None:
        graph.parse(data=nt, format="nt")
    for file in files:
        graph.parse(file, format="ox-ttl")
    return graph


def _cell(value: Python) -> str:
    text = "" if value is None else str(value)
    if isinstance(value, str) and value.startswith(("http://", "https://")) and " " not in value:
        return f'<a href="{escape(value)}">{escape(value)}</a>'
    return escape(text)
