// Paints marks and lines in batches: thousands in the time that one by one takes for dozens.

const COLOUR_NAMES = [
  "ground", "ink", "ink-soft", "ink-faint", "accent", "edge", "edge-strong", "group", "group-line", "island", "island-line", "sea", "land", "border",
];
const DASHES = [[], [7, 5], [1.5, 4]];

/** Segments in one path: longer paths take the rasteriser more than twice the time. */
const BATCH = 300;

/** Lines beyond which they are straight and have no arrowheads: neither could be told apart any more. */
const MOST_FINE = 1600;

/** Entities beyond which communities have no islands under them. */
const MOST_ON_ISLANDS = 1200;
const ISLAND = 46;
const CURVE = 0.05;
const FAINT = 0.07;
const MOST_SPRITES = 800;

const colours = {};
const sprites = new Map();

/** Takes the colours from the style sheet; again when the scheme changes. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of COLOUR_NAMES) colours[name] = style.getPropertyValue(`--${name}`).trim();
  for (const look of classes) {
    look.rim = rim(look.colour);
    look.line = mixed(look.colour, colours.edge, 0.62);
  }
  sprites.clear();
}

/** Between two colours of six hexadecimal digits. */
function mixed(from, to, share) {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a + (b - a) * share);
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** From units of the graph to pixels of the screen. */
const screen = (view, spot) => ({ x: spot.x * view.scale + view.dx + (spot.ox ?? 0), y: spot.y * view.scale + view.dy + (spot.oy ?? 0) });

/** Marks shrink less than distances do, so that they are seen from afar. */
const shownSize = (size, view) => size * Math.max(Math.min(view.scale, 1.9), Math.min(1, 0.34 + 0.5 * view.scale));

/** All that stays as it is when something is chosen. */
function paintScene(ctx, view) {
  if (board.land) paintLand(ctx, view);
  else paintIslands(ctx, view);
  paintBundles(ctx, view);
  paintLines(ctx, view, board.part.edges);
  paintGroups(ctx, view);
  for (const id of board.ranked) paintMark(ctx, view, id);
}

/** The ground under each community: round every member and along the facts within, an outline first, then its filling. */
function paintIslands(ctx, view) {
  for (const { members, edges } of board.islands) {
    ctx.lineCap = ctx.lineJoin = "round";
    for (const [colour, more] of [["island-line", 1.5], ["island", 0]]) {
      ctx.strokeStyle = colours[colour];
      ctx.lineWidth = 2 * (ISLAND * view.scale + more);
      ctx.beginPath();
      for (const id of members) {
        const { x, y } = screen(view, spotOf(id));
        ctx.moveTo(x, y);
        ctx.lineTo(x + 0.01, y);
      }
      for (const [one, other] of edges) {
        const [from, to] = [screen(view, spotOf(one)), screen(view, spotOf(other))];
        ctx.moveTo(from.x, from.y);
        ctx.lineTo(to.x, to.y);
      }
      ctx.stroke();
    }
  }
}

/** The communities that are drawn in full, with the pairs within them that facts link. */
function islandsOf(part) {
  if (part.steps || board.land || part.nodes.size > MOST_ON_ISLANDS) return [];
  const islands = new Map();
  for (const id of part.nodes) {
    const { group } = nodes[id];
    if (!islands.has(group)) islands.set(group, { members: [], edges: [] });
    islands.get(group).members.push(id);
  }
  for (const id of part.edges) {
    const { s, o } = facts[id];
    if (nodes[s].group === nodes[o].group) islands.get(nodes[s].group).edges.push([s, o]);
  }
  return [...islands.values()].filter(({ members }) => members.length > 1);
}

/** Where a fact runs on the screen: its ends, the point it bends towards, and its middle. */
function courseOf(fact, view, straight = false) {
  const from = screen(view, spotOf(fact.s));
  const to = screen(view, spotOf(fact.o));
  const bend = (data.bends[fact.id] ?? (board.land ? MAP_CURVE : straight ? 0 : CURVE)) * 2;
  const via = { x: (from.x + to.x) / 2 + (to.y - from.y) * bend * 0.5, y: (from.y + to.y) / 2 - (to.x - from.x) * bend * 0.5 };
  return { from, to, via, curved: bend !== 0, middle: { x: (from.x + 2 * via.x + to.x) / 4, y: (from.y + 2 * via.y + to.y) / 4 } };
}

const outside = ({ from, to }, view, margin) =>
  (from.x < -margin && to.x < -margin) || (from.y < -margin && to.y < -margin) ||
  (from.x > view.width + margin && to.x > view.width + margin) || (from.y > view.height + margin && to.y > view.height + margin);

/** Lines of one colour and dash go in one path. */
function paintLines(ctx, view, ids) {
  const straight = ids.size > MOST_FINE;
  const styles = new Map();
  for (const id of ids) {
    const fact = facts[id];
    if (fact.s === fact.o) continue;
    const course = courseOf(fact, view, straight);
    if (outside(course, view, view.margin)) continue;
    const style = nodes[fact.s].class * DASHES.length + fact.m;
    if (!styles.has(style)) styles.set(style, []);
    styles.get(style).push({ fact, course });
  }
  ctx.lineCap = "butt";
  ctx.lineWidth = straight ? 0.8 : Math.min(1.5, 0.9 + 0.25 * view.scale);
  ctx.globalAlpha = straight ? 0.55 : 0.9;
  for (const [style, lines] of styles) {
    ctx.strokeStyle = ctx.fillStyle = classes[Math.floor(style / DASHES.length)].line;
    ctx.setLineDash(DASHES[style % DASHES.length]);
    for (let at = 0; at < lines.length; at += BATCH) strokeAll(ctx, lines.slice(at, at + BATCH));
    ctx.setLineDash([]);
    if (!straight && view.scale > 0.3) paintHeads(ctx, view, lines);
  }
  ctx.globalAlpha = 1;
}

function strokeAll(ctx, lines) {
  ctx.beginPath();
  for (const { course } of lines) {
    const { from, to, via, curved } = course;
    ctx.moveTo(from.x, from.y);
    if (curved) ctx.quadraticCurveTo(via.x, via.y, to.x, to.y);
    else ctx.lineTo(to.x, to.y);
  }
  ctx.stroke();
}

function paintHeads(ctx, view, lines, length = 6) {
  ctx.beginPath();
  for (const { fact, course } of lines) {
    if (properties[fact.p].symmetric) continue;
    const { to, via } = course;
    const far = Math.hypot(to.x - via.x, to.y - via.y) || 1;
    const [ux, uy] = [(to.x - via.x) / far, (to.y - via.y) / far];
    const gap = shownSize(nodes[fact.o].size, view) + 2.5;
    const [x, y] = [to.x - gap * ux, to.y - gap * uy];
    const [bx, by] = [x - length * ux, y - length * uy];
    const half = length * 0.42;
    ctx.moveTo(x, y);
    ctx.lineTo(bx - half * uy, by + half * ux);
    ctx.lineTo(bx + half * uy, by - half * ux);
  }
  ctx.fill();
}

const bundleWidth = (count) => Math.min(6, 0.6 + 0.5 * Math.floor(Math.log2(count)));

function paintBundles(ctx, view) {
  ctx.strokeStyle = colours.edge;
  const styles = new Map();
  for (const { from, to, count, faint } of board.part.bundles) {
    const course = { from: screen(view, spotOf(from)), to: screen(view, spotOf(to)), curved: false };
    if (outside(course, view, view.margin)) continue;
    const style = faint ? 0 : bundleWidth(count);
    if (!styles.has(style)) styles.set(style, []);
    styles.get(style).push({ course });
  }
  for (const [width, lines] of styles) {
    ctx.globalAlpha = width ? 0.5 : FAINT;
    ctx.lineWidth = width || 0.7;
    for (let at = 0; at < lines.length; at += BATCH) strokeAll(ctx, lines.slice(at, at + BATCH));
  }
  ctx.globalAlpha = 1;
}

/** A closed community: a disc, a ring that shows of which classes it is, and how many it holds. */
function paintGroups(ctx, view) {
  for (const group of board.part.groups.values()) {
    const { x, y } = screen(view, group);
    const radius = groupRadius(group, view);
    if (x < -radius - view.margin || y < -radius - view.margin || x > view.width + radius + view.margin || y > view.height + radius + view.margin) continue;
    ctx.fillStyle = colours.group;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fill();
    ctx.lineWidth = Math.max(2, radius * 0.14);
    let angle = -Math.PI / 2;
    for (const [number, count] of group.shares) {
      const next = angle + (2 * Math.PI * count) / group.count;
      ctx.strokeStyle = classes[number].colour;
      ctx.beginPath();
      ctx.arc(x, y, radius - ctx.lineWidth / 2, angle, next);
      ctx.stroke();
      angle = next;
    }
    if (radius > 13) {
      ctx.font = `600 ${Math.round(Math.min(20, radius * 0.62))}px ${LABEL_FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = colours.ink;
      ctx.fillText(digits(group.count), x, y + 1);
    }
  }
}

const groupRadius = (group, view) => Math.max(5, group.size * view.scale);

/** The mark of an entity, from a picture of it made once for its class and size. */
function paintMark(ctx, view, id) {
  const { x, y } = screen(view, spotOf(id));
  const radius = shownSize(nodes[id].size, view);
  const reach = radius + view.margin + 4;
  if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) return;
  const picture = spriteOf(nodes[id].class, Math.round(radius * 2) / 2, view.ratio);
  ctx.drawImage(picture.canvas, x - picture.half, y - picture.half, 2 * picture.half, 2 * picture.half);
}

function spriteOf(number, radius, ratio) {
  const key = `${number} ${radius} ${ratio}`;
  const known = sprites.get(key);
  if (known) return known;
  if (sprites.size > MOST_SPRITES) sprites.clear();
  const half = Math.ceil(radius * 1.25 + 3);
  const canvas = element("canvas", { width: Math.ceil(2 * half * ratio), height: Math.ceil(2 * half * ratio) });
  const ctx = canvas.getContext("2d");
  ctx.scale(canvas.width / (2 * half), canvas.width / (2 * half));
  paintShape(ctx, classes[number], half, half, radius);
  const made = { canvas, half };
  sprites.set(key, made);
  return made;
}

/** A mark: a halo of the ground's colour that parts it from lines, its colour, its rim. */
function paintShape(ctx, look, x, y, radius) {
  ctx.beginPath();
  const corners = CORNERS[look.shape];
  if (corners) corners.forEach(([dx, dy], place) => ctx[place ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
  else ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.closePath();
  ctx.lineJoin = "round";
  ctx.strokeStyle = colours.ground;
  ctx.lineWidth = Math.min(5, 2 + radius * 0.25);
  ctx.stroke();
  ctx.fillStyle = look.colour;
  ctx.fill();
  ctx.strokeStyle = look.rim;
  ctx.lineWidth = Math.min(1.8, 0.8 + radius * 0.06);
  ctx.stroke();
}
