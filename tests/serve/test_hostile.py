"""Queries that mean harm, or are only unlucky: the server lives, and answers the next."""

from __future__ import annotations

import concurrent.futures
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.outputs import replace_outputs
from tests.serve.conftest import SECONDS, harbour_outputs, serving
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.serve.conftest import Service

PRODUCT = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6))
DOUBLING = "BIND ('xxxxxxxxxxxxxxxx' AS ?s0) " + " ".join(
    f"BIND (CONCAT(?s{i}, ?s{i}) AS ?s{i + 1})" for i in range(40)
)
SLOW = [
    f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER (CONCAT(STR(?a0), STR(?a1), STR(?a5)) = 'x') }}",
    f"SELECT * {{ {PRODUCT} }} ORDER BY ?a0 ?b1 ?c2",
    f"SELECT DISTINCT ?a0 ?b1 ?c2 ?a3 ?c4 {{ {PRODUCT} }}",
    f"SELECT (GROUP_CONCAT(STR(?a0)) AS ?s) {{ {PRODUCT} }}",
    f"ASK {{ {PRODUCT} FILTER (STRLEN(CONCAT(STR(?a0), STR(?c5))) > 1000000) }}",
    f"SELECT (STRLEN(?s40) AS ?n) {{ {DOUBLING} }}",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:none>)* ?b . ?b (!<x:none>)* ?c . ?c (!<x:none>)* ?d . ?d (!<x:none>)* ?e }",
]
LARGE = [
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "CONSTRUCT { ?a ?b ?c . ?d ?e ?c } WHERE { ?a ?b ?c . ?d ?e ?f }",
]
FINE = {"query": "ASK { id:nordpay kg:acquired id:dockside }"}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Service]:
    """A server that a test may wear out."""
    yield from serving(harbour_outputs(tmp_path / "out"))


def resident(service: Service) -> int:
    """Bytes of memory that the server's workers hold."""
    workers = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    total = 0
    for entry in workers:
        try:
            if b"spawn_main" in (entry / "cmdline").read_bytes() and _parent(entry) == _self():
                total += int((entry / "statm").read_text().split()[1]) * 4096
        except OSError:
            continue
    return total


def _parent(entry: Path) -> int:
    return int((entry / "stat").read_text().rpartition(")")[2].split()[1])


def _self() -> int:
    import os

    return os.getpid()


@pytest.mark.slow
@pytest.mark.parametrize("query", SLOW, ids=["count", "order", "distinct", "concat", "ask", "doubling", "paths"])
def test_a_query_without_end_is_ended(own: Service, query: str) -> None:
    """With a status and a reason, soon after its time; the next request is answered."""
    start = time.monotonic()
    response = own.get("/sparql", params={"query": query})
    assert time.monotonic() - start < SECONDS * 3 + 10
    assert response.status_code == 503, response.text[:200]
    assert response.headers["Retry-After"] == "10"
    assert "no answer within 2 s" in response.text or "memory" in response.text or "larger than" in response.text
    assert own.get("/sparql", params=FINE).json()["boolean"] is True


@pytest.mark.parametrize("query", LARGE, ids=["select", "construct"])
def test_an_answer_too_large_is_not_sent(own: Service, query: str) -> None:
    """It is stopped at the limit, not after."""
    response = own.get("/sparql", params={"query": query})
    assert response.status_code == 503
    assert "larger than 1 MB" in response.text or "memory" in response.text or "no answer" in response.text
    assert own.get("/sparql", params=FINE).json()["boolean"] is True


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is read from /proc")
def test_memory_returns_after_an_attack(own: Service) -> None:
    """Twelve hostile queries at once among harmless ones: those are answered, and nothing stays behind."""
    own.get("/sparql", params=FINE)
    before = resident(own)
    with concurrent.futures.ThreadPoolExecutor(24) as threads:
        hostile = [threads.submit(own.get, "/sparql", params={"query": SLOW[i % len(SLOW)]}) for i in range(4)]
        harmless = [threads.submit(own.get, "/sparql", params=FINE) for _ in range(12)]
        assert {each.result().status_code for each in harmless} == {200}
        assert {each.result().status_code for each in hostile} == {503}
    own.get("/sparql", params=FINE)
    assert before > 0
    assert resident(own) < before * 2 + 200_000_000


def test_a_new_build_is_served(own: Service) -> None:
    """Without a restart; while its files do not belong together, the last build is."""
    count = {"query": "SELECT ?x { ?x rdfs:label 'QuayCard' }"}
    assert own.get("/sparql", params=count).json()["results"]["bindings"] == []
    files = harbour_files()
    changed = {**files, "graph.ttl": files["graph.ttl"].replace(b"QuayPass", b"QuayCard")}
    (own.out / "graph.ttl").write_bytes(changed["graph.ttl"])  # and the report is still of the last build
    assert own.get("/sparql", params=count).json()["results"]["bindings"] == []
    replace_outputs(own.out, changed, {})
    time.sleep(2.1)
    assert len(own.get("/sparql", params=count).json()["results"]["bindings"]) == 1


def test_outputs_that_vanish_are_an_error_not_an_end(own: Service) -> None:
    """What is open is served on; nothing crashes."""
    shutil.rmtree(own.out)
    assert own.get("/sparql", params=FINE).status_code == 200
    assert own.get("/graph").status_code == 404
