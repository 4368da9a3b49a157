// Puts the parts together: the address changes, and everything is drawn from it.

/** What filters facts, and so the counts beside the filters and the bars of the timeline. */
const FILTERING = [...FACETS, "confidence", "from", "to"];

let lands = null;

function render(before = null) {
  const moved = changed(before, ["focus", "hops", "path", "view"]);
  const filtered = changed(before, [...FILTERING, "alone", "open"]);
  if (filtered) renderFacets();
  if (changed(before, FILTERING)) renderTimeline();
  if (moved || filtered || mayAddNodes(before)) {
    const part = selectShown();
    board.land = state.view === "map" && hasPlaces ? (lands ??= readLand()) : null;
    showPart(board.land ? placedPart(part) : gathered(part));
    renderContext(board.part);
    renderCounts(board.land ? board.part : part);
  }
  for (const view of ["graph", "map"]) byId(`view-${view}`).setAttribute("aria-pressed", String((view === "map") === Boolean(board.land)));
  renderPanel();
  renderReading();
  if (moved) fitPart();
  if (!moved || !state.focus) revealChoice(before);
  redrawSoon();
  if (before && (before.node !== state.node || before.fact !== state.fact)) announceChoice();
}

/** Brings what was chosen just now into view. */
function revealChoice(before) {
  if (state.path) return;
  if (state.node && before?.node !== state.node) reveal([nodeByKey.get(state.node).id]);
  if (state.fact && before?.fact !== state.fact) reveal(endsOf(factOf(state.fact)));
}

/** Whether a choice may show entities that were not shown: those without links, those in a closed community. */
function mayAddNodes(before) {
  if (!changed(before, ["node", "fact"])) return false;
  if (board.part.groups.size) return true;
  const drawn = (key) => !key || board.part.nodes.has(nodeByKey.get(key).id);
  return ![state.node, ...endsOf(factOf(state.fact)).map((id) => nodes[id].key)].every(drawn) || (before.node && !nodeByKey.get(before.node).degree);
}

/** Whether any of these parts of the state differs from before. */
function changed(before, names) {
  const plain = (value) => (value instanceof Set ? [...value].join() : String(value));
  return !before || names.some((name) => plain(before[name]) !== plain(state[name]));
}

function renderCounts(part) {
  const share = part.nodes.size === nodes.length ? "" : `${digits(part.nodes.size)} of `;
  byId("counts").textContent = `${share}${counted(nodes.length, "entity", "entities")} · ${counted(part.edges.size, "link")}`;
  const notice = byId("notice");
  notice.hidden = part.nodes.size > 0;
  notice.textContent = nodes.length ? "No entity passes these filters." : "This graph is empty.";
}

/** Says what part is shown, and leads out of it. */
function renderContext(part) {
  const chips = [];
  if (state.focus) {
    const hops = [1, 2, 3].map((count) => button(String(count), () => go({ hops: count }), { class: "hop", "aria-pressed": String(state.hops === count), "aria-label": counted(count, "hop") }));
    chips.push(element("span", { class: "crumb" }, "Around ", element("strong", {}, nodeByKey.get(state.focus).label), element("span", { class: "hops", role: "group", "aria-label": "Hops" }, ...hops), leave({ focus: null })));
  }
  if (state.path) {
    const [start, end] = state.path.map((key) => nodeByKey.get(key).label);
    const words = part.length === null ? "No path between" : `${counted(part.length, "step")} between`;
    chips.push(element("span", { class: "crumb" }, `${words} `, element("strong", {}, start), " and ", element("strong", {}, end), leave({ path: null })));
  }
  if (part.groups.size) {
    chips.push(element("span", { class: "crumb" }, `${counted(part.groups.size, "community", "communities")}: click one to open it`, state.open.length ? leave({ open: [] }, "Close all communities") : null));
  }
  if (board.land) {
    chips.push(element("span", { class: "crumb" }, `${digits(part.nodes.size)} of ${counted(part.of, "entity", "entities")} have a place: their own, or where they are located`));
  }
  byId("context").replaceChildren(...chips);
}

const leave = (changes, label = "Back to the whole graph") => button("×", () => go(changes), { class: "round small-round", "aria-label": label });

function announceChoice() {
  if (state.fact) announce(factInWords(factOf(state.fact)));
  else if (state.node) {
    const node = nodeByKey.get(state.node);
    announce(`${node.label}, ${classes[node.class].label}, ${counted(node.facts.length, "fact")}`);
  }
}

// Drawers: filters on narrow screens, the menu of downloads.

function toggleDrawer(opener, drawer, isOpen, set) {
  opener.addEventListener("click", () => {
    const open = !isOpen();
    closeDrawers();
    set(open);
    opener.setAttribute("aria-expanded", String(open));
  });
}

function closeDrawers() {
  const open = byId("rooms").classList.contains("filtering") || !byId("downloads").hidden;
  byId("rooms").classList.remove("filtering");
  byId("downloads").hidden = true;
  for (const opener of ["open-facets", "open-downloads"]) byId(opener).setAttribute("aria-expanded", "false");
  return open;
}

function start() {
  openBoard();
  suggesting(byId("search"), byId("suggestions"), (node) => go({ node: node.key, fact: null }));
  const rooms = byId("rooms");
  toggleDrawer(byId("open-facets"), byId("facets"), () => rooms.classList.contains("filtering"), (open) => rooms.classList.toggle("filtering", open));
  toggleDrawer(byId("open-downloads"), byId("downloads"), () => !byId("downloads").hidden, (open) => (byId("downloads").hidden = !open));
  byId("downloads").append(...DOWNLOADS.map(([label, action]) => element("li", {}, button(label, () => (closeDrawers(), action()), { class: "plain" }))));
  for (const view of ["graph", "map"]) byId(`view-${view}`).addEventListener("click", () => go({ view: view === "map" ? "map" : null }));
  byId("views").hidden = !hasPlaces;
  byId("open-help").addEventListener("click", openHelp);
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("zoom-fit").addEventListener("click", fitPart);
  byId("skip").addEventListener("click", (event) => (event.preventDefault(), byId("panel").focus()));
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", (event) => event.target.closest(".menu, .facets, #open-facets") || closeDrawers());
  darkness.addEventListener("change", () => (readColours(), (board.version += 1), render()));
  onChange.push(render);
  render();
  document.documentElement.dataset.ready = "true";
}

start();
