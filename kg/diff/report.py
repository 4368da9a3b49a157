"""A difference in words: as text, JSON and one HTML page."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import jinja2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.diff.compare import Change, Difference
    from kg.model import Entity


def counts(difference: Difference) -> dict[str, int]:
    """How many of each kind."""
    return {name: len(getattr(difference, name)) for name in difference.__slots__}


def as_text(difference: Difference) -> Iterator[str]:
    """Lines as of a diff: `+` came, `-` went, `~` changed, `>` merged, `<` split."""
    for entity in difference.entities_gone:
        yield f"- {entity.label} ({entity.class_})"
    for entity in difference.entities_added:
        yield f"+ {entity.label} ({entity.class_})"
    for source, target in difference.merged:
        yield f"> {source.label} ({source.key}) is now {target.label} ({target.key})"
    for source, target in difference.split:
        yield f"< {target.label} ({target.key}) was {source.label} ({source.key})"
    for changed in difference.entities_changed:
        yield f"~ {changed.entity.label}: {_changes(changed.changes)}"
    for fact in difference.facts_gone:
        yield f"- {fact.subject} {fact.property} {fact.object}  [{_how(fact.modality, fact.confidence)}]"
    for fact in difference.facts_added:
        yield f"+ {fact.subject} {fact.property} {fact.object}  [{_how(fact.modality, fact.confidence)}]"
    for change in difference.facts_changed:
        yield f"~ {change.subject} {change.property} {change.object}: {_changes(change.changes)}"


def summary(difference: Difference) -> str:
    """One line."""
    number = counts(difference)
    entities = f"{number['entities_added']} added, {number['entities_gone']} gone, {number['entities_changed']} changed"
    joined = f"{number['merged']} merged, {number['split']} split"
    facts = f"{number['facts_added']} added, {number['facts_gone']} gone, {number['facts_changed']} changed"
    return f"entities: {entities}, {joined}; facts: {facts}"


def as_json(difference: Difference) -> str:
    """Everything, for programs."""
    document: dict[str, Any] = {
        "counts": counts(difference),
        "entities": {
            "added": [_entity(each) for each in difference.entities_added],
            "gone": [_entity(each) for each in difference.entities_gone],
            "changed": [
                {**_entity(each.entity), "changes": [dataclasses.asdict(change) for change in each.changes]}
                for each in difference.entities_changed
            ],
            "merged": [{"from": _entity(a), "to": _entity(b)} for a, b in difference.merged],
            "split": [{"from": _entity(a), "to": _entity(b)} for a, b in difference.split],
        },
        "facts": {
            "added": [dataclasses.asdict(each) for each in difference.facts_added],
            "gone": [dataclasses.asdict(each) for each in difference.facts_gone],
            "changed": [dataclasses.asdict(each) for each in difference.facts_changed],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_html(difference: Difference, *, old: str, new: str) -> str:
    """One page without scripts; `old` and `new` name the two graphs."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.diff"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("diff.html").render(d=difference, old=old, new=new, summary=summary(difference))


def _entity(entity: Entity) -> dict[str, Any]:
    return {"key": entity.key, "label": entity.label, "class": entity.class_}


def _how(modality: str, confidence: float) -> str:
    return f"{confidence:.2f}" if modality == "asserted" else f"{modality}, {confidence:.2f}"


def _changes(changes: tuple[Change, ...]) -> str:
    return "; ".join(
        f"{change.aspect} {change.before or 'nothing'} -> {change.after or 'nothing'}" for change in changes
    )
