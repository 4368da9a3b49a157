// Where the entities of a part stand: near what they are linked with, in rings around the centre. No chance in it.

const MOST_LAID_OUT = 400;
const RING = 190;
const IDEAL = 130;
const ZIGZAG = 60;
const LAYOUT_ROUNDS = 220;

/** Positions for a focus or a path, or null where the part is too large and keeps its places in the whole. */
function partLayout(part) {
  if (!part.steps || part.nodes.size > MOST_LAID_OUT) return null;
  const ids = [...part.nodes].sort((a, b) => a - b);
  const edges = [...part.edges].map((id) => facts[id]);
  const spots = "length" in part ? inColumns(ids, part.steps) : inRings(ids, part, edges);
  if (!("length" in part)) settle(ids, edges, spots, part.centre);
  return spots;
}

/** A path runs from left to right, one column a step, up and down so that labels have room. */
function inColumns(ids, steps) {
  const columns = new Map();
  for (const id of ids) {
    const step = steps.get(id) ?? 1;
    if (!columns.has(step)) columns.set(step, []);
    columns.get(step).push(id);
  }
  const spots = new Map();
  for (const [step, members] of columns)
    members.forEach((id, place) => spots.set(id, { x: step * RING, y: (place - (members.length - 1) / 2) * 80 + (step % 2 ? ZIGZAG : -ZIGZAG) }));
  return spots;
}

/** Rings by distance; each entity stands near the angle of the one it was reached from, classes side by side. */
function inRings(ids, part, edges) {
  const spots = new Map([[part.centre, { x: 0, y: 0, angle: 0 }]]);
  const links = linksOf(edges);
  const deepest = Math.max(...ids.map((id) => part.steps.get(id)));
  for (let step = 1; step <= deepest; step += 1) {
    const ring = ids.filter((id) => part.steps.get(id) === step);
    const parentAngle = (id) => spots.get((links.get(id) ?? []).find((other) => part.steps.get(other) === step - 1))?.angle ?? 0;
    if (step === 1) ring.sort((a, b) => nodes[a].class - nodes[b].class || a - b);
    else ring.sort((a, b) => parentAngle(a) - parentAngle(b) || a - b);
    const radius = Math.max(RING * step, (ring.length * 74) / (2 * Math.PI));
    ring.forEach((id, place) => {
      const angle = (2 * Math.PI * place) / ring.length - Math.PI / 2;
      spots.set(id, { x: 1.25 * radius * Math.cos(angle), y: radius * Math.sin(angle), angle });
    });
  }
  return spots;
}

/** Fruchterman and Reingold's forces, cooling down; the centre stays. */
function settle(ids, edges, spots, centre) {
  for (let round = 0; round < LAYOUT_ROUNDS; round += 1) {
    const heat = 14 * (1 - round / LAYOUT_ROUNDS);
    const push = new Map(ids.map((id) => [id, { x: 0, y: 0 }]));
    for (let i = 0; i < ids.length; i += 1)
      for (let j = i + 1; j < ids.length; j += 1) repel(spots.get(ids[i]), spots.get(ids[j]), push.get(ids[i]), push.get(ids[j]));
    for (const fact of edges) attract(spots.get(fact.s), spots.get(fact.o), push.get(fact.s), push.get(fact.o));
    for (const id of ids) {
      if (id === centre) continue;
      const { x, y } = push.get(id);
      const length = Math.hypot(x, y) || 1;
      const spot = spots.get(id);
      spot.x += (x / length) * Math.min(length, heat);
      spot.y += (y / length) * Math.min(length, heat);
    }
  }
}

/** Labels are wide: a distance across counts for less than one up or down. */
function repel(a, b, pushA, pushB) {
  const dx = (a.x - b.x) * 0.8 || 0.01;
  const dy = a.y - b.y || 0.01;
  const force = (IDEAL * IDEAL) / (dx * dx + dy * dy);
  pushA.x += dx * force;
  pushA.y += dy * force;
  pushB.x -= dx * force;
  pushB.y -= dy * force;
}

function attract(a, b, pushA, pushB) {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  const force = Math.hypot(dx, dy) / IDEAL / 2;
  pushA.x -= dx * force;
  pushA.y -= dy * force;
  pushB.x += dx * force;
  pushB.y += dy * force;
}
