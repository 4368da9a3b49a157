"""A digest of what an ontology says beside its examples: whatever does not ask for an example depends on this alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.ontology.schema import Ontology


def digest_without_examples(ontology: Ontology) -> str:
    """SHA-256 (hexadecimal) of classes, properties without their examples, and concepts; files and order count not."""
    bare = [replace(p, examples=(), counterexamples=()) for p in ontology.properties.values()]
    content = [list(ontology.classes.values()), bare, list(ontology.concepts)]
    return hashlib.sha256(json.dumps(_plain(content), separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a field of the schema may be
    """The value as JSON has it, sets sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in sorted(value.items())]
    return list(map(_plain, value)) if isinstance(value, list | tuple) else value
