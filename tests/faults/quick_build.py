"""`kg build SOURCES OUT` in which reading and extracting are quick: for tests that kill it or start many."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.build import build, workers
from kg.config import Config
from kg.errors import KgError
from tests.build.conftest import ONTOLOGY, QuickPerformer

if __name__ == "__main__":
    vars(workers)["Performer"] = QuickPerformer  # does the same, quicker
    try:
        build(Config(sources=(Path(sys.argv[1]),), ontology=ONTOLOGY, out=Path(sys.argv[2]), jobs=1), with_page=False)
    except KgError as error:
        sys.exit(str(error))
