"""The network that the browser draws: pyvis holds nodes, edges and options, vis-network comes out of its package.

Three habits of pyvis are avoided here: `add_node` in a loop takes quadratic time, so its lists are filled at once; its
template loads Bootstrap from a foreign host and lets headings, menus and titles inject script, so the page has one of
its own; its physics need half a minute for 500 nodes, so positions come from the build.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from pyvis.network import Network

from kg.model import Modality
from kg.page import layout

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.page.palette import Look
    from kg.view import Projection

LIBRARY: Final = "lib/vis-9.1.2/vis-network.min.js"
"""vis-network within the pyvis package, licence header included."""

DASHES: Final[Mapping[Modality, list[int]]] = {Modality.PLANNED: [8, 6], Modality.FORMER: [2, 5]}
"""Line and gap in page units; asserted facts have a full line."""

FAN: Final = 0.16
"""How far the second and further facts between the same two entities bend, as a share of their distance."""

OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "tooltipDelay": 3600000,
        "keyboard": {"enabled": False},
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 1.5, "chosen": False},
    "edges": {
        "smooth": False,
        "chosen": False,
        "width": 1,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    },
}

BUSY: Final = 1500
"""Edges beyond which they are not drawn while panning and zooming: keeps 30 frames a second on an old laptop."""


def network(
    projection: Projection, looks: Mapping[str, Look], groups: Mapping[str, int], symmetric: Collection[str]
) -> dict[str, Any]:
    """Nodes, edges and options for vis-network.

    Ids are places in the sorted keys and in `sorted_edges`; the group of a node is the place of its class in `looks`.
    Facts of `symmetric` properties have no arrow.
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
    net.edges = _edges(projection, keys, symmetric)
    net.set_options(json.dumps(_options(looks, len(net.edges))))
    nodes, edges, _, _, _, options = net.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def library() -> str:
    """The source of vis-network, ready to stand inside a script element."""
    source = resources.files("pyvis").joinpath(LIBRARY).read_text(encoding="utf-8")
    source = source.replace("//# sourceMappingURL=vis-network.min.js.map", "")  # there is no such file beside the page
    return source.replace("<script", "\\x3cscript")  # in a string literal; the parser of HTML must not see it


def _options(looks: Mapping[str, Look], edges: int) -> dict[str, Any]:
    groups = {  # by number: pyvis drops all spaces from options, names included
        str(number): {"shape": look.shape, "color": {"background": look.colour, "border": look.colour}}
        for number, look in enumerate(looks.values())
    }
    busy = edges > BUSY
    interaction = {**OPTIONS["interaction"], "hideEdgesOnDrag": busy, "hideEdgesOnZoom": busy}
    return {**OPTIONS, "interaction": interaction, "groups": groups}


def _edges(projection: Projection, keys: list[str], symmetric: Collection[str]) -> list[dict[str, Any]]:
    index = {key: number for number, key in enumerate(keys)}
    edges: list[dict[str, Any]] = []
    between: dict[frozenset[str], int] = {}
    for number, (left, right, data) in enumerate(sorted_edges(projection)):
        edge: dict[str, Any] = {"id": number, "from": index[left], "to": index[right]}
        if data["property"] in symmetric:
            edge["arrows"] = ""
        if data["modality"] in DASHES:
            edge["dashes"] = DASHES[data["modality"]]
        turn = between.get(frozenset((left, right)), 0)
        between[frozenset((left, right))] = turn + 1
        if turn and left != right:
            edge["smooth"] = {"enabled": True, **_bend(turn, forward=left < right)}
        edges.append(edge)
    return edges


def _bend(turn: int, *, forward: bool) -> dict[str, Any]:
    """The bend of the turn-th further fact: to one side, to the other, then wider; whichever way its arrow points."""
    clockwise = (turn % 2 == 1) == forward
    return {"type": "curvedCW" if clockwise else "curvedCCW", "roundness": round(FAN * ((turn + 1) // 2), 2)}


def sorted_edges(projection: Projection) -> list[tuple[str, str, dict[str, Any]]]:
    """The edges in the order of their ids on the page."""
    return [
        (left, right, data)
        for left, right, _, data in sorted(projection.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ]
