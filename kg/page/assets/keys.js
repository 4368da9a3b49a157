// The keyboard: everything a mouse can do, and a page of help that says how.

const KEYS = [
  ["/", "find a name"],
  ["← ↑ → ↓", "on the graph: walk to a neighbour; with nothing chosen, move the view"],
  ["Enter", "on the graph: go to the details of what is chosen"],
  ["f", "focus on the chosen entity, again to leave"],
  ["1 2 3", "hops around the focus"],
  ["m", "map or graph, where entities have coordinates"],
  ["+ −", "zoom"],
  ["0", "show everything"],
  ["Esc", "close, step by step"],
  ["?", "this help"],
];

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches?.("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape") return onEscape(event);
  if (typing || byId("help").open) return;
  const onCanvas = byId("canvas").contains(event.target);
  const action = onCanvas && ARROWS[event.key] ? () => walk(...ARROWS[event.key]) : keyActions(onCanvas)[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

const keyActions = (onCanvas) => ({
  "/": () => byId("search").focus(),
  "?": openHelp,
  "+": () => zoomBy(1.3),
  "=": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
  0: fitPart,
  m: () => hasPlaces && go({ view: state.view ? null : "map" }),
  f: () => (state.focus ? go({ focus: null }) : state.node && go({ focus: state.node, path: null })),
  ...Object.fromEntries([1, 2, 3].map((hops) => [hops, state.focus ? () => go({ hops }) : undefined])),
  ...(onCanvas ? { Enter: () => byId("panel").focus() } : {}),
});

/** From the chosen entity to its neighbour in a direction; without one the view moves. */
function walk(dx, dy) {
  const id = state.node ? nodeByKey.get(state.node).id : null;
  if (id !== null && board.part.nodes.has(id)) {
    const next = neighbourTowards(id, dx, dy);
    if (next !== null) go({ node: nodes[next].key, fact: null });
    return;
  }
  const { x, y } = board.network.getViewPosition();
  const step = 80 / board.network.getScale();
  board.network.moveTo({ position: { x: x + dx * step, y: y + dy * step }, animation: false });
}

/** Leaves the innermost thing that is open. */
function onEscape(event) {
  if (byId("help").open) return;
  if (closeDrawers()) return;
  if (event.target.matches?.("input[type=search]")) return byId("canvas").focus();
  if (state.read) return go({ read: null });
  if (state.node || state.fact) return go({ node: null, fact: null }), byId("canvas").focus();
  if (state.path || state.focus) go({ path: null, focus: null });
}

function openHelp() {
  const help = byId("help");
  const rows = KEYS.flatMap(([key, what]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)]);
  help.replaceChildren(
    element("h2", { id: "help-title" }, "How to read this graph"),
    element("p", {}, "Each mark is an entity that articles name, each line a fact that a sentence states. Choose a line to read the sentence, with the words for both ends marked; choose a mark to see all facts about it. The address of the page holds what you see: copy it to share the view."),
    element("p", {}, "Size: with how many others an entity is linked. Hue and shape: its kind; tone: its class. Dashed: planned. Dotted: over. Ground under marks: a community, more densely linked within than with the rest. The bars below count facts by the date they state, else by when their articles were published; drag over them to choose a time."),
    element("h3", {}, "Keys"),
    element("dl", { class: "keys" }, rows),
    button("Close", () => help.close(), { class: "tool" }),
  );
  help.showModal();
}
