"""How much of what a graph holds: figures by SPARQL, bars in a terminal, a page of pictures."""

from __future__ import annotations

from kg.stats.figures import QUERIES, Figures, Tally, figures
from kg.stats.page import render

__all__ = ["QUERIES", "Figures", "Tally", "figures", "render"]
