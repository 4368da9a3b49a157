// Labels as on a map: of one size on the screen, the important first, none on top of another at any zoom.

const LABEL_SIZE = 12;
const LEADING = 1.12;
const LABEL_GROWTH = 4.5;
const BOLD_LABELS = 10;
const MOST_BOLD = 80;
const LABEL_FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const MOST_LABELS = 220;
const COVERING = 24;
const MOST_TRIED = 420;
const LONGEST_LABEL = 26;
const LONGEST_LINE = 21;

/** Boxes taken on the screen, in a grid, so that a look-up does not walk all of them. */
class Taken {
  constructor(cell = 64) {
    this.cell = cell;
    this.cells = new Map();
  }

  *near(box) {
    for (let x = Math.floor(box.left / this.cell); x <= Math.floor(box.right / this.cell); x += 1)
      for (let y = Math.floor(box.top / this.cell); y <= Math.floor(box.bottom / this.cell); y += 1) yield `${x},${y}`;
  }

  isFree(box, owner = null) {
    for (const key of this.near(box))
      for (const other of this.cells.get(key) ?? [])
        if ((owner === null || other.owner !== owner) && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return false;
    return true;
  }

  take(box, owner = null) {
    for (const key of this.near(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push({ ...box, owner });
    }
  }
}

const widths = new Map();

function widthOf(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.save();
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
    ctx.restore();
  }
  return widths.get(key);
}

const shortened = (text, longest = LONGEST_LABEL) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** A name on as few lines as hold it, of much the same length; what more than `most` lines would take is cut off. */
function inLines(text, most = 2) {
  const wanted = Math.min(most, Math.ceil(text.length / LONGEST_LINE));
  const length = Math.max(Math.ceil(text.length / wanted) + 3, 9);
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= length && lines.length < wanted) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return most > 2 ? lines : lines.map((line) => shortened(line, LONGEST_LINE + 5));
}

/** Below, above, right, left of a mark, then its corners: where a label may stand, as an offset of its centre; best first. */
function places(radius, width, height, away) {
  const found = [
    [0, radius + height / 2 + 1],
    [0, -radius - height / 2 - 1],
    [radius + width / 2 + 4, 0],
    [-radius - width / 2 - 4, 0],
    [radius / 2 + width / 2 + 2, radius + height / 2],
    [-radius / 2 - width / 2 - 2, radius + height / 2],
    [radius / 2 + width / 2 + 2, -radius - height / 2],
    [-radius / 2 - width / 2 - 2, -radius - height / 2],
  ];
  const fit = ([x, y]) => (x * away.x + y * away.y) / Math.hypot(x, y);
  return away ? found.sort((a, b) => fit(b) - fit(a)) : found;
}

/** The room that marks take. */
function roomOf(marks) {
  const taken = new Taken();
  for (const { id, x, y, radius } of marks) taken.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }, id);
  return taken;
}

/**
 * Chooses the labels that fit, none cut off. `marks` are {id, x, y, radius, size, lines, strong, rank} in screen pixels, the important first.
 * Returns [{mark, box, x, y, font}].
 */
function placeLabels(ctx, marks, taken, room, canvasWidth) {
  const placed = [];
  for (const item of marks.slice(0, MOST_TRIED)) {
    if (placed.length >= MOST_LABELS) break;
    const size = Math.round(item.size * 2) / 2;
    const font = `${item.bold ? "600 " : ""}${size}px ${LABEL_FONT}`;
    const width = Math.max(...item.lines.map((line) => widthOf(ctx, line, font))) + 4;
    const height = item.lines.length * size * LEADING + 2;
    const free = places(item.radius, width, height, item.away)
      .map(([dx, dy]) => spotAt(item.x + dx, item.y + dy, width, height))
      .filter(({ box }) => taken.isFree(box, item.id) && (box.left >= 0 && box.right <= canvasWidth || item.x < 0 || item.x > canvasWidth));
    // In a crowd an important name rather covers a small mark than goes missing.
    const spot = free.find(({ box }) => room.isFree(box, item.id)) ?? (item.strong || item.rank < COVERING ? free[0] : undefined);
    if (!spot) continue;
    taken.take(spot.box, item.id);
    placed.push({ mark: item, font, ...spot });
  }
  return placed;
}

const spotAt = (x, y, width, height) => ({ x, y, box: { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 } });

/** Text with a rim of the page's colour, readable over lines. */
function drawText(ctx, text, x, y, font, colour, halo) {
  ctx.font = font;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** The middle of a line of a label whose middle is at y. */
const lineAt = ({ lines, size }, y, place) => y + (place - (lines.length - 1) / 2) * size * LEADING;

const largestDegree = Math.max(1, byImportance[0]?.degree ?? 0);

/** Names of what stands out first, then those of lines, then all others as far as there is room. */
function paintLabels(ctx, view, strong, hovered) {
  const taken = new Taken();
  const halo = board.land ? colours.sea : colours.ground;
  const first = new Set([...(strong.chosen === null ? [] : [strong.chosen]), ...hovered.nodes, ...strong.nodes]);
  const lines = strong.edges.size ? strong.edges : hovered.edges;
  const away = awayFrom(lines);
  const few = first.size <= MOST_BOLD;
  const strongMarks = [...first].map((id) => markOnScreen(view, nodes[id], few || id === strong.chosen, away.get(id))).filter(Boolean);
  const others = [...groupMarks(view), ...otherMarks(view, first)];
  const room = roomOf([...strongMarks, ...others]);
  board.labels = placeLabels(ctx, strongMarks, taken, room, view.width);
  if (lines.size <= MOST_EDGE_LABELS) paintLineLabels(ctx, view, lines, taken, room, halo);
  board.labels.push(...placeLabels(ctx, others, taken, room, view.width));
  for (const { mark: item, x, y, font } of board.labels) {
    ctx.globalAlpha = strong.dims && !item.strong && !first.has(item.id) ? FADED : 1;
    item.lines.forEach((line, place) => drawText(ctx, line, x, lineAt(item, y, place), font, colours.ink, halo));
  }
  ctx.globalAlpha = 1;
}

/** The marks on the screen that do not stand out, the important first, as many as may get a label. */
function otherMarks(view, first) {
  const marks = [];
  for (let at = board.ranked.length - 1; at >= 0 && marks.length < MOST_TRIED; at -= 1) {
    const id = board.ranked[at];
    const item = first.has(id) ? null : markOnScreen(view, nodes[id], false);
    if (item) marks.push(item);
  }
  return marks;
}

/** Closed communities as labels see them, the largest first. */
function groupMarks(view) {
  return [...board.part.groups].sort(([, a], [, b]) => b.count - a.count).map(([id, group]) => {
    const spot = screen(view, group);
    return { id, ...spot, radius: groupRadius(group, view), size: LABEL_SIZE, lines: group.names, strong: false, bold: false, rank: COVERING };
  });
}

/** A node as labels see it, or null where it is not on the screen. */
function markOnScreen(view, node, strong, away) {
  if (!board.part.nodes.has(node.id)) return null;
  const { x, y } = screen(view, spotOf(node.id));
  if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) return null;
  const weight = (node.degree / largestDegree) ** 0.6;
  const size = LABEL_SIZE + (strong ? 1 : 0) + LABEL_GROWTH * weight;
  const bold = strong || (node.rank < BOLD_LABELS * Math.min(1, view.width / 800) && node.degree > 2);
  return { id: node.id, x, y, radius: shownSize(node.size, view) + 1, size, lines: inLines(node.label, strong ? 4 : 2), strong, bold, away, rank: node.rank };
}

/** For the ends of emphasised lines, the direction away from those lines, where a label hides none of them. */
function awayFrom(edges) {
  const away = new Map();
  for (const id of edges) {
    const fact = facts[id];
    for (const [end, other] of [[fact.s, fact.o], [fact.o, fact.s]]) {
      const [here, there] = [spotOf(end), spotOf(other)];
      const length = Math.hypot(here.x - there.x, here.y - there.y) || 1;
      const sum = away.get(end) ?? { x: 0, y: 0 };
      away.set(end, { x: sum.x + (here.x - there.x) / length, y: sum.y + (here.y - there.y) / length });
    }
  }
  return away;
}

/** The property on each line, where it has room beside the marks. */
function paintLineLabels(ctx, view, edges, taken, room, halo) {
  const font = `italic 11.5px ${LABEL_FONT}`;
  const straight = board.part.edges.size > MOST_FINE;
  for (const id of edges) {
    const { x, y } = courseOf(facts[id], view, straight).middle;
    const text = properties[facts[id].p].label;
    const width = widthOf(ctx, text, font) + 4;
    const box = { left: x - width / 2, right: x + width / 2, top: y - 8, bottom: y + 8 };
    if (!taken.isFree(box, `edge ${id}`) || !room.isFree(box)) continue;
    taken.take(box, `edge ${id}`);
    ctx.fillStyle = halo;
    ctx.globalAlpha = 0.85;
    ctx.fillRect(box.left, box.top + 1, width, 14);
    ctx.globalAlpha = 1;
    drawText(ctx, text, x, y, font, colours["ink-faint"], halo);
  }
}
