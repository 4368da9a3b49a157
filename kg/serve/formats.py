"""Content negotiation: what answers can be sent as, and what a client would rather have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HTML: Final = "text/html"

SOLUTIONS: Final[Mapping[str, str]] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""Formats of SELECT and ASK by name, the preferred first."""

GRAPHS: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "n3": "text/n3",
}
"""Formats of CONSTRUCT, DESCRIBE and of descriptions by name, the preferred first."""

_LIKE_SOLUTIONS: Final[Mapping[str, str]] = {
    "application/json": SOLUTIONS["json"],
    "text/json": SOLUTIONS["json"],
    "application/xml": SOLUTIONS["xml"],
    "text/xml": SOLUTIONS["xml"],
}
_LIKE_GRAPHS: Final[Mapping[str, str]] = {
    "application/json": GRAPHS["jsonld"],
    "application/xml": GRAPHS["rdf"],
    "text/xml": GRAPHS["rdf"],
    "application/x-turtle": GRAPHS["ttl"],
    "application/turtle": GRAPHS["ttl"],
    "text/plain": GRAPHS["nt"],
    "text/rdf+n3": GRAPHS["n3"],
}
_NAMES_OF_GRAPHS: Final[Mapping[str, str]] = {"json": "jsonld", "xml": "rdf", "turtle": "ttl", "ntriples": "nt"}
_TEXTS: Final = frozenset({"text/csv", "text/tab-separated-values", "text/turtle", "text/n3", HTML})


@dataclass(frozen=True, slots=True)
class Choice:
    """The formats to answer in: `solutions` and `graphs` are names, None where the client takes none of that kind."""

    solutions: str | None
    graphs: str | None


def choose(accept: str | None, wanted: str | None = None) -> Choice:
    """The formats for an Accept header; `wanted` (a name, as `format=csv` in an address) has precedence."""
    if wanted:
        name = wanted.strip().lower()
        graphs = _NAMES_OF_GRAPHS.get(name, name)
        return Choice(name if name in SOLUTIONS else None, graphs if graphs in GRAPHS else None)
    ranges = _ranges(accept)
    return Choice(_best(ranges, SOLUTIONS, _LIKE_SOLUTIONS), _best(ranges, GRAPHS, _LIKE_GRAPHS))


def prefers_html(accept: str | None) -> bool:
    """Whether a person asks: a browser names HTML, and ranks it above all data."""
    ranges = _ranges(accept)
    if not any(kind == HTML for kind, _ in ranges):
        return False
    return _weight(ranges, HTML) >= max(_weight(ranges, media) for media in (*GRAPHS.values(), *SOLUTIONS.values()))


def media_type(name: str) -> str:
    """The Content-Type of a format."""
    media = SOLUTIONS.get(name) or GRAPHS.get(name) or HTML
    return f"{media}; charset=utf-8" if media in _TEXTS else media


def _ranges(accept: str | None) -> Sequence[tuple[str, float]]:
    """Media ranges with their weights; nothing said is everything."""
    found = []
    for part in (accept or "*/*").split(","):
        kind, *parameters = (piece.strip() for piece in part.lower().split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        if kind:
            found.append((kind, weight))
    return found or [("*/*", 1.0)]


def _best(ranges: Sequence[tuple[str, float]], formats: Mapping[str, str], synonyms: Mapping[str, str]) -> str | None:
    """The format of the greatest weight; of equals the one that the client names first, then that we prefer."""
    known = [(synonyms.get(kind, kind), weight) for kind, weight in ranges]
    places = {kind: place for place, (kind, _) in reversed([*enumerate(known)])}
    scored = [
        (-_weight(known, media), places.get(media, len(known)), order, name)
        for order, (name, media) in enumerate(formats.items())
    ]
    weight, _, _, name = min(scored)
    return name if weight else None


def _weight(ranges: Sequence[tuple[str, float]], media: str) -> float:
    """The weight of a media type: that of the most specific range it lies in."""
    best = (-1, 0.0)
    for kind, weight in ranges:
        if kind == media:
            best = max(best, (2, weight))
        elif kind == f"{media.partition('/')[0]}/*":
            best = max(best, (1, weight))
        elif kind == "*/*":
            best = max(best, (0, weight))
    return best[1]
