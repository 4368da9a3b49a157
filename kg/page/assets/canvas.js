// The drawing: vis-network draws marks and lines, this adds labels, emphasis and what a hand or key can do.

const VEIL = 0.74;
const FADED = 0.42;
const MOST_EDGE_LABELS = 30;
const CLOSEST = 1.5;
const TOO_SMALL = 0.4;
const READABLE = 0.75;
const MARGIN = 40;
const ROOM = { x: 62, y: 44 };

const largestDegree = Math.max(1, byImportance[0]?.degree ?? 0);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const animation = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

const board = {
  network: null,
  nodes: new vis.DataSet(),
  edges: new vis.DataSet(),
  part: { nodes: new Set(), edges: new Set(), groups: new Map(), bundles: [] },
  spots: null,
  hovered: { node: null, edge: null },
  labels: [],
  byHand: false,
  syncing: false,
  asked: false,
  room: "",
};

/** Makes the network, again after a change of colours: vis-network takes them at birth only. */
function openBoard() {
  const view = board.network ? { position: board.network.getViewPosition(), scale: board.network.getScale() } : null;
  board.network?.destroy();
  board.room = "";
  const options = structuredClone(data.network.options);
  for (const group of Object.values(options.groups)) group.color.border = rim(group.color.background);
  options.edges.color = { color: colourOf("edge"), inherit: false };
  board.network = new vis.Network(byId("canvas"), { nodes: board.nodes, edges: board.edges }, options);
  if (view) board.network.moveTo(view);
  board.network.on("afterDrawing", drawOver);
  board.network.on("click", onClick);
  board.network.on("doubleClick", ({ nodes: [id] }) => id !== undefined && !isGroup(id) && go({ focus: nodes[id].key, node: nodes[id].key, fact: null, path: null }));
  for (const [event, kind, value] of [["hoverNode", "node", true], ["blurNode", "node", false], ["hoverEdge", "edge", true], ["blurEdge", "edge", false]])
    board.network.on(event, (params) => onHover(kind, value ? params[kind] : null));
}

/** Draws a part of the graph and nothing else. */
function showPart(part) {
  board.part = part;
  board.spots = partLayout(part);
  const place = (id) => (board.spots ? { ...data.network.nodes[id], ...round(board.spots.get(id)) } : data.network.nodes[id]);
  board.syncing = true; // vis-network draws after each change, when not all ends are there yet
  sync(board.edges, [], true);
  sync(board.nodes, [...[...part.nodes].map(place), ...groupNodes(part)], false);
  sync(board.edges, [...[...part.edges].map((id) => data.network.edges[id]), ...bundleEdges(part)], false);
  board.syncing = false;
}

const round = ({ x, y }) => ({ x: Math.round(x), y: Math.round(y) });

/** Makes a data set hold these items, touching as few as possible. */
function sync(set, items, onlyRemove) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  const gone = set.getIds().filter((id) => !wanted.has(id) && (!onlyRemove || !board.part.edges.has(id)));
  if (gone.length) set.remove(gone);
  if (onlyRemove) return;
  const changed = items.filter((item) => {
    const known = set.get(item.id);
    return !known || known.x !== item.x || known.y !== item.y || known.width !== item.width;
  });
  if (changed.length) set.update(changed);
}

/** Draws once before the next frame, however often it is asked. */
function redrawSoon() {
  if (board.asked) return;
  board.asked = true;
  requestAnimationFrame(() => {
    board.asked = false;
    board.network.redraw();
  });
}

/** Fits the drawing to the room it has, which opening and closing panels change. */
function takeRoom() {
  const room = `${byId("canvas").clientWidth} ${byId("canvas").clientHeight}`;
  if (room === board.room) return;
  board.room = room;
  board.network.setSize("100%", "100%");
}

/** Shows the whole part, with room for labels at the edges. */
function fitPart() {
  const all = [...board.part.nodes, ...board.part.groups.keys()];
  if (all.length) fitNodes(all, CLOSEST);
}

function fitNodes(ids, closest) {
  takeRoom();
  const spots = ids.map((id) => board.network.getPosition(id));
  const range = (axis) => spots.reduce(([low, high], spot) => [Math.min(low, spot[axis]), Math.max(high, spot[axis])], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [range("x"), range("y")];
  const { clientWidth, clientHeight } = byId("canvas");
  const room = { x: Math.max(80, clientWidth - 2 * ROOM.x), y: Math.max(80, clientHeight - 2 * ROOM.y) };
  const scale = Math.min(closest, room.x / Math.max(1, right - left), room.y / Math.max(1, bottom - top));
  board.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
}

/** Moves the view so that what is chosen is seen, and large enough, if it is not. */
function reveal(ids) {
  const drawn = ids.filter((id) => board.part.nodes.has(id));
  if (!drawn.length) return;
  takeRoom();
  const { clientWidth, clientHeight } = byId("canvas");
  const seen = (id) => {
    const { x, y } = board.network.canvasToDOM(board.network.getPosition(id));
    return x > MARGIN && y > MARGIN && x < clientWidth - MARGIN && y < clientHeight - MARGIN;
  };
  const scale = board.network.getScale();
  if (drawn.every(seen) && (board.byHand || scale >= TOO_SMALL)) return;
  if (drawn.length > 1) fitNodes(drawn, Math.max(scale, READABLE));
  else board.network.moveTo({ position: board.network.getPosition(drawn[0]), scale: Math.max(scale, READABLE), animation: animation() });
}

function zoomBy(factor) {
  board.network.moveTo({ scale: Math.min(4, Math.max(0.02, board.network.getScale() * factor)), animation: animation() });
}

function onClick({ nodes: [id], edges: [edge], pointer }) {
  const label = board.labels.find(({ box }) => inside(pointer.DOM, box));
  board.byHand = true;
  if (isGroup(id)) openGroup(id);
  else if (id !== undefined) go({ node: nodes[id].key, fact: null });
  else if (label && isGroup(label.mark.id)) openGroup(label.mark.id);
  else if (label) go({ node: nodes[label.mark.id].key, fact: null });
  else if (edge !== undefined && !isGroup(edge)) go({ fact: facts[edge].key, node: null });
  else go({ node: null, fact: null });
  board.byHand = false;
}

const inside = ({ x, y }, box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

function onHover(kind, id) {
  board.hovered[kind] = id;
  byId("canvas").classList.toggle("pointing", board.hovered.node !== null || board.hovered.edge !== null);
  redrawSoon();
}

/** What stands out: the chosen entity with its facts, or the chosen fact, and what the pointer is on. */
function emphasised() {
  const strong = { nodes: new Set(), edges: new Set(), chosen: null };
  const add = (fact) => {
    if (!board.part.edges.has(fact.id)) return;
    strong.edges.add(fact.id);
    strong.nodes.add(fact.s).add(fact.o);
  };
  if (state.fact && board.part.edges.has(factByKey.get(state.fact).id)) add(factByKey.get(state.fact));
  if (state.node && board.part.nodes.has(nodeByKey.get(state.node).id)) {
    strong.chosen = nodeByKey.get(state.node).id;
    strong.nodes.add(strong.chosen);
    nodes[strong.chosen].facts.filter(isEdge).forEach(add);
  }
  if (state.path && !state.fact) board.part.edges.forEach((id) => add(facts[id]));
  // Along a path and around a focus all is of interest already.
  strong.dims = strong.nodes.size > 0 && !state.path && !(state.focus && state.focus === state.node);
  return strong;
}

function hoveredOnly() {
  const found = { nodes: new Set(), edges: new Set() };
  const { node, edge } = board.hovered;
  if (node !== null && board.part.nodes.has(node)) {
    found.nodes.add(node);
    for (const fact of nodes[node].facts) if (isEdge(fact) && board.part.edges.has(fact.id)) found.edges.add(fact.id);
  } else if (edge !== null && board.part.edges.has(edge)) {
    found.edges.add(edge);
    found.nodes.add(facts[edge].s).add(facts[edge].o);
  }
  return found;
}

/** Everything drawn after vis-network has drawn its marks and lines. */
function drawOver(ctx) {
  if (board.syncing) return;
  const strong = emphasised();
  const hovered = hoveredOnly();
  if (strong.dims) drawVeil(ctx);
  const edges = new Set([...strong.edges, ...hovered.edges]);
  for (const id of edges) drawStrongEdge(ctx, id);
  for (const id of new Set([...strong.nodes, ...hovered.nodes, ...endsOf(edges)])) board.network.body.nodes[id]?.draw(ctx);
  if (strong.chosen !== null) drawRing(ctx, strong.chosen);
  onScreen(ctx, () => drawLabels(ctx, strong, hovered));
}

const endsOf = (edges) => [...edges].flatMap((id) => [facts[id].s, facts[id].o]);

/** Draws in pixels of the screen instead of units of the graph. */
function onScreen(ctx, draw) {
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw();
  ctx.restore();
}

function drawVeil(ctx) {
  onScreen(ctx, () => {
    ctx.globalAlpha = VEIL;
    ctx.fillStyle = colourOf("ground");
    ctx.fillRect(0, 0, ctx.canvas.clientWidth, ctx.canvas.clientHeight);
  });
}

/** Where an edge runs: from, to, and the point that a bent one bends towards. */
function courseOf(id) {
  const fact = facts[id];
  const [from, to] = [fact.s, fact.o].map((end) => board.network.getPosition(end));
  const via = board.network.body.edges[id]?.edgeType.getViaNode?.() ?? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return { from, to, via, middle: { x: (from.x + 2 * via.x + to.x) / 4, y: (from.y + 2 * via.y + to.y) / 4 } };
}

function drawStrongEdge(ctx, id) {
  const fact = facts[id];
  if (fact.s === fact.o) return;
  const { from, to, via } = courseOf(id);
  const scale = board.network.getScale();
  const width = (state.fact === fact.key ? 3 : 1.8) / Math.max(scale, 0.6);
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colourOf("edge-strong");
  ctx.lineWidth = width;
  ctx.setLineDash(data.network.edges[id].dashes ?? []);
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.quadraticCurveTo(via.x, via.y, to.x, to.y);
  ctx.stroke();
  if (!properties[fact.p].symmetric) drawHead(ctx, via, to, data.network.nodes[fact.o].size + 2, 5 * width);
  ctx.restore();
}

function drawHead(ctx, via, to, gap, length) {
  const angle = Math.atan2(to.y - via.y, to.x - via.x);
  ctx.setLineDash([]);
  ctx.translate(to.x - gap * Math.cos(angle), to.y - gap * Math.sin(angle));
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(-length, length * 0.45);
  ctx.lineTo(-length, -length * 0.45);
  ctx.fill();
}

function drawRing(ctx, id) {
  const { x, y } = board.network.getPosition(id);
  const scale = board.network.getScale();
  ctx.save();
  ctx.strokeStyle = colourOf("accent");
  ctx.lineWidth = 2.5 / scale;
  ctx.beginPath();
  ctx.arc(x, y, data.network.nodes[id].size * 1.15 + 5 / scale, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.restore();
}

function drawLabels(ctx, strong, hovered) {
  const taken = new Taken();
  const [ink, halo, faint] = ["ink", "ground", "ink-faint"].map(colourOf);
  const first = new Set([...(strong.chosen === null ? [] : [strong.chosen]), ...hovered.nodes, ...strong.nodes]);
  const order = [...[...first].map((id) => nodes[id]), ...byImportance.filter((node) => !first.has(node.id))];
  const lines = strong.edges.size ? strong.edges : hovered.edges;
  const away = awayFrom(lines);
  const marks = order.map((node) => markOnScreen(node, first.has(node.id), away.get(node.id))).filter(Boolean);
  if (board.part.groups.size) marks.splice(first.size && marks.length ? marks.filter((item) => item.strong).length : 0, 0, ...groupMarks());
  const width = byId("canvas").clientWidth;
  const room = roomOf(marks);
  const split = marks.filter((item) => item.strong).length;
  board.labels = placeLabels(ctx, marks.slice(0, split), taken, room, width);
  if (lines.size <= MOST_EDGE_LABELS) drawEdgeLabels(ctx, lines, taken, faint, halo);
  board.labels.push(...placeLabels(ctx, marks.slice(split), taken, room, width));
  for (const { mark: item, x, y, font } of board.labels) {
    ctx.globalAlpha = strong.dims && !item.strong ? FADED : 1;
    drawText(ctx, item.text, x, y, font, ink, halo);
  }
  ctx.globalAlpha = 1;
}

/** Closed communities as labels see them, the largest first. */
function groupMarks() {
  const scale = board.network.getScale();
  return [...board.part.groups].sort(([, a], [, b]) => b.count - a.count).map(([id, { x, y, size, text }]) => {
    const spot = board.network.canvasToDOM({ x, y });
    return { id, x: spot.x, y: spot.y, radius: size * scale, size: LABEL_SIZE, text, strong: false, rank: 0 };
  });
}

/** For the ends of emphasised lines, the direction away from those lines, where a label hides none of them. */
function awayFrom(edges) {
  const away = new Map();
  for (const id of edges) {
    const fact = facts[id];
    for (const [end, other] of [[fact.s, fact.o], [fact.o, fact.s]]) {
      const [here, there] = [end, other].map((node) => board.network.getPosition(node));
      const length = Math.hypot(here.x - there.x, here.y - there.y) || 1;
      const sum = away.get(end) ?? { x: 0, y: 0 };
      away.set(end, { x: sum.x + (here.x - there.x) / length, y: sum.y + (here.y - there.y) / length });
    }
  }
  return away;
}

/** A node as labels see it, or null where it is not on the screen. */
function markOnScreen(node, strong, away) {
  if (!board.part.nodes.has(node.id)) return null;
  const { x, y } = board.network.canvasToDOM(board.network.getPosition(node.id));
  const { clientWidth, clientHeight } = byId("canvas");
  if (x < -40 || y < -40 || x > clientWidth + 40 || y > clientHeight + 40) return null;
  const radius = data.network.nodes[node.id].size * board.network.getScale() + 1;
  const size = LABEL_SIZE + (strong ? 1 : 0) + 2.5 * (node.degree / largestDegree) ** 0.5;
  return { id: node.id, x, y, radius, size, text: shortened(node.label), strong, away, rank: node.rank };
}

/** The property on each line, where it has room beside the marks. */
function drawEdgeLabels(ctx, edges, taken, colour, halo) {
  const font = `italic 11.5px ${LABEL_FONT}`;
  for (const id of edges) {
    const { x, y } = board.network.canvasToDOM(courseOf(id).middle);
    const text = properties[facts[id].p].label;
    const width = widthOf(ctx, text, font) + 4;
    const box = { left: x - width / 2, right: x + width / 2, top: y - 8, bottom: y + 8 };
    if (!taken.isFree(box, `edge ${id}`)) continue;
    taken.take(box, `edge ${id}`);
    drawText(ctx, text, x, y, font, colour, halo);
  }
}

/** The neighbour that lies best in a direction, for walking with the arrow keys. */
function neighbourTowards(id, dx, dy) {
  const here = board.network.getPosition(id);
  let best = null;
  for (const fact of nodes[id].facts) {
    if (!isEdge(fact) || !board.part.edges.has(fact.id)) continue;
    const other = otherEnd(fact, id);
    const there = board.network.getPosition(other);
    const length = Math.hypot(there.x - here.x, there.y - here.y) || 1;
    const aim = ((there.x - here.x) * dx + (there.y - here.y) * dy) / length;
    if (aim > 0.3 && (!best || aim / length ** 0.3 > best.aim)) best = { id: other, aim: aim / length ** 0.3 };
  }
  return best?.id ?? null;
}
