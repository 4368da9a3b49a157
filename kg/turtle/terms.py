"""Terms that every store reads alike: canonical numbers, checked dates, safe addresses.

rdflib takes a bad IRI and fails at serialisation, logs a traceback for a bad date, and rewrites numbers otherwise than
Oxigraph does. So nothing becomes a term here before it has been checked, and numbers are written in canonical form.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg import vocabulary as v

if TYPE_CHECKING:
    from decimal import Decimal

CONFIDENCE_DIGITS: Final = 2
"""Decimal places of a confidence: extractors are not calibrated any finer."""

MOST_CERTAIN: Final = 0.99
"""No extractor is certain; it also keeps "1", which stores write in three ways, out of the files."""

COORDINATE_DIGITS: Final = 5
"""Decimal places of a degree: about a metre on the ground."""

_DATATYPES = {4: NamedNode(v.XSD_YEAR), 7: NamedNode(v.XSD_YEAR_MONTH), 10: NamedNode(v.XSD_DATE)}
_INTEGER = NamedNode(v.XSD_INTEGER)
_DECIMAL = NamedNode(v.XSD_DECIMAL)
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IRI_SAFE = "%:/?#@!$&'()*+,;=~-._"  # RFC 3986: reserved, unreserved and escapes, which stay as they are


def string(text: str) -> Literal:
    """A plain string; a lone surrogate, which no encoding of RDF can hold, becomes U+FFFD (as many code points)."""
    return Literal(_SURROGATE.sub("\ufffd", text))


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def number(value: Decimal) -> Literal:
    """An xsd:integer where the value is whole, else an xsd:decimal without trailing zeros."""
    lexical = f"{value:f}"
    if "." in lexical:
        lexical = lexical.rstrip("0").rstrip(".")
    return Literal(lexical, datatype=_DECIMAL if "." in lexical else _INTEGER)


def decimal(value: float, digits: int) -> Literal:
    """An xsd:decimal, rounded to at most `digits` places, without trailing zeros."""
    lexical = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return Literal("0" if lexical == "-0" else lexical, datatype=_DECIMAL)


def confidence(value: float) -> Literal:
    """A probability as an xsd:decimal below one."""
    return decimal(min(max(value, 0.0), MOST_CERTAIN), CONFIDENCE_DIGITS)


def is_date(lexical: str) -> bool:
    """Whether this is a day, month or year of the calendar, as YYYY-MM-DD, YYYY-MM or YYYY."""
    if not _DATE.match(lexical):
        return False
    try:
        date.fromisoformat(lexical + "-01-01"[len(lexical) - 4 :])
    except ValueError:
        return False
    return True


def partial_date(lexical: str) -> Literal:
    """An xsd:date, xsd:gYearMonth or xsd:gYear, as exact as the text; `lexical` has passed `is_date`."""
    return Literal(lexical, datatype=_DATATYPES[len(lexical)])


def web_address(url: str) -> NamedNode | None:
    """The address as an IRI with all that does not belong percent-encoded; None where it is no http(s) address."""
    if not url.lower().startswith(("http://", "https://")):
        return None
    for safe in (_IRI_SAFE + "[]", _IRI_SAFE):  # brackets belong in a numeric host and nowhere else
        try:
            return NamedNode(_LONE_PERCENT.sub("%25", quote(url.strip(), safe=safe, errors="replace")))
        except ValueError:
            continue
    return None
