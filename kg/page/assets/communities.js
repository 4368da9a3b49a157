// Large graphs open on communities: one mark for each, with its top names; a click opens it.

const MOST_ENTITIES = 3000;
const TOP_NAMES = 2;

/** Communities worth a mark of their own; the members of smaller ones stand for themselves. */
const SMALLEST_GROUP = 4;

/** Size of a mark for each square root of a member, in page units: what the members take when it opens. */
const GROUP_SIZE = 30;

const groupKey = (number) => `g${number}`;
const isGroup = (id) => typeof id === "string";

/** The members of each community, the most linked first. */
const membersOf = new Map();
for (const node of byImportance) {
  if (!membersOf.has(node.group)) membersOf.set(node.group, []);
  membersOf.get(node.group).push(node);
}

/** A part with its closed communities drawn as one mark each; small parts, focuses and paths come back as they are. */
function gathered(part) {
  if (part.steps || part.nodes.size <= MOST_ENTITIES) return { ...part, groups: new Map(), bundles: [] };
  const open = new Set(state.open);
  const wanted = new Set();
  for (const key of [state.node, ...factEnds()]) if (key) open.add(nodeByKey.get(key).group);
  if (state.node) for (const fact of nodeByKey.get(state.node).facts) if (isEdge(fact)) wanted.add(fact.s).add(fact.o);
  const groups = new Map();
  const free = new Set();
  for (const id of part.nodes) {
    const { group } = nodes[id];
    if (open.has(group) || wanted.has(id) || membersOf.get(group).length < SMALLEST_GROUP) free.add(id);
    else if (groups.has(group)) groups.get(group).push(id);
    else groups.set(group, [id]);
  }
  const marks = new Map([...groups].map(([number, members]) => [groupKey(number), groupMark(number, members)]));
  return { nodes: free, edges: between([...part.edges].map((id) => facts[id]), free), groups: marks, bundles: bundlesOf(part, groups) };
}

function factEnds() {
  const fact = state.fact && factByKey.get(state.fact);
  return fact ? [fact.s, fact.o].filter((id) => id !== undefined).map((id) => nodes[id].key) : [];
}

/** Where a closed community stands, how large, and under which names. */
function groupMark(number, members) {
  const spots = members.map((id) => data.network.nodes[id]);
  const mean = (axis) => Math.round(spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length);
  const names = membersOf.get(number).filter((node) => members.includes(node.id)).slice(0, TOP_NAMES).map((node) => node.label);
  const rest = members.length - names.length;
  return { number, count: members.length, x: mean("x"), y: mean("y"), size: Math.round(GROUP_SIZE * Math.sqrt(members.length)), text: `${names.join(", ")}${rest ? ` +${digits(rest)}` : ""}` };
}

/** Lines between what is drawn, one for all facts between two marks of which one at least is a community. */
function bundlesOf(part, groups) {
  const standIn = (id) => (groups.has(nodes[id].group) ? groupKey(nodes[id].group) : id);
  const bundles = new Map();
  for (const id of part.edges) {
    const [from, to] = [standIn(facts[id].s), standIn(facts[id].o)];
    if (from === to || !(isGroup(from) || isGroup(to))) continue;
    const key = [from, to].map(String).sort().join(" ");
    if (!bundles.has(key)) bundles.set(key, { id: `b${key}`, from, to, count: 0 });
    bundles.get(key).count += 1;
  }
  return [...bundles.values()];
}

/** Communities and bundles as vis-network draws them. */
function groupNodes(part) {
  const colour = { background: colourOf("group"), border: colourOf("ink-faint") };
  return [...part.groups].map(([id, mark]) => ({ id, x: mark.x, y: mark.y, size: mark.size, shape: "dot", color: colour }));
}

const bundleEdges = (part) =>
  part.bundles.map(({ id, from, to, count }) => ({ id, from, to, width: 1 + Math.log2(count), arrows: { to: { enabled: false } } }));

const openGroup = (id) => go({ open: [...new Set([...state.open, board.part.groups.get(id).number])].sort((a, b) => a - b) });
