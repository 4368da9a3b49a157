"""What is known of an article besides its text: the fields of front matter and of JSONL records, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.articles.dates import iso_date
from kg.articles.decoding import make_storable
from kg.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FIELDS = ("title", "published", "url", "publisher", "author", "language")

# RFC 3987: what may not stand in an IRI.
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x1f\ufffd]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of one article, None where it has none; `language` is the primary subtag of BCP 47 ("en")."""

    title: str | None = None
    published: date | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None


def read_metadata(fields: Mapping[str, object]) -> Metadata:
    """Check the fields that kg knows; others are left alone, null and blank ones count as absent.

    Raises ArticleError, naming the field and what it takes.
    """
    known = {name: _line(name, fields[name]) for name in FIELDS if fields.get(name) is not None}
    return Metadata(
        title=known.get("title") or None,
        published=_date(known.get("published")),
        url=_web_address(known.get("url")),
        publisher=known.get("publisher") or None,
        author=known.get("author") or None,
        language=_language(known.get("language")),
    )


def _line(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ArticleError(f"its {name} is no line of text; write {name} as text")
    return " ".join(make_storable(value).split())


def _date(value: str | None) -> date | None:
    if not value:
        return None
    if (published := iso_date(value)) is None:
        raise ArticleError(f'its published is "{value[:40]}", not a date such as 2019-11-20')
    return published


def _web_address(value: str | None) -> str | None:
    if not value:
        return None
    if not _WEB_ADDRESS.fullmatch(value):
        raise ArticleError(f'its url is "{value[:80]}", not a web address such as https://example.org/news/1')
    return value


def _language(value: str | None) -> str | None:
    if not value:
        return None
    if value.casefold() == "english":
        return "en"
    if not (match := _LANGUAGE.fullmatch(value)):
        raise ArticleError(f'its language is "{value[:40]}", not a language code such as en')
    return match[1].lower()
