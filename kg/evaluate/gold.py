"""Gold articles: a folder of NAME.txt with NAME.json beside it, which says what a careful reader takes from the text.

Keys of NAME.json: `entities` (`id`, `name`, `class`, `classAlt`, `mentions`, `unnamed`), `facts` (`s`, `p`, and `o` or
`value`; `role`, `kind`, `modality`, `optional`, and equally right forms in `also`, `also_s`, `also_values`,
`also_triples`), `acceptable` (weaker facts, which neither earn nor cost), `nonfacts` and `negatives` (what the text
denies, supposes or rumours), `interchangeable` (pairs of entities that may stand for one another).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of one article; `names` are its name and its mentions, verbatim."""

    id: str
    name: str
    names: frozenset[str]
    classes: frozenset[str]
    unnamed: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One way to state a gold fact: `objects` are ids of entities, or `values` as gold writes them."""

    subjects: frozenset[str]
    properties: frozenset[str]
    object: str | None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact with all its equally right forms, the first as the annotator wrote it.

    A `free` fact neither earns nor costs: optional ones, former ones, and those about what the text gives no name.
    """

    forms: tuple[Form, ...]
    property: str
    free: bool
    modality: str | None
    role: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """What an article states (`facts`), may be said to state (`acceptable`), and does not state (`wrong`)."""

    stem: str
    text: str
    entities: Mapping[str, GoldEntity]
    facts: tuple[GoldFact, ...]
    acceptable: tuple[GoldFact, ...]
    wrong: tuple[GoldFact, ...]
    same: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_gold(folder: Path, *, only: Iterable[str] = (), skip: Iterable[str] = ()) -> tuple[GoldArticle, ...]:
    """The gold articles of a folder, by name; `only` and `skip` hold names without endings.

    Raises UsageError for a folder without gold, and for a gold file that cannot be understood.
    """
    only, skip = set(only), set(skip)
    found = []
    for path in sorted(folder.glob("*.json")):
        if (only and path.stem not in only) or path.stem in skip:
            continue
        document = _json(path)
        if isinstance(document, dict) and "facts" in document:
            try:
                found.append(_article(path, document))
            except (KeyError, TypeError, AttributeError) as error:
                raise UsageError(f"{path}: is not gold as `kg eval` reads it ({error!r})") from error
    if not found:
        raise UsageError(f"{folder}: holds no gold; `kg eval` wants NAME.txt with NAME.json beside it")
    return tuple(found)


def read_pairs(folder: Path) -> tuple[list[Pair], list[Pair]]:
    """Entities of two articles that must be one node, and that must not, as `groups.json` has them; no hard ones."""
    path = folder / "groups.json"
    document = _json(path) if path.is_file() else {}
    together = [*_pairs(document, "must_merge"), *_pairs(document, "other_must_merge")]
    apart = [*_pairs(document, "must_not_merge"), *_pairs(document, "other_must_not_merge")]
    return together, apart


Pair = tuple[tuple[str, str], tuple[str, str]]
"""Two entities, each as the name of an article and an id in it."""


def _json(path: Path) -> Any:  # noqa: ANN401 - what JSON gives
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def _pairs(document: Any, key: str) -> Iterable[Pair]:  # noqa: ANN401 - JSON, of any depth
    children = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for name, child in children:
        if name != key or not isinstance(child, list):
            yield from _pairs(child, key)
            continue
        for entry in child:
            if isinstance(entry, dict) and entry.get("hard"):
                continue
            ends = entry["pair"] if isinstance(entry, dict) else entry
            (left, right) = (ends[0].rsplit(".", 1)[0], ends[1]), (ends[2].rsplit(".", 1)[0], ends[3])
            yield left, right


def _article(path: Path, document: Mapping[str, Any]) -> GoldArticle:
    text = path.with_suffix(".txt")
    entities = {each["id"]: _entity(each) for each in document["entities"]}
    same: dict[str, set[str]] = {}
    for left, right in document.get("interchangeable", ()):
        same.setdefault(left, set()).add(right)
        same.setdefault(right, set()).add(left)
    return GoldArticle(
        stem=path.stem,
        text=text.read_text(encoding="utf-8") if text.is_file() else "",
        entities=entities,
        facts=tuple(_fact(each, entities) for each in document["facts"]),
        acceptable=tuple(_fact(each, entities) for each in document.get("acceptable", ())),
        wrong=tuple(_fact(each, entities) for key in ("negatives", "nonfacts") for each in document.get(key, ())),
        same={left: frozenset(rights) for left, rights in same.items()},
    )


def _entity(entry: Mapping[str, Any]) -> GoldEntity:
    mentions = entry.get("mentions") or ()
    others = (*entry.get("also_class", ()), *entry.get("alsoClass", ()), *entry.get("classAlt", ()))
    return GoldEntity(
        id=entry["id"],
        name=entry["name"],
        names=frozenset({entry["name"], *mentions}),
        classes=frozenset({entry["class"], *others}),
        unnamed=bool(entry.get("unnamed")) or not mentions,
    )


def _fact(entry: Mapping[str, Any], entities: Mapping[str, GoldEntity]) -> GoldFact:
    also = entry.get("also", ())
    values = [entry.get("value"), *entry.get("also_values", ())]
    first = Form(
        subjects=frozenset({entry["s"], *entry.get("also_s", ())}),
        properties=frozenset({entry["p"], *also}),
        object=entry.get("o"),
        values=tuple(str(value) for value in values if value is not None),
    )
    others = [
        Form(frozenset({t["s"]}), frozenset({t["p"]}), t.get("o"), (str(t["value"]),) if "value" in t else ())
        for t in entry.get("also_triples", ())
    ]
    swapped = [
        Form(frozenset({entry["o"]}), frozenset({name.removeprefix("inv:")}), entry["s"])
        for name in also
        if name.startswith("inv:") and "o" in entry
    ]
    ends = [entities[end] for key in ("s", "o") if (end := entry.get(key)) in entities and isinstance(end, str)]
    modality = entry.get("modality")
    return GoldFact(
        forms=(first, *others, *swapped),
        property=entry["p"],
        free=bool(entry.get("optional")) or modality in {"past", "former"} or any(end.unnamed for end in ends),
        modality=modality,
        role=entry.get("role"),
        kind=entry.get("kind"),
    )
