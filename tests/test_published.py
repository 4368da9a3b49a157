"""`out/` in the repository is what this version makes of `sources/`."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out"
REPRODUCIBLE = ("graph.ttl", "evidence.ttl", "graph.html")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of `sources/` as the README has visitors run it, aside."""
    out = tmp_path_factory.mktemp("published") / "out"
    subprocess.run([sys.executable, "-m", "kg", "build", "-q", "--out", str(out)], cwd=ROOT, check=True)
    return out


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", REPRODUCIBLE)
def test_published_output_is_current(name: str, rebuilt: Path) -> None:
    """A change of code, model, ontology or articles comes with its outputs; `python dev.py build` makes them."""
    assert (rebuilt / name).read_bytes() == (OUT / name).read_bytes(), f"out/{name} is not what kg build makes"


def test_published_files_belong_together() -> None:
    """The report lists the files of the folder, with their hashes; nothing else lies there."""
    listed = json.loads((OUT / "report.json").read_text(encoding="utf-8"))["files"]
    found = {path.relative_to(OUT).as_posix() for path in OUT.rglob("*") if path.is_file()}
    assert found == {*listed, "report.json"}
    for name, entry in listed.items():
        assert hashlib.sha256((OUT / name).read_bytes()).hexdigest() == entry["sha256"], name
