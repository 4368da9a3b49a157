"""What pronouns and common nouns refer to: sieves in order of precision, then a ranking of what is left."""

from kg.extract.coreference.reference import EntityInText, Reason, Reference
from kg.extract.coreference.resolver import resolve_references

__all__ = ["EntityInText", "Reason", "Reference", "resolve_references"]
