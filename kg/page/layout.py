"""Where the nodes stand: computed once, at build time, so that the page opens at rest and every time alike."""

from __future__ import annotations

import math
import random
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import igraph
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kg.view import Projection

    Points = NDArray[np.float64]

SEED: Final = 20181112
"""Any fixed number: igraph breaks ties and shakes positions with it, the same way in every build."""

SPACING: Final = 92.0
"""Distance in page units (pixels at zoom 1) that neighbours get on average: a node, its label and air."""

ASPECT: Final = 1.35
"""Width by height that a layout is fitted to: what a desktop window leaves beside the two panels."""

BETWEEN: Final = 0.25
"""Pull of a fact between two communities, where one within a community pulls with 1: parts them without tearing."""

ROUNDS: Final = 120
"""Rounds of pushing boxes apart; on 500 nodes the last overlap goes after some 60."""

LARGE: Final = 1500
"""Nodes beyond which boxes are not pushed apart: there, labels show only when zoomed in, and rounds cost seconds."""


def communities(projection: Projection) -> dict[str, int]:
    """Groups of densely linked entities (Louvain), numbered by size, the largest 0; entities alone have their own."""
    graph, keys = _undirected(projection)
    if not keys:
        return {}
    with _fixed_chance():
        groups = [sorted(group) for group in graph.community_multilevel(weights="weight")]
    groups.sort(key=lambda group: (-len(group), group))
    return {keys[index]: number for number, group in enumerate(groups) for index in group}


def positions(projection: Projection, groups: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Page coordinates of all nodes: linked ones near, communities apart, loose parts in rows below the largest."""
    graph, keys = _undirected(projection)
    if not keys:
        return {}
    graph.es["pull"] = [
        edge["weight"] * (1.0 if groups[keys[edge.source]] == groups[keys[edge.target]] else BETWEEN)
        for edge in graph.es
    ]
    with _fixed_chance():
        parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
        points = np.zeros((len(keys), 2))
        boxes = _boxes(projection, keys)
        placed = [(part, _part(graph.induced_subgraph(part), boxes[part])) for part in parts]
    for part, spots in _in_rows(placed):
        points[part] = spots
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return {key: (round(x), round(y)) for key, (x, y) in zip(keys, points.tolist(), strict=True)}


def radius(degree: int) -> int:
    """Size of a node in page units: its area grows with the number of its neighbours, within 6 and 26."""
    return min(26, round(5 + 3.2 * math.sqrt(degree + 0.1)))


def _undirected(projection: Projection) -> tuple[igraph.Graph, list[str]]:
    """A simple graph over the sorted keys; `weight` grows with the logarithm of the facts between two entities."""
    keys = sorted(projection)
    index = {key: number for number, key in enumerate(keys)}
    weights: dict[tuple[int, int], int] = {}
    for left, right in projection.edges():
        if left != right:
            first, second = sorted((index[left], index[right]))
            weights[first, second] = weights.get((first, second), 0) + 1
    pairs = sorted(weights)
    graph = igraph.Graph(len(keys), pairs)
    graph.es["weight"] = [1.0 + math.log(weights[pair]) for pair in pairs]
    return graph, keys


@contextmanager
def _fixed_chance() -> Iterator[None]:
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - a layout, no secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _boxes(projection: Projection, keys: list[str]) -> Points:
    """Half width and half height that each node claims: its mark, and the label under it."""
    nodes = projection.nodes
    sizes = [
        (
            max(radius(nodes[key]["degree"]) + 6.0, 3.4 * min(len(nodes[key]["label"]), 26)),
            radius(nodes[key]["degree"]) + 14.0,
        )
        for key in keys
    ]
    return np.array(sizes)


def _part(graph: igraph.Graph, boxes: Points) -> Points:
    """One connected part around its own origin."""
    count = graph.vcount()
    if count == 1:
        return np.zeros((1, 2))
    start = graph.layout_kamada_kawai() if count <= LARGE // 3 else None
    layout = graph.layout_fruchterman_reingold(weights="pull", niter=800, seed=start, grid=count > LARGE)
    points = _upright(np.array(layout.coords))
    points *= SPACING * math.sqrt(count) / max(1e-9, math.sqrt(np.ptp(points[:, 0]) * np.ptp(points[:, 1])) or 1.0)
    return points if count > LARGE else _apart(points, boxes)


def _upright(points: Points) -> Points:
    """Turned so that the longer axis lies across the page, and squeezed towards its format."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(centred.T))
    turned: Points = centred @ axes[:, ::-1]
    turned *= np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)  # the sign of an axis is arbitrary
    width, height = np.ptp(turned, axis=0)
    if height < 1e-6 * max(width, 1e-9):
        return turned
    stretch = math.sqrt(width / height / ASPECT)
    stretch = min(1.4, max(1 / 1.4, stretch))
    squeezed: Points = turned / np.array([stretch, 1 / stretch])
    return squeezed


def _apart(points: Points, boxes: Points) -> Points:
    """Overlapping boxes pushed apart along the shorter way, a little in each round."""
    points = points.copy()
    reach = boxes[:, None, :] + boxes[None, :, :]
    order = np.arange(len(points))
    for _ in range(ROUNDS):
        gap = points[:, None, :] - points[None, :, :]
        overlap = reach - np.abs(gap)
        hit: NDArray[np.bool_] = np.asarray((overlap > 0).all(axis=2)) & ~np.eye(len(points), dtype=np.bool_)
        if not hit.any():
            break
        across = overlap[:, :, 0] < overlap[:, :, 1]
        # Two nodes on one spot part by their order, so that they part at all.
        away = np.where(gap == 0, np.where(order[:, None] < order[None, :], -1.0, 1.0)[:, :, None], np.sign(gap))
        push = np.where(hit, 1.0, 0.0)[:, :, None] * overlap * away * np.stack([across, ~across], axis=2)
        points += push.sum(axis=1) * 0.3
    return points


def _in_rows(placed: list[tuple[list[int], Points]]) -> Iterator[tuple[list[int], Points]]:
    """The parts without overlap: the first on top, the others in rows below, as wide as it or as the format asks."""
    air = SPACING
    sizes = [np.ptp(spots, axis=0) + air for _, spots in placed]
    area = sum(float(size[0] * size[1]) for size in sizes)
    width = max(float(sizes[0][0]), math.sqrt(area * ASPECT))
    x = y = row_height = 0.0
    for (part, spots), (part_width, part_height) in zip(placed, sizes, strict=True):
        if x and x + part_width > width:
            x, y, row_height = 0.0, y + row_height, 0.0
        yield part, spots - spots.min(axis=0) + np.array([x + air / 2, y + air / 2])
        x += part_width
        row_height = max(row_height, part_height)
