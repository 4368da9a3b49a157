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

SHORE: Final = 34.0
"""Page units that a community keeps free around its members, on each side: its island on the page, and water."""

ASPECT: Final = 1.1
"""Width by height that a layout is fitted to: what a desktop window leaves beside the two panels."""

MOST_STRETCH: Final = 1.45
"""Factor by which one axis may be stretched against the other for the format; beyond, distances mislead."""

FLAT: Final = 1e-3
"""Height by width below which a part is a line and is not stretched."""

HUB_ROOM: Final = 0.3
"""How much longer a line is for each e-fold of neighbours that both its ends have: hubs need room for theirs."""

CLOSE: Final = (0.15, 0.3, 0.5)
"""Shares of their distances that communities are drawn together by, before those that then overlap are pushed apart;
the arrangement that fits the format best is taken."""

SQUEEZE: Final = (0.75, 1.0, 1.35)
"""Factors by which the arrangement is made wider or narrower beforehand."""

FEW: Final = 60
"""Communities up to which arrangements of boxes are tried; more are packed like discs, the largest first."""

TRIES: Final = 6000
"""Places on a spiral around its own that a disc is tried at; with 450 discs of all sizes some 1,500 are needed."""

DENSITY: Final = 0.4
"""Share of a line's length that lies between neighbours where a community is too large for forces between all."""

TURNS: Final = 24
"""Directions that a community is tried in, twice (once mirrored), to have its links to others short."""

ROUNDS: Final = 160
"""Rounds of pushing boxes apart; on 500 nodes the last overlap goes after some 80."""

FRESH: Final = 8
"""Rounds after which the pairs that may overlap are looked for again."""

SLACK: Final = 30.0
"""Page units by which boxes may miss each other and still be watched for the next rounds."""

TOUCH: Final = 0.5
"""Page units of overlap that nobody sees."""

ALONE: Final = 14
"""Entities up to which a part is laid out as a whole: too few for communities to show."""

LARGE: Final = 600
"""Nodes beyond which forces and boxes between all pairs, which cost the square, are left out."""


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
    graph.es["length"] = [1 + HUB_ROOM * math.log(min(graph.degree(edge.tuple))) for edge in graph.es]
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
    """One connected part around its own origin: its communities like islands, each laid out by itself."""
    members: dict[int, list[int]] = {}
    for index, group in enumerate(graph.vs["group"]):
        members.setdefault(group, []).append(index)
    islands = [members[group] for group in sorted(members)]
    if len(islands) == 1 or graph.vcount() <= ALONE:
        return _apart(_fitted(_forces(graph)), boxes)
    inner = [_forces(graph.induced_subgraph(island)) for island in islands]
    home = np.empty(graph.vcount(), dtype=np.int64)
    for number, island in enumerate(islands):
        home[island] = number
    centres = _centres(graph, home, [_reach(spots, boxes[part]) for spots, part in zip(inner, islands, strict=True)])
    _turn(graph, home, islands, inner, centres)
    inner = [_centred(_apart(spots, boxes[part]), boxes[part]) for spots, part in zip(inner, islands, strict=True)]
    reach = np.array([_reach(spots, boxes[part]) for spots, part in zip(inner, islands, strict=True)])
    centres = _packed(centres, reach)
    points = np.zeros((graph.vcount(), 2))
    for island, spots, centre in zip(islands, inner, centres, strict=True):
        points[island] = spots + centre
    return points


def _forces(graph: igraph.Graph) -> Points:
    """A community as its forces place it, lines of the length that the page wants."""
    if graph.vcount() == 1:
        return np.zeros((1, 2))
    if graph.vcount() <= LARGE:
        points = np.array(graph.layout_kamada_kawai(weights="length").coords)
    else:
        return _as_disc(np.array(graph.layout_fruchterman_reingold(niter=500, grid=True).coords))
    scaled: Points = points * (SPACING / (_typical_edge(graph, points) if graph.ecount() else 1.0))
    return scaled


def _as_disc(points: Points) -> Points:
    """As far out as a place has places nearer to the middle, so that a disc is filled evenly; directions stay."""
    centred = points - points.mean(axis=0)
    far = np.linalg.norm(centred, axis=1)
    order = np.lexsort((np.arange(len(points)), far))
    wanted = np.empty(len(points))
    wanted[order] = DENSITY * SPACING * np.sqrt(np.arange(len(points)))
    spread: Points = centred / np.maximum(far, FLAT)[:, None] * wanted[:, None]
    return spread


def _centred(points: Points, boxes: Points) -> Points:
    """Moved so that the middle of all boxes is the origin."""
    centred: Points = points - ((points - boxes).min(axis=0) + (points + boxes).max(axis=0)) / 2
    return centred


def _reach(points: Points, boxes: Points) -> Points:
    """Half width and half height of a community with its shore."""
    reach: Points = np.ptp(np.concatenate([points - boxes, points + boxes]), axis=0) / 2 + SHORE
    return reach


def _centres(graph: igraph.Graph, home: NDArray[np.int64], reach: list[Points]) -> Points:
    """Where the communities stand: linked ones side by side, as far apart as they are large."""
    outer = igraph.Graph(len(reach), sorted({tuple(sorted((home[a], home[b]))) for a, b in graph.get_edgelist()}))
    outer.simplify()
    radius = [float(np.linalg.norm(size)) for size in reach]
    outer.es["length"] = [radius[edge.source] + radius[edge.target] for edge in outer.es]
    if len(reach) > LARGE:
        points = np.array(outer.layout_fruchterman_reingold(niter=500, grid=True).coords)
    else:
        points = np.array(outer.layout_kamada_kawai(weights="length").coords)
    wanted = float(np.median(outer.es["length"])) if outer.ecount() else 1.0
    return _fitted(points * (wanted / (_typical_edge(outer, points) if outer.ecount() else 1.0)))


def _packed(centres: Points, reach: Points) -> Points:
    """The communities close together without overlap, in the arrangement that a page shows largest."""
    if len(centres) > FEW:
        return _discs(centres, reach.max(axis=1))
    tried = [
        _apart(centres * close * np.array([squeeze, 1 / squeeze]), reach) for close in CLOSE for squeeze in SQUEEZE
    ]

    def extent(spots: Points) -> float:
        width, height = (spots + reach).max(axis=0) - (spots - reach).min(axis=0)
        return max(float(width) / ASPECT, float(height))

    return min(tried, key=extent)


def _discs(centres: Points, radius: NDArray[np.float64]) -> Points:
    """Discs close together without overlap: each at the free place nearest to its own, the largest first."""
    spread = float(np.sqrt((centres**2).sum(axis=1).mean())) or 1.0
    wanted = centres * (float(np.sqrt((radius**2).sum())) / math.sqrt(2) / spread)
    steps = np.arange(TRIES)
    angles = steps * math.pi * (3 - math.sqrt(5))
    spiral = np.sqrt(steps)[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1) * float(np.median(radius)) / 3
    placed: list[int] = []
    points = wanted.copy()
    for number in np.lexsort((np.arange(len(radius)), -radius)).tolist():
        tried = wanted[number] + spiral
        free = np.ones(TRIES, dtype=np.bool_)
        for other in placed:
            free &= ((tried - points[other]) ** 2).sum(axis=1) >= (radius[number] + radius[other]) ** 2
        points[number] = tried[int(free.argmax())] if free.any() else tried[-1]
        placed.append(number)
    return points


def _turn(
    graph: igraph.Graph, home: NDArray[np.int64], islands: list[list[int]], inner: list[Points], centres: Points
) -> None:
    """Turn and mirror each community so that its links to others are as short as they can be."""
    across = np.array([pair for pair in graph.get_edgelist() if home[pair[0]] != home[pair[1]]])
    if not len(across):
        return
    ends = np.concatenate([across, across[:, ::-1]])
    place = np.empty(graph.vcount(), dtype=np.int64)
    for island in islands:
        place[island] = np.arange(len(island))
    angles = 2 * math.pi * np.arange(TURNS) / TURNS
    rotations = np.stack(
        [np.stack([np.cos(angles), -np.sin(angles)], 1), np.stack([np.sin(angles), np.cos(angles)], 1)], 1
    )
    rotations = np.concatenate([rotations, rotations * np.array([[-1.0, 1.0]])])
    for number, spots in enumerate(inner):
        mine = ends[home[ends[:, 0]] == number]
        if len(spots) == 1 or not len(mine):
            continue
        here = spots[place[mine[:, 0]]]
        there = centres[home[mine[:, 1]]] - centres[number]
        aims = there / np.maximum(np.linalg.norm(there, axis=1, keepdims=True), 1.0)
        gains = np.einsum("rij,nj,ni->r", rotations, here, aims)
        inner[number] = spots @ rotations[int(gains.argmax())].T


def _typical_edge(graph: igraph.Graph, points: Points) -> float:
    """The median length of the edges; 1 where all ends coincide."""
    ends = np.array(graph.get_edgelist())
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    return float(np.median(lengths)) or 1.0


def _fitted(points: Points) -> Points:
    """Turned so that the longer axis lies across the page, and stretched towards its format within bounds."""
    centred: Points = points - points.mean(axis=0)
    if len(points) == 1:
        return centred
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
    """Overlapping boxes pushed apart along the shorter way, a little in each round; too many keep their places."""
    points = points.copy()
    if len(points) > LARGE:
        return points
    for turn in range(ROUNDS):
        if turn % FRESH == 0:
            first, second = _near(points, boxes)
            reach = boxes[first] + boxes[second]
        gap = points[first] - points[second]
        overlap = reach - np.abs(gap)
        hit: NDArray[np.bool_] = np.asarray((overlap > TOUCH).all(axis=1))
        if not hit.any():
            if turn % FRESH == 0:
                break
            continue
        across = overlap[:, 0] < overlap[:, 1]
        # Two nodes on one spot part by their order, so that they part at all.
        push = (
            np.where(gap == 0, -1.0, np.sign(gap)) * overlap * np.stack([across, ~across], axis=1) * hit[:, None] * 0.3
        )
        np.add.at(points, first, push)
        np.add.at(points, second, -push)
    return points


def _near(points: Points, boxes: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of boxes that overlap or soon may."""
    first, second = np.triu_indices(len(points), 1)
    near = (np.abs(points[first] - points[second]) < boxes[first] + boxes[second] + SLACK).all(axis=1)
    return first[near], second[near]


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
