"""The HTML around the data: assets put together, everything escaped, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any, Final

from kg.page import drawing

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPTS: Final = (
    "data.js",
    "dom.js",
    "address.js",
    "filters.js",
    "search.js",
    "layout.js",
    "communities.js",
    "paint.js",
    "canvas.js",
    "labels.js",
    "pointing.js",
    "map.js",
    "timeline.js",
    "panel.js",
    "facets.js",
    "reading.js",
    "export.js",
    "keys.js",
    "main.js",
)
"""The page's own scripts in the order they build on each other; they share one scope."""

SCRIPT_ELEMENTS: Final = 3
"""vis-network, the data and the page's own script: one more would be an injection."""

_ESCAPES: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def document(data: Mapping[str, Any]) -> str:
    """The whole page. Equal data give equal bytes; nothing in the data can leave its place."""
    library = drawing.library()
    script = own_script()
    style = _asset("page.css")
    page = Template(_asset("page.html")).substitute(
        policy=_policy(scripts=(library, script), styles=(style,)),
        style=style,
        library=library,
        data=embedded(data),
        script=script,
    )
    # Counted over the whole page: a hash would bless whatever stood in a script element.
    assert page.lower().count("<script") == SCRIPT_ELEMENTS, (
        "a script element too many: something broke out of its place"
    )
    assert page.lower().count("<style") == 1, "a style element too many: something broke out of its place"
    return page


def embedded(data: Mapping[str, Any]) -> str:
    """JSON that may stand inside a script element: ASCII, and no character that means something to HTML."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.translate(_ESCAPES)


def own_script() -> str:
    """The page's own scripts as one strict function."""
    parts = "\n".join(_asset(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


def _policy(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """A Content-Security-Policy: only these scripts and styles, pictures made by the page, no connection at all."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + " ".join(map(_hash, styles)),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _asset(name: str) -> str:
    return resources.files("kg.page").joinpath("assets", name).read_text(encoding="utf-8")
