"""Entity resolution: article entities of all articles become the entities and statements of one graph."""

from kg.resolve.aliases import ALIASES_FILE, Aliases, AliasNode, load_aliases
from kg.resolve.resolver import resolve

__all__ = ["ALIASES_FILE", "AliasNode", "Aliases", "load_aliases", "resolve"]
