"""One file to its articles: .txt and .md hold one as it is, .html one to be extracted, .jsonl one a line."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.articles import language
from kg.articles.decoding import decode, make_storable, unify_line_ends
from kg.articles.front_matter import split_front_matter
from kg.articles.headlines import opening_words, read_frame
from kg.articles.metadata import Metadata, read_metadata
from kg.articles.web_page import read_page
from kg.errors import ArticleError
from kg.model import Article, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEGABYTE = 1_000_000  # bytes
COLLECTION = ".jsonl"
_EMPTY = "is empty"
# A long book has 5 MB; more than this is a dump of something, and the parser would sit on it for an hour.
LARGEST_ARTICLE = 10 * MEGABYTE
# A .jsonl holds many articles; the whole file is in memory while it is read.
LARGEST_COLLECTION = 1_000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class _Draft:
    """What all kinds of files come down to before title, date and language are settled."""

    text: str
    metadata: Metadata
    markdown: bool = False
    extracted: bool = False
    note: str | None = None


def read_articles(data: bytes, article_id: str, path: str, ending: str) -> Iterator[Article | Skipped]:
    """The articles that `data` holds: the bytes of a file with this ending (`COLLECTION`, or a key of `ENDINGS`)."""
    if ending == COLLECTION:
        yield from _read_records(data, article_id, path)
    else:
        try:
            yield _article(ENDINGS[ending](data), hashlib.sha256(data).hexdigest(), article_id, path)
        except ArticleError as error:
            yield Skipped(path, str(error))


def too_large(size: int, limit: int) -> str:
    """Why a file or record of `size` bytes is left out."""
    return f"is too large ({size / MEGABYTE:.1f} MB): kg reads up to {limit // MEGABYTE} MB; split it"


def _draft_text(data: bytes) -> _Draft:
    decoded = decode(data)
    fields, text = split_front_matter(decoded.text)
    return _Draft(text, read_metadata(fields), note=decoded.note)


def _draft_markdown(data: bytes) -> _Draft:
    decoded = decode(data)
    fields, text = split_front_matter(decoded.text)
    return _Draft(text, read_metadata(fields), markdown=True, note=decoded.note)


def _draft_page(data: bytes) -> _Draft:
    if not data.strip():
        raise ArticleError(_EMPTY)
    page = read_page(data)
    return _Draft(page.text, page.metadata, extracted=True, note=page.note)


# Files of one article each, by their ending in lower case.
ENDINGS: dict[str, Callable[[bytes], _Draft]] = {
    ".txt": _draft_text,
    ".md": _draft_markdown,
    ".html": _draft_page,
    ".htm": _draft_page,
}


def _article(draft: _Draft, sha256: str, article_id: str, path: str) -> Article:
    if not draft.text.strip():
        raise ArticleError(_EMPTY)
    if (written_in := draft.metadata.language or language.identify(draft.text)) != "en":
        raise ArticleError(f"written in {language.name_of(written_in)}; kg reads English")
    frame = read_frame(draft.text, title=draft.metadata.title, markdown=draft.markdown)
    return Article(
        id=article_id,
        path=path,
        title=frame.title or opening_words(draft.text),
        text=draft.text,
        sha256=sha256,
        published=draft.metadata.published or frame.published,
        url=draft.metadata.url,
        publisher=draft.metadata.publisher,
        author=draft.metadata.author or frame.author,
        language="en",
        title_span=frame.title_span,
        furniture=tuple(frame.furniture),
        extracted=draft.extracted,
        notes=(draft.note,) if draft.note else (),
    )


def _read_records(data: bytes, collection: str, path: str) -> Iterator[Article | Skipped]:
    """One article a line, named by its `id` or its line; a line that is none is named with its reason."""
    try:
        rows = _rows(data)
    except ArticleError as error:
        yield Skipped(path, str(error))
        return
    lines: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if not row.strip():
            continue
        try:
            record, note = _record(row)
            key = _key(record, number)
            if lines.setdefault(key, number) != number:
                raise ArticleError(f"has the id of line {lines[key]}; give each record an id of its own")
            draft = _draft_record(record, note)
            yield _article(draft, hashlib.sha256(row).hexdigest(), f"{collection}#{key}", f"{path}#{key}")
        except ArticleError as error:
            yield Skipped(f"{path}#{number}", str(error))


def _rows(data: bytes) -> list[bytes]:
    """The lines as UTF-8, whatever Unicode encoding a byte order mark announces."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(data).text.encode()
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")


def _record(row: bytes) -> tuple[dict[str, object], str | None]:
    """The JSON object of a line, and what had to be assumed to decode it."""
    if len(row) > LARGEST_ARTICLE:
        raise ArticleError(too_large(len(row), LARGEST_ARTICLE))
    decoded = decode(row)
    try:
        record = json.loads(decoded.text)
    except json.JSONDecodeError as error:
        raise ArticleError(f"is no JSON: {error.msg} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError("is no JSON that can be read: a number too long or brackets too deep") from error
    if not isinstance(record, dict):
        raise ArticleError('is no JSON object; write {"text": "..."} on a line')
    return record, decoded.note


def _key(record: dict[str, object], number: int) -> str:
    """The record's own id where it is text or a whole number, else its line."""
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    key = " ".join(make_storable(value).split()) if isinstance(value, str) else ""
    return key or str(number)


def _draft_record(record: dict[str, object], note: str | None) -> _Draft:
    text = record.get("text")
    if not isinstance(text, str):
        raise ArticleError('has no "text"')
    text = make_storable(unify_line_ends(text))
    return _Draft(text, read_metadata(record), extracted=True, note=note)
