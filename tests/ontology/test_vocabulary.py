"""Names as IRIs: valid for any text, distinct for distinct content, the same everywhere."""

import re
import subprocess
import sys

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import vocabulary as v

ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""All code points, lone surrogates included: file names can hold them."""

# Characters that RFC 3986 allows unescaped within a path segment, or as an escape, and the slash between segments.
VALID_IRI = re.compile(r"https://example\.org/kg/[a-z]+/(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*\Z")


@given(ANY_TEXT)
def test_entity_and_article_iris_are_valid_for_any_text(text: str) -> None:
    """Whatever a name or file holds, its IRI is one that every RDF tool accepts."""
    for iri in (v.entity_iri(v.BASE, text), v.article_iri(v.BASE, text)):
        assert VALID_IRI.match(iri)
        assert pyoxigraph.NamedNode(iri).value == iri


@given(ANY_TEXT, ANY_TEXT)
def test_distinct_names_get_distinct_iris(one: str, other: str) -> None:
    """No two keys, and no two article ids, share an IRI."""
    assert (v.entity_iri(v.BASE, one) == v.entity_iri(v.BASE, other)) == (one == other)
    assert (v.article_iri(v.BASE, one) == v.article_iri(v.BASE, other)) == (one == other)


@given(st.lists(ANY_TEXT, max_size=4), st.lists(ANY_TEXT, max_size=4))
def test_hashed_iris_tell_content_apart(one: list[str], other: list[str]) -> None:
    """Moving a character from one part of the content to the next changes the name."""
    assert (v.hashed_iri(v.BASE, "fact", *one) == v.hashed_iri(v.BASE, "fact", *other)) == (one == other)


def test_readable_iris() -> None:
    """Entities and articles stay readable; folders stay folders; a record's mark is escaped, so it is no fragment."""
    assert v.entity_iri(v.BASE, "hong-kong") == "https://example.org/kg/id/hong-kong"
    assert v.article_iri("https://news.example/", "2020/may day#3") == "https://news.example/article/2020/may%20day%233"


def test_hashed_iri_is_stable() -> None:
    """The name of a node is a promise to those who link to it: this value may never change."""
    name = v.hashed_iri(v.BASE, "fact", "quay-pay", "launched", "coral")
    assert name == "https://example.org/kg/fact/15270ba2cb5fd6d9"


def test_kinds_of_nodes_never_share_a_hash_input() -> None:
    """The same content as a fact and as evidence gives unrelated digits."""
    fact, evidence = v.hashed_iri(v.BASE, "fact", "a"), v.hashed_iri(v.BASE, "evidence", "a")
    assert v.local_name(fact) != v.local_name(evidence)


def test_prefixes_follow_the_base_but_the_vocabulary_does_not() -> None:
    """A project with a domain of its own moves its nodes, never the terms."""
    moved = v.prefixes("https://news.example/graph/")
    assert moved["id"] == "https://news.example/graph/id/"
    assert moved["kg"] == v.KG == v.PREFIXES["kg"]
    assert list(moved) == list(v.PREFIXES)


@pytest.mark.parametrize(
    ("iri", "local"), [(v.KG + "City", "City"), ("https://a.example/b/c", "c"), ("urn:x", "urn:x")]
)
def test_local_name_and_namespace_make_up_the_iri(iri: str, local: str) -> None:
    """A term splits at its last # or slash."""
    assert v.local_name(iri) == local
    assert v.namespace(iri) + v.local_name(iri) == iri


def test_importing_the_vocabulary_loads_no_rdf_library() -> None:
    """`kg --help` must not wait for rdflib."""
    code = "import sys, kg.vocabulary; sys.exit(bool({'rdflib', 'pyoxigraph', 'spacy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
