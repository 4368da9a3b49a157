"""Nouns, adjectives and names to predications: titles, apposition, copula, possessives, compounds, light verbs.

Every noun is a predicate: its subject is what it is said of ("X, president of Y"; "X is a member of Y"; "Y president
X"; "named X president"; "X signed an agreement with Y"). Every name predicates of itself where it is and whose it is.
"""

from kg.extract.nominals.bearers import INCLUDING, NAMING
from kg.extract.nominals.modifiers import EXEMPLIFYING, post_phrase
from kg.extract.nominals.predications import adjective_predication, name_predication, noun_predication

__all__ = [
    "EXEMPLIFYING",
    "INCLUDING",
    "NAMING",
    "adjective_predication",
    "name_predication",
    "noun_predication",
    "post_phrase",
]
