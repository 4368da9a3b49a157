"""Outputs on disk: written whole or not at all, and read back."""

from kg.outputs.folder import (
    EVIDENCE,
    GRAPH,
    PAGE,
    REPORT,
    NewOutputs,
    Outputs,
    are_whole,
    open_outputs,
    read_report,
    remove_leftovers,
    remove_outputs,
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
    "NewOutputs",
    "Outputs",
    "are_whole",
    "locked",
    "open_outputs",
    "read_graph",
    "read_report",
    "remove_leftovers",
    "remove_outputs",
    "replace_outputs",
    "text_name",
    "with_texts",
]
