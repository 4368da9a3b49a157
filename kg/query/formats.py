"""Answers in the formats of SPARQL 1.1: CSV and TSV, JSON, and Turtle for graphs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final, Literal, get_args

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.answers import Table, Triples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query.answers import Answer, Term

Format = Literal["csv", "tsv", "json", "ttl"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def serialise(answer: Answer, format_: Format, prefixes: Mapping[str, str]) -> str:
    """An answer as text; raises QueryError where the format cannot hold it."""
    if format_ == "ttl":
        if not isinstance(answer, Triples):
            raise QueryError("Turtle holds triples, which CONSTRUCT and DESCRIBE give; take csv, tsv or json here")
        return _turtle(answer, prefixes)
    if isinstance(answer, Triples):
        if format_ == "json":
            raise QueryError("JSON results hold solutions, which SELECT and ASK give; take ttl, csv or tsv here")
        answer = Table(("subject", "predicate", "object"), tuple(tuple(triple) for triple in answer.triples))
    if format_ == "json":
        document = {"head": {}, "boolean": answer} if isinstance(answer, bool) else _json(answer)
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n"
    return _csv(answer) if format_ == "csv" else _tsv(answer)


def _csv(table: Table) -> str:
    """Values bare, lines ended by CRLF, as https://www.w3.org/TR/sparql11-results-csv-tsv/ has it."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(table.variables)
    writer.writerows([_value(term) for term in row] for row in table.rows)
    return stream.getvalue()


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _tsv(table: Table) -> str:
    """The same, with terms as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in table.variables)]
    lines += ["\t".join("" if term is None else _turtle_term(term) for term in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def _turtle_term(term: Term) -> str:
    return str(term).replace("\t", "\\t")


def _json(table: Table) -> dict[str, object]:
    """See https://www.w3.org/TR/sparql11-results-json/."""
    bindings = [
        {name: _json_term(term) for name, term in zip(table.variables, row, strict=True) if term is not None}
        for row in table.rows
    ]
    return {"head": {"vars": list(table.variables)}, "results": {"bindings": bindings}}


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):
        return {"type": "literal", "value": str(term)}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        found["datatype"] = term.datatype.value
    return found


def _turtle(answer: Triples, prefixes: Mapping[str, str]) -> str:
    triples = sorted(answer.triples, key=str)
    text = " ".join(map(str, triples))
    used = {name: iri for name, iri in prefixes.items() if iri in text}
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used)
    return (data or b"").decode()
