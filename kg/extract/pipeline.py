"""One article from its parsed document to its extraction: the order of the steps, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.coreference import EntityInText, resolve_references
from kg.extract.denotation import Denotation
from kg.extract.discourse import Discourse
from kg.extract.facts import FactFinder
from kg.extract.frame_cache import cached_frames
from kg.extract.grammar import predications
from kg.extract.names import Lexicon, find_names
from kg.extract.predication import SUBJECT
from kg.extract.tree import Tree, Unit, hyphenated
from kg.extract.values import Values
from kg.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.coreference import Reference
    from kg.extract.frames import FrameSet
    from kg.extract.names import NameSpan
    from kg.extract.predication import Predication
    from kg.model import Article
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
        names = find_names(doc, article, self.taught.lexicon)
        values = Values(doc, article.published)
        tree = Tree(doc, _units(doc, names, values))
        found = list(predications(tree))
        discourse = Discourse(self.ontology, self.taught.lexicon)
        ids = discourse.add_names(names)
        by_unit = {n.index: ids[int(n.unit.key)] for n in tree.nodes if n.unit and n.kind in ("name", "concept")}
        _describe(tree, discourse, by_unit, found)
        references = self._references(doc, tree, discourse)
        denotation = Denotation(tree, discourse, by_unit, references, _affiliations(found, by_unit, self.taught.frames))
        finder = FactFinder(
            article.id, self.ontology, self.taught.frames, tree, denotation,
            lambda node, prop, truth: values.read(tree, node, prop, truth), self.taught.verbs, article.furniture,
        )  # fmt: skip
        facts = tuple(dict.fromkeys(finder.facts(finder.candidates(found))))
        used = {f.subject for f in facts} | {f.object for f in facts if isinstance(f.object, str)}
        return Extraction(article.id, discourse.finished(used), facts, tuple(dict.fromkeys(finder.rejections)))

    def _references(self, doc: Doc, tree: Tree, discourse: Discourse) -> dict[int, Reference]:
        entities = [
            EntityInText(
                d.id, d.best_class(self.ontology),
                tuple(sorted(d.spans)),
                d.label, tuple(d.descriptions),
            )
            for d in discourse.drafts.values() if d.scores
        ]  # fmt: skip
        heads = {name: frozenset(c.heads) for name, c in self.ontology.classes.items()}
        result: dict[int, Reference] = {}
        for reference in resolve_references(doc, entities, heads, self.ontology.is_a):
            span = doc.char_span(reference.start_char, reference.end_char, alignment_mode="expand")
            if span is not None:
                result.setdefault(tree.node_at(span.root.i).index, reference)
        return result


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


def _describe(tree: Tree, discourse: Discourse, by_unit: dict[int, str], found: Iterable[Predication]) -> None:
    """Let the nouns that are said of names speak for their classes."""
    for predication in found:
        if predication.kind != "noun" or predication.support:
            continue
        node = tree.nodes[predication.node]
        for argument in predication.fillers(SUBJECT):
            if argument.node in by_unit and "with" not in argument.via and "coordination" not in argument.via:
                start, end = tree.phrase(
                    node, without=("acl", "appos", "conj", "cc", "punct", "parataxis", "det", "nmod")
                )
                words = [t for n in tree.nodes if start <= n.start and n.end <= end for t in n.text.split()]
                discourse.describe(discourse.drafts[by_unit[argument.node]], node.lemma, words)


def _units(doc: Doc, names: list[NameSpan], values: Values) -> list[Unit]:
    """Names, then values, then hyphenated words: spans that act as one node, without overlaps."""
    candidates = [Unit(n.start, n.end, "concept" if n.concept else "name", str(i)) for i, n in enumerate(names)]
    candidates += values.units()
    candidates += hyphenated(doc)
    taken: set[int] = set()
    units = []
    for unit in candidates:
        span = range(unit.start, unit.end)
        if not taken.intersection(span):
            taken.update(span)
            units.append(unit)
    return sorted(units, key=lambda u: u.start)
