"""spaCy without the libraries that it loads wherever they are installed, though the reader of kg has no use for them.

`thinc`, on which spaCy stands, imports PyTorch to see whether it is there: two seconds and some hundred megabytes for
each process. A program that is kg's alone, and its workers, spare themselves that; who uses kg as a library may want
spaCy's transformers beside it, so importing kg changes nothing.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

UNUSED: Final = ("cupy", "h5py", "torch")
"""What the module `LOOKS_FOR_THEM` imports where it can; all are optional to it."""
LOOKS_FOR_THEM: Final = "thinc.compat"


def spare_unused_libraries() -> None:
    """Have thinc take the libraries of `UNUSED` for absent when it is imported; whoever else imports them has them.

    Not for other spaCy pipelines than kg's own, which may need them.
    """
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the one module as ever, to be loaded in another way."""
        if fullname != LOOKS_FOR_THEM:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _WithoutUnused(spec.loader)
        return spec


class _WithoutUnused(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code; meanwhile, what is not loaded yet cannot be."""
        absent = [name for name in UNUSED if name not in sys.modules]
        sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None is how Python marks a module as absent
        try:
            self._loader.exec_module(module)
        finally:
            for name in absent:
                del sys.modules[name]
