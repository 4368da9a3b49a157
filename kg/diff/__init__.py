"""What changed between two graphs: entities and facts added, gone, changed, merged, split."""

from __future__ import annotations

from kg.diff.compare import Change, Difference, EntityChange, FactChange, compare
from kg.diff.report import as_html, as_json, as_text

__all__ = ["Change", "Difference", "EntityChange", "FactChange", "as_html", "as_json", "as_text", "compare"]
