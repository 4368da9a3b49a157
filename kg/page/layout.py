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

SPACING: Final = 105.0
"""Median length of a line in page units (pixels at zoom 1): room for two labels and an arrow."""

AIR: Final = 8.0
"""Page units between the boxes of two parts, on each side."""

ASPECT: Final = 1.1
"""Width by height that a layout is fitted to: what a desktop window leaves beside the two panels."""

MOST_STRETCH: Final = 1.45
"""Factor by which one axis may be stretched against the other for the format; beyond, distances mislead."""

FLAT: Final = 1e-3
"""Height by width below which a part is a line and is not stretched."""

BETWEEN: Final = 2.0
"""Length of a fact between two communities, where one within a community has 1: parts them without tearing."""

HUB_ROOM: Final = 0.3
"""How much longer a line is for each e-fold of neighbours that both its ends have: hubs need room for theirs."""

ROUNDS: Final = 120
"""Rounds of pushing boxes apart; on 500 nodes the last overlap goes after some 60."""

LARGE: Final = 600
"""Nodes beyond which a part is laid out community by community: forces and boxes between all pairs cost the square."""


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
    graph.vs["group"] = [groups[key] for key in keys]
    within = [groups[keys[edge.source]] == groups[keys[edge.target]] for edge in graph.es]
    graph.es["length"] = [
        (1.0 if same else BETWEEN) * (1 + HUB_ROOM * math.log(min(graph.degree(edge.tuple))))
        for edge, same in zip(graph.es, within, strict=True)
    ]
    with _fixed_chance():
        parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
        points = np.zeros((len(keys), 2))
        boxes = _boxes(projection, keys)
        placed = [(part, _part(graph.induced_subgraph(part), boxes[part])) for part in parts]
    for part, spots in _in_rows(placed, boxes):
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
    if count > LARGE:
        return _by_community(graph, boxes)
    points = _fitted(np.array(graph.layout_kamada_kawai(weights="length").coords))
    points *= SPACING / _typical_edge(graph, points)
    return _apart(points, boxes)


def _by_community(graph: igraph.Graph, boxes: Points) -> Points:
    """A large part: each community laid out by itself, then the communities like nodes as large as they came out."""
    groups: dict[int, list[int]] = {}
    for index, group in enumerate(graph.vs["group"]):
        groups.setdefault(group, []).append(index)
    members = [groups[group] for group in sorted(groups)]
    inner = [_community(graph.induced_subgraph(part), boxes[part]) for part in members]
    reach = np.array([np.abs(spots).max(axis=0) + SPACING / 2 for spots in inner])
    place = {group: number for number, group in enumerate(sorted(groups))}
    outer = graph.copy()
    outer.contract_vertices([place[group] for group in graph.vs["group"]])
    outer.simplify()
    centres = _fitted(np.array(outer.layout_kamada_kawai().coords))
    centres *= 2 * float(np.median(reach)) / _typical_edge(outer, centres)
    centres = _apart(centres, reach)
    points = np.zeros((graph.vcount(), 2))
    for part, spots, centre in zip(members, inner, centres, strict=True):
        points[part] = spots + centre
    return points


def _community(graph: igraph.Graph, boxes: Points) -> Points:
    """One community around its own origin; those too large to push apart keep what the forces gave."""
    count = graph.vcount()
    if count == 1:
        return np.zeros((1, 2))
    if count <= LARGE:
        points = np.array(graph.layout_kamada_kawai().coords)
    else:
        points = np.array(graph.layout_fruchterman_reingold(niter=500, grid=True).coords)
    points *= SPACING / (_typical_edge(graph, points) if graph.ecount() else 1.0)
    points = _apart(points, np.minimum(boxes, SPACING / 3)) if count <= LARGE else points
    centred: Points = points - (points.min(axis=0) + points.max(axis=0)) / 2
    return centred


def _typical_edge(graph: igraph.Graph, points: Points) -> float:
    """The median length of the edges; 1 where all ends coincide."""
    ends = np.array(graph.get_edgelist())
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    return float(np.median(lengths)) or 1.0


def _fitted(points: Points) -> Points:
    """Turned so that the longer axis lies across the page, and stretched towards its format within bounds."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(centred.T))
    turned: Points = centred @ axes[:, ::-1]
    turned *= np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)  # the sign of an axis is arbitrary
    width, height = np.ptp(turned, axis=0)
    if height < FLAT * width:
        return turned
    stretch = min(MOST_STRETCH, max(1 / MOST_STRETCH, math.sqrt(width / height / ASPECT)))
    fitted: Points = turned / np.array([stretch, 1 / stretch])
    return fitted


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


def _in_rows(placed: list[tuple[list[int], Points]], boxes: Points) -> Iterator[tuple[list[int], Points]]:
    """The parts without overlap: rows as wide as the format asks, each centred, the largest on top.

    A part that holds more than half of all nodes sets the width.
    """
    lows = [(spots - boxes[part]).min(axis=0) - AIR for part, spots in placed]
    sizes = [(spots + boxes[part]).max(axis=0) + AIR - low for (part, spots), low in zip(placed, lows, strict=True)]
    y = 0.0
    for row in _rows([float(size[0]) for size in sizes], _width(placed, sizes)):
        x = -sum(float(sizes[number][0]) for number in row) / 2
        for number in row:
            part, spots = placed[number]
            yield part, spots - lows[number] + np.array([x, y])
            x += float(sizes[number][0])
        y += max(float(sizes[number][1]) for number in row)


def _width(placed: list[tuple[list[int], Points]], sizes: list[Points]) -> float:
    """How wide rows may be: as the format asks of the whole area, and no less than the largest part."""
    widest = float(sizes[0][0])
    if 2 * len(placed[0][0]) > sum(len(part) for part, _ in placed):
        return widest
    return max(widest, math.sqrt(sum(float(np.prod(size)) for size in sizes) * ASPECT))


def _rows(widths: list[float], most: float) -> list[list[int]]:
    """Places in the list, row by row."""
    rows: list[list[int]] = []
    filled = math.inf
    for number, width in enumerate(widths):
        if filled + width > most:
            rows.append([])
            filled = 0.0
        rows[-1].append(number)
        filled += width
    return rows
