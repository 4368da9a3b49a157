"""One article from its parsed document to its extraction: the order of the steps, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.analysis import Analysis, analyse
from kg.extract.denotation import Denotation
from kg.extract.facts import FactFinder
from kg.extract.frame_cache import cached_frames
from kg.extract.names import Lexicon
from kg.extract.predication import SUBJECT
from kg.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.frames import FrameSet
    from kg.extract.predication import Predication
    from kg.model import Article, ArticleFact, Rejection
    from kg.ontology.schema import Ontology


@dataclass(frozen=True, slots=True)
class Taught:
    """What the ontology teaches, compiled once: frames, words for names, and verbs that imply a post."""

    frames: FrameSet
    lexicon: Lexicon
    verbs: dict[str, str]


class Extractor:
    """Extracts the facts of articles by grammar and the ontology's examples."""

    def __init__(self, ontology: Ontology, nlp: Language) -> None:
        self.ontology = ontology
        self.nlp = nlp
        verbs = {v.replace(" ", "_"): c.label for c in ontology.concepts for v in c.verbs}
        self.taught = Taught(cached_frames(ontology, nlp), Lexicon(ontology), verbs)

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The extraction of each article, in order; each depends on its article alone."""
        pairs = ((a.text, a) for a in articles)
        for doc, article in self.nlp.pipe(pairs, as_tuples=True):
            yield self.extract_doc(article, doc)

    def extract_doc(self, article: Article, doc: Doc) -> Extraction:
        """The extraction of one parsed article."""
        known, facts, rejections = self.by_grammar(article, doc)
        used = {f.subject for f in facts} | {f.object for f in facts if isinstance(f.object, str)}
        return Extraction(article.id, known.discourse.finished(used), facts, rejections)

    def by_grammar(
        self, article: Article, doc: Doc
    ) -> tuple[Analysis, tuple[ArticleFact, ...], tuple[Rejection, ...]]:
        """What is known of a parsed article, the facts that frames find in it, and what they refused."""
        known = analyse(article, doc, self.ontology, self.taught.lexicon)
        affiliations = _affiliations(known.predications, known.by_unit, self.taught.frames)
        denotation = Denotation(known.tree, known.discourse, known.by_unit, known.references, affiliations)
        finder = FactFinder(
            article.id, self.ontology, self.taught.frames, known.tree, denotation,
            lambda node, prop, truth: known.values.read(known.tree, node, prop, truth), self.taught.verbs,
            article.furniture,
        )  # fmt: skip
        facts = tuple(dict.fromkeys(finder.facts(finder.candidates(known.predications))))
        return known, facts, tuple(dict.fromkeys(finder.rejections))


def _affiliations(found: Iterable[Predication], by_unit: dict[int, str], frames: FrameSet) -> dict[str, str]:
    """Whom the persons with a post speak for: "Jane Roe, president of Veridia"."""
    result: dict[str, str] = {}
    for predication in found:
        if predication.kind == "noun" and predication.lemma in frames.post_nouns:
            owners = [
                a.node for role in ("of", "at", "poss", "comp") for a in predication.fillers(role) if a.node in by_unit
            ]
            for holder in predication.fillers(SUBJECT):
                if owners and holder.node in by_unit:
                    result.setdefault(by_unit[holder.node], by_unit[owners[0]])
    return result
