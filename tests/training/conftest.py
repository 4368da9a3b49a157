"""Tests of trainings run where their extra is installed; the corpus and its samples need no torch."""

from __future__ import annotations

from importlib.util import find_spec

_NEED_TORCH = [
    "test_average.py",
    "test_networks.py",
    "test_relation_joining.py",
    "test_relation_losses.py",
    "test_relation_runs.py",
]
collect_ignore = [] if find_spec("torch") and find_spec("onnx") else _NEED_TORCH
