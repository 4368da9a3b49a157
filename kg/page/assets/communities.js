// Large graphs open on communities: one mark for each, with its top names; a click opens it.

const MOST_ENTITIES = 3000;
const TOP_NAMES = 2;

/** Communities worth a mark of their own; the members of smaller ones stand for themselves. */
const SMALLEST_GROUP = 4;

/** Size of a mark against the spread of its members: they fill a disc of twice their mean squared distance. */
const GROUP_SPREAD = 1.41;
const LEAST_GROUP = 40;

/** Bundles for each community that are drawn clearly, the strongest; more would be a grey cloud. */
const CLEAR_BUNDLES = 2;

const groupKey = (number) => `g${number}`;
const isGroup = (id) => typeof id === "string";

/** How many members each community has. */
const groupSizes = new Map();
for (const { group } of nodes) groupSizes.set(group, (groupSizes.get(group) ?? 0) + 1);

/** A part with its closed communities drawn as one mark each; small parts, focuses and paths come back as they are. */
function gathered(part) {
  if (part.steps || part.nodes.size <= MOST_ENTITIES) return { ...part, groups: new Map(), bundles: [] };
  const open = new Set(state.open);
  const wanted = wantedOpen();
  const groups = new Map();
  const free = new Set();
  for (const { id, group } of byImportance) {
    if (!part.nodes.has(id)) continue;
    if (open.has(group) || wanted.has(id) || groupSizes.get(group) < SMALLEST_GROUP) free.add(id);
    else if (groups.has(group)) groups.get(group).push(id);
    else groups.set(group, [id]);
  }
  const marks = new Map([...groups].map(([number, members]) => [groupKey(number), groupMark(number, members)]));
  return { nodes: free, edges: between([...part.edges].map((id) => facts[id]), free), groups: marks, bundles: bundlesOf(part, groups, free) };
}

/** Entities that stand for themselves though their community is closed: what is chosen, and its neighbours. */
function wantedOpen() {
  const wanted = new Set();
  if (state.node) {
    const node = nodeByKey.get(state.node);
    wanted.add(node.id);
    for (const fact of node.facts) if (isEdge(fact)) wanted.add(otherEnd(fact, node.id));
  }
  const fact = factOf(state.fact);
  if (fact) wanted.add(fact.s).add(fact.o ?? fact.s);
  return wanted;
}

/** Where a closed community stands, how large, under which names, and of which classes; members come the most linked first. */
function groupMark(number, members) {
  const mean = (axis) => members.reduce((sum, id) => sum + nodes[id][axis], 0) / members.length;
  const [x, y] = [mean("x"), mean("y")];
  const spread = members.reduce((sum, id) => sum + (nodes[id].x - x) ** 2 + (nodes[id].y - y) ** 2, 0) / members.length;
  const shares = new Map();
  for (const id of members) shares.set(nodes[id].class, (shares.get(nodes[id].class) ?? 0) + 1);
  const names = members.slice(0, TOP_NAMES).map((id) => shortened(nodes[id].label));
  return {
    number, x, y, count: members.length, size: Math.max(LEAST_GROUP, GROUP_SPREAD * Math.sqrt(spread)),
    names, shares: [...shares].sort((a, b) => b[1] - a[1] || a[0] - b[0]),
  };
}

/** Lines between what is drawn, one for all facts between two marks of which one at least is a community. */
function bundlesOf(part, groups, free) {
  const { length } = nodes; // numbers from here on stand for communities
  const standIn = (id) => (free.has(id) ? id : length + nodes[id].group);
  const counts = new Map();
  for (const id of part.edges) {
    const [one, other] = [standIn(facts[id].s), standIn(facts[id].o)];
    if (one === other || (one < length && other < length)) continue;
    const key = Math.min(one, other) * 2 * length + Math.max(one, other);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const name = (number) => (number < length ? number : groupKey(number - length));
  const strongest = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const clear = CLEAR_BUNDLES * groups.size;
  return strongest.map(([key, count], rank) => ({ faint: rank >= clear, from: name(Math.floor(key / (2 * length))), to: name(key % (2 * length)), count }));
}

const openGroup = (id) => go({ open: [...new Set([...state.open, board.part.groups.get(id).number])].sort((a, b) => a - b) });
