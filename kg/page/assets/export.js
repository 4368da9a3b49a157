// What is shown, to take away: a picture, a drawing, the facts.

const DOWNLOADS = [
  ["Picture (PNG)", savePicture],
  ["Drawing (SVG)", () => save("graph.svg", "image/svg+xml", drawing())],
  ["Facts shown (Turtle)", () => save("graph.ttl", "text/turtle", turtle())],
];

function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  announce(`${name} saved`);
}

/** The canvas as it is seen, on the page's ground. */
function savePicture() {
  const source = byId("canvas").querySelector("canvas");
  const picture = element("canvas", { width: source.width, height: source.height });
  const ctx = picture.getContext("2d");
  ctx.fillStyle = colourOf("ground");
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(source, 0, 0);
  picture.toBlob((blob) => save("graph.png", "image/png", blob), "image/png");
}

/** The view as a vector drawing, labels where the canvas has them. */
function drawing() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = board.network.getScale();
  const spot = (position) => board.network.canvasToDOM(position);
  const root = svg("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, "font-family": "sans-serif", "font-size": LABEL_SIZE });
  root.append(svg("rect", { width, height, fill: colourOf("ground") }));
  for (const id of board.part.edges) {
    const course = courseOf(id);
    const [from, via, to] = [course.from, course.via, course.to].map(spot).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
    root.append(svg("path", { d: `M${from} Q${via} ${to}`, fill: "none", stroke: colourOf("edge"), "stroke-dasharray": data.network.edges[id].dashes?.join(" ") }, svg("title", {}, factInWords(facts[id]))));
  }
  for (const id of board.part.nodes) {
    const { x, y } = spot(board.network.getPosition(id));
    const picture = mark(classes[nodes[id].class], x, y, data.network.nodes[id].size * scale);
    picture.append(svg("title", {}, nodes[id].label));
    root.append(picture);
  }
  for (const { mark: item, x, y } of board.labels) root.append(svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": "middle", "dominant-baseline": "middle", fill: colourOf("ink"), stroke: colourOf("ground"), "stroke-width": 3, "paint-order": "stroke" }, item.text));
  return new XMLSerializer().serializeToString(root);
}

const KG = "https://example.org/kg/ontology#";
const TURTLE_PREFIXES = [
  ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"],
  ["skos", "http://www.w3.org/2004/02/skos/core#"],
  ["owl", "http://www.w3.org/2002/07/owl#"],
  ["xsd", "http://www.w3.org/2001/XMLSchema#"],
  ["schema", "https://schema.org/"],
];

/** The entities and facts shown, as Turtle; former facts are left out, as in graph.ttl. */
function turtle() {
  const lines = TURTLE_PREFIXES.map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`);
  for (const id of [...board.part.nodes].sort((a, b) => a - b)) lines.push("", ...turtleOf(nodes[id]));
  return `${lines.join("\n")}\n`;
}

function turtleOf(node) {
  const look = classes[node.class];
  const types = [look.iri, ...look.parents].filter(Boolean).map(iriRef);
  const parts = [];
  if (types.length) parts.push(`a ${types.join(" , ")}`);
  parts.push(`rdfs:label ${literal(node.label)}`);
  if (node.aliases.length) parts.push(`skos:altLabel ${node.aliases.map(literal).join(" , ")}`);
  if (node.links) parts.push(`owl:sameAs ${node.links.map(iriRef).join(" , ")}`);
  for (const fact of node.facts) {
    if (fact.s !== node.id || MODALITIES[fact.m].name === "Former" || !passes(fact) || !properties[fact.p].iri) continue;
    if (isEdge(fact) && !board.part.edges.has(fact.id)) continue;
    parts.push(`${iriRef(properties[fact.p].iri)} ${isEdge(fact) ? entityRef(fact.o) : valueRef(fact.v)}`);
  }
  return [`${entityRef(node.id)} ${parts.join(" ;\n    ")} .`];
}

const entityRef = (id) => iriRef(`${data.base}id/${encodeURIComponent(nodes[id].key).replace(/[!'()*]/g, escapeIri)}`);
const escapeIri = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
const iriRef = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, escapeIri)}>`;
const literal = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007F");

function valueRef(value) {
  if (value.date !== undefined) return `"${value.date}"^^xsd:${["gYear", "gYearMonth", "date"][value.date.split("-").length - 1]}`;
  if (value.integer !== undefined) return value.integer;
  const kg = (name, text) => (text ? ` ; <${KG}${name}> ${literal(text)}` : "");
  const unit = value.unit === undefined ? `schema:currency ${literal(value.currency)}` : `schema:unitText ${literal(value.unit)}`;
  const kind = value.unit === undefined ? "schema:MonetaryAmount" : "schema:QuantitativeValue";
  return `[ a ${kind} ; schema:value ${value.number} ; ${unit}${kg("kind", value.kind)}${kg("qualifier", value.qualifier)} ]`;
}
