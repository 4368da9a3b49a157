"""Python use: build a graph, or open one, and ask it.

>>> import kg
>>> g = kg.open("out")
>>> for row in g.query("SELECT ?name ?day { id:huifu kg:launched ?x . ?x rdfs:label ?name ; kg:launchedOn ?day }"):
...     print(row["name"], row["day"])
Adapay 2019-09-03

What is loaded is loaded when it is first asked for, and kept. Nothing here prints; errors are those of `kg.errors`.
"""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.config import load_config
from kg.errors import UsageError
from kg.model import Modality
from kg.notebook import Entities, Facts, Result, Row, python_value
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx
    import rdflib

    from kg.config import Config
    from kg.diff import Difference
    from kg.explain import Explanation
    from kg.model import Graph
    from kg.ontology.schema import Ontology
    from kg.outputs import Outputs
    from kg.query import Source
    from kg.stats import Figures

__all__ = ["Entities", "Facts", "KnowledgeGraph", "Result", "Row", "build", "open_graph", "python_value"]

_ANY_CASE: Final[Mapping[str, Modality]] = {each.value.casefold(): each for each in Modality}


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

    if sources is not None and not isinstance(sources, str | Path) and not sources:
        raise UsageError("sources is an empty list; name folders or articles, or leave it out for those of kg.toml")
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

    def entities(self, class_: str | None = None) -> Entities:
        """All entities by key, or those of a class and its subclasses ("City").

        >>> import kg
        >>> "Adapay" in [entity.label for entity in kg.open("out").entities("Product")]
        True
        """
        wanted = None if class_ is None else _known("class", class_, self.ontology.classes)
        return Entities(each for each in self.graph.entities if wanted is None or wanted in each.classes)

    def facts(
        self,
        about: str | None = None,
        *,
        property: str | None = None,  # noqa: A002 - what it is called everywhere
        modality: Modality | str | None = None,
    ) -> Facts:
        """All facts, or those about an entity (any of its names), of a property, of a modality ("Planned").

        They are statements of `kg.model`; `rows()` puts them into words.

        >>> import kg
        >>> [(fact.subject, fact.object) for fact in kg.open("out").facts("Huifu", property="launched")]
        [('huifu', 'adapay')]
        """
        from kg.explain import find  # noqa: PLC0415

        key = find(self.graph, about).key if about is not None else None
        named = None if property is None else _known("property", property, self.ontology.properties)
        how = None if modality is None else _ANY_CASE.get(modality.casefold())
        if modality is not None and how is None:
            raise UsageError(f'there is no modality "{modality}"; there are: {", ".join(Modality)}')
        found = (
            each
            for each in self.graph.statements
            if (key is None or key in {each.subject, each.object})
            and (named is None or each.property == named)
            and (how is None or each.modality == how)
        )
        return Facts(found, self.graph, self.ontology)

    def explain(self, entity: str, other: str | None = None) -> Explanation:
        """What is known of an entity, or of two together, with the sentences; as `kg explain`."""
        from kg.explain import explain  # noqa: PLC0415

        return explain(self.graph, self.ontology, entity, other)

    # Queries

    def query(self, sparql: str, *, seconds: float = 60.0, rows: int | None = None) -> Result | Any:  # noqa: ANN401
        """The answer to a query: rows for SELECT, a bool for ASK, an rdflib graph for CONSTRUCT and DESCRIBE.

        Typed for SELECT, which nearly all queries are. The project's prefixes need no declaration. Raises QueryError,
        with line and caret where the query is no SPARQL.

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

    def ask(self, question: str, **given: str | int) -> Result | Any:  # noqa: ANN401 - as query
        """The answer to a saved question of the ontology, with what is given to it (`from_` for a parameter "from").

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

        values = {name.removesuffix("_").replace("_", "-"): str(value) for name, value in given.items()}
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
            answers[name] = [[getattr(term, "value", "") for term in row.terms] for row in self.query(query)]
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


def _known(kind: str, name: str, names: Iterable[str]) -> str:
    """A class or property by its name, in any case; UsageError with what may have been meant."""
    found = {each.casefold(): each for each in names}
    if name.casefold() in found:
        return found[name.casefold()]
    hint = did_you_mean(name, found.values()) or f"; it has: {', '.join(sorted(found.values()))}"
    raise UsageError(f'the ontology has no {kind} "{name}"{hint}')


def _rdflib_graph(nt: str | None, *files: Path) -> rdflib.Graph:
    """Triples in rdflib over Oxigraph."""
    import rdflib  # noqa: PLC0415

    graph = rdflib.Graph(store="Oxigraph")
    if nt is not None:
        graph.parse(data=nt, format="nt")
    for file in files:
        graph.parse(file, format="ox-ttl")
    return graph
