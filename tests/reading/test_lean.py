from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def torch(tmp_path: Path) -> Path:
    """A folder with a package that is called torch and says when it is imported."""
    package = tmp_path / "libraries" / "torch"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('torch was imported')\n", encoding="utf-8")
    return package.parent


def python(torch: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with that package at hand."""
    environment = {**os.environ, "PYTHONPATH": f"{torch}{os.pathsep}{ROOT}"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=torch, capture_output=True, text=True, check=False
    )


def test_spacy_loads_torch_where_it_finds_it(torch: Path) -> None:
    """As it is without us: else nothing below would show anything."""
    assert "torch was imported" in python(torch, "-c", "import spacy").stderr


def test_spacy_does_without_torch_and_others_still_have_it(torch: Path) -> None:
    """What is spared is spared for thinc alone; asked for twice, it is the same."""
    code = (
        "from kg.reading.lean import spare_unused_libraries as spare; spare(); spare()\n"
        "import sys, spacy, thinc.compat\n"
        "assert not thinc.compat.has_torch\n"
        "assert 'torch' not in sys.modules\n"
        "try:\n    import torch\nexcept RuntimeError as error:\n    print(error)\n"
    )
    result = python(torch, "-c", code)
    assert result.stderr == ""
    assert result.stdout == "torch was imported\n"


def test_what_is_loaded_already_stays(tmp_path: Path) -> None:
    """A program that has torch keeps it, in thinc too."""
    (tmp_path / "h5py.py").touch()
    code = (
        "from kg.reading.lean import spare_unused_libraries as spare; import h5py; spare()\n"
        "import sys, thinc.compat; assert thinc.compat.h5py is h5py is sys.modules['h5py']\n"
    )
    assert python(tmp_path, "-c", code).stderr == ""


def test_importing_kg_spares_nothing(torch: Path) -> None:
    """Who uses kg as a library may want a pipeline of spaCy that needs torch."""
    assert "torch was imported" in python(torch, "-c", "import kg; kg.load_reader()").stderr


def test_the_process_that_workers_are_forked_from_loads_no_torch(torch: Path) -> None:
    """It loads spaCy for all of them."""
    code = "import sys, kg.build.preloaded; assert 'spacy' in sys.modules; assert 'torch' not in sys.modules"
    assert python(torch, "-c", code).stderr == ""


@pytest.mark.model
def test_a_build_loads_no_torch(torch: Path, tmp_path: Path) -> None:
    """The articles of a small project are read."""
    ontology, sources = tmp_path / "ontology", tmp_path / "sources"
    shutil.copytree(ROOT / "ontology", ontology, ignore=shutil.ignore_patterns("examples"))
    sources.mkdir()
    (sources / "one.txt").write_text("Acme Labs acquired Bolt Works in 2019.\n", encoding="utf-8")
    line = ["build", str(sources), "--ontology", str(ontology), "--out", str(tmp_path / "out"), "--no-page"]
    result = python(torch, "-m", "kg", *line)
    assert result.returncode == 0, result.stderr
    assert "torch was imported" not in result.stderr
