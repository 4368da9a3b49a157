from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from kg.errors import UsageError
from kg.model import Graph
from kg.page import render
from kg.page.outlines import outlines
from tests.page.synthetic import small_ontology, synthetic_graph

ONE_RENDERING = """
import hashlib, sys
from kg.page import render
from kg.page.outlines import outlines
from tests.page.synthetic import small_ontology, synthetic_graph
sys.stdout.write(hashlib.sha256(render(synthetic_graph(), small_ontology()).encode()).hexdigest())
"""


def test_the_same_graph_gives_the_same_page_under_any_hash_seed() -> None:
    """Bytes depend on the graph alone, not on the process."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", ONE_RENDERING],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(digests) == 1
    assert len(digests.pop()) == 64


def test_the_page_loads_nothing() -> None:
    """No address stands where a browser would load from it."""
    page = render(synthetic_graph(), small_ontology())
    assert re.findall(r"(?:src|srcset|action|poster)\s*=\s*[\"'][^\"']*", page.split('id="data">')[0][:20000]) == []
    assert re.findall(r"<link[^>]*>", page) == ['<link rel="icon" href="data:,">']
    assert "cdn" not in page.replace(outlines().strip().replace("\n", "\\n"), "").lower()
    assert "sourceMappingURL" not in page


def test_a_focus_keeps_what_is_near() -> None:
    """A page around one entity holds its neighbours and nothing of the rest."""
    graph = synthetic_graph()
    whole = render(graph, small_ontology())
    part = render(graph, small_ontology(), focus="Wesgil Systems", hops=1)
    assert '"wesgil-systems"' in part
    assert '"solosismouth"' in whole
    assert '"solosismouth"' not in part


def test_an_unknown_focus_is_an_error_with_a_cure() -> None:
    """A misspelt name is answered with the near ones."""
    with pytest.raises(UsageError, match="did you mean Wesgil Systems"):
        render(synthetic_graph(), small_ontology(), focus="Wesgill System")


def test_an_empty_graph_gives_a_page() -> None:
    """Nothing to draw is no error."""
    page = render(Graph(articles=(), entities=(), statements=()), small_ontology())
    assert page.startswith("<!doctype html>")


def test_the_page_stays_small() -> None:
    """Two thirds of a megabyte for library, scripts and outlines, and half a kilobyte for an entity with two facts."""
    small, large = (len(render(synthetic_graph(*size), small_ontology())) for size in ((10, 20, 5), (510, 1020, 30)))
    assert small < 690_000
    assert (large - small) / 500 < 600


def test_a_page_holds_one_library_one_document_and_one_script() -> None:
    """The three script elements that the policy knows, and no other."""
    page = render(synthetic_graph(), small_ontology())
    assert page.count("<script") == page.count("</script>") == 3
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_the_page_is_plain_ascii_outside_its_assets() -> None:
    """Names of any script survive any encoding."""
    page = render(synthetic_graph(), small_ontology())
    data = page.split('id="data">')[1].split("</script>")[0]
    assert data.isascii()
