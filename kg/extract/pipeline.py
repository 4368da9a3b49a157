"""One article from its parsed document to its extraction: the order of the steps, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.analysis import Analysis, analyse
from kg.extract.denotation import Denotation
from kg.extract.facts import FactFinder
from kg.extract.frame_cache import cached_frames
from kg.extract.names import Lexicon
from kg.extract.relations.finder import RelationFinder
from kg.extract.relations.lessons import NO_LESSONS, learned
from kg.extract.weighing import candidates, weigh
from kg.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.frames import FrameSet
    from kg.extract.relations.network import RelationNetwork
    from kg.model import Article, ArticleFact, Rejection
    from kg.ontology.schema import Ontology


@dataclass(frozen=True, slots=True)
class Taught:
    """What the ontology teaches, compiled once: frames, words for names, and verbs that imply a post."""

    frames: FrameSet
    lexicon: Lexicon
    verbs: dict[str, str]


class Extractor:
    """Extracts the facts of articles by grammar and the ontology's examples, and with what a network has learnt."""

    def __init__(
        self, ontology: Ontology, nlp: Language, relations: RelationNetwork | None = None, *, grammar: bool = True
    ) -> None:
        """Compile the ontology's examples.

        Without `relations`, or a reader of ours, the grammar works alone; the network does where `grammar` is off.
        """
        self.ontology = ontology
        self.nlp = nlp
        self.grammar = grammar
        self.relations = relations if "kg_reader" in nlp.pipe_names else None
        self.lessons = learned(ontology, nlp, self.relations) if self.relations else NO_LESSONS
        verbs = {v.replace(" ", "_"): c.label for c in ontology.concepts for v in c.verbs}
        self.taught = Taught(cached_frames(ontology, nlp), Lexicon(ontology), verbs)

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The extraction of each article, in order; each depends on its article alone."""
        pairs = ((a.text, a) for a in articles)
        for doc, article in self.nlp.pipe(pairs, as_tuples=True):
            yield self.extract_doc(article, doc)

    def extract_doc(self, article: Article, doc: Doc) -> Extraction:
        """The extraction of one parsed article."""
        known = analyse(article, doc, self.ontology, self.taught.lexicon)
        if self.relations is None:
            facts, rejections = self.by_grammar(known)
        else:
            finder = RelationFinder(known, self.relations, self.ontology, self.taught.frames.post_nouns, self.lessons)
            finder.inform()
            facts, rejections = self.by_grammar(known) if self.grammar else ([], [])
            found = candidates(facts, finder.proposals(), known.discourse, self.ontology)
            facts, more = weigh(found, finder, self.relations.weights)
            rejections += more
        used = {f.subject for f in facts} | {f.object for f in facts if isinstance(f.object, str)}
        return Extraction(article.id, known.discourse.finished(used), tuple(facts), tuple(dict.fromkeys(rejections)))

    def by_grammar(self, known: Analysis) -> tuple[list[ArticleFact], list[Rejection]]:
        """The facts that frames find in an analysed article, and what they refused."""
        denotation = Denotation(known, self.taught.frames.post_nouns)
        finder = FactFinder(known, self.taught.frames, denotation, self.taught.verbs)
        facts = list(dict.fromkeys(finder.facts(finder.candidates())))
        return facts, finder.rejections
