"""The network that the browser draws: pyvis holds nodes, edges and options, vis-network comes out of its package.

Three habits of pyvis are avoided here: `add_node` in a loop takes quadratic time, so its lists are filled at once; its
template loads Bootstrap from a foreign host and lets headings, menus and titles inject script, so the page has one of
its own; its physics need half a minute for 500 nodes, so positions come from the build. What vis-network keeps on the
page is the view and the gestures; lines and marks are painted in batches (`assets/paint.js`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from pyvis.network import Network

from kg.page import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.page.palette import Look
    from kg.view import Projection

LIBRARY: Final = "lib/vis-9.1.2/vis-network.min.js"
"""vis-network within the pyvis package, licence header included."""

FAN: Final = 0.16
"""How far the second and further facts between the same two entities bend, as a share of their distance."""

OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "tooltipDelay": 3600000,
        "keyboard": {"enabled": False},
        "zoomSpeed": 0.7,
    },
    "nodes": {"chosen": False},
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the browser needs to draw: columns of the nodes, the bends of further facts by number, and options."""

    nodes: dict[str, list[Any]]
    bends: dict[str, float]
    options: dict[str, Any]


def network(projection: Projection, looks: Mapping[str, Look], groups: Mapping[str, int]) -> Drawn:
    """Where the nodes stand and how large they are, in the order of their sorted keys, and options for vis-network.

    The id of a node is its place there, that of an edge its place in `sorted_edges`; the group of a node is the place
    of its class in `looks`.
    """
    net = Network(directed=True, cdn_resources="in_line")
    keys = sorted(projection)
    numbers = {name: number for number, name in enumerate(looks)}
    spots = layout.positions(projection, dict(groups))
    net.nodes = [
        {
            "id": number,
            "x": spots[key][0],
            "y": spots[key][1],
            "size": layout.radius(projection.nodes[key]["degree"]),
            "group": str(numbers[projection.nodes[key]["class_"]]),
        }
        for number, key in enumerate(keys)
    ]
    net.node_ids = list(range(len(keys)))
    net.node_map = dict(enumerate(net.nodes))
    net.edges = _edges(projection, keys)
    net.set_options(json.dumps(OPTIONS))
    nodes, edges, _, _, _, options = net.get_network_data()
    return Drawn(
        nodes={name: [node[name] for node in nodes] for name in ("x", "y", "size")},
        bends={str(edge["id"]): edge["bend"] for edge in edges if "bend" in edge},
        options=json.loads(options),
    )


def library() -> str:
    """The source of vis-network, ready to stand inside a script element."""
    source = resources.files("pyvis").joinpath(LIBRARY).read_text(encoding="utf-8")
    source = source.replace("//# sourceMappingURL=vis-network.min.js.map", "")  # there is no such file beside the page
    return source.replace("<script", "\\x3cscript")  # in a string literal; the parser of HTML must not see it


def _edges(projection: Projection, keys: list[str]) -> list[dict[str, Any]]:
    index = {key: number for number, key in enumerate(keys)}
    edges: list[dict[str, Any]] = []
    between: dict[frozenset[str], int] = {}
    for number, (left, right, _) in enumerate(sorted_edges(projection)):
        edge: dict[str, Any] = {"id": number, "from": index[left], "to": index[right]}
        turn = between.get(frozenset((left, right)), 0)
        between[frozenset((left, right))] = turn + 1
        if turn and left != right:
            edge["bend"] = _bend(turn, forward=left < right)
        edges.append(edge)
    return edges


def _bend(turn: int, *, forward: bool) -> float:
    """The bend of the turn-th further fact: to one side, to the other, then wider; whichever way its arrow points."""
    side = 1 if (turn % 2 == 1) == forward else -1
    return side * round(FAN * ((turn + 1) // 2), 2)


def sorted_edges(projection: Projection) -> list[tuple[str, str, dict[str, Any]]]:
    """The edges in the order of their ids on the page."""
    return [
        (left, right, data)
        for left, right, _, data in sorted(projection.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ]
