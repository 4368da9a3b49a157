"""Turtle in, checked frozen objects out: what kg looks for, in the words of the ontology's author."""

from kg.ontology.load import load_ontology
from kg.ontology.schema import Class, Concept, Example, Kind, Ontology, Property, Role

__all__ = ["Class", "Concept", "Example", "Kind", "Ontology", "Property", "Role", "load_ontology"]
