"""Articles to facts: names, predications, frames by example, references, values.

Extractor(ontology, nlp).extract(articles)   -> one Extraction per article, in order
check_examples(ontology, nlp)                -> examples that fail, counterexamples that do not
"""

from kg.extract.checking import check_examples
from kg.extract.frames import ExampleFailure
from kg.extract.pipeline import Extractor

__all__ = ["ExampleFailure", "Extractor", "check_examples"]
