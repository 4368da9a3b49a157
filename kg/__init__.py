"""kg: the build tool for knowledge graphs.

    import kg

    g = kg.build("sources")             # as `kg build`; or kg.open("out") for what is built already
    g.query("SELECT ?name { ?x a kg:Alliance ; rdfs:label ?name }")
    g.ask("members", alliance="Bay Alliance")
    g.facts("Acme Labs")                # with their evidence
    g.networkx()                        # for networkx; g.rdflib() for rdflib

Nothing is imported before it is asked for, so that the command line starts at once.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph as KnowledgeGraph
    from kg.api import build as build
    from kg.api import open_graph as open  # noqa: A004 - kg.open reads as it should
    from kg.reading import load_reader as load_reader

    __version__: str

__all__ = ["KnowledgeGraph", "__version__", "build", "load_reader", "open"]

_PLACES = {
    "KnowledgeGraph": ("kg.api", "KnowledgeGraph"),
    "load_reader": ("kg.reading", "load_reader"),
    "open": ("kg.api", "open_graph"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    if name == "build":
        return importlib.import_module("kg.build")
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, and seldom asked for

        try:
            return version("kg-build")
        except PackageNotFoundError:
            return "0"  # sources that were never installed
    if name not in _PLACES:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    module, attribute = _PLACES[name]
    return getattr(importlib.import_module(module), attribute)


class _Build(ModuleType):
    """The package `kg.build`, which is also the function that its name promises (`kg.api.build`, for type checkers)."""

    def __call__(self, *arguments: Any, **options: Any) -> KnowledgeGraph:  # noqa: ANN401 - those of kg.api.build
        from kg.api import build  # noqa: PLC0415 - only where something is built

        return build(*arguments, **options)


class _Package(ModuleType):
    """The package `kg` itself: makes its sub-package `build` callable when the import system binds it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "build" and isinstance(value, ModuleType):
            value.__class__ = _Build
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
