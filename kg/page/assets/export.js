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
  ctx.fillStyle = colours.ground;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(source, 0, 0);
  picture.toBlob((blob) => save("graph.png", "image/png", blob), "image/png");
}

/** The view as a vector drawing: what the canvas shows, in the same order. */
function drawing() {
  const view = currentView();
  const { width, height } = view;
  const root = svg("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, "font-family": "sans-serif", "font-size": LABEL_SIZE });
  root.append(svg("rect", { width, height, fill: board.land ? colours.sea : colours.ground }));
  root.append(...(board.land ? landAsPaths(view) : islandsAsPaths(view)));
  for (const { from, to, count, faint } of board.part.bundles) {
    const [one, other] = [from, to].map((id) => screen(view, spotOf(id)));
    root.append(svg("path", { d: `M${at(one)} L${at(other)}`, stroke: colours.edge, "stroke-width": bundleWidth(count), "stroke-opacity": faint ? FAINT : 0.5 }));
  }
  root.append(...[...board.part.edges].map((id) => lineAsPath(view, facts[id])).filter(Boolean));
  for (const group of board.part.groups.values()) root.append(groupAsMark(view, group));
  for (const id of board.ranked) {
    const { x, y } = screen(view, spotOf(id));
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const picture = mark(classes[nodes[id].class], x, y, shownSize(nodes[id].size, view));
    picture.append(svg("title", {}, nodes[id].label));
    root.append(picture);
  }
  for (const label of board.labels) root.append(...labelAsText(label));
  return new XMLSerializer().serializeToString(root);
}

const at = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;

function lineAsPath(view, fact) {
  const course = courseOf(fact, view, board.part.edges.size > MOST_FINE);
  if (fact.s === fact.o || outside(course, view, 0)) return null;
  const look = classes[nodes[fact.s].class];
  return svg("path", { d: `M${at(course.from)} Q${at(course.via)} ${at(course.to)}`, fill: "none", stroke: look.line, "stroke-dasharray": DASHES[fact.m].join(" ") || null }, svg("title", {}, factInWords(fact)));
}

function islandsAsPaths(view) {
  const round = { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };
  return board.islands.flatMap(({ members, edges }) => {
    const dots = members.map((id) => screen(view, spotOf(id))).map((spot) => `M${at(spot)}h.01`);
    const lines = edges.map(([one, other]) => `M${at(screen(view, spotOf(one)))} L${at(screen(view, spotOf(other)))}`);
    const d = [...dots, ...lines].join(" ");
    return [["island-line", 1.5], ["island", 0]].map(([colour, more]) => svg("path", { d, ...round, stroke: colours[colour], "stroke-width": (2 * (ISLAND * view.scale + more)).toFixed(1) }));
  });
}

/** Land as far as the view reaches; the points come from the same packed lines as on the canvas. */
function landAsPaths(view) {
  const [land, borders] = data.world.split("\n").map(linesOf);
  const asPath = (line) => line.map((point) => screen(view, mercator(point)));
  const seen = (points) => !outsideAll(points, view);
  const path = (lines, end) => lines.map(asPath).filter(seen).map((points) => `M${points.map(at).join("L")}${end}`).join("");
  return [
    svg("path", { d: path(land, "Z"), fill: colours.land, stroke: colours.border, "stroke-width": 0.8 }),
    svg("path", { d: path(borders, ""), fill: "none", stroke: colours.border, "stroke-width": 0.6 }),
  ];
}

const outsideAll = (points, { width, height }) =>
  points.every(({ x }) => x < 0) || points.every(({ x }) => x > width) || points.every(({ y }) => y < 0) || points.every(({ y }) => y > height);

function groupAsMark(view, group) {
  const { x, y } = screen(view, group);
  const radius = groupRadius(group, view);
  const circle = svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1), fill: colours.group, stroke: classes[group.shares[0][0]].colour, "stroke-width": Math.max(2, radius * 0.14).toFixed(1) });
  const count = svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": "middle", "dominant-baseline": "middle", "font-weight": 600, fill: colours.ink }, digits(group.count));
  return svg("g", {}, circle, radius > 13 && count);
}

function labelAsText({ mark: item, x, y }) {
  const look = { "text-anchor": "middle", "dominant-baseline": "middle", "font-size": item.size.toFixed(1), "font-weight": item.bold ? 600 : null, fill: colours.ink };
  const halo = { stroke: board.land ? colours.sea : colours.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };
  return item.lines.map((line, place) => svg("text", { x: x.toFixed(1), y: lineAt(item, y, place).toFixed(1), ...look, ...halo }, line));
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
