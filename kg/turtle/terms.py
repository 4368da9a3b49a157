"""Terms that every store reads alike: canonical numbers, checked dates, safe addresses; as N-Triples has them.

rdflib takes a bad IRI and fails at serialisation, logs a traceback for a bad date, and rewrites numbers otherwise than
Oxigraph does. So nothing becomes a term here before it has been checked, and numbers are written in canonical form.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg import vocabulary as v

if TYPE_CHECKING:
    from decimal import Decimal

CONFIDENCE_DIGITS: Final = 2
"""Decimal places of a confidence: extractors are not calibrated any finer."""

MOST_CERTAIN: Final = 0.99
"""No extractor is certain; it also keeps "1", which stores write in three ways, out of the files."""

COORDINATE_DIGITS: Final = 5
"""Decimal places of a degree: about a metre on the ground."""

_DATATYPES = {4: v.XSD_YEAR, 7: v.XSD_YEAR_MONTH, 10: v.XSD_DATE}
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_ODD = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff\ufffe\uffff]')
_NAMED_ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_ESCAPES: dict[int, str] = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **_NAMED_ESCAPES,
}
"""As canonical N-Triples has them; a lone surrogate, which no encoding of RDF can hold, becomes U+FFFD."""
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IRI_SAFE = "%:/?#@!$&'()*+,;=~-._"  # RFC 3986: reserved, unreserved and escapes, which stay as they are


def iri(address: str) -> str:
    """A node; the caller knows that this is an IRI."""
    return f"<{address}>"


def string(text: str) -> str:
    """A plain string; code points that RDF cannot hold are replaced, one by one, so that offsets stay."""
    return f'"{text.translate(_ESCAPES) if _ODD.search(text) else text}"'


def _typed(lexical: str, datatype: str) -> str:
    return f'"{lexical}"^^<{datatype}>'


def integer(value: int) -> str:
    """An xsd:integer."""
    return _typed(str(value), v.XSD_INTEGER)


def lexical(value: Decimal) -> str:
    """A number in its canonical form: without exponent or trailing zeros."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def number(value: Decimal) -> str:
    """An xsd:integer where the value is whole, else an xsd:decimal without trailing zeros."""
    digits = lexical(value)
    return _typed(digits, v.XSD_DECIMAL if "." in digits else v.XSD_INTEGER)


def decimal(value: float, digits: int) -> str:
    """An xsd:decimal, rounded to at most `digits` places, without trailing zeros."""
    rounded = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return _typed("0" if rounded == "-0" else rounded, v.XSD_DECIMAL)


def confidence(value: float) -> str:
    """A probability as an xsd:decimal below one."""
    return decimal(min(max(value, 0.0), MOST_CERTAIN), CONFIDENCE_DIGITS)


def is_date(text: str) -> bool:
    """Whether this is a day, month or year of the calendar, as YYYY-MM-DD, YYYY-MM or YYYY."""
    if not _DATE.match(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def partial_date(text: str) -> str:
    """An xsd:date, xsd:gYearMonth or xsd:gYear, as exact as the text; which has passed `is_date`."""
    return _typed(text, _DATATYPES[len(text)])


def web_address(url: str) -> str | None:
    """The address as a node with all that does not belong percent-encoded; None where it is no http(s) address."""
    if not url.lower().startswith(("http://", "https://")):
        return None
    for safe in (_IRI_SAFE + "[]", _IRI_SAFE):  # brackets belong in a numeric host and nowhere else
        try:
            return str(NamedNode(_LONE_PERCENT.sub("%25", quote(url.strip(), safe=safe, errors="replace"))))
        except ValueError:
            continue
    return None
