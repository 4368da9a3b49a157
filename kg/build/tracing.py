"""How facts were found: the outputs keep what was found and where, the cache how; what is in neither is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.articles import read_sources
from kg.build.extraction import Extracting
from kg.build.result import Work
from kg.cache import cache_folder, open_store
from kg.errors import UsageError
from kg.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kg.config import Config
    from kg.model import Evidence
    from kg.ontology.schema import Ontology

Place = tuple[str, str, int, int | None, int | None]
"""Article, property, and the starts of a sentence and of the words for subject and object, where known."""
Steps = dict[Place, tuple[str, ...]]
"""What led to the fact that a place states."""


def place_of(property_: str, evidence: Evidence) -> Place:
    """The place of a piece of evidence for a fact with this property."""
    starts = (None if span is None else span.start for span in (evidence.subject, evidence.object))
    return (evidence.article, property_, evidence.span.start, *starts)  # type: ignore[return-value] # two starts


def steps_of(config: Config, ontology: Ontology, articles: AbstractSet[str]) -> Steps:
    """The explanations of all facts of these articles (by id), as an extraction of today gives them.

    Raises UsageError where an article is not among the sources of `config`.
    """
    found = [article for article in read_sources(config.sources)[0] if article.id in articles]
    missing = sorted(articles - {article.id for article in found})
    if missing:
        places = ", ".join(map(str, config.sources))
        raise UsageError(f"{missing[0]}: is not among the articles in {places}; --why reads them again")
    steps: Steps = {}
    store = open_store(cache_folder())
    try:
        extracting = Extracting(ontology, config, store=store, work=Work(), whole=lambda _article: True)
        for extraction in extracting.run(found):
            if isinstance(extraction, Skipped):
                continue
            for fact in extraction.facts:
                place = place_of(fact.property, fact.evidence)
                steps[place] = tuple(dict.fromkeys([*steps.get(place, ()), *fact.evidence.explanation]))
    finally:
        store.close()
    return steps
