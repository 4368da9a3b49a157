"""Turtle written as a stream is what the serializer makes of the same triples, in the same order."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING

import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg import turtle, vocabulary
from kg.model import Article, Entity, Evidence, Graph, Modality, QuantityValue, Span, Statement
from kg.turtle import evidence_turtle, graph_turtle, serializer, write_evidence, write_graph
from tests import harbour

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from kg.model import Value

ONTOLOGY = harbour.ontology()
KEYS = st.text("ab-é%.", min_size=1, max_size=3)
ROLES = st.none() | st.sampled_from(["chair", "chief"])


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A few entities whose keys are prefixes of each other, and statements of all kinds between them."""
    keys = draw(st.lists(KEYS, min_size=1, max_size=4, unique=True))
    articles = tuple(Article(f"a{i}", f"a{i}.txt", "", "x" * 40, "") for i in range(2))
    evidence = st.builds(
        Evidence,
        article=st.sampled_from(["a0", "a1"]),
        span=st.builds(lambda start: Span(start, start + 3), st.integers(0, 9)),
        modality=st.sampled_from(Modality),
        confidence=st.sampled_from([0.5, 0.9]),
        extractor=st.just("frames"),
        role=ROLES,
    )
    values: st.SearchStrategy[str | Value] = st.sampled_from(keys) | st.builds(
        QuantityValue, st.decimals(0, 9, places=1), st.sampled_from(["ships", "s"]), st.none()
    )
    drawn = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(keys), st.sampled_from(["partnersWith", "holdsPosition", "hasCount"]), values),
            st.tuples(st.sampled_from(Modality), st.lists(evidence, min_size=1, max_size=3)),
            max_size=6,
        )
    )
    statements = tuple(Statement(*said, how, 0.5, tuple(found)) for said, (how, found) in drawn.items())
    return Graph(articles, tuple(Entity(key, key, ("Company",), articles=("a0",)) for key in keys), statements)


def as_serialized(data: bytes) -> bytes:
    """The same triples through rdflib's store and the serializer that takes any graph."""
    graph = rdflib.Graph(bind_namespaces="none").parse(data=data, format="turtle")
    for prefix, namespace in vocabulary.prefixes().items():
        graph.bind(prefix, namespace, replace=True)
    return graph.serialize(format=serializer.FORMAT, encoding="utf-8")


@given(graphs())
def test_stream_is_what_the_serializer_writes(graph: Graph) -> None:
    """Order of blocks, predicates and objects, prefixes, everything."""
    for data in (graph_turtle(graph, ONTOLOGY), evidence_turtle(graph, ONTOLOGY, version="1")):
        assert data == as_serialized(data)


def test_texts_can_come_from_elsewhere() -> None:
    """The articles of a large graph are without their texts."""
    graph = harbour.graph()
    slim = replace(graph, articles=tuple(replace(article, text="") for article in graph.articles))
    stream = io.BytesIO()
    texts = {article.id: article.text for article in graph.articles}
    write_evidence(stream, slim, ONTOLOGY, texts=texts, version="1")
    assert stream.getvalue() == evidence_turtle(graph, ONTOLOGY, version="1")


def test_long_file_is_spilled_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory holds no whole file, and the folder for temporary files, which may be small, none of it."""
    expected = graph_turtle(harbour.graph(), ONTOLOGY)
    monkeypatch.setattr(turtle, "_IN_MEMORY", 1_000)
    monkeypatch.setattr(turtle, "_CHUNK", 2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with (tmp_path / "graph.ttl").open("wb") as stream:
        write_graph(stream, harbour.graph(), ONTOLOGY)
    assert (tmp_path / "graph.ttl").read_bytes() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
