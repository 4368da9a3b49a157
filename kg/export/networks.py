"""The graph as a network for Gephi, yEd, Cytoscape, igraph: GraphML and GEXF.

Nodes are entities, edges the facts between them; facts with a value are attributes of their node, in words. What the
formats cannot hold (where the sentences stand, former names of facts, articles as nodes) is left to the RDF formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from kg.page.palette import looks
from kg.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import Graph, Statement
    from kg.ontology.schema import Ontology

Value = str | int | float

_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
_GEXF: Final = "http://www.gexf.net/1.2draft"  # what Gephi, networkx and igraph all read
_VIZ: Final = f"{_GEXF}/viz"
_JOINED: Final = "; "
_SMALLEST, _LARGEST = 4.0, 40.0  # sizes of nodes in Gephi's units
# Characters that XML 1.0 cannot hold, and that a text taken from HTML may.
_FORBIDDEN: Final = dict.fromkeys([*(set(range(32)) - {9, 10, 13}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: what it is called, its class, and everything else that is known of it as attributes."""

    key: str
    label: str
    class_: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact between two entities."""

    source: str
    target: str
    label: str
    weight: float
    attributes: Mapping[str, Value]


def network(graph: Graph, ontology: Ontology) -> tuple[list[Node], list[Edge]]:
    """Nodes by key and edges by their ends."""
    between = [statement for statement in graph.statements if isinstance(statement.object, str)]
    values: dict[str, dict[str, list[str]]] = {}
    degree: dict[str, int] = {}
    for statement in graph.statements:
        if isinstance(statement.object, str):
            for end in (statement.subject, statement.object):
                degree[end] = degree.get(end, 0) + 1
        else:
            own = values.setdefault(statement.subject, {})
            own.setdefault(statement.property, []).append(in_words(statement.object))
    nodes = []
    for entity in graph.entities:
        attributes: dict[str, Value] = {"class": entity.class_, "facts": degree.get(entity.key, 0)}
        attributes["articles"] = len(entity.articles)
        if entity.aliases:
            attributes["aliases"] = _JOINED.join(entity.aliases)
        place = entity.background
        if place is not None and place.latitude is not None and place.longitude is not None:
            attributes |= {"latitude": place.latitude, "longitude": place.longitude}
        if place is not None and place.iso_code:
            attributes["isoCode"] = place.iso_code
        attributes |= {name: _JOINED.join(words) for name, words in sorted(values.get(entity.key, {}).items())}
        nodes.append(Node(entity.key, entity.label, entity.class_, attributes))
    texts = {article.id: article.text for article in graph.articles}
    return nodes, [_edge(statement, texts, ontology) for statement in between]


def _edge(statement: Statement, texts: Mapping[str, str], ontology: Ontology) -> Edge:
    known = ontology.properties.get(statement.property)
    roles = sorted({each.role for each in statement.evidence if each.role})
    attributes: dict[str, Value] = {
        "property": statement.property,
        "modality": str(statement.modality),
        "confidence": round(statement.confidence, 2),
        "articles": len({each.article for each in statement.evidence}),
    }
    if roles:
        attributes["roles"] = _JOINED.join(roles)
    if quote := _quote(statement, texts):
        attributes["quote"] = quote
    label = known.label if known else statement.property
    return Edge(statement.subject, str(statement.object), label, round(statement.confidence, 2), attributes)


def _quote(statement: Statement, texts: Mapping[str, str]) -> str:
    """The first sentence that states a fact, on one line."""
    if not statement.evidence:
        return ""
    first = statement.evidence[0]
    return " ".join(texts.get(first.article, "")[first.span.start : first.span.end].split())


def graphml(graph: Graph, ontology: Ontology) -> bytes:
    """GraphML (http://graphml.graphdrawing.org/specification.html)."""
    nodes, edges = network(graph, ontology)
    ET.register_namespace("", _GRAPHML)
    root = ET.Element(f"{{{_GRAPHML}}}graphml")
    keys = {}
    for domain, items in (("node", nodes), ("edge", edges)):
        kinds = {"label": "string", **_kinds(item.attributes for item in items)}
        for name, kind in kinds.items():
            keys[domain, name] = f"{domain}-{name}"
            about = {"id": keys[domain, name], "for": domain, "attr.name": name, "attr.type": kind}
            ET.SubElement(root, f"{{{_GRAPHML}}}key", about)
    body = ET.SubElement(root, f"{{{_GRAPHML}}}graph", id="kg", edgedefault="directed")
    for node in nodes:
        made = ET.SubElement(body, f"{{{_GRAPHML}}}node", id=_clean(node.key))
        _data(made, {"label": node.label, **node.attributes}, keys, "node")
    for edge in edges:
        ends = {"id": _clean(_edge_id(edge)), "source": _clean(edge.source), "target": _clean(edge.target)}
        made = ET.SubElement(body, f"{{{_GRAPHML}}}edge", ends)
        _data(made, {"label": edge.label, **edge.attributes}, keys, "edge")
    return _text(root)


def _data(parent: ET.Element, values: Mapping[str, Value], keys: Mapping[tuple[str, str], str], domain: str) -> None:
    for name, value in values.items():
        ET.SubElement(parent, f"{{{_GRAPHML}}}data", key=keys[domain, name]).text = _clean(str(value))


def gexf(graph: Graph, ontology: Ontology) -> bytes:
    """GEXF 1.2 (https://gexf.net) with a colour for each class and a size for each number of facts."""
    nodes, edges = network(graph, ontology)
    ET.register_namespace("", _GEXF)
    ET.register_namespace("viz", _VIZ)
    root = ET.Element(f"{{{_GEXF}}}gexf", version="1.2")
    body = ET.SubElement(root, f"{{{_GEXF}}}graph", defaultedgetype="directed", mode="static")
    node_ids = _declared(body, "node", [node.attributes for node in nodes])
    edge_ids = _declared(body, "edge", [edge.attributes for edge in edges])
    colours = looks((node.class_ for node in nodes), ontology)
    most = max((int(node.attributes["facts"]) for node in nodes), default=0) or 1
    parent = ET.SubElement(body, f"{{{_GEXF}}}nodes")
    for node in nodes:
        made = ET.SubElement(parent, f"{{{_GEXF}}}node", id=_clean(node.key), label=_clean(node.label))
        _attvalues(made, node.attributes, node_ids)
        red, green, blue = bytes.fromhex(colours[node.class_].colour.removeprefix("#"))
        ET.SubElement(made, f"{{{_VIZ}}}color", r=str(red), g=str(green), b=str(blue))
        size = _SMALLEST + (_LARGEST - _SMALLEST) * (int(node.attributes["facts"]) / most) ** 0.5
        ET.SubElement(made, f"{{{_VIZ}}}size", value=f"{size:.2f}")
    parent = ET.SubElement(body, f"{{{_GEXF}}}edges")
    for edge in edges:
        ends = {"id": _clean(_edge_id(edge)), "source": _clean(edge.source), "target": _clean(edge.target)}
        told = {"label": _clean(edge.label), "weight": f"{edge.weight:.2f}"}
        _attvalues(ET.SubElement(parent, f"{{{_GEXF}}}edge", {**ends, **told}), edge.attributes, edge_ids)
    return _text(root)


def _declared(body: ET.Element, domain: str, items: Sequence[Mapping[str, Value]]) -> dict[str, str]:
    """Declare the attributes of nodes or edges; gives the id of each."""
    declared = ET.SubElement(body, f"{{{_GEXF}}}attributes", {"class": domain, "mode": "static"})
    ids = {}
    for name, kind in _kinds(items).items():
        ids[name] = name
        ET.SubElement(declared, f"{{{_GEXF}}}attribute", id=name, title=name, type="integer" if kind == "int" else kind)
    return ids


def _attvalues(parent: ET.Element, values: Mapping[str, Value], ids: Mapping[str, str]) -> None:
    listed = ET.SubElement(parent, f"{{{_GEXF}}}attvalues")
    for name, value in values.items():
        ET.SubElement(listed, f"{{{_GEXF}}}attvalue", {"for": ids[name], "value": _clean(str(value))})


def _kinds(items: Iterable[Mapping[str, Value]]) -> dict[str, str]:
    """The type of every attribute, by name."""
    names = {str: "string", int: "int", float: "double"}
    return dict(sorted({name: names[type(value)] for each in items for name, value in each.items()}.items()))


def _edge_id(edge: Edge) -> str:
    return f"{edge.source} {edge.attributes['property']} {edge.target}"


def _clean(text: str) -> str:
    return text.translate(_FORBIDDEN)


def _text(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()
