"""The markup of the corpus: blocks of annotated text, read and checked; which of them are held out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER: Final = Path(__file__).parent

ORGANIZATIONS: Final = frozenset(("Company", "Alliance", "Association", "GovernmentBody", "University"))
PLACES: Final = frozenset(("City", "Region", "Country"))
PRODUCTS: Final = frozenset(("Product", "Platform"))
CLASSES: Final = (
    ORGANIZATIONS | PLACES | PRODUCTS | {"Person", "Technology", "Sector", "Facility", "Project", "Document", "Event"}
)
ENTITY_PROPERTIES: Final = frozenset(
    "locatedIn partOf memberOf initiatedBy develops launched uses offers integratesWith participatesIn partnersWith "
    "investsIn acquired holdsPosition focusesOn promotes regulates issued".split()
)
DATE_PROPERTIES: Final = frozenset(("foundedOn", "launchedOn"))
COUNT_PROPERTIES: Final = frozenset(("memberCount", "hasCount"))
MONEY_PROPERTIES: Final = frozenset(("amount",))
PROPERTIES: Final = ENTITY_PROPERTIES | DATE_PROPERTIES | COUNT_PROPERTIES | MONEY_PROPERTIES
MODALITIES: Final = ("asserted", "planned", "former")
HELD_OUT_SHARE: Final = 10
"""One text in this many is held out."""

_MARK: Final = re.compile(r"\[\[(e\d+)\|([A-Za-z]+|~)\|([^\[\]|]+)\]\]")
_HEADER: Final = re.compile(r"# (\S+) (\S+) (\S+) (\S+)")
_ANNOTATION: Final = re.compile(r"[FN] ")
_QUOTED: Final = re.compile(r'"([^"]*)"')
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_MONEY: Final = re.compile(r"[A-Z]{3} \d+")
_COREFERENT: Final = "~"


class MarkupError(ValueError):
    """A block that does not follow the markup; the message names what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an entity stands in the text: code points, end exclusive; not a name: a pronoun or a description."""

    entity: str
    start: int
    end: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact, or what the text denies; `properties` are the best one and its equals, `value` an entity or a literal."""

    subject: str
    properties: tuple[str, ...]
    value: str
    modality: str
    note: str
    """The role of a position, or what is counted or paid."""


@dataclass(frozen=True, slots=True)
class Block:
    """One annotated text."""

    ident: str
    style: str
    topic: str
    published: str | None
    text: str
    classes: dict[str, str]
    mentions: tuple[Mention, ...]
    facts: tuple[Statement, ...]
    denied: tuple[Statement, ...]


def read_blocks(source: str) -> Iterator[Block]:
    """Give the blocks of one file, in its order.

    Raises MarkupError, which names the block, for the first one that does not follow the markup.
    """
    for raw in re.split(r"\n\s*\n", source.strip()):
        lines = [line.strip() for line in raw.split("\n") if line.strip()]
        if not lines:
            continue
        try:
            yield _read_block(lines)
        except MarkupError as error:
            raise MarkupError(f"{lines[0][:40]}: {error}") from error


def _read_block(lines: Sequence[str]) -> Block:
    header = _HEADER.fullmatch(lines[0])
    if header is None:
        raise MarkupError("the first line must read `# id style topic date`")
    ident, style, topic, date = header.groups()
    if date != "-" and not _DATE.fullmatch(date):
        raise MarkupError(f"no date: {date}")
    text_lines = [line for line in lines[1:] if not _ANNOTATION.match(line)]
    text, classes, mentions = _read_text("\n".join(text_lines))
    facts = tuple(s for line in lines[1:] if line.startswith("F ") for s in _read_statements(line, classes))
    denied = tuple(s for line in lines[1:] if line.startswith("N ") for s in _read_statements(line, None))
    if not any(line.startswith("F ") for line in lines[1:]):
        raise MarkupError("no line of facts; write `F -` where there are none")
    return Block(ident, style, topic, None if date == "-" else date, text, classes, mentions, facts, denied)


def _read_text(source: str) -> tuple[str, dict[str, str], tuple[Mention, ...]]:
    text, end, classes, mentions = "", 0, dict[str, str](), list[Mention]()
    for mark in _MARK.finditer(source):
        text += source[end : mark.start()]
        entity, label, surface = mark.groups()
        mentions.append(Mention(entity, len(text), len(text) + len(surface), label != _COREFERENT))
        if label != _COREFERENT:
            if label not in CLASSES:
                raise MarkupError(f"unknown class {label}")
            classes.setdefault(entity, label)
        text, end = text + surface, mark.end()
    text += source[end:]
    if "[[" in text or "]]" in text:
        raise MarkupError("a mark does not close")
    unnamed = {mention.entity for mention in mentions} - classes.keys()
    if unnamed:
        raise MarkupError(f"never named: {', '.join(sorted(unnamed))}")
    return text, classes, tuple(mentions)


def _read_statements(line: str, classes: dict[str, str] | None) -> Iterator[Statement]:
    """Give the statements of an `F` or `N` line; only those of facts are checked (`classes` not None)."""
    for part in _split(line[2:]):
        quoted = _QUOTED.findall(part)
        try:
            subject, written, value, *rest = _QUOTED.sub(' " ', part).split()
        except ValueError as error:
            raise MarkupError(f"incomplete: {part}") from error
        properties = tuple(written.split("/"))
        unknown = [name for name in properties if name not in PROPERTIES]
        if unknown:
            raise MarkupError(f"unknown property {unknown[0]}")
        if value == '"' and properties[0] in MONEY_PROPERTIES:
            value = quoted.pop(0)
        modality = next((word for word in rest if word in MODALITIES), "asserted")
        statement = Statement(subject, properties, value, modality, quoted[0] if quoted else "")
        if classes is not None:
            _check(statement, classes)
        yield statement


def _split(annotations: str) -> Iterator[str]:
    for part in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', annotations):
        if part.strip() not in ("", "-"):
            yield part.strip()


def _check(fact: Statement, classes: dict[str, str]) -> None:
    prop = fact.properties[0]
    if fact.subject not in classes:
        raise MarkupError(f"unknown entity {fact.subject}")
    if not _is_value(prop, fact.value, classes):
        raise MarkupError(f"{fact.subject} {prop} {fact.value}: not a value of this property")
    if prop == "holdsPosition" and not fact.note:
        raise MarkupError(f"{fact.subject} {prop} {fact.value}: no role")


def _is_value(prop: str, value: str, classes: dict[str, str]) -> bool:
    if prop in DATE_PROPERTIES:
        return bool(_DATE.fullmatch(value))
    if prop in COUNT_PROPERTIES:
        return value.isdecimal()
    if prop in MONEY_PROPERTIES:
        return bool(_MONEY.fullmatch(value))
    return value in classes


def is_held_out(ident: str) -> bool:
    """Tell whether the text of an identifier belongs to the share that is only for measuring, chosen by its SHA-256."""
    return int(hashlib.sha256(ident.encode()).hexdigest(), 16) % HELD_OUT_SHARE == 0


def corpus_files() -> list[Path]:
    """The files of the corpus, sorted: snippets, and whole articles in `articles-*.kg`."""
    return sorted(FOLDER.glob("*.kg"))
