"""YAML front matter: `key: value` lines between `---` lines at the very beginning of a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from kg.articles.metadata import FIELDS
from kg.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Characters: real front matter has a few hundred; a closing line further off closes something else.
_LONGEST = 64_000
# Front matter is flat; libyaml takes quadratic time for brackets within brackets.
_DEEPEST = 20
_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:(?=\s|\Z)", re.MULTILINE)
# Only events are read, never objects: aliases stay unexpanded, tags mean nothing, `no` and `2019` stay text.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The known fields of the front matter, if there is any, and the text after it.

    Two `---` lines without a `key:` between them are rules of the text. Raises ArticleError for YAML that is malformed.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), _LONGEST) if opening else None
    if not opening or not closing:
        return {}, text
    block = text[opening.end() : closing.start()]
    if block.strip() and not _KEY.search(block):
        return {}, text
    return _fields(block), text[closing.end() :]


def _fields(block: str) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    try:
        for key, value in _pairs(block):
            if key in fields:
                raise ArticleError(f"its front matter has {key} twice")
            if key in FIELDS:
                fields[key] = _value(key, value)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" line {mark.line + 2}" if mark else ""  # counted from 0, after the `---` line
        raise ArticleError(f"its front matter is no YAML:{line}: {error.problem}; put the value in quotes") from error
    except yaml.YAMLError as error:
        raise ArticleError("its front matter holds characters that YAML forbids") from error
    return fields


def _value(key: str, event: yaml.NodeEvent) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise ArticleError(f"its {key} is no line of text; write {key} as text")
    return "" if not event.style and event.value in _NULLS else str(event.value)


def _pairs(block: str) -> Iterator[tuple[str, yaml.NodeEvent]]:
    """The key and the first event of the value of each pair of the outermost mapping."""
    key: str | None = None
    depth = 0
    for event in yaml.parse(block, Loader=_LOADER):
        if isinstance(event, yaml.NodeEvent):
            if depth == 0 and not isinstance(event, yaml.MappingStartEvent):
                raise ArticleError("its front matter is no list of `key: value` lines")
            if depth == 1 and key is None:
                key = str(event.value) if isinstance(event, yaml.ScalarEvent) else ""
                if isinstance(event, yaml.CollectionStartEvent):
                    raise ArticleError("its front matter has a key that is no word")
            elif depth == 1 and key is not None:
                yield key, event
                key = None
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ArticleError("its front matter is nested too deeply; write `key: value` lines")
