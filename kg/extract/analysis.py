"""What is known of one article before facts are looked for: its names, values, tree, predications and references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.coreference import EntityInText, resolve_references
from kg.extract.discourse import Discourse
from kg.extract.grammar import predications
from kg.extract.names import Lexicon, find_names
from kg.extract.predication import SUBJECT
from kg.extract.tree import Tree, Unit, hyphenated
from kg.extract.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from kg.extract.coreference import Reference
    from kg.extract.names import NameSpan
    from kg.extract.predication import Predication
    from kg.model import Article
    from kg.ontology.schema import Ontology


@dataclass(frozen=True, slots=True)
class Analysis:
    """One article as all extractors see it.

    `by_unit` gives the draft of each node that is a name, `references` what pronouns and definite nouns mean, both by
    the index of the node; extractors may add votes and described things to the drafts of `discourse`.
    """

    article: Article
    doc: Doc
    values: Values
    tree: Tree
    predications: tuple[Predication, ...]
    discourse: Discourse
    by_unit: dict[int, str]
    references: dict[int, Reference]


def analyse(article: Article, doc: Doc, ontology: Ontology, lexicon: Lexicon) -> Analysis:
    """Find names, values, predications and references of a parsed article."""
    _spell(doc, lexicon)
    names = find_names(doc, article, lexicon)
    values = Values(doc, article.published)
    tree = Tree(doc, _units(doc, names, values))
    found = tuple(predications(tree))
    discourse = Discourse(ontology, lexicon)
    ids = discourse.add_names(names, [doc[name.start].sent.start for name in names])
    by_unit = {n.index: ids[int(n.unit.key)] for n in tree.nodes if n.unit and n.kind in ("name", "concept")}
    _describe(tree, discourse, by_unit, found)
    references = _references(doc, tree, discourse)
    return Analysis(article, doc, values, tree, found, discourse, by_unit, references)


def _spell(doc: Doc, lexicon: Lexicon) -> None:
    """Give misspelt nouns the lemma that they were meant to have."""
    nouns = [token for token in doc if token.pos_ == "NOUN"]
    used = {token.lemma_.lower() for token in nouns}
    for token in nouns:
        lemma = token.lemma_.lower()
        if (noun := lexicon.spelled(lemma, used)) != lemma:
            token.lemma_ = noun


def _references(doc: Doc, tree: Tree, discourse: Discourse) -> dict[int, Reference]:
    ontology = discourse.ontology
    entities = [
        EntityInText(d.id, d.best_class(ontology), tuple(sorted(d.spans)), d.label, tuple(d.descriptions))
        for d in discourse.drafts.values()
        if d.scores
    ]
    heads = discourse.lexicon.by_head
    result: dict[int, Reference] = {}
    for reference in resolve_references(doc, entities, heads, ontology.is_a):
        span = doc.char_span(reference.start_char, reference.end_char, alignment_mode="expand")
        if span is not None:
            result.setdefault(tree.node_at(span.root.i).index, reference)
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
