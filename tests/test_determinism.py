"""The same articles give the same bytes, in whatever order, with whatever hash seed and number of workers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLES = sorted((ROOT / "sources").glob("*.md"))[:4]


def digests(folder: Path) -> dict[str, str]:
    """Hash of each output that must be reproducible."""
    names = ("graph.ttl", "evidence.ttl", "graph.html")
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def built(folder: Path, *, seed: int, jobs: int, backwards: bool) -> dict[str, str]:
    """Hashes of a build in a process of its own."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for article in reversed(ARTICLES) if backwards else ARTICLES:
        (sources / article.name).write_bytes(article.read_bytes())
    command = [sys.executable, "-m", "kg", "build", str(sources), "--out", str(folder / "out"), "-q"]
    options = ["--jobs", str(jobs), "--ontology", str(ROOT / "ontology")]
    subprocess.run([*command, *options], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": str(seed)}, check=True)
    return digests(folder / "out")


@pytest.mark.model
@pytest.mark.slow
def test_seed_workers_and_order_do_not_matter(tmp_path: Path) -> None:
    """One process or two, files written in either order, two hash seeds."""
    one = built(tmp_path / "a", seed=1, jobs=1, backwards=False)
    two = built(tmp_path / "b", seed=2, jobs=2, backwards=True)
    assert one == two
