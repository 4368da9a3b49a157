"""What `kg build --trace` shows of one article: what was found, how, and what was rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.build import BuildResult
    from kg.model import Article, ArticleFact, Extraction, Span


def print_trace(result: BuildResult) -> None:
    """Print the extraction of the article that was asked for."""
    if result.traced is not None:
        for line in _trace(result.traced.article, result.traced.extraction):
            click.echo(line)


def _trace(article: Article, extraction: Extraction) -> Iterator[str]:
    labels = {entity.id: entity.label for entity in extraction.entities}
    yield f"{article.path}: {article.title}"
    yield ""
    yield f"{len(extraction.entities)} entities"
    for entity in extraction.entities:
        yield f"  {entity.label} ({entity.class_}), {len(entity.mentions)} times: {', '.join(entity.names)}"
    yield ""
    yield f"{len(extraction.facts)} facts"
    for fact in extraction.facts:
        yield from _fact(fact, article, labels)
    yield ""
    yield f"{len(extraction.rejections)} candidates rejected"
    for rejection in extraction.rejections:
        yield f"  {rejection.stage}: {rejection.reason}"
        yield f"    “{_quote(article, rejection.span)}”"
    yield ""


def _fact(fact: ArticleFact, article: Article, labels: dict[str, str]) -> Iterator[str]:
    obj = labels.get(fact.object, fact.object) if isinstance(fact.object, str) else in_words(fact.object)
    evidence = fact.evidence
    role = f" as {evidence.role}" if evidence.role else ""
    yield (
        f"  {labels.get(fact.subject, fact.subject)} {fact.property} {obj}{role}"
        f"  [{evidence.modality.lower()}, {evidence.confidence:.2f}, {evidence.extractor}]"
    )
    yield f"    “{_quote(article, evidence.span)}”"
    yield from (f"    - {step}" for step in evidence.explanation)


def _quote(article: Article, span: Span) -> str:
    return " ".join(article.text[span.start : span.end].split())
