// The drawing: vis-network keeps the view and the gestures; this says what is drawn, where, and what stands out.

const VEIL = 0.72;
const FADED = 0.45;
const MOST_EDGE_LABELS = 30;
const CLOSEST = 1.5;
const TOO_SMALL = 0.4;
const READABLE = 0.75;
const SCALES = [0.004, 6];
const MARGIN = 40;
const ROOM = { x: 70, y: 46 };
const MOST_ROOM = 0.09;
const FINGER = 5;
const MOST_STRONG = 250;

/** Lines and marks from which a scene is kept as a picture wider than the window by `SPARE` pixels, and moved, not painted, while panning. */
const HEAVY = 900;
const SPARE = 260;

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const animation = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

const board = {
  network: null,
  nodes: new vis.DataSet(),
  part: { nodes: new Set(), edges: new Set(), groups: new Map(), bundles: [] },
  spots: new Map(),
  ranked: [],
  islands: [],
  land: null,
  hovered: { node: null, edge: null },
  labels: [],
  version: 0,
  picture: null,
  movable: true,
  byHand: false,
  syncing: false,
  asked: false,
  room: "",
};

const spotOf = (id) => board.spots.get(id);

function openBoard() {
  readColours();
  const options = structuredClone(data.options);
  // A mark is painted with all others; vis-network has to know only where it can be taken hold of.
  const held = ({ id }) => ({ drawNode() {}, nodeDimensions: { width: 2 * nodes[id].size, height: 2 * nodes[id].size } });
  Object.assign(options.nodes, { shape: "custom", ctxRenderer: held });
  board.network = new vis.Network(byId("canvas"), { nodes: board.nodes, edges: [] }, options);
  board.network.on("afterDrawing", paint);
  board.network.on("click", ({ pointer }) => onClick(pointer.DOM));
  board.network.on("doubleClick", ({ pointer }) => onDoubleClick(pointer.DOM));
  board.network.on("dragging", ({ nodes: dragged }) => dragged.forEach(moveMark));
  board.network.on("zoom", ({ scale }) => scale !== clamped(scale) && board.network.moveTo({ scale: clamped(scale) }));
  byId("canvas").addEventListener("pointermove", onPointer);
  byId("canvas").addEventListener("pointerleave", () => onHover({ node: null, edge: null }));
}

const clamped = (scale) => Math.min(SCALES[1], Math.max(SCALES[0], scale));

/** Draws a part of the graph and nothing else. */
function showPart(part) {
  if (Boolean(board.land) === board.movable) {
    board.movable = !board.land; // what stands on a map stays there
    board.network.setOptions({ interaction: { dragNodes: board.movable } });
  }
  board.part = part;
  const laid = board.land ? mapLayout(part) : partLayout(part);
  board.spots = new Map();
  for (const id of part.nodes) board.spots.set(id, laid ? laid.get(id) : { x: nodes[id].x, y: nodes[id].y });
  for (const [id, { x, y }] of part.groups) board.spots.set(id, { x, y });
  board.ranked = [...part.nodes].sort((a, b) => nodes[b].rank - nodes[a].rank);
  board.islands = islandsOf(part);
  board.hovered = { node: null, edge: null };
  board.version += 1;
  syncMarks();
}

/** Makes the marks that a hand can move those of the part, touching as few as possible. */
function syncMarks() {
  const gone = board.nodes.getIds().filter((id) => !board.part.nodes.has(id));
  const changed = board.ranked.filter((id) => {
    const known = board.nodes.get(id);
    return !known || known.x !== spotOf(id).x || known.y !== spotOf(id).y;
  });
  board.syncing = true; // vis-network draws after each change
  if (gone.length) board.nodes.remove(gone);
  if (changed.length) board.nodes.update(changed.map((id) => ({ id, ...spotOf(id) })));
  board.syncing = false;
}

function moveMark(id) {
  board.spots.set(id, board.network.getPosition(id));
  board.version += 1;
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
  if (all.length) fitNodes(all, board.land ? MAP_CLOSEST : CLOSEST);
}

function fitNodes(ids, closest) {
  takeRoom();
  const half = (id) => board.part.groups.get(id)?.size ?? 0;
  const range = (axis) => ids.reduce(([low, high], id) => [Math.min(low, spotOf(id)[axis] - half(id)), Math.max(high, spotOf(id)[axis] + half(id))], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [range("x"), range("y")];
  const { clientWidth, clientHeight } = byId("canvas");
  const room = { x: Math.max(80, clientWidth - 2 * Math.min(ROOM.x, MOST_ROOM * clientWidth)), y: Math.max(80, clientHeight - 2 * ROOM.y) };
  const scale = Math.min(closest, room.x / Math.max(1, right - left), room.y / Math.max(1, bottom - top));
  board.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
}

/** Moves the view so that what is chosen is seen, and large enough, if it is not. */
function reveal(ids) {
  const drawn = ids.filter((id) => board.part.nodes.has(id));
  if (!drawn.length) return;
  takeRoom();
  const view = currentView();
  const seen = (id) => {
    const { x, y } = screen(view, spotOf(id));
    return x > MARGIN && y > MARGIN && x < view.width - MARGIN && y < view.height - MARGIN;
  };
  if (drawn.every(seen) && (board.byHand || view.scale >= TOO_SMALL || board.land)) return;
  const closest = board.land ? view.scale : Math.max(view.scale, READABLE);
  if (drawn.length > 1) fitNodes(drawn, closest);
  else board.network.moveTo({ position: spotOf(drawn[0]), scale: closest, animation: animation() });
}

function zoomBy(factor) {
  board.network.moveTo({ scale: clamped(board.network.getScale() * factor), animation: animation() });
}

/** The view as numbers: pixels are units times `scale`, moved by (dx, dy). */
function currentView() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = board.network.getScale();
  const { x, y } = board.network.getViewPosition();
  return { width, height, scale, dx: width / 2 - x * scale, dy: height / 2 - y * scale, margin: 0, ratio: 1 };
}

// Painting

function paint(ctx) {
  if (board.syncing) return;
  const view = { ...currentView(), ratio: ctx.canvas.width / ctx.canvas.clientWidth };
  if (board.land) swarm(view);
  ctx.save();
  ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  if (board.part.edges.size + board.part.nodes.size + board.part.bundles.length < HEAVY) paintScene(ctx, view);
  else paintPicture(ctx, view);
  paintEmphasis(ctx, view);
  ctx.restore();
}

/** Paints the scene from a picture of it, made anew when it is no longer the same or does not reach far enough. */
function paintPicture(ctx, view) {
  const { picture } = board;
  const [mx, my] = picture ? [view.dx - picture.dx, view.dy - picture.dy] : [0, 0];
  const fits = picture && picture.key === pictureKey(view) && Math.abs(mx) <= SPARE && Math.abs(my) <= SPARE;
  if (!fits) takePicture(view);
  const { canvas, dx, dy } = board.picture;
  const snap = (pixels) => Math.round(pixels * view.ratio) / view.ratio;
  ctx.drawImage(canvas, snap(view.dx - dx) - SPARE, snap(view.dy - dy) - SPARE, canvas.width / view.ratio, canvas.height / view.ratio);
}

const pictureKey = ({ width, height, scale, ratio }) => [board.version, width, height, scale, ratio].join();

function takePicture(view) {
  const canvas = board.picture?.canvas ?? element("canvas");
  canvas.width = Math.ceil((view.width + 2 * SPARE) * view.ratio);
  canvas.height = Math.ceil((view.height + 2 * SPARE) * view.ratio);
  const ctx = canvas.getContext("2d");
  ctx.setTransform(view.ratio, 0, 0, view.ratio, SPARE * view.ratio, SPARE * view.ratio);
  paintScene(ctx, { ...view, margin: SPARE });
  board.picture = { canvas, dx: view.dx, dy: view.dy, key: pictureKey(view) };
}

/** What stands out: the chosen entity with its facts, or the chosen fact, and what the pointer is on. */
function emphasised() {
  const strong = { nodes: new Set(), edges: new Set(), chosen: null };
  const add = (fact) => {
    if (!board.part.edges.has(fact.id)) return;
    strong.edges.add(fact.id);
    strong.nodes.add(fact.s).add(fact.o);
  };
  const fact = factOf(state.fact);
  if (fact && board.part.edges.has(fact.id)) add(fact);
  else if (fact && board.part.nodes.has(fact.s)) strong.nodes.add(fact.s);
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

/** Everything painted over the scene: what is chosen or pointed at, and the labels. */
function paintEmphasis(ctx, view) {
  const strong = emphasised();
  const hovered = hoveredOnly();
  if (strong.dims) {
    ctx.globalAlpha = VEIL;
    ctx.fillStyle = board.land ? colours.sea : colours.ground;
    ctx.fillRect(0, 0, view.width, view.height);
    ctx.globalAlpha = 1;
  }
  const edges = new Set([...strong.edges, ...hovered.edges]);
  if (edges.size > MOST_STRONG) paintStrongLines(ctx, view, edges);
  else for (const id of edges) paintStrongLine(ctx, view, facts[id]);
  const ends = [...edges].flatMap((id) => [facts[id].s, facts[id].o]);
  for (const id of new Set([...strong.nodes, ...hovered.nodes, ...ends])) paintMark(ctx, view, id);
  if (strong.chosen !== null) paintRing(ctx, view, strong.chosen);
  paintLabels(ctx, view, strong, hovered);
}

/** The lines of a great hub: thin and pale, for full ones would cover all else. */
function paintStrongLines(ctx, view, ids) {
  const lines = [...ids].map((id) => ({ course: courseOf(facts[id], view, board.part.edges.size > MOST_FINE) }));
  ctx.strokeStyle = colours["edge-strong"];
  ctx.lineWidth = 0.8;
  ctx.globalAlpha = Math.max(0.08, 75 / ids.size);
  for (let at = 0; at < lines.length; at += BATCH) strokeAll(ctx, lines.slice(at, at + BATCH));
  ctx.globalAlpha = 1;
}

function paintStrongLine(ctx, view, fact) {
  if (fact.s === fact.o) return;
  const course = courseOf(fact, view, board.part.edges.size > MOST_FINE);
  const width = fact.key === state.fact ? 3 : 1.8;
  ctx.strokeStyle = ctx.fillStyle = colours["edge-strong"];
  ctx.lineWidth = width;
  ctx.setLineDash(DASHES[fact.m]);
  strokeAll(ctx, [{ course }]);
  ctx.setLineDash([]);
  paintHeads(ctx, view, [{ fact, course }], 4.5 * width);
}

function paintRing(ctx, view, id) {
  const { x, y } = screen(view, spotOf(id));
  ctx.strokeStyle = colours.accent;
  ctx.lineWidth = 2.5;
  ctx.beginPath();
  ctx.arc(x, y, shownSize(nodes[id].size, view) * 1.15 + 5, 0, 2 * Math.PI);
  ctx.stroke();
}
