"""A graph as Turtle: `graph.ttl` (entities and facts) and `evidence.ttl` (where each fact comes from).

Both are written as a stream, sorted by what they say. `kg.turtle.serializer` writes any rdflib graph in the same form.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from kg import vocabulary
from kg.model import DateValue, MoneyValue, QuantityValue
from kg.turtle.blocks import Names, render
from kg.turtle.facts import graph_blocks
from kg.turtle.nodes import Nodes
from kg.turtle.provenance import provenance_blocks
from kg.turtle.statements import Statements
from kg.turtle.terms import is_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Graph, Statement
    from kg.ontology.schema import Ontology

__all__ = ["evidence_turtle", "graph_turtle", "problem", "write_evidence", "write_graph"]

_IN_MEMORY: Final = 16_000_000
"""Bytes of a file's blocks that wait in memory for its prefixes, which come first and are known last."""
_CHUNK: Final = 256
"""Blocks, of some hundred bytes each, that are encoded and written together."""


def graph_turtle(graph: Graph, ontology: Ontology, *, base: str = vocabulary.BASE) -> bytes:
    """`graph.ttl`: the same bytes for equal graphs, in any process. Statements must have no `problem`."""
    stream = io.BytesIO()
    write_graph(stream, graph, ontology, base=base)
    return stream.getvalue()


def write_graph(stream: BinaryIO, graph: Graph, ontology: Ontology, *, base: str = vocabulary.BASE) -> None:
    """Write `graph.ttl`, block by block: no more of it is in memory at a time than of one entity."""
    names = _names(base)
    _write(stream, (render(each, names) for each in graph_blocks(graph, ontology, base)), names)


def evidence_turtle(graph: Graph, ontology: Ontology, *, version: str, base: str = vocabulary.BASE) -> bytes:
    """`evidence.ttl`, likewise; `version` is that of kg."""
    stream = io.BytesIO()
    texts = {article.id: article.text for article in graph.articles}
    write_evidence(stream, graph, ontology, texts=texts, version=version, base=base)
    return stream.getvalue()


def write_evidence(
    stream: BinaryIO,
    graph: Graph,
    ontology: Ontology,
    *,
    texts: Mapping[str, str],
    version: str,
    base: str = vocabulary.BASE,
) -> None:
    """Write `evidence.ttl` block by block; `texts` are those of the articles, by id."""
    names, nodes = _names(base), Nodes(ontology, base)
    sources = (render(each, names) for each in provenance_blocks(graph, ontology, nodes, version))
    statements = Statements(texts, nodes, names).of(graph.statements) if graph.statements else ()
    _write(stream, chain(sources, statements), names)


def _names(base: str) -> Names:
    return Names({iri: prefix for prefix, iri in vocabulary.prefixes(base).items()})


def _write(stream: BinaryIO, blocks: Iterator[str], names: Names) -> None:
    # Beside the file itself, where there is room for what is written, and whose lack of it people are told of.
    name = getattr(stream, "name", None)
    beside = str(Path(name).parent) if isinstance(name, str) else None
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=beside) as body:
        while chunk := "".join(islice(blocks, _CHUNK)):
            body.write(chunk.encode())
        stream.write(names.header().encode())
        body.seek(0)
        shutil.copyfileobj(body, stream)


def problem(statement: Statement) -> str | None:
    """Why a statement cannot be written (a day that is in no calendar, an amount that is no number), or None."""
    match statement.object:
        case DateValue(lexical) if not is_date(lexical):
            return f'"{lexical}" is no date'
        case QuantityValue(amount) | MoneyValue(amount) if not amount.is_finite():
            return f'"{amount}" is no amount'
    return None
