"""HTML to text: the main text of a page, its title, date, address and publisher, as trafilatura finds them."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg.articles.decoding import Decoded, decode, make_storable, unify_line_ends
from kg.articles.metadata import Metadata, read_metadata
from kg.errors import ArticleError

# Bytes in which HTML has to declare its encoding (the standard says 1024; pages put long comments first).
_PROLOGUE = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
# Text stays decodable in these alone; a page may claim anything, "base64" included.
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Dates are read against a fixed horizon, not against today: the same page gives the same date in every year.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1970-01-01", "max_date": "2100-01-01"}


@dataclass(frozen=True, slots=True)
class WebPage:
    """The article of a page: paragraphs with a blank line between them, the title as the first."""

    text: str
    metadata: Metadata
    note: str | None = None


def read_page(data: bytes) -> WebPage:
    """Take the article out of a page. Raises ArticleError where there is none."""
    # Imported late: it takes half a second, and most folders hold no HTML.
    from trafilatura import bare_extraction  # noqa: PLC0415

    page = _decode(data)
    found = bare_extraction(
        page.text, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=_DATES
    )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise ArticleError("has no article in it that kg can find; save its text as .txt")
    metadata = _metadata(found.title, found.date, found.url, found.sitename, found.author)
    return WebPage(_text(metadata.title, found.text or ""), metadata, page.note)


def _decode(data: bytes) -> Decoded:
    declared = _CHARSET.search(data, 0, _PROLOGUE)
    if data.startswith(_MARKS) or not declared:
        return decode(data)
    try:
        codec = codecs.lookup(declared[1].decode("ascii"))
        text, _ = codec.decode(data)
    except (LookupError, ValueError):  # unknown, or wrong: read as any other text
        return decode(data)
    return Decoded(unify_line_ends(text)) if "\0" not in text else decode(data)


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


def _text(title: str | None, body: str) -> str:
    paragraphs = [" ".join(line.split()) for line in make_storable(body).splitlines()]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if title and paragraphs[0] != title:
        paragraphs.insert(0, title)
    return "\n\n".join(paragraphs) + "\n"
