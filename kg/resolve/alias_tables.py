"""The user's identities as tables: `aliases.csv` with pairs of names, `gazetteers/*.csv` with lists of known things.

    aliases.csv       name,relation,other            relation: same, different
    gazetteers/*.csv  name,class,aliases,same-as     only name is needed; several aliases or links are parted by "|"

Columns may stand in any order, further ones are left alone. A link is an IRI, or a bare Wikidata id ("Q42").
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

PAIRS_FILE: Final = "aliases.csv"
GAZETTEERS: Final = "gazetteers"
"""Where the ontology folder keeps tables, beside `aliases.ttl`."""
_RELATIONS: Final = ("same", "different")
_IRI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_WIKIDATA_ID: Final = re.compile(r"[QPL][1-9][0-9]*")
_WIKIDATA: Final = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names that are one thing, or are not; `place` is file and line."""

    name: str
    other: str
    same: bool
    place: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing of a gazetteer: `names` with the label first; `place` is file and line."""

    names: tuple[str, ...]
    class_: str | None
    same_as: tuple[str, ...]
    place: str


def read_pairs(path: Path) -> list[Pair]:
    """Read `aliases.csv`, in the order of the file; an absent file is empty.

    Raises `OntologyError`, with file and line, for a missing column or cell and for an unknown relation.
    """
    pairs = []
    for place, row in _rows(path, {"name", "relation", "other"}):
        name, relation, other = row["name"], row["relation"].casefold(), row["other"]
        if not name or not other:
            raise OntologyError(f'{place}: a name is missing; give both "name" and "other"')
        if relation not in _RELATIONS:
            raise OntologyError(f'{place}: relation is "{row["relation"]}"; it must be same or different')
        pairs.append(Pair(name, other, relation == "same", place))
    return pairs


def read_gazetteers(folder: Path, classes: Collection[str] | None = None) -> list[Listed]:
    """Read all tables of a folder, by name; `classes` are those that the ontology knows.

    Raises `OntologyError`, with file and line, for a missing name, an unknown class and a link that is none.
    """
    return [
        _listed(place, row, classes) for path in sorted(folder.glob("*.csv")) for place, row in _rows(path, {"name"})
    ]


def _listed(place: str, row: Mapping[str, str], classes: Collection[str] | None) -> Listed:
    name, class_ = row["name"], row.get("class", "").removeprefix("kg:") or None
    if not name:
        raise OntologyError(f'{place}: the name is missing; fill the column "name" or remove the line')
    if class_ is not None and classes is not None and class_ not in classes:
        hint = did_you_mean(class_, classes)
        raise OntologyError(f'{place}: the ontology has no class "{class_}"{hint}')
    aliases = (alias.strip() for alias in row.get("aliases", "").split("|"))
    links = (link for cell in (row.get("same-as", ""),) for link in re.split(r"[|\s]+", cell) if link)
    return Listed(
        tuple(dict.fromkeys((name, *filter(None, aliases)))),
        class_,
        tuple(sorted({_link(place, link) for link in links})),
        place,
    )


def _link(place: str, link: str) -> str:
    if _WIKIDATA_ID.fullmatch(link):
        return _WIKIDATA + link
    if not _IRI.fullmatch(link):
        raise OntologyError(f'{place}: "{link}" is no link; give an IRI or a Wikidata id such as Q42')
    return link


def _rows(path: Path, needed: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each line that holds something, with its place; cells are stripped, column names in lower case."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror}); make it readable") from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        columns = [column.strip().casefold().replace("_", "-") for column in next(reader, [])]
        missing = sorted(set(needed) - set(columns))
        if missing:
            raise OntologyError(f"{path}:1: there is no column {', '.join(missing)}; the first line names the columns")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(columns) - len(cells))]
                yield f"{path}:{reader.line_num}", {c: cell.strip() for c, cell in zip(columns, padded, strict=False)}
    except csv.Error as error:
        raise OntologyError(f"{path}:{reader.line_num}: {error}; correct the line") from error
