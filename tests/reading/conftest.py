"""The reader, loaded once."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


# Tests of training/ run where its extra is installed. kg itself never needs torch, and CI does not fetch its gigabytes.
collect_ignore = [] if find_spec("torch") and find_spec("onnx") else ["test_sources.py", "test_training.py"]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline with the model of the package."""
    from kg.reading import load_reader

    return load_reader()
