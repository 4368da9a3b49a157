"""Outlines of countries for the map view: Natural Earth 1:50m, thinned to what a page needs.

`docs/images/make_outlines.py` made the asset and says how it is written.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

ASSET: Final = "outlines.txt"


def outlines() -> str:
    """The outlines as the page's script reads them: a line of land, a line of borders between countries."""
    return resources.files("kg.page").joinpath("assets", ASSET).read_text(encoding="ascii")
