"""From a node to the things it stands for: names, lists, appositions, definite nouns, pronouns, descriptions."""

from kg.extract.denotation.carriers import FIELDS
from kg.extract.denotation.denotation import MIN_REFERENCE, Denotation
from kg.extract.denotation.descriptions import DESCRIPTION
from kg.extract.denotation.things import Denoted

__all__ = ["DESCRIPTION", "FIELDS", "MIN_REFERENCE", "Denotation", "Denoted"]
