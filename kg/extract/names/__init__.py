"""Names in an article: what the reader found, what the ontology lists, and what a head noun shows to be a name.

A name's class stays open here: each mention carries a distribution over the ontology's classes, from the reader's
labels and the head noun of the name itself. The drafts of the discourse decide, when the grammar has said more.
"""

from kg.extract.names.finding import concept_names, find_names
from kg.extract.names.lexicon import Lexicon
from kg.extract.names.mentions import NameSpan, has_capital, likeliest

__all__ = ["Lexicon", "NameSpan", "concept_names", "find_names", "has_capital", "likeliest"]
