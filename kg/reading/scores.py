"""The probabilities of name types that travel with a Doc, also through spaCy's own storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import srsly  # type: ignore[import-untyped]

from kg.reading.labels import NAME_TYPES

# Marks stored scores; part of every Doc written with them. It is not their key in `Doc.user_data`, for then the data of
# a Doc without any others would itself look like stored scores.
_STORED_AS = "kg_name_scores by span"


class NameScores(Mapping[tuple[int, int], Mapping[str, float]]):
    """For each name, by its (start, end) in tokens, the probability of each of `NAME_TYPES`; read only.

    Not a dict, because spaCy cannot store one whose keys are pairs.
    """

    def __init__(self, rows: Mapping[tuple[int, int], list[float]]) -> None:
        """Take one row of probabilities for each span, in the order of `NAME_TYPES`."""
        self._rows = rows

    def __getitem__(self, span: tuple[int, int]) -> Mapping[str, float]:
        return dict(zip(NAME_TYPES, self._rows[span], strict=True))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def stored(self) -> dict[str, list[list[float]]]:
        """Give the scores in a form that msgpack knows."""
        return {_STORED_AS: [[*span, *row] for span, row in self._rows.items()]}


def _next(value: object, chain: Callable[[object], object] | None) -> object:
    return chain(value) if chain else value


def _encode(value: object, chain: Callable[[object], object] | None = None) -> object:
    return value.stored() if isinstance(value, NameScores) else _next(value, chain)


def _decode(value: dict[Any, Any], chain: Callable[[object], object] | None = None) -> object:
    if set(value) == {_STORED_AS}:
        return NameScores({(int(r[0]), int(r[1])): list(r[2:]) for r in value[_STORED_AS]})
    return _next(value, chain)


srsly.msgpack_encoders.register(_STORED_AS, func=_encode)
srsly.msgpack_decoders.register(_STORED_AS, func=_decode)
