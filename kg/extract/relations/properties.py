"""Which properties a pair of things may have, and by how much each passes the threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.extract.relations.scene import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from kg.extract.relations.network import Floats

# The pseudo property from a holder to the noun of the post.
HAS_POST = "hasPost"
# Margins below this are not worth a candidate.
LEAST_MARGIN = -4.0


class PropertyScorer:
    """Scores pairs: by the network's columns, of which 0 is the threshold that a pair sets itself, and by examples."""

    def __init__(
        self,
        trained: Sequence[str],
        kinds: Mapping[str, str],
        by_example: Mapping[str, Floats] | None = None,
        *,
        least: float = LEAST_MARGIN,
    ) -> None:
        """Take the names of the network's columns and, for each property wanted, the kind of its objects.

        `by_example` are weights [R + 1] of properties that the network has no column for, as `Lessons` gives them.
        """
        new = {name: w for name, w in sorted((by_example or {}).items()) if name not in trained}
        self.names = [*trained, *new]
        self.has_untrained = bool(new)
        self.least = least
        self._weights = np.array([*new.values()], dtype=np.float32) if new else None
        self._allowed = np.array([[kinds.get(name) == kind for name in self.names] for kind in KINDS])

    def facts(self, vectors: Floats, scores: Floats, kinds: npt.NDArray[np.int64]) -> Iterator[tuple[int, str, float]]:
        """Give (row, property, margin) of all pairs that come near the threshold; `kinds` are those of the objects."""
        margins = scores - scores[:, :1]
        if self._weights is not None:
            margins = np.hstack([margins, vectors @ self._weights[:, :-1].T + self._weights[:, -1]])
        margins = np.where(self._allowed[kinds], margins, -np.inf)
        for row, column in np.argwhere(margins > self.least):
            yield int(row), self.names[column], float(margins[row, column])
