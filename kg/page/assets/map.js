// The map: entities with coordinates at their place, others by the place they are located in; no tiles, no network.

/** Page units for a degree of longitude. */
const DEGREE = 100;
const MAP_CLOSEST = 1.2;
const POLE = 80;
const STEP = 0.04;
const MAP_CURVE = 0.14;

/** The property that says where something is, by its name in the vocabulary. */
const LOCATING = "locatedIn";
const DEEPEST = 3;

/** Marks beyond which those at one place lie on each other: pushing them apart would leave no map. */
const MOST_APART = 1500;
const TURN = Math.PI * (3 - Math.sqrt(5));

const hasPlaces = nodes.some((node) => node.at);

/** Mercator's projection, in page units: angles hold, so that coasts look as they do on other maps. */
function mercator([latitude, longitude]) {
  const bounded = Math.min(POLE, Math.max(-POLE, latitude));
  return { x: longitude * DEGREE, y: (-DEGREE * 180 * Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360))) / Math.PI };
}

/** Land and borders as paths in page units; read when the map is first opened. */
function readLand() {
  const [land, borders] = data.world.split("\n").map(linesOf);
  return { land: pathOf(land, true), borders: pathOf(borders, false) };
}

/** Lines of [latitude, longitude] out of their packed form: numbers of five bits a character, steps zigzag-coded. */
function linesOf(packed = "") {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const values = new Map([...alphabet].map((character, value) => [character, value]));
  let at = 0;
  const number = () => {
    let [found, shift, value] = [0, 0, 0];
    do {
      value = values.get(packed[at++]);
      found += (value & 31) << shift;
      shift += 5;
    } while (value & 32);
    return found;
  };
  const step = () => {
    const found = number();
    return found & 1 ? -(found + 1) / 2 : found / 2;
  };
  const lines = [];
  while (at < packed.length) {
    let [x, y] = [0, 0];
    lines.push(Array.from({ length: number() }, () => ((x += step()), (y += step()), [y * STEP, x * STEP])));
  }
  return lines;
}

function pathOf(lines, closed) {
  const path = new Path2D();
  for (const line of lines) {
    line.map(mercator).forEach(({ x, y }, place) => path[place ? "lineTo" : "moveTo"](x, y));
    if (closed) path.closePath();
  }
  return path;
}

function paintLand(ctx, view) {
  ctx.fillStyle = colours.sea;
  ctx.fillRect(-view.margin, -view.margin, view.width + 2 * view.margin, view.height + 2 * view.margin);
  ctx.save();
  ctx.translate(view.dx, view.dy);
  ctx.scale(view.scale, view.scale);
  ctx.lineJoin = "round";
  ctx.fillStyle = colours.land;
  ctx.fill(board.land.land);
  ctx.strokeStyle = colours.border;
  ctx.lineWidth = 0.8 / view.scale;
  ctx.stroke(board.land.land);
  ctx.lineWidth = 0.6 / view.scale;
  ctx.stroke(board.land.borders);
  ctx.restore();
  paintAnchors(ctx, view);
}

/** A dot at each true place that marks were moved from, and hairlines to them. */
function paintAnchors(ctx, view) {
  ctx.strokeStyle = ctx.fillStyle = colours["ink-faint"];
  ctx.lineWidth = 0.7;
  ctx.globalAlpha = 0.5;
  ctx.beginPath();
  for (const spot of board.spots.values()) {
    if (!spot.ox && !spot.oy) continue;
    const [x, y] = [spot.x * view.scale + view.dx, spot.y * view.scale + view.dy];
    ctx.moveTo(x, y);
    ctx.lineTo(x + spot.ox, y + spot.oy);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** For each entity the one whose coordinates place it: itself, or what it is located in, a few steps away at most. */
function anchorsOf(edges) {
  const anchors = new Map(nodes.filter((node) => node.at).map((node) => [node.id, node.id]));
  for (let step = 0; step < DEEPEST; step += 1) {
    const found = new Map();
    for (const id of edges) {
      const { s, o, p, c } = facts[id];
      if (properties[p].name !== LOCATING || anchors.has(s) || !anchors.has(o)) continue;
      if (!found.has(s) || found.get(s).c < c) found.set(s, { anchor: anchors.get(o), c });
    }
    for (const [id, { anchor }] of found) anchors.set(id, anchor);
  }
  return anchors;
}

/** The part of a part that has a place; what a mark says by where it stands needs no line. */
function placedPart(part) {
  const anchors = anchorsOf([...part.edges].filter((id) => facts[id].m !== 2));
  let placed = [...part.nodes].filter((id) => anchors.has(id));
  if (placed.length > MOST_ENTITIES) placed = placed.filter((id) => nodes[id].at);
  const within = new Set(placed);
  const told = (fact) => properties[fact.p].name === LOCATING && anchors.get(fact.s) === fact.o && !nodes[fact.s].at;
  const edges = [...part.edges].map((id) => facts[id]).filter((fact) => within.has(fact.s) && within.has(fact.o) && !told(fact));
  return { nodes: within, edges: new Set(edges.map((fact) => fact.id)), anchors, of: part.nodes.size, groups: new Map(), bundles: [] };
}

const mapLayout = (part) => new Map([...part.nodes].map((id) => [id, { ...mercator(nodes[part.anchors.get(id)].at), ox: 0, oy: 0 }]));

let swarmedAt = null;

/** Pushes marks off each other, on the screen and so anew at every zoom: places keep theirs, others stand around. */
function swarm(view) {
  const key = `${board.version} ${view.scale}`;
  if (key === swarmedAt) return;
  swarmedAt = key;
  if (board.ranked.length > MOST_APART) return;
  const taken = new Taken(24);
  const order = [...board.ranked].reverse().sort((a, b) => !nodes[a].at - !nodes[b].at);
  for (const id of order) {
    const spot = spotOf(id);
    const radius = shownSize(nodes[id].size, view) + 1.5;
    for (let turn = 0; ; turn += 1) {
      const far = 3.2 * Math.sqrt(turn);
      spot.ox = far * Math.cos(turn * TURN);
      spot.oy = far * Math.sin(turn * TURN);
      const [x, y] = [spot.x * view.scale + spot.ox, spot.y * view.scale + spot.oy];
      const box = { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
      if (turn < 4000 && !taken.isFree(box, id)) continue;
      taken.take(box, id);
      break;
    }
  }
}
