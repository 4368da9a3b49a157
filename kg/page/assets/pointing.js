// What lies under the pointer, and what a click, a hover or an arrow key does with it.

/** The mark, label or line at a place on the screen: {node}, {group}, {edge} or nothing; the nearest mark first. */
function under({ x, y }) {
  const view = currentView();
  let best = null;
  const offer = (found, distance) => (!best || distance < best.distance) && (best = { ...found, distance });
  for (const id of board.part.nodes) {
    const spot = screen(view, spotOf(id));
    const reach = shownSize(nodes[id].size, view) + FINGER;
    if (Math.abs(spot.x - x) > reach || Math.abs(spot.y - y) > reach) continue;
    const distance = Math.hypot(spot.x - x, spot.y - y);
    if (distance <= reach) offer({ node: id }, distance);
  }
  if (best) return best;
  for (const [id, group] of board.part.groups) {
    const spot = screen(view, group);
    const distance = Math.hypot(spot.x - x, spot.y - y);
    if (distance <= groupRadius(group, view)) offer({ group: id }, distance);
  }
  if (best) return best;
  const label = board.labels.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  if (label) return isGroup(label.mark.id) ? { group: label.mark.id } : { node: label.mark.id };
  const straight = board.part.edges.size > MOST_FINE;
  for (const id of board.part.edges) {
    const distance = fromLine(courseOf(facts[id], view, straight), x, y);
    if (distance <= FINGER) offer({ edge: id }, distance);
  }
  return best ?? {};
}

/** Pixels from a point to a line, bent or straight; a bent one is taken as six straight pieces. */
function fromLine({ from, to, via, curved }, x, y) {
  const low = Math.min(from.x, to.x, via.x) - FINGER;
  const high = Math.max(from.x, to.x, via.x) + FINGER;
  if (x < low || x > high || y < Math.min(from.y, to.y, via.y) - FINGER || y > Math.max(from.y, to.y, via.y) + FINGER) return Infinity;
  if (!curved) return fromSegment(from, to, x, y);
  let nearest = Infinity;
  let before = from;
  for (let step = 1; step <= 6; step += 1) {
    const t = step / 6;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    const next = { x: a * from.x + b * via.x + c * to.x, y: a * from.y + b * via.y + c * to.y };
    nearest = Math.min(nearest, fromSegment(before, next, x, y));
    before = next;
  }
  return nearest;
}

function fromSegment(from, to, x, y) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}

function onClick(place) {
  const { node, group, edge } = under(place);
  board.byHand = true;
  if (group !== undefined) openGroup(group);
  else if (node !== undefined) go({ node: nodes[node].key, fact: null });
  else if (edge !== undefined) go({ fact: facts[edge].key, node: null });
  else go({ node: null, fact: null });
  board.byHand = false;
}

function onDoubleClick(place) {
  const { node } = under(place);
  if (node !== undefined) go({ focus: nodes[node].key, node: nodes[node].key, fact: null, path: null });
}

let pointed = null;

/** Looks what the pointer is on, once a frame, and not while something is dragged. */
function onPointer(event) {
  if (event.buttons || event.pointerType === "touch") return;
  const asked = pointed !== null;
  pointed = { x: event.offsetX, y: event.offsetY };
  if (asked) return;
  requestAnimationFrame(() => {
    const { node, edge, group } = under(pointed);
    pointed = null;
    onHover({ node: node ?? null, edge: edge ?? null }, group !== undefined);
  });
}

function onHover({ node, edge }, onGroup = false) {
  byId("canvas").classList.toggle("pointing", node !== null || edge !== null || onGroup);
  if (board.hovered.node === node && board.hovered.edge === edge) return;
  board.hovered = { node, edge };
  redrawSoon();
}

/** The neighbour that lies best in a direction, for walking with the arrow keys. */
function neighbourTowards(id, dx, dy) {
  const here = spotOf(id);
  let best = null;
  for (const fact of nodes[id].facts) {
    if (!isEdge(fact) || !board.part.edges.has(fact.id)) continue;
    const other = otherEnd(fact, id);
    const there = spotOf(other);
    const length = Math.hypot(there.x - here.x, there.y - here.y) || 1;
    const aim = ((there.x - here.x) * dx + (there.y - here.y) * dy) / length;
    if (aim > 0.3 && (!best || aim / length ** 0.3 > best.aim)) best = { id: other, aim: aim / length ** 0.3 };
  }
  return best?.id ?? null;
}
