"""The graph as tables: nodes and relationships for Neo4j's importer, edges for Parquet."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UsageError
from kg.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model import Entity, Evidence, Graph, Statement

ARRAY_DELIMITER: Final = "\x1f"
"""Between the items of a list in a cell: the unit separator of ASCII, which no text has."""

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"

IMPORT: Final = (
    f"neo4j-admin database import full --array-delimiter=U+001F --nodes={NODES} --relationships={RELATIONSHIPS} neo4j"
)
"""How the pair is read."""


def neo4j(graph: Graph) -> dict[str, bytes]:
    """Two files for `neo4j-admin database import`, by name.

    Entities and articles are nodes under the labels of their classes; facts between entities and `MENTIONS` are
    relationships. Facts with a value are lists in words on their node, one column for each property. Line ends within
    quotes are blanks, so that every record is one line.
    """
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in graph.statements:
        if not isinstance(statement.object, str):
            values[statement.subject][statement.property].append(in_words(statement.object))
    columns = sorted({name for each in values.values() for name in each})
    header = ["id:ID", "name", "aliases:string[]", "latitude:float", "longitude:float", "isoCode", "sameAs:string[]"]
    header += ["published:date", "url", *(f"{name}:string[]" for name in columns), ":LABEL"]
    nodes: list[Sequence[object]] = [header]
    for entity in graph.entities:
        own = values.get(entity.key, {})
        nodes.append([*_place(entity), "", "", *(_list(own.get(name, ())) for name in columns), _list(entity.classes)])
    for article in graph.articles:
        blank = [""] * len(columns)
        dated = article.published.isoformat() if article.published else ""
        nodes.append(
            [f"article/{article.id}", article.title, "", "", "", "", "", dated, article.url or "", *blank, "Article"]
        )
    return {NODES: _csv(nodes), RELATIONSHIPS: _csv(_relationships(graph))}


def _place(entity: Entity) -> list[object]:
    known = entity.background
    return [
        f"id/{entity.key}",
        entity.label,
        _list(entity.aliases),
        "" if known is None or known.latitude is None else known.latitude,
        "" if known is None or known.longitude is None else known.longitude,
        known.iso_code or "" if known else "",
        _list(known.same_as if known else ()),
    ]


def _relationships(graph: Graph) -> Iterator[Sequence[object]]:
    yield [
        *(":START_ID", ":END_ID", "modality", "confidence:float", "roles:string[]", "articles:string[]"),
        *("quotes:string[]", ":TYPE"),
    ]
    texts = {article.id: article.text for article in graph.articles}
    for statement in graph.statements:
        if isinstance(statement.object, str):
            yield [
                f"id/{statement.subject}",
                f"id/{statement.object}",
                str(statement.modality),
                f"{statement.confidence:.2f}",
                _list(_roles(statement)),
                _list(sorted({each.article for each in statement.evidence})),
                _list(_quotes(statement.evidence, texts)),
                statement.property,
            ]
    for entity in graph.entities:
        for article in entity.articles:
            yield [f"article/{article}", f"id/{entity.key}", "", "", "", "", "", "MENTIONS"]


def _roles(statement: Statement) -> list[str]:
    return sorted({each.role for each in statement.evidence if each.role})


def _quotes(evidence: Iterable[Evidence], texts: Mapping[str, str]) -> list[str]:
    quotes = (texts.get(each.article, "")[each.span.start : each.span.end] for each in evidence)
    return list(dict.fromkeys(" ".join(quote.split()) for quote in quotes))


def _list(items: Iterable[str]) -> str:
    return ARRAY_DELIMITER.join(" ".join(item.replace(ARRAY_DELIMITER, " ").split()) for item in items)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def edges(graph: Graph) -> dict[str, list[Any]]:
    """All facts as columns, one row a fact: ends, property, modality, confidence, articles, the first quote."""
    labels = {entity.key: entity for entity in graph.entities}
    texts = {article.id: article.text for article in graph.articles}
    dates = {article.id: article.published for article in graph.articles}
    columns: dict[str, list[Any]] = {name: [] for name in _EDGE_COLUMNS}
    for statement in graph.statements:
        target = statement.object if isinstance(statement.object, str) else None
        known = sorted(day for each in statement.evidence if (day := dates.get(each.article)))
        quotes = _quotes(statement.evidence, texts)
        row = {
            "subject": statement.subject,
            "subject_label": labels[statement.subject].label,
            "subject_class": labels[statement.subject].class_,
            "property": statement.property,
            "object": target,
            "object_label": labels[target].label if target is not None else None,
            "object_class": labels[target].class_ if target is not None else None,
            "value": None if isinstance(statement.object, str) else in_words(statement.object),
            "modality": str(statement.modality),
            "confidence": round(statement.confidence, 2),
            "first_reported": known[0] if known else None,
            "articles": sorted({each.article for each in statement.evidence}),
            "quote": quotes[0] if quotes else None,
        }
        for name, value in row.items():
            columns[name].append(value)
    return columns


_EDGE_COLUMNS: Final = (
    "subject subject_label subject_class property object object_label object_class value modality confidence "
    "first_reported articles quote"
).split()


def parquet(graph: Graph) -> bytes:
    """The facts as Parquet; raises UsageError where pyarrow, which writes it, is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and optional
        import pyarrow.parquet as pq  # noqa: PLC0415 - the same
    except ImportError as error:
        raise UsageError("Parquet is written by pyarrow, which is not installed: pip install pyarrow") from error
    types = {"confidence": pa.float64(), "first_reported": pa.date32(), "articles": pa.list_(pa.string())}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in _EDGE_COLUMNS])
    stream = io.BytesIO()
    pq.write_table(pa.table(edges(graph), schema=schema), stream, compression="zstd")
    return stream.getvalue()
