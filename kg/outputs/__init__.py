"""Outputs on disk: written whole or not at all, and read back."""

from kg.outputs.folder import (
    EVIDENCE,
    GRAPH,
    PAGE,
    REPORT,
    Outputs,
    open_outputs,
    read_report,
    replace_outputs,
    text_name,
)
from kg.outputs.lock import locked
from kg.outputs.reading import read_graph, with_texts

__all__ = [
    "EVIDENCE",
    "GRAPH",
    "PAGE",
    "REPORT",
    "Outputs",
    "locked",
    "open_outputs",
    "read_graph",
    "read_report",
    "replace_outputs",
    "text_name",
    "with_texts",
]
