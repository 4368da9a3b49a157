// The state of the page is its address: every view is a link, back and forward just work.

const FACETS = ["class", "property", "article", "modality"];

/** What each facet may hold, by the name that addresses use. */
const FACET_NAMES = {
  class: classes.map((item) => item.name),
  property: properties.map((item) => item.name),
  article: articles.map((item) => item.id),
  modality: MODALITIES.map((item) => item.name),
};

const MOST_HOPS = 3;

const onChange = [];

/** The state that an address stands for; what it names and the graph does not hold is left out. */
function parseAddress(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const known = (name, map) => (map.has(given.get(name)) ? given.get(name) : null);
  const path = (given.get("path") ?? "").split("~").filter((key) => nodeByKey.has(key));
  const confidence = Number(given.get("confidence") ?? 0);
  const date = (name) => (/^\d{4}-\d{2}-\d{2}$/.test(given.get(name) ?? "") ? given.get(name) : null);
  return {
    node: known("node", nodeByKey),
    fact: factOf(given.get("fact")) ? given.get("fact") : null,
    read: known("read", articleById),
    focus: known("focus", nodeByKey),
    hops: Math.min(MOST_HOPS, Math.max(1, Math.round(Number(given.get("hops"))) || 1)),
    path: path.length === 2 ? path : null,
    open: [...new Set((given.get("open") ?? "").split(",").filter((text) => /^\d{1,6}$/.test(text)).map(Number))].sort((a, b) => a - b),
    alone: given.get("alone") === "1",
    view: given.get("view") === "map" ? "map" : null,
    from: date("from"),
    to: date("to"),
    confidence: confidence > 0 && confidence <= 1 ? confidence : 0,
    ...Object.fromEntries(FACETS.map((name) => [name, parseFacet(given.get(name), FACET_NAMES[name])])),
  };
}

/** The hidden values of a facet, as a set of places. An address lists what is shown, or after "!" what is hidden. */
function parseFacet(text, names) {
  if (text === null) return new Set();
  const without = text.startsWith("!");
  const listed = new Set((without ? text.slice(1) : text).split(","));
  return new Set(names.map((_, place) => place).filter((place) => listed.has(encodeName(names[place])) === without));
}

function formatFacet(hidden, names) {
  const listed = (wanted) => names.filter((_, place) => hidden.has(place) === wanted).map(encodeName).join(",");
  return hidden.size <= names.length / 2 ? `!${listed(true)}` : listed(false);
}

/** Names may hold commas, lists must not. */
const encodeName = (name) => name.replaceAll("%", "%25").replaceAll(",", "%2C");

function formatAddress(wanted) {
  const parts = new URLSearchParams();
  for (const name of ["node", "fact", "read", "focus", "view", "from", "to"]) if (wanted[name]) parts.set(name, wanted[name]);
  if (wanted.focus && wanted.hops > 1) parts.set("hops", wanted.hops);
  if (wanted.path) parts.set("path", wanted.path.join("~"));
  if (wanted.open.length) parts.set("open", wanted.open.join());
  if (wanted.alone) parts.set("alone", "1");
  if (wanted.confidence) parts.set("confidence", wanted.confidence);
  for (const name of FACETS) if (wanted[name].size) parts.set(name, formatFacet(wanted[name], FACET_NAMES[name]));
  return `#${parts}`;
}

let state = parseAddress(location.hash);

/** Goes to a changed state: a step that "back" undoes, or with `replace` the same step. */
function go(changes, { replace = false } = {}) {
  const address = formatAddress({ ...state, ...changes });
  if (address === formatAddress(state)) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  arrive();
}

function arrive() {
  const before = state;
  state = parseAddress(location.hash);
  for (const listener of onChange) listener(before);
}

window.addEventListener("popstate", arrive);
