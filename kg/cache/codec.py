"""An extraction as bytes and back: JSON, so that nothing that is read can run.

Two parts, each compressed: what a build needs of every article, and what only a trace shows (mentions, explanations).
The article's id is not among them, nor anything of the build.
"""

from __future__ import annotations

import json
import zlib
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from kg.model import (
    ArticleEntity,
    ArticleFact,
    CountValue,
    DateValue,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    MoneyValue,
    QuantityValue,
    Rejection,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Value

_LEVEL: Final = 1
"""Of zlib: two thirds of the best compression for a fifth of the time."""
_LENGTH_BYTES: Final = 4

Json = list[Any]


class DamagedError(ValueError):
    """These bytes are no extraction that `encode_extraction` wrote."""


def encode_extraction(extraction: Extraction) -> bytes:
    """The extraction as bytes; equal extractions of one article give equal bytes."""
    core = zlib.compress(_dumps(_core(extraction)), _LEVEL)
    details = zlib.compress(_dumps(_details(extraction)), _LEVEL)
    return len(core).to_bytes(_LENGTH_BYTES, "big") + core + details


def decode_extraction(data: bytes, article: str, *, whole: bool = True) -> Extraction:
    """The extraction of the article of this id; unless `whole`, without mentions and explanations.

    Raises DamagedError for what `encode_extraction` did not write.
    """
    try:
        end = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "big")
        core = json.loads(zlib.decompress(data[_LENGTH_BYTES:end]))
        mentions, steps = json.loads(zlib.decompress(data[end:])) if whole else ([], [])
        return _extraction(article, core, mentions, steps)
    except (zlib.error, ValueError, TypeError, KeyError, IndexError, InvalidOperation, RecursionError) as error:
        raise DamagedError(f"no extraction: {error}") from error


def _dumps(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode()


def _core(extraction: Extraction) -> Json:
    entities = [
        [e.id, e.label, e.class_, list(e.names), dict(e.class_scores), e.concept, list(e.joined)]
        for e in extraction.entities
    ]
    facts = [[f.subject, f.property, _value(f.object), _evidence(f.evidence)] for f in extraction.facts]
    rejections = [[r.span.start, r.span.end, r.stage, r.reason] for r in extraction.rejections]
    return [entities, facts, rejections]


def _details(extraction: Extraction) -> Json:
    mentions = [[[m.span.start, m.span.end, m.surface, m.kind.value] for m in e.mentions] for e in extraction.entities]
    return [mentions, [list(f.evidence.explanation) for f in extraction.facts]]


def _value(value: str | Value) -> str | Json:
    match value:
        case str():
            return value
        case DateValue(lexical):
            return ["date", lexical]
        case CountValue(count, qualifier):
            return ["count", count, qualifier]
        case QuantityValue(amount, unit, qualifier):
            return ["quantity", str(amount), unit, qualifier]
        case MoneyValue(amount, currency, kind, qualifier):
            return ["money", str(amount), currency, kind, qualifier]


def _evidence(e: Evidence) -> Json:
    places = [None if span is None else [span.start, span.end] for span in (e.span, e.subject, e.object)]
    return [*places, e.modality.value, e.confidence, e.extractor, e.role]


def _extraction(article: str, core: Json, mentions: Json, steps: Json) -> Extraction:
    entities, facts, rejections = core
    whole = bool(mentions or steps)
    if whole and (len(mentions) != len(entities) or len(steps) != len(facts)):
        raise ValueError("its parts do not belong together")
    return Extraction(
        article,
        tuple(_entity(row, mentions[i] if whole else ()) for i, row in enumerate(entities)),
        tuple(_fact(article, row, steps[i] if whole else ()) for i, row in enumerate(facts)),
        tuple(Rejection(article, Span(start, end), stage, reason) for start, end, stage, reason in rejections),
    )


def _entity(row: Json, mentions: Iterable[Json]) -> ArticleEntity:
    id_, label, class_, names, scores, concept, joined_ = row
    found = tuple(Mention(Span(start, end), surface, MentionKind(kind)) for start, end, surface, kind in mentions)
    return ArticleEntity(id_, label, class_, tuple(names), found, dict(scores), concept, tuple(joined_))


def _fact(article: str, row: Json, steps: Iterable[str]) -> ArticleFact:
    subject, property_, value, evidence = row
    place, first, second, modality, confidence, extractor, role = evidence
    spans = [None if span is None else Span(*span) for span in (first, second)]
    found = Evidence(
        article, Span(*place), Modality(modality), confidence, extractor, spans[0], spans[1], role, tuple(steps)
    )
    return ArticleFact(subject, property_, value if isinstance(value, str) else _made(value), found)


def _made(row: Json) -> Value:
    kind, *rest = row
    match kind:
        case "date":
            return DateValue(*rest)
        case "count":
            return CountValue(*rest)
        case "quantity":
            return QuantityValue(Decimal(rest[0]), *rest[1:])
        case "money":
            return MoneyValue(Decimal(rest[0]), *rest[1:])
    raise ValueError(f"no value: {kind}")
