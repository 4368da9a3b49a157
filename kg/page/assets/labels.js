// Labels as on a map: of one size on the screen, the important first, none on top of another at any zoom.

const LABEL_SIZE = 12.5;
const LABEL_FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const MOST_LABELS = 220;
const COVERING = 24;
const MOST_TRIED = 500;
const LONGEST_LABEL = 30;

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
        if (other.owner !== owner && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return false;
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

const shortened = (text) => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text);

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
 * Chooses the labels that fit, none cut off. `marks` are {id, x, y, radius, size, text, strong, rank} in screen pixels, the important first.
 * Returns [{mark, box, x, y, font}].
 */
function placeLabels(ctx, marks, taken, room, canvasWidth) {
  const placed = [];
  for (const item of marks.slice(0, MOST_TRIED)) {
    if (placed.length >= MOST_LABELS) break;
    const size = Math.round(item.size * 2) / 2;
    const font = `${item.strong ? "600 " : ""}${size}px ${LABEL_FONT}`;
    const width = widthOf(ctx, item.text, font) + 4;
    const height = size + 3;
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
