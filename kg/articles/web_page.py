"""HTML to text: the main text of a page, its title, date, address and publisher, as trafilatura finds them."""

from __future__ import annotations

import functools
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.articles.dates import FULL_DATE, date_of, iso_date
from kg.articles.decoding import Decoded, decode, make_storable, unify_line_ends
from kg.articles.metadata import Metadata, read_metadata
from kg.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trafilatura.settings import Document

# Bytes in which HTML has to declare its encoding (the standard says 1024; pages put long comments first).
_PROLOGUE = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
# Dates are read against a fixed horizon, not against today: the same page gives the same date in every year.
# What stands before a date that is a value of the page (an attribute, an element, a label) and not a word of its prose.
_BEFORE_VALUE = "\"'>:|"
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1970-01-01", "max_date": "2100-01-01"}


@dataclass(frozen=True, slots=True)
class WebPage:
    """The article of a page: paragraphs with a blank line between them, the title as the first."""

    text: str
    metadata: Metadata
    note: str | None = None


def read_page(data: bytes) -> WebPage:
    """Take the article out of a page. Raises ArticleError where there is none."""
    page = _decode(data)
    found = _extractor()(
        page.text, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=_DATES
    )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise ArticleError("has no article in it that kg can find; save its text as .txt")
    published = found.date if _stands_alone(found.date, page.text) else None
    metadata = _metadata(found.title, published, found.url, found.sitename, found.author)
    return WebPage(_text(metadata.title, found.text or ""), metadata, page.note)


@functools.cache
def _extractor() -> Callable[..., Document | dict[str, object] | None]:
    # Imported late: it takes half a second, and most folders hold no HTML.
    from trafilatura import bare_extraction  # noqa: PLC0415

    # What is wrong with a page stands in the build's report; the libraries' own log would only repeat it on a terminal.
    for library in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    return bare_extraction


def _decode(data: bytes) -> Decoded:
    declared = _CHARSET.search(data, 0, _PROLOGUE)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name.startswith("utf"):  # a declaration that can be read is never in UTF-16
        return decode(data)
    try:
        return Decoded(unify_line_ends(data.decode(name)))
    except (LookupError, ValueError):  # unknown, or wrong: read as any other text
        return decode(data)


def _metadata(
    title: str | None, published: str | None, url: str | None, publisher: str | None, author: str | None
) -> Metadata:
    """What the page says of itself; unlike front matter it was not written for kg, so what does not fit is dropped."""
    fields = {"title": title, "published": published, "url": url, "publisher": publisher, "author": author}
    fitting = {}
    for name, value in fields.items():
        try:
            read_metadata({name: value})
        except ArticleError:
            continue
        fitting[name] = value
    return read_metadata(fitting)


def _stands_alone(published: str | None, page: str) -> bool:
    """Whether a date is given as the page's own: trafilatura also takes dates, and mere months, from the prose."""
    found = iso_date(published or "")
    if found is None:
        return False
    values = (match for match in FULL_DATE.finditer(page) if date_of(match) == found)
    before = (page[max(0, match.start() - 20) : match.start()].rstrip()[-1:] for match in values)
    return any(mark and mark in _BEFORE_VALUE for mark in before) or found.strftime("/%Y/%m/%d") in page


def _text(title: str | None, body: str) -> str:
    paragraphs = [" ".join(line.split()) for line in make_storable(body).splitlines()]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if title and paragraphs[0] != title:
        paragraphs.insert(0, title)
    return "\n\n".join(paragraphs) + "\n"
